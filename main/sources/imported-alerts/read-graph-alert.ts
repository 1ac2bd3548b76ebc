import { formatMoment, type Moment } from '../../../shared/model/time.ts';
import { flattenFields } from './flatten-fields.ts';
import { type ImportedRecord, type Json, MOST_ENTITIES, type Parties, type ReadAlert } from './imported-record.ts';
import { accountOf, type NamedEntity, partiesOf } from './parties-of.ts';
import { productName } from './product-name.ts';
import { plainText, RowReader } from './row-reader.ts';

const OWN_RECORDS = new Set(['evidence']);

/** Whether the object is an alert of the Microsoft Graph security API (resource `microsoft.graph.security.alert`, alerts_v2). */
export function isGraphAlert(value: Json): boolean {
  const named = typeof value.id === 'string' && typeof value.title === 'string';
  return named && ['serviceSource', 'providerAlertId', 'detectorId', 'alertWebUrl'].some((key) => key in value);
}

/** The alert and each entity of its `evidence` (resources `userEvidence`, `deviceEvidence`, `ipEvidence` ... of Microsoft Graph 1.0, read 2026-11). */
export function readGraphAlert(value: Json): ReadAlert {
  const row = new RowReader(value);
  const first = row.moment('firstActivityDateTime', 'createdDateTime');
  if (first === null) return 'Expected the time of the alert (firstActivityDateTime or createdDateTime) as ISO 8601.';
  if (row.text('id') === '') return 'Expected the id of the alert.';
  const last = row.moment('lastActivityDateTime') ?? first;
  const known = { id: row.text('id'), product: productName(row.text('productName', 'serviceSource')) };
  const alert: ImportedRecord = {
    isEntity: false,
    at: first,
    alert: {
      ...known,
      otherId: row.text('providerAlertId'),
      title: row.text('title'),
      severity: row.text('severity'),
      status: row.text('status'),
      classification: row.text('classification'),
      detector: row.text('detectorId'),
      category: row.text('category'),
      techniques: row.text('mitreTechniques'),
      description: row.text('description'),
      link: row.text('alertWebUrl'),
      ...times(first, last, row.moment('lastUpdateDateTime', 'createdDateTime')),
    },
    parties: {},
    own: flattenFields(value, OWN_RECORDS),
  };
  const listed = Array.isArray(value.evidence) ? value.evidence.slice(0, MOST_ENTITIES) : [];
  const entities = listed.flatMap((item): ImportedRecord[] => {
    if (!isObject(item)) return [];
    const parties = entitiesIn(item);
    const own = flattenFields(item);
    return parties.map((party) => ({ isEntity: true, at: first, alert: known, parties: party, own }));
  });
  return [alert, ...entities];
}

export function times(first: Moment, last: Moment, updated: Moment | null): Record<'firstAt' | 'lastAt' | 'updatedAt', string> {
  const later = last.at < first.at ? first : last;
  return {
    firstAt: formatMoment(first.at, first.tick),
    lastAt: formatMoment(later.at, later.tick),
    updatedAt: updated === null ? '' : formatMoment(updated.at, updated.tick),
  };
}

/** An item may name several: the device, and who was logged on to it. */
function entitiesIn(item: Json): Parties[] {
  const row = new RowReader(item);
  const roles = [row.text('roles'), row.text('detailedRoles')].join(' ');
  const found: NamedEntity[] = [];
  const session = isObject(item.account) ? item.account : null;
  for (const account of [item.userAccount, session?.userAccount]) if (isObject(account)) found.push({ account: accountIn(account), roles });
  const host = row.text('deviceDnsName') || joinHost(row.text('hostName'), row.text('dnsDomain'));
  if (host !== '') found.push({ host, roles });
  const address = row.text('ipAddress');
  if (address !== '') found.push({ address, roles });
  return found.map(partiesOf).filter((parties) => Object.keys(parties).length > 0);
}

function accountIn(account: Json) {
  const text = (name: string) => plainText(account[name]);
  return accountOf(text('userSid'), text('accountName'), text('domainName'), text('userPrincipalName'));
}

export function joinHost(name: string, domain: string): string {
  return name === '' || domain === '' || name.includes('.') ? name : `${name}.${domain}`;
}

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
