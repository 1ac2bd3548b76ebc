import type { HandMade } from './apply-edits.ts';

/**
 * Groups of alerts that grow by joining, with sides of splits that never meet in one group: a join that would bring them together is refused, so
 * that what a person took apart stays apart whatever is linked later.
 */
export class AlertGroups {
  readonly #parents = new Map<string, string>();
  /** By root: which sides of which splits are in the group, as "3+" and "3-". */
  readonly #sides = new Map<string, Set<string>>();

  constructor(ids: Iterable<string>, { apart }: HandMade) {
    for (const id of ids) this.#parents.set(id, id);
    apart.forEach(({ own, rest }, index) => {
      for (const id of own) this.#mark(id, `${index}+`);
      for (const id of rest) this.#mark(id, `${index}-`);
    });
  }

  has(id: string): boolean {
    return this.#parents.has(id);
  }

  /** Alone so far. */
  isSingle(id: string): boolean {
    return this.#parents.get(id) === id;
  }

  rootOf(id: string): string {
    let root = id;
    while (this.#parents.get(root) !== root) root = this.#parents.get(root) ?? root;
    for (let at = id; at !== root; ) {
      const next = this.#parents.get(at) ?? root;
      this.#parents.set(at, root);
      at = next;
    }
    return root;
  }

  /** False when a split keeps the two groups apart, or one of the alerts is not there. */
  join(a: string, b: string): boolean {
    if (!this.has(a) || !this.has(b)) return false;
    const left = this.rootOf(a);
    const right = this.rootOf(b);
    if (left === right) return true;
    const sides = this.#sides.get(right);
    if (sides !== undefined) {
      const own = this.#sides.get(left) ?? new Set<string>();
      for (const side of sides) if (own.has(opposite(side))) return false;
      for (const side of sides) own.add(side);
      this.#sides.set(left, own);
    }
    this.#parents.set(right, left);
    return true;
  }

  #mark(id: string, side: string): void {
    if (!this.has(id)) return;
    const known = this.#sides.get(id);
    if (known) known.add(side);
    else this.#sides.set(id, new Set([side]));
  }
}

function opposite(side: string): string {
  return side.slice(0, -1) + (side.endsWith('+') ? '-' : '+');
}
