import { type Example, type ExampleRecord, otherChannel, security, subject, sysmon } from '../example.ts';

function started(commandLine: string): ExampleRecord {
  return security(4688, { ...subject('bob', 1105), NewProcessName: 'C:\\Users\\bob\\tool.exe', CommandLine: commandLine });
}

function file(path: string): ExampleRecord {
  return sysmon(11, { Image: 'C:\\Users\\bob\\tool.exe', TargetFilename: path, User: 'CORP\\bob' });
}

function script(text: string): ExampleRecord {
  const channel = 'Microsoft-Windows-PowerShell/Operational';
  return otherChannel(channel, 4104, { ScriptBlockText: text, Path: '', MessageNumber: '1', MessageTotal: '1' }, { userSid: 'S-1-5-18' });
}

export const examples: readonly Example[] = [
  {
    name: 'a ticket put into a session',
    fires: true,
    severity: 'high',
    records: [started('tool.exe "kerberos::ptt C:\\Temp\\t.kirbi" exit')],
  },
  {
    name: 'ticket files written',
    fires: true,
    severity: 'medium',
    records: [file('C:\\Temp\\[0;3e7]-2-0-40e10000-SRV01$@krbtgt-CORP.EXAMPLE.kirbi'), file('C:\\Temp\\[0;51a2f]-2-1.kirbi')],
  },
  { name: 'by a script', fires: true, severity: 'high', records: [script('Invoke-Rubeus -Command "ptt /ticket:C:\\t.kirbi"')] },
  {
    name: 'a ticket forged',
    fires: true,
    severity: 'high',
    records: [started('tool.exe "kerberos::golden /user:x /domain:corp.example /krbtgt:00 /id:500 /ptt"')],
  },
  { name: 'tickets listed by an administrator', fires: false, records: [started('klist.exe tickets'), started('klist purge')] },
  { name: 'other files', fires: false, records: [file('C:\\Temp\\report.kirbi.txt'), file('C:\\Temp\\notes.docx')] },
  { name: 'a long list of what to look for', fires: false, records: [script(`$bad = @('kerberos::ptt')\n${'# rule\n'.repeat(400)}`)] },
  { name: 'a print tool with a like-named switch', fires: false, records: [started('label.exe /ptt2 /file:a.lbl')] },
];
