import { formatMoment } from '../../shared/model/time.ts';
import type { ExportFormat } from './export-format.ts';

/** Alerts and incidents with everything that explains them. */
export const alertsJson: ExportFormat = {
  id: 'alerts-json',
  fileName: 'alerts.json',
  title: 'Alerts and incidents with their evidence',
  *write(content) {
    const moment = (at: number) => formatMoment(at);
    const alerts = content.alerts.map(({ row: { isTest, hiddenBy, ...row }, evidence, ...rest }) => ({
      ...row,
      // Numbers of exclusions mean nothing elsewhere; that the detection was only on trial does.
      ...(isTest ? { isTest } : {}),
      firstAt: moment(row.firstAt),
      lastAt: moment(row.lastAt),
      ...rest,
      evidence: evidence.map(({ at, tick, eventIndex, ...item }) => ({ time: formatMoment(at, tick), ...item })),
    }));
    const incidents = content.incidents.map(({ row, headline, stages, story, links, edits }) => ({
      ...row,
      firstAt: moment(row.firstAt),
      lastAt: moment(row.lastAt),
      headline,
      stages: stages.map((stage) => ({ ...stage, at: moment(stage.at) })),
      story: story.map((step) => ({ ...step, at: moment(step.at) })),
      links,
      edits: edits.map((edit) => ({ ...edit, at: moment(edit.at) })),
    }));
    yield `${JSON.stringify({ alerts, incidents }, null, 2)}\n`;
  },
};
