import { Damage } from './damage.ts';

type Field = { readonly name: string; readonly longer: string; readonly source: number };

/** Collects the fields of a record and gives each a name of its own. Facts of `System` come last, under `System.`. */
export class FieldNames {
  readonly #most: number;
  readonly #event: Field[] = [];
  readonly #system: Field[] = [];

  constructor(most: number) {
    this.#most = most;
  }

  /** `longer`: the name with its parent, taken where the short one occurs under different parents; empty for none. */
  add(name: string, longer: string, source: number): void {
    this.#push(this.#event, { name, longer, source });
  }

  addSystem(name: string, source: number): void {
    this.#push(this.#system, { name: `System.${name}`, longer: '', source });
  }

  /** `systemFrom`: position of the first fact of `System`. */
  finish(): { names: string[]; sources: number[]; systemFrom: number } {
    const longerOf = new Map<string, Set<string>>();
    for (const { name, longer } of this.#event) longerOf.set(name, (longerOf.get(name) ?? new Set()).add(longer));
    const seen = new Set<string>();
    const counts = new Map<string, number>();
    const names: string[] = [];
    const fields = [...this.#event, ...this.#system];
    for (const { name, longer } of fields) {
      const wanted = longer !== '' && longerOf.get(name)!.size > 1 ? longer : name;
      let given = wanted;
      while (seen.has(given)) {
        const count = (counts.get(wanted) ?? 1) + 1;
        counts.set(wanted, count);
        given = `${wanted}${count}`;
      }
      seen.add(given);
      names.push(given);
    }
    return { names, sources: fields.map((field) => field.source), systemFrom: this.#event.length };
  }

  #push(list: Field[], field: Field): void {
    if (this.#event.length + this.#system.length >= this.#most) throw new Damage(0, `expected at most ${this.#most} fields in a record`);
    list.push(field);
  }
}
