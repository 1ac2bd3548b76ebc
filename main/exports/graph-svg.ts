import { drawGraph, GRAPH_STYLE } from './draw-graph.ts';
import type { ExportFormat } from './export-format.ts';

/** The pictures of the report for other documents; several stand below each other, each in a frame of its own. */
export const graphSvg: ExportFormat = {
  id: 'graph-svg',
  fileName: 'graph.svg',
  title: 'Graphs, as a picture',
  *write(content) {
    const drawings = content.graphs.map((graph) => drawGraph(graph).svg);
    let y = 0;
    let width = 480;
    const placed = drawings.map((svg) => {
      const [, own, height] = /viewBox="0 0 (\d+) (\d+)"/.exec(svg) ?? ['', '480', '60'];
      const framed = svg.replace('<svg ', `<svg y="${y}" width="${own}" height="${height}" `);
      y += Number(height) + 24;
      width = Math.max(width, Number(own));
      return framed;
    });
    yield `<?xml version="1.0" encoding="UTF-8"?>\n<svg xmlns="http://www.w3.org/2000/svg" class="graph" viewBox="0 0 ${width} ${Math.max(60, y)}">\n<style>${GRAPH_STYLE}</style>\n`;
    for (const svg of placed) yield `${svg}\n`;
    yield '</svg>\n';
  },
};
