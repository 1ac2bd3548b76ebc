import type { Shape } from '../row-writer.ts';
import { layOutRecord, type RecordLayout } from './record-layout.ts';

export type Json = Readonly<Record<string, unknown>>;
export type Scalar = string | number | boolean | null;

const MOST_FIELDS = 2_000;
const MOST_DEPTH = 64;
/** Unnamed values are fields of their own up to this many; longer lists stay one field of joined lines. */
const MOST_UNNAMED = 64;
/** Evidence made to have ever new keys starts the cache anew. */
const MOST_STEPS = 100_000;
const MOST_KEY_CHARACTERS = 16 * 1024 * 1024;

/** One key of the walk through a record: records of equal keys in equal order take the same steps and so end at the same layout. */
class Step {
  readonly before: Step | null;
  readonly kind: 'leaf' | 'enter' | 'leave';
  readonly key: string;
  readonly leaves = new Map<string, Step>();
  readonly objects = new Map<string, Step>();
  left: Step | null = null;
  layout: RecordLayout | null = null;

  constructor(before: Step | null, kind: Step['kind'], key: string) {
    this.before = before;
    this.kind = kind;
    this.key = key;
  }
}

/** Takes parsed records apart into values in order; names and what follows from them are worked out once for each distinct order of keys. */
export class Flattener {
  /** Of the record that was flattened last. */
  readonly values: Scalar[] = [];
  #root = new Step(null, 'enter', '');
  #steps = 0;
  #keyCharacters = 0;
  #shapes = new Map<string, Shape>();

  /** Null when the record has more fields or deeper nesting than any Windows event. */
  flatten(record: Json): RecordLayout | null {
    this.values.length = 0;
    if (this.#steps > MOST_STEPS || this.#keyCharacters > MOST_KEY_CHARACTERS) this.#forget();
    const last = this.#walk(record, this.#root, 0);
    if (last === null) return null;
    last.layout ??= layOutRecord(pathsOf(last), (names) => this.#shape(names));
    return last.layout;
  }

  #walk(value: Json, from: Step, depth: number): Step | null {
    if (depth > MOST_DEPTH) return null;
    let step: Step | null = from;
    for (const key in value) {
      const inner = value[key];
      if (typeof inner !== 'object' || inner === null) step = this.#leaf(step, key, inner as Scalar);
      else if (Array.isArray(inner)) step = this.#list(inner, key, step, depth);
      else step = this.#object(inner as Json, key, step, depth);
      if (step === null) return null;
    }
    return step;
  }

  #object(value: Json, key: string, step: Step, depth: number): Step | null {
    const named = key === 'Data' ? namedData(value) : null;
    if (named !== null) return this.#leaf(step, named.name, named.value);
    const inside = this.#walk(value, this.#enter(step, key), depth + 1);
    return inside === null ? null : this.#leave(inside);
  }

  #list(list: readonly unknown[], key: string, from: Step, depth: number): Step | null {
    if (depth > MOST_DEPTH) return null;
    if (!list.some((item) => typeof item === 'object' && item !== null)) {
      if ((key === 'Data' || key === '#text') && list.length <= MOST_UNNAMED) {
        let step: Step | null = from;
        for (const item of list) step = step === null ? null : this.#leaf(step, key, item as Scalar);
        return step;
      }
      return this.#leaf(from, key, list.map((item) => (item === null ? '' : String(item))).join('\n'));
    }
    let step: Step | null = from;
    for (const item of list) {
      if (Array.isArray(item)) step = this.#list(item, key, step, depth + 1);
      else if (typeof item === 'object' && item !== null) step = this.#object(item as Json, key, step, depth);
      else step = this.#leaf(step, key, item as Scalar);
      if (step === null) return null;
    }
    return step;
  }

  #leaf(step: Step, key: string, value: Scalar): Step | null {
    if (this.values.push(value) > MOST_FIELDS) return null;
    return step.leaves.get(key) ?? this.#grow(step, step.leaves, 'leaf', key);
  }

  #enter(step: Step, key: string): Step {
    return step.objects.get(key) ?? this.#grow(step, step.objects, 'enter', key);
  }

  #leave(step: Step): Step {
    step.left ??= new Step(step, 'leave', '');
    return step.left;
  }

  #grow(step: Step, map: Map<string, Step>, kind: Step['kind'], key: string): Step {
    const next = new Step(step, kind, key);
    map.set(key, next);
    this.#steps += 1;
    this.#keyCharacters += key.length;
    return next;
  }

  #shape(names: readonly string[]): Shape {
    const key = names.join('\n');
    const known = this.#shapes.get(key) ?? { names };
    this.#shapes.set(key, known);
    return known;
  }

  #forget(): void {
    this.#root = new Step(null, 'enter', '');
    this.#steps = 0;
    this.#keyCharacters = 0;
    this.#shapes = new Map();
  }
}

/** `<Data Name="X">text</Data>` as converters of XML write it; null for other objects. */
function namedData(value: Json): { name: string; value: Scalar } | null {
  const attributes = value['#attributes'];
  const from = typeof attributes === 'object' && attributes !== null ? (attributes as Json) : value;
  const name = from.Name ?? from['@Name'] ?? from['-Name'];
  if (typeof name !== 'string') return null;
  const text = value['#text'] ?? value['@text'] ?? value.text ?? value.Value ?? value.content ?? '';
  return { name, value: typeof text === 'object' ? JSON.stringify(text).slice(0, 65_536) : (text as Scalar) };
}

/** Dotted paths of all values on the way to the last step. */
function pathsOf(last: Step): string[] {
  const steps: Step[] = [];
  for (let step: Step | null = last; step !== null; step = step.before) steps.push(step);
  steps.reverse();
  const paths: string[] = [];
  const open: string[] = [];
  for (const { kind, key } of steps) {
    if (kind === 'leave') open.pop();
    else if (kind === 'leaf') paths.push(joinPath(open[open.length - 1] ?? '', key));
    else open.push(joinPath(open[open.length - 1] ?? '', key));
  }
  return paths;
}

/** Attributes and text stand for their element: `#attributes`, `X_attributes`, `#text`, `@Name`. */
function joinPath(prefix: string, key: string): string {
  if (key === '' || key === '#attributes' || key === '@attributes' || key === '#text') return prefix;
  const own = key.replace(/_attributes$/, '').replace(/^@(?!timestamp|version)/, '');
  return prefix === '' ? own : `${prefix}.${own}`;
}
