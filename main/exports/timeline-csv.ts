import { formatMoment } from '../../shared/model/time.ts';
import type { ExportFormat } from './export-format.ts';
import { csvCell, visible } from './safe-text.ts';

const COLUMNS = [
  'time (UTC)',
  'computer',
  'summary',
  'channel',
  'provider',
  'event id',
  'record id',
  'alerts',
  'note',
  'file',
  'file SHA-256',
  'offset',
  'fields',
];

/** The timeline for spreadsheets: UTF-8 with a byte-order mark, one record a line. */
export const timelineCsv: ExportFormat = {
  id: 'timeline-csv',
  fileName: 'timeline.csv',
  title: 'Timeline, for spreadsheets',
  *write(content) {
    yield `\uFEFF${COLUMNS.map(csvCell).join(',')}\r\n`;
    for (const event of content.events()) {
      const fields = event.fields.map(([name, value]) => `${name}=${value}`).join(' | ');
      const cells = [
        formatMoment(event.at, event.tick),
        event.computer,
        event.summary,
        event.channel,
        event.provider,
        event.eventId,
        event.recordId,
        event.alerts.join(' '),
        event.note,
        event.file,
        event.sha256,
        event.offset,
        fields,
      ];
      yield `${cells.map((cell) => csvCell(typeof cell === 'string' ? visible(cell) : cell)).join(',')}\r\n`;
    }
  },
};
