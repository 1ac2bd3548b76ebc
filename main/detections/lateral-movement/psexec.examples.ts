import { type Example, type ExampleRecord, security, serviceControl, sid, subject, sysmon } from '../example.ts';

const admin = subject('admin', 1105);

function share(name: string, file: string, more: { by?: Record<string, string>; address?: string; after?: number } = {}): ExampleRecord {
  const { by = admin, address = '10.0.0.66', after = 0 } = more;
  return security(
    5145,
    { ...by, ShareName: `\\\\*\\${name}`, RelativeTargetName: file, AccessMask: '0x12019f', IpAddress: address },
    { after },
  );
}

function installed(name: string, image: string, start = 'demand start'): ExampleRecord {
  return serviceControl(
    7045,
    { ServiceName: name, ImagePath: image, ServiceType: 'user mode service', StartType: start, AccountName: 'LocalSystem' },
    { userSid: sid(1105) },
  );
}

export const examples: readonly Example[] = [
  { name: 'the tool itself', fires: true, severity: 'medium', records: [installed('PSEXESVC', '%SystemRoot%\\PSEXESVC.exe')] },
  {
    name: 'a renamed service, its stream pipes',
    fires: true,
    severity: 'high',
    records: ['stdin', 'stdout', 'stderr'].map((stream, i) => share('IPC$', `upd-WS66-4412-${stream}`, { after: i })),
  },
  { name: 'a random name in the root of ADMIN$', fires: true, severity: 'high', records: [installed('KgXi', '%SYSTEMROOT%\\duKhLY.exe')] },
  {
    name: 'copy to ADMIN$, then the service manager',
    fires: true,
    severity: 'medium',
    records: [share('ADMIN$', 'x.exe'), share('IPC$', 'svcctl', { after: 1 })],
  },
  {
    name: 'its pipe as Sysmon sees it',
    fires: true,
    severity: 'medium',
    records: [sysmon(17, { PipeName: '\\PSEXESVC', Image: 'C:\\Windows\\PSEXESVC.exe' })],
  },
  {
    name: 'a service of a product',
    fires: false,
    records: [installed('Example Agent', '"C:\\Program Files\\Example\\agent.exe"', 'auto start')],
  },
  { name: 'a file copied to ADMIN$, no service', fires: false, records: [share('ADMIN$', 'Temp\\report.txt')] },
  { name: 'the service manager alone', fires: false, records: [share('IPC$', 'svcctl')] },
  {
    name: 'ADMIN$ by one account, the service manager by another',
    fires: false,
    records: [share('ADMIN$', 'x.txt', { by: subject('bob', 1106), address: '10.0.0.67' }), share('IPC$', 'svcctl', { after: 1 })],
  },
  {
    name: 'an ordinary pipe of a product',
    fires: false,
    records: [sysmon(17, { PipeName: '\\mojo.4412.1', Image: 'C:\\Program Files\\Browser\\browser.exe' })],
  },
  {
    name: 'a single hidden command as service',
    fires: true,
    severity: 'high',
    records: [installed('upd', '%COMSPEC% /b /c start /b /min powershell.exe -nop -w hidden -noni -c "x"')],
  },
  {
    name: 'a script that is a service, plainly',
    fires: false,
    records: [installed('Nightly', 'powershell.exe -File C:\\Jobs\\nightly.ps1', 'auto start')],
  },
];
