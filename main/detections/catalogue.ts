import type { CatalogueRow } from '../../shared/model/catalogue.ts';
import { CATALOGUE, type CatalogueEntry } from './catalogue.table.ts';
import type { Detection } from './detection.ts';

/** Sources whose records are read today, by the words of the catalogue. */
const READ_TODAY = ['winevent', 'adcs', 'adfs'];

/** Every alert of the catalogue with what it means here, in the order of the catalogue. */
export function catalogueRows(detections: readonly Detection[]): CatalogueRow[] {
  const known = new Map(detections.map((detection) => [detection.id, detection]));
  return CATALOGUE.map((entry) => rowOf(entry, known.get(entry[5])));
}

function rowOf(entry: CatalogueEntry, detection: Detection | undefined): CatalogueRow {
  const [key, number, name, sources] = entry;
  const [state, reason] = stateOf(entry, detection);
  return { key, number, name, sources: sources.split(' '), state, reason, detection: detection?.id ?? '' };
}

function stateOf([, , , sources, observable]: CatalogueEntry, detection: Detection | undefined): [CatalogueRow['state'], string] {
  if (observable === 'no')
    return ['import-only', 'An alert of a cloud service about its own sign-ins or data: no evidence on site shows it.'];
  if (detection !== undefined) return ['works', worksFrom(detection)];
  const named = sources.split(' ');
  if (named.includes('defender-engine')) return ['import-only', "An endpoint product's own verdict: its alert has to be imported."];
  if (named.some((source) => READ_TODAY.includes(source)))
    return ['planned', 'Its records are read; no detection looks at them yet. Packets or directory data may be needed beside them.'];
  if (named.includes('vpn')) return ['planned', 'Needs the accounting records of the VPN gateway, which no source reads yet.'];
  return named.includes('network')
    ? ['needs-packets', 'Seen on the wire only: needs network captures of a domain controller.']
    : ['needs-directory', 'Needs directory data.'];
}

function worksFrom(detection: Detection): string {
  const channels = [...new Set(detection.reads.filter((reading) => reading.optional !== true).map((reading) => reading.channel))];
  return `Works from Windows events: ${channels.join(', ')}.`;
}
