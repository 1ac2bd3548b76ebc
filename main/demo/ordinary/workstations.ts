import { MINUTE, type Micros, SECOND } from '../../../shared/model/time.ts';
import { connect, createFile, olderProcess, type Process, startProcess } from '../acts/processes.ts';
import { Random } from '../random.ts';
import type { Scene } from '../scene.ts';
import type { WorkDay } from './people.ts';

const OFFICE = 'C:\\Program Files\\Microsoft Office\\root\\Office16';
const EDGE = 'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe';
/** Of TEST-NET-2 (RFC 5737), like every address outside the company. */
const SITES: readonly (readonly [address: string, name: string])[] = [
  ['198.51.100.12', 'mail.tarnwick.example'],
  ['198.51.100.31', 'news.example'],
  ['198.51.100.44', 'cdn.bank.example'],
  ['198.51.100.58', 'parts-catalogue.example'],
  ['198.51.100.77', 'maps.example'],
];
const DOWNLOADS = ['Statement-october.pdf', 'Offer.pdf', 'Price list.xlsx', 'Delivery note.pdf', 'Travel plan.pdf', 'Reminder.docx'];

type Program = { readonly image: string; readonly command: string; readonly isChildOfItself?: true };
const PROGRAMS: readonly Program[] = [
  { image: EDGE, command: `"${EDGE}" --profile-directory=Default` },
  { image: EDGE, command: `"${EDGE}" --type=renderer --lang=en-GB --device-scale-factor=1` },
  { image: EDGE, command: `"${EDGE}" --type=utility --utility-sub-type=network.mojom.NetworkService` },
  { image: `${OFFICE}\\EXCEL.EXE`, command: `"${OFFICE}\\EXCEL.EXE" "\\\\FILE01\\Finance\\Invoices\\Open items.xlsx"` },
  { image: `${OFFICE}\\WINWORD.EXE`, command: `"${OFFICE}\\WINWORD.EXE" /n "C:\\Users\\Public\\Documents\\Letter.docx"` },
  {
    image: 'C:\\Program Files\\OrderDesk\\orderdesk.exe',
    command: '"C:\\Program Files\\OrderDesk\\orderdesk.exe" /server:erp.tarnwick.example',
  },
  { image: 'C:\\Windows\\System32\\notepad.exe', command: '"C:\\Windows\\System32\\notepad.exe"' },
  {
    image: 'C:\\Windows\\System32\\SearchProtocolHost.exe',
    command: '"C:\\Windows\\system32\\SearchProtocolHost.exe" Global\\UsGthrFltPipeMssGthrPipe_',
  },
];
const BACKGROUND = [
  'C:\\Windows\\System32\\svchost.exe -k netsvcs -p -s Schedule',
  'C:\\Windows\\System32\\taskhostw.exe',
  'C:\\Windows\\System32\\wbem\\WmiPrvSE.exe -secured -Embedding',
  'C:\\Windows\\System32\\backgroundTaskHost.exe',
  'C:\\Program Files\\Windows Defender\\MpCmdRun.exe -IdleTask -TaskName WdCacheMaintenance',
] as const;

/** What programs run on the workstations whose logs were collected. */
export function runPrograms(scene: Scene, { person, day, session, from, until }: WorkDay): void {
  const random = new Random(`programs of ${person.account.name} on ${day}`);
  const shell = olderProcess(scene, person.host, session, 'C:\\Windows\\explorer.exe');
  const services = olderProcess(scene, person.host, null, 'C:\\Windows\\System32\\services.exe');
  const outlook = startProcess(scene, from + 40 * SECOND, shell, `${OFFICE}\\OUTLOOK.EXE`, `"${OFFICE}\\OUTLOOK.EXE"`);
  startProcess(scene, from + 12 * SECOND, shell, 'C:\\Windows\\System32\\SecurityHealthSystray.exe');
  startProcess(scene, from + 20 * SECOND, shell, 'C:\\Windows\\System32\\ctfmon.exe', '"ctfmon.exe"');
  let browser: Process | null = null;
  for (let at: Micros = from + 3 * MINUTE; at < until; at += random.between(2, 16) * MINUTE + random.between(0, 59) * SECOND) {
    const { image, command } = random.pick(PROGRAMS);
    const started = startProcess(scene, at, image === EDGE && browser !== null ? browser : shell, image, command);
    if (image === EDGE) browser = started;
    const [address, name] = random.pick(SITES);
    if (image === EDGE) connect(scene, at + 400_000, started, address, name, 443);
    else connect(scene, at + 300_000, outlook, SITES[0][0], SITES[0][1], 443);
    if (random.chance(0.15))
      createFile(scene, at + 5 * SECOND, started, `C:\\Users\\${person.account.name}\\Downloads\\${random.pick(DOWNLOADS)}`);
  }
  for (let at: Micros = from; at < until; at += random.between(9, 30) * MINUTE) {
    const command = random.pick(BACKGROUND);
    startProcess(scene, at + random.between(0, 59) * SECOND, services, command.split(/(?<=\.exe) /)[0], command);
  }
}
