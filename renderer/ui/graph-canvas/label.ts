export const ELLIPSIS = '…';

/** Cuts in the middle, because names of machines and accounts differ at both ends. Counts code points, so no character is torn. */
export function shortenMiddle(text: string, most = 20): string {
  const letters = [...text];
  if (letters.length <= most) return text;
  if (most <= 1) return ELLIPSIS;
  const head = Math.ceil((most - 1) / 2);
  const tail = most - 1 - head;
  return letters.slice(0, head).join('') + ELLIPSIS + (tail > 0 ? letters.slice(-tail).join('') : '');
}

type Named = {
  readonly id: string;
  readonly name: string;
  readonly domain: string;
};

/** Labels for the canvas: the short name, with its domain only where two drawn entities would otherwise read the same. */
export function labelEntities(entities: readonly Named[], most = 20): Map<string, string> {
  const domainsOfName = new Map<string, Set<string>>();
  for (const { name, domain } of entities) {
    const key = name.toLowerCase();
    const domains = domainsOfName.get(key) ?? new Set();
    domainsOfName.set(key, domains.add(domain.toLowerCase()));
  }
  return new Map(entities.map((entity) => [entity.id, labelOne(entity, domainsOfName.get(entity.name.toLowerCase())!.size > 1, most)]));
}

function labelOne({ name, domain, id }: Named, isAmbiguous: boolean, most: number): string {
  const shown = name === '' ? id : name;
  if (!isAmbiguous || domain === '') return shortenMiddle(shown, most);
  return `${shortenMiddle(shown, most)} @${shortenMiddle(domain, 12)}`;
}

export function fullNameOf({ name, domain, id }: Named): string {
  if (name === '') return id;
  return domain === '' ? name : `${domain}\\${name}`;
}
