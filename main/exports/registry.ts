import { alertsJson } from './alerts-json.ts';
import type { ExportFormat } from './export-format.ts';
import { graphJson } from './graph-json.ts';
import { graphSvg } from './graph-svg.ts';
import { reportHtml } from './report-html.ts';
import { timelineCsv } from './timeline-csv.ts';
import { timelineJsonl } from './timeline-jsonl.ts';

/** The files of a case file, sorted by id; the manifest is written over them. */
export const EXPORT_FORMATS: readonly ExportFormat[] = [alertsJson, graphJson, graphSvg, reportHtml, timelineCsv, timelineJsonl];
