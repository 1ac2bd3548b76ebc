import { formatMoment } from '../../shared/model/time.ts';
import type { ExportFormat } from './export-format.ts';

/** The timeline for programs: one JSON object a line, every field of every record as logged. */
export const timelineJsonl: ExportFormat = {
  id: 'timeline-jsonl',
  fileName: 'timeline.jsonl',
  title: 'Timeline, for programs',
  *write(content) {
    for (const { at, tick, fields, ...event } of content.events()) {
      yield `${JSON.stringify({ time: formatMoment(at, tick), ...event, fields: Object.fromEntries(fields) })}\n`;
    }
  },
};
