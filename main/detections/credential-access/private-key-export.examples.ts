import { type Example, type ExampleRecord, otherChannel, security, sid, subject } from '../example.ts';

function acquired(program: string): ExampleRecord {
  const fields = { 'Certificate.subjectName': 'web.corp.example', 'EventAuxInfo.ProcessName': program, 'Result.value': '0' };
  return otherChannel('Microsoft-Windows-CAPI2/Operational', 70, fields, { userSid: sid(1300) });
}

function started(commandLine: string): ExampleRecord {
  return security(4688, { ...subject('alice', 1300), NewProcessName: 'C:\\Windows\\System32\\certutil.exe', CommandLine: commandLine });
}

const script = (text: string): ExampleRecord =>
  otherChannel('Microsoft-Windows-PowerShell/Operational', 4104, { ScriptBlockText: text }, { userSid: sid(1300) });

export const examples: readonly Example[] = [
  { name: 'a tool that steals keys', fires: true, severity: 'high', records: [acquired('mimikatz.exe')] },
  { name: 'its command', fires: true, severity: 'high', records: [started('a.exe "crypto::certificates /export"')] },
  { name: 'an export by certutil', fires: true, severity: 'informational', records: [started('certutil -exportPFX my 1a2b c:\\t\\a.pfx')] },
  {
    name: 'an export by script',
    fires: true,
    severity: 'informational',
    records: [script('Export-PfxCertificate -Cert $c -FilePath a.pfx')],
  },
  { name: 'a browser uses a key', fires: false, records: [acquired('msedge.exe')] },
  { name: 'a certificate without its key', fires: false, records: [script('Export-Certificate -Cert $c -FilePath a.cer')] },
  { name: 'a certificate is checked', fires: false, records: [started('certutil -verify c:\\t\\a.cer')] },
];
