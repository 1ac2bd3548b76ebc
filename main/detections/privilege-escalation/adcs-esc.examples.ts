import { type Example, type ExampleRecord, security, subject, sysmon } from '../example.ts';

const CA = 'CA01.corp.example';
const admin = subject('admin', 1105);

function request(id: number, requester: string, attributes: string): ExampleRecord {
  return security(id, { RequestId: '17', Requester: requester, Attributes: attributes }, { computer: CA });
}

function setting(id: number, fields: Record<string, string>, by: Record<string, string> = admin): ExampleRecord {
  return security(id, { ...by, ...fields }, { computer: CA });
}

function template(before: string, after: string): ExampleRecord {
  return security(4899, { TemplateInternalName: 'Web', NewTemplateContent: after, OldTemplateContent: before }, { computer: CA });
}

function run(CommandLine: string): ExampleRecord {
  return sysmon(1, { Image: 'C:\\t\\a.exe', CommandLine, User: 'CORP\\alice' });
}

export const examples: readonly Example[] = [
  {
    name: 'a certificate in the name of another',
    fires: true,
    severity: 'high',
    records: [4886, 4887].map((id) => request(id, 'CORP\\alice', 'CertificateTemplate:Web\nSAN:upn=administrator@corp.example')),
  },
  {
    name: 'a template is opened',
    fires: true,
    severity: 'medium',
    steps: ['template-opened'],
    records: [template('msPKI-Certificate-Name-Flag = 0', 'msPKI-Certificate-Name-Flag = 1\n CT_FLAG_ENROLLEE_SUPPLIES_SUBJECT -- 1')],
  },
  { name: 'the audit is switched off', fires: true, severity: 'medium', records: [setting(4885, { AuditFilter: '0' })] },
  { name: 'names from requests', fires: true, severity: 'medium', records: [setting(4891, { Entry: 'EditFlags', Value: '1376590' })] },
  { name: 'permissions', fires: true, severity: 'low', records: [setting(4882, { SecuritySettings: 'Allow(0x1) CORP\\Operators' })] },
  {
    name: 'an ordinary setting',
    fires: true,
    severity: 'informational',
    records: [setting(5123, { PropertyName: 'NumOfThreads', NewValue: '512' })],
  },
  {
    name: 'a template that was open is changed',
    fires: true,
    severity: 'informational',
    steps: ['template'],
    records: [template('CT_FLAG_ENROLLEE_SUPPLIES_SUBJECT -- 1', 'CT_FLAG_ENROLLEE_SUPPLIES_SUBJECT -- 1\n validity 2')],
  },
  {
    name: 'the validity of a template is changed',
    fires: true,
    severity: 'informational',
    records: [template('validity 1', 'validity 2')],
  },
  {
    name: 'ordinary flags, settings and audits',
    fires: true,
    severity: 'informational',
    steps: ['setting'],
    records: [
      setting(4891, { Entry: 'EditFlags', Value: '1114446' }),
      setting(4891, { Entry: 'CRLPeriodUnits', Value: '1376590' }),
      setting(4885, { AuditFilter: '127' }),
      setting(5123, { PropertyName: 'AuditFilter', NewValue: '63' }),
      setting(5123, { PropertyName: 'ArrayMember', NewValue: '0' }),
    ],
  },
  {
    name: 'the audit of the responder is switched off',
    fires: true,
    severity: 'medium',
    records: [setting(5123, { PropertyName: 'AuditFilter', NewValue: '0' })],
  },
  {
    name: 'a tool asks in the name of another',
    fires: true,
    severity: 'medium',
    records: [run('a.exe request /ca:CA01\\corp-CA /template:Web /altname:administrator')],
  },
  { name: 'an administrator lists templates', fires: false, records: [run('certutil -CATemplates')] },
  { name: 'an export without the requester', fires: false, records: [request(4887, '', 'SAN:upn=alice@corp.example')] },
  { name: 'a certificate in its own name', fires: false, records: [request(4887, 'CORP\\alice', 'SAN:upn=alice@corp.example')] },
  {
    name: 'no name in the request',
    fires: false,
    records: [request(4887, 'CORP\\alice', 'CertificateTemplate:User\nccm:WS03.corp.example')],
  },
  {
    name: 'a host with the names of its services',
    fires: false,
    records: [request(4887, 'CORP\\WEB01$', 'SAN:dns=www.corp.example&dns=web01')],
  },
  {
    name: 'the service writes down its settings at its start',
    fires: false,
    records: [setting(4892, { Value: '5' }, { SubjectUserSid: 'S-1-5-18', SubjectUserName: 'CA01$', SubjectLogonId: '0x3e7' })],
  },
];
