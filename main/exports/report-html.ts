import type { CaseFileContent } from './case-file.ts';
import { GRAPH_STYLE } from './draw-graph.ts';
import type { ExportFormat } from './export-format.ts';
import { alerts } from './report-alerts.ts';
import { entities, graphs, incidents, notes, overview } from './report-overview.ts';
import { e } from './report-parts.ts';
import { REPORT_STYLE } from './report-style.ts';
import { provenance, timeline } from './report-timeline.ts';

/** The report for people: one file that needs no network, no script and no other file. */
export const reportHtml: ExportFormat = {
  id: 'report-html',
  fileName: 'report.html',
  title: 'Report, for people',
  *write(content) {
    yield head(content);
    yield overview(content);
    if (content.notes.length > 0) yield notes(content);
    if (content.incidents.length > 0) yield incidents(content);
    if (content.graphs.length > 0) yield graphs(content);
    yield entities(content);
    yield* alerts(content);
    yield* timeline(content);
    yield provenance(content);
    yield '</body></html>\n';
  },
};

function head(content: CaseFileContent): string {
  const policy = "default-src 'none'; style-src 'unsafe-inline'";
  return [
    '<!doctype html><html lang="en"><head><meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${e(policy)}"><meta name="viewport" content="width=device-width, initial-scale=1">`,
    `<meta name="referrer" content="no-referrer"><title>${e(content.title)}</title><style>${REPORT_STYLE}${GRAPH_STYLE}</style></head><body>\n`,
  ].join('');
}
