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

/** Labels for the canvas: the short name, with domain or relative id only where two drawn entities would otherwise read the same. */
export function labelEntities(entities: readonly Named[], most = 20): Map<string, string> {
  const short = countTexts(entities.map((entity) => shortOf(entity, most)));
  const withDomain = countTexts(entities.map((entity) => domainOf(entity, most)));
  return new Map(
    entities.map((entity) => {
      const name = shortOf(entity, most);
      if (short.get(name.toLowerCase()) === 1) return [entity.id, name];
      const longer = domainOf(entity, most);
      return [entity.id, withDomain.get(longer.toLowerCase()) === 1 ? longer : `${longer}${relativeIdOf(entity.id)}`];
    }),
  );
}

function countTexts(texts: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text.toLowerCase(), (counts.get(text.toLowerCase()) ?? 0) + 1);
  return counts;
}

function shortOf({ name, id }: Named, most: number): string {
  return shortenMiddle(name === '' ? id : name, most);
}

function domainOf(entity: Named, most: number): string {
  return entity.domain === '' ? shortOf(entity, most) : `${shortOf(entity, most)} @${shortenMiddle(entity.domain, 12)}`;
}

/** The last part of a SID tells accounts of one name apart. */
function relativeIdOf(id: string): string {
  return id.startsWith('sid:') ? ` …${id.slice(id.lastIndexOf('-'))}` : '';
}

export function fullNameOf({ name, domain, id }: Named): string {
  if (name === '') return id;
  return domain === '' ? name : `${domain}\\${name}`;
}
