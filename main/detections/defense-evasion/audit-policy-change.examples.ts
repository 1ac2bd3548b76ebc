import { type Example, type ExampleRecord, security, subject, sysmon } from '../example.ts';

const admin = subject('admin', 1105);
const host = { SubjectUserSid: 'S-1-5-18', SubjectUserName: 'SRV01$', SubjectDomainName: 'CORP', SubjectLogonId: '0x3e7' };

function change(codes: string, by: Record<string, string> = admin, id = 4719): ExampleRecord {
  const fields = { CategoryId: '%%8273', SubcategoryId: '%%12544', SubcategoryGuid: '{0CCE9215-69AE-11D9-BED3-505054503030}' };
  return security(id, { ...by, ...fields, AuditPolicyChanges: codes });
}

function command(CommandLine: string): ExampleRecord {
  return sysmon(1, { Image: 'C:\\Windows\\System32\\auditpol.exe', CommandLine, User: 'CORP\\admin' });
}

export const examples: readonly Example[] = [
  { name: 'success and failure removed', fires: true, severity: 'medium', steps: ['success-removed'], records: [change('%%8448, %%8450')] },
  { name: 'only failure removed', fires: true, severity: 'low', records: [change('%%8450')] },
  { name: 'auditing added', fires: true, severity: 'informational', records: [change('%%8449')] },
  { name: 'group policy removes', fires: true, severity: 'informational', records: [change('%%8448', host)] },
  { name: 'in words', fires: true, severity: 'medium', records: [change('Success removed')] },
  { name: 'group policy removes failure', fires: true, severity: 'informational', records: [change('%%8450', host)] },
  {
    name: 'a command',
    fires: true,
    severity: 'low',
    records: [command('auditpol /set /category:"Account Logon" /success:disable /failure:disable')],
  },
  { name: 'a baseline', fires: false, records: [command('auditpol /set /subcategory:"Logon" /success:enable /failure:disable')] },
  { name: 'nothing changed', fires: false, records: [change('-')] },
  { name: 'an empty record', fires: false, records: [change('')] },
  { name: 'a code of something else', fires: false, records: [change('%%8452')] },
];
