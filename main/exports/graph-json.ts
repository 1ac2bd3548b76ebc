import { formatMoment } from '../../shared/model/time.ts';
import type { ExportFormat } from './export-format.ts';

/** The graphs as they stood: nodes with positions, edges with counts. */
export const graphJson: ExportFormat = {
  id: 'graph-json',
  fileName: 'graph.json',
  title: 'Graphs, for programs',
  *write(content) {
    yield `${JSON.stringify(
      content.graphs.map(({ takenAt, ...graph }) => ({ ...graph, takenAt: formatMoment(takenAt) })),
      null,
      2,
    )}\n`;
  },
};
