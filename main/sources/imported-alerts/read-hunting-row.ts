import { flattenFields } from './flatten-fields.ts';
import type { Json, ReadAlert } from './imported-record.ts';
import { accountOf, partiesOf } from './parties-of.ts';
import { productName } from './product-name.ts';
import { times } from './read-graph-alert.ts';
import { RowReader } from './row-reader.ts';

/** Whether the row is one of the tables AlertInfo and AlertEvidence of advanced hunting in Microsoft Defender XDR, or of both joined. */
export function isHuntingRow(columns: ReadonlySet<string>): boolean {
  return columns.has('alertid') && ['detectionsource', 'servicesource', 'entitytype'].some((name) => columns.has(name));
}

/**
 * A row of AlertInfo (Timestamp, AlertId, Title, Category, Severity, ServiceSource, DetectionSource, AttackTechniques) or of AlertEvidence (one
 * entity of an alert: EntityType, EvidenceRole, EvidenceDirection, AccountSid, DeviceName, RemoteIP ...), as the portal and the API export them (read 2026-11).
 */
export function readHuntingRow(value: Json): ReadAlert {
  const row = new RowReader(value);
  const id = row.text('AlertId');
  if (id === '') return 'Expected the id of the alert (AlertId).';
  const at = row.moment('Timestamp', 'TimeGenerated');
  if (at === null) return 'Expected the time of the alert (Timestamp) as ISO 8601; a time without its zone is not guessed.';
  const roles = `${row.text('EvidenceDirection')} ${row.text('EvidenceRole')}`;
  const account = accountOf(row.text('AccountSid'), row.text('AccountName'), row.text('AccountDomain'), row.text('AccountUpn'));
  const parties = partiesOf({ account, host: row.text('DeviceName'), address: row.text('RemoteIP', 'LocalIP'), roles });
  const isEntity = row.text('EntityType') !== '';
  return [
    {
      isEntity,
      at,
      alert: {
        id,
        product: productName(row.text('ServiceSource', 'DetectionSource')),
        title: row.text('Title'),
        severity: row.text('Severity'),
        status: row.text('Status'),
        detector: row.text('DetectorId'),
        category: listed(row.text('Category', 'Categories')),
        techniques: techniquesIn(row.text('AttackTechniques')),
        ...times(at, at, at),
      },
      parties: isEntity ? parties : {},
      own: flattenFields(value),
    },
  ];
}

/** `["Discovery","Lateral Movement"]`, as dynamic columns come in CSV. */
function listed(text: string): string {
  return text
    .replace(/^\[|\]$/g, '')
    .replaceAll('"', '')
    .trim();
}

/** `["Remote Services (T1021)"]` and plain ids alike. */
function techniquesIn(text: string): string {
  return [...new Set(text.toUpperCase().match(/T\d{4}(?:\.\d{3})?/g) ?? [])].join(', ');
}
