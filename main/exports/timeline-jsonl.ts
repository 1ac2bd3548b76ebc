import { formatMoment } from '../../shared/model/time.ts';
import type { ExportFormat } from './export-format.ts';

/** The timeline for programs: one JSON object a line, every field of every record as logged. */
export const timelineJsonl: ExportFormat = {
  id: 'timeline-jsonl',
  fileName: 'timeline.jsonl',
  title: 'Timeline, for programs',
  *write(content) {
    for (const { at, tick, fields, ...event } of content.events()) {
      yield `${JSON.stringify({ time: formatMoment(at, tick), ...event, fields: objectOf(fields) })}\n`;
    }
  },
};

/** A name that a record has more than once holds a list. */
function objectOf(fields: readonly (readonly [name: string, value: string])[]): Record<string, string | string[]> {
  const values = new Map<string, string | string[]>();
  for (const [name, value] of fields) {
    const known = values.get(name);
    if (known === undefined) values.set(name, value);
    else if (Array.isArray(known)) known.push(value);
    else values.set(name, [known, value]);
  }
  return Object.fromEntries(values);
}
