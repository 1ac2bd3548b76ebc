import { type Example, type ExampleRecord, security, subject } from '../example.ts';

const admin = subject('admin', 1105);
const host = { SubjectUserSid: 'S-1-5-18', SubjectUserName: 'SRV01$', SubjectDomainName: 'CORP', SubjectLogonId: '0x3e7' };

function change(codes: string, by: Record<string, string> = admin, id = 4719): ExampleRecord {
  const fields = { CategoryId: '%%8273', SubcategoryId: '%%12544', SubcategoryGuid: '{0CCE9215-69AE-11D9-BED3-505054503030}' };
  return security(id, { ...by, ...fields, AuditPolicyChanges: codes });
}

export const examples: readonly Example[] = [
  { name: 'success and failure removed', fires: true, severity: 'medium', records: [change('%%8448, %%8450')] },
  { name: 'only failure removed', fires: true, severity: 'low', records: [change('%%8450')] },
  { name: 'auditing added', fires: true, severity: 'informational', records: [change('%%8449')] },
  { name: 'group policy removes', fires: true, severity: 'informational', records: [change('%%8448', host)] },
  { name: 'nothing changed', fires: false, records: [change('-')] },
  { name: 'an empty record', fires: false, records: [change('')] },
  { name: 'a code of something else', fires: false, records: [change('%%8452')] },
];
