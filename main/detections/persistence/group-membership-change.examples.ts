import { type Example, type ExampleRecord, security, sid, subject, sysmon } from '../example.ts';

const DC = 'DC01.corp.example';

function added(eventId: number, group: string, groupSid: string, member = sid(1180)): ExampleRecord {
  const fields = { MemberName: 'CN=Bob,CN=Users,DC=corp,DC=example', MemberSid: member, TargetUserName: group, TargetDomainName: 'CORP' };
  return security(eventId, { ...fields, TargetSid: groupSid, ...subject('admin', 1105) }, { computer: DC });
}

function written(TargetObject: string): ExampleRecord {
  return sysmon(13, { EventType: 'SetValue', Image: 'C:\\Windows\\system32\\lsass.exe', TargetObject, Details: 'Binary Data' });
}

function command(CommandLine: string): ExampleRecord {
  return sysmon(1, { Image: 'C:\\Windows\\System32\\net.exe', CommandLine, User: 'CORP\\admin' });
}

const ALIASES = 'HKLM\\SAM\\SAM\\Domains\\Builtin\\Aliases';

export const examples: readonly Example[] = [
  { name: 'a global group', fires: true, severity: 'informational', records: [added(4728, 'Projects', sid(2300))] },
  { name: 'a universal group', fires: true, severity: 'informational', records: [added(4756, 'Sales', sid(2301))] },
  { name: 'the registry of local Administrators', fires: true, severity: 'low', records: [written(`${ALIASES}\\00000220\\C`)] },
  {
    name: 'the registry of another local group',
    fires: true,
    severity: 'informational',
    steps: ['members-written'],
    records: [written(`${ALIASES}\\0000022B\\C`)],
  },
  { name: 'a command', fires: true, severity: 'informational', records: [command('net  localgroup "Remote Desktop Users" bob /add')] },
  {
    name: 'a command for a sensitive group',
    fires: true,
    severity: 'low',
    records: [command('net group "Domain Admins" bob /add /domain')],
  },
  { name: 'a command only looks', fires: false, records: [command('net group "Domain Admins" /domain')] },
  { name: 'a command takes a member out', fires: false, records: [command('net localgroup Administrators bob /delete')] },
  { name: 'the registry of Users, where a new account lands', fires: false, records: [written(`${ALIASES}\\00000221\\C`)] },
  { name: 'a group that opens a host is reported elsewhere', fires: false, records: [added(4732, 'Remote Desktop Users', 'S-1-5-32-555')] },
  { name: 'a sensitive group is reported elsewhere', fires: false, records: [added(4728, 'Domain Admins', sid(512))] },
  { name: 'adding oneself is reported elsewhere', fires: false, records: [added(4728, 'Projects', sid(2300), sid(1105))] },
  { name: 'the primary group of a new user', fires: false, records: [added(4728, 'Domain Users', sid(513))] },
  { name: 'a new local user lands in Users', fires: false, records: [added(4732, 'Users', 'S-1-5-32-545')] },
  { name: 'a member removed', fires: false, records: [added(4729, 'Projects', sid(2300))] },
  { name: 'another value of SAM', fires: false, records: [written(`${ALIASES}\\Members\\S-1-5-21-1-2-3\\000003E9\\(Default)`)] },
];
