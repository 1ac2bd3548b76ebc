import { type Example, type ExampleRecord, otherChannel, repeated, security, sid, subject, sysmon } from '../example.ts';

type Acquired = { program?: string; flags?: string; result?: string; userSid?: string; after?: number };

function acquired(given: Acquired = {}): ExampleRecord {
  const { program = 'm.exe', flags = '10000', result = '0', userSid = sid(1300), after = 0 } = given;
  const fields = { 'Certificate.subjectName': 'web.corp.example', 'EventAuxInfo.ProcessName': program };
  const all = { ...fields, 'Flags.value': flags, 'Result.value': result };
  return otherChannel('Microsoft-Windows-CAPI2/Operational', 70, all, { userSid, after });
}

type Exported = { who?: Record<string, string>; type?: string; operation?: string; code?: string };

function exported({ who = subject('alice', 1300), type = '%%2499', operation = '%%2464', code = '0x0' }: Exported = {}): ExampleRecord {
  const fields = { ProviderName: 'Microsoft Software Key Storage Provider', KeyName: 'te-web', KeyType: type };
  return security(5059, { ...who, ...fields, AlgorithmName: 'RSA', Operation: operation, ReturnCode: code });
}

function started(commandLine: string): ExampleRecord {
  return security(4688, { ...subject('alice', 1300), NewProcessName: 'C:\\Windows\\System32\\certutil.exe', CommandLine: commandLine });
}

const script = (text: string): ExampleRecord =>
  otherChannel('Microsoft-Windows-PowerShell/Operational', 4104, { ScriptBlockText: text }, { userSid: sid(1300) });
const written = (TargetFilename: string, Image = 'C:\\t\\a.exe'): ExampleRecord =>
  sysmon(11, { Image, TargetFilename, User: 'CORP\\alice' });

export const examples: readonly Example[] = [
  {
    name: 'a program walks through the keys of a person',
    fires: true,
    severity: 'medium',
    steps: ['key-acquired'],
    records: repeated(3, 4, (_i, after) => acquired({ after })),
  },
  { name: 'a program uses one key', fires: true, severity: 'low', records: [acquired()] },
  {
    name: 'a program that logs on with a key every few minutes',
    fires: true,
    severity: 'low',
    records: repeated(30, 300, (_i, after) => acquired({ after })),
  },
  {
    name: 'the command of a tool that takes keys',
    fires: true,
    severity: 'high',
    records: [started('a.exe "crypto::certificates /export"')],
  },
  { name: 'a key is written out', fires: true, severity: 'high', records: [written('C:\\t\\LOCAL_MACHINE_My_0_te-web.keyx.rsa.pvk')] },
  { name: 'a certificate with its key is written', fires: true, severity: 'informational', records: [written('C:\\t\\web.pfx')] },
  { name: 'a key of the computer is exported', fires: true, severity: 'informational', steps: ['key-exported'], records: [exported()] },
  {
    name: 'the export of a certificate is recorded',
    fires: true,
    severity: 'informational',
    records: [otherChannel('Microsoft-Windows-CertificateServicesClient-Lifecycle-System/Operational', 1007, {}, { userSid: sid(1300) })],
  },
  { name: 'an export by certutil', fires: true, severity: 'informational', records: [started('certutil -exportPFX my 1a2b c:\\t\\a.pfx')] },
  {
    name: 'an export by script',
    fires: true,
    severity: 'informational',
    records: [script('Export-PfxCertificate -Cert $c -FilePath a.pfx')],
  },
  { name: 'a browser uses a key and keeps it', fires: false, records: [acquired({ program: 'msedge.exe', flags: '10041' })] },
  { name: 'a service of Windows uses a key', fires: false, records: [acquired({ program: 'svchost.exe', userSid: 'S-1-5-20' })] },
  { name: 'a key that is not there', fires: false, records: [acquired({ result: '8009000D' })] },
  { name: 'a browser exports the key that it binds its tickets to', fires: false, records: [exported({ type: '%%2500' })] },
  { name: 'a key of the computer is opened', fires: false, records: [exported({ operation: '%%2480' })] },
  { name: 'a key that may not be exported', fires: false, records: [exported({ code: '0x80090029' })] },
  { name: 'the computer saves a key of its own', fires: false, records: [exported({ who: subject('SRV01$', 1400) })] },
  {
    name: 'a product keeps its certificate',
    fires: false,
    records: [written('C:\\ProgramData\\Product\\server.pfx', 'C:\\Program Files\\Product\\server.exe')],
  },
  {
    name: 'a long module that only can do so is loaded',
    fires: false,
    records: [script(`${' '.repeat(5_000)}crypto::certificates /export`)],
  },
  { name: 'a certificate without its key', fires: false, records: [script('Export-Certificate -Cert $c -FilePath a.cer')] },
  { name: 'a certificate is checked', fires: false, records: [started('certutil -verify c:\\t\\a.cer')] },
  { name: 'a certificate without its key is written', fires: false, records: [written('C:\\t\\web.cer')] },
];
