import { flattenFields } from './flatten-fields.ts';
import { type ImportedRecord, type Json, MOST_ENTITIES, type Parties, type ReadAlert } from './imported-record.ts';
import { accountOf, partiesOf } from './parties-of.ts';
import { productName } from './product-name.ts';
import { isObject, joinHost, times } from './read-graph-alert.ts';
import { plainText, RowReader } from './row-reader.ts';

const MOST_ENTITY_CHARACTERS = 4 * 1024 * 1024;
const OWN_RECORDS = new Set(['Entities']);

/** Whether the row is one of the table SecurityAlert of Microsoft Sentinel (Azure Monitor logs). */
export function isSentinelAlert(columns: ReadonlySet<string>): boolean {
  return columns.has('systemalertid') && ['alertname', 'displayname', 'alertseverity'].some((name) => columns.has(name));
}

/** A row of SecurityAlert with the entities of its column Entities (schema of the table and of Sentinel's entity types, read 2026-11). */
export function readSentinelAlert(value: Json): ReadAlert {
  const row = new RowReader(value);
  const id = row.text('SystemAlertId');
  if (id === '') return 'Expected the id of the alert (SystemAlertId).';
  const first = row.moment('StartTime', 'TimeGenerated');
  if (first === null) return 'Expected the time of the alert (StartTime or TimeGenerated) as ISO 8601, or in a column marked [UTC].';
  const known = { id, product: productName(row.text('ProductName', 'ProviderName')) };
  const alert: ImportedRecord = {
    isEntity: false,
    at: first,
    alert: {
      ...known,
      otherId: row.text('VendorOriginalId'),
      title: row.text('DisplayName', 'AlertName'),
      severity: row.text('AlertSeverity'),
      status: row.text('Status'),
      detector: row.text('AlertType'),
      category: row.text('Tactics'),
      techniques: row.text('Techniques').toUpperCase(),
      description: row.text('Description'),
      link: row.text('AlertLink'),
      ...times(first, row.moment('EndTime') ?? first, row.moment('ProcessingEndTime', 'TimeGenerated')),
    },
    parties: {},
    own: flattenFields(value, OWN_RECORDS),
  };
  const entities = entitiesOf(row.raw('Entities')).flatMap((entity): ImportedRecord[] => {
    const parties = partiesIn(entity);
    return Object.keys(parties).length === 0 ? [] : [{ isEntity: true, at: first, alert: known, parties, own: flattenFields(entity) }];
  });
  return [alert, ...entities];
}

/** The column is a list, or its JSON as text; what is no list names nobody, and the record keeps its text. */
function entitiesOf(value: unknown): Json[] {
  let list: unknown = value;
  if (typeof value === 'string' && value.length <= MOST_ENTITY_CHARACTERS) {
    try {
      list = JSON.parse(value);
    } catch {
      return [];
    }
  }
  return Array.isArray(list) ? list.slice(0, MOST_ENTITIES).filter(isObject) : [];
}

function partiesIn(entity: Json): Parties {
  const row = new RowReader(entity);
  const roles = row.text('Roles', 'Role');
  switch (row.text('Type').toLowerCase()) {
    case 'account': {
      const name = row.text('Name');
      const suffix = row.text('UPNSuffix');
      const principal = row.text('UserPrincipalName') || (name !== '' && suffix !== '' ? `${name}@${suffix}` : '');
      return partiesOf({ account: accountOf(row.text('Sid'), name, row.text('NTDomain', 'DnsDomain'), principal), roles });
    }
    case 'host':
      return partiesOf({ host: joinHost(row.text('HostName', 'NetBiosName'), plainText(entity.DnsDomain)), roles });
    case 'ip':
      return partiesOf({ address: row.text('Address'), roles });
    default:
      return {};
  }
}
