import type { Micros } from '../../shared/model/time.ts';
import { DOMAIN, HONEYTOKEN, SERVICE_ACCOUNTS, WITHOUT_PREAUTHENTICATION } from './company.table.ts';
import { INTRUSION } from './intrusion/intrusion.table.ts';
import { COLLECTED_AT, FIRST_DAY } from './scene.ts';

export type StoryStep = {
  readonly at: Micros;
  readonly what: string;
  /** Detections that must fire on this step, by id; the host whose log shows it. */
  readonly detections: readonly string[];
  readonly host: string;
  readonly accounts: readonly string[];
};

const { workstation, phishedAccount, sprayedAccount, crackedAccount, stolenAccount, backdoorAccount } = INTRUSION;

/** What happened in the demo investigation: the truth against which its detections are tested. Nothing else in the fortnight is an attack. */
export const DEMO_STORY = {
  company: 'Tarnwick Tools, a maker of machine parts with 39 people',
  domain: DOMAIN.fqdn,
  netbios: DOMAIN.netbios,
  from: FIRST_DAY,
  to: COLLECTED_AT,
  honeytoken: HONEYTOKEN,
  patientZero: workstation,
  patientZeroAddress: '10.20.1.114',
  controlAddress: INTRUSION.controlAddress,
  roastedAccounts: SERVICE_ACCOUNTS.map(([name]) => name),
  asRepRoastedAccount: WITHOUT_PREAUTHENTICATION,
  steps: [
    {
      at: INTRUSION.phishedAt,
      what: `${phishedAccount} opens a document from a mail; Word starts a shell that loads a program from outside.`,
      detections: [],
      host: workstation,
      accounts: [phishedAccount],
    },
    {
      at: INTRUSION.lookedAroundAt,
      what: 'The intruder looks around: accounts, groups, controllers, service principal names.',
      detections: [],
      host: workstation,
      accounts: [phishedAccount],
    },
    {
      at: INTRUSION.roastedAt,
      what: 'Tickets of every service account are taken to be guessed offline, the decoy among them, and one of an account without preauthentication.',
      detections: ['kerberoasting', 'as-rep-roasting', 'honeytoken-activity'],
      host: 'DC01',
      accounts: [phishedAccount, HONEYTOKEN, WITHOUT_PREAUTHENTICATION],
    },
    {
      at: INTRUSION.sprayedAt,
      what: `One password is tried on everybody; it fits ${sprayedAccount}.`,
      detections: ['password-spraying'],
      host: 'DC01',
      accounts: [sprayedAccount],
    },
    {
      at: INTRUSION.guessedAt,
      what: 'Passwords of the local administrator of the file server are guessed, in vain.',
      detections: ['brute-force'],
      host: 'FILE01',
      accounts: ['locadmin'],
    },
    {
      at: INTRUSION.fileServerAt,
      what: `The hash of ${crackedAccount} opens the file server, where a program runs as a service.`,
      detections: ['pass-the-hash', 'psexec', 'remote-service-creation'],
      host: 'FILE01',
      accounts: [crackedAccount],
    },
    {
      at: INTRUSION.taskServerAt,
      what: `A task over the network takes what the application server remembers of ${stolenAccount}, who is signed in there.`,
      detections: ['pass-the-hash', 'scheduled-task-remote'],
      host: 'APP01',
      accounts: [crackedAccount],
    },
    {
      at: INTRUSION.databaseAt,
      what: 'A service on the database server runs a command.',
      detections: ['remote-service-creation'],
      host: 'SQL01',
      accounts: [crackedAccount],
    },
    {
      at: INTRUSION.stolenAt,
      what: `The intruder takes on the network credentials of ${stolenAccount} and reaches the controller.`,
      detections: ['pass-the-hash'],
      host: workstation,
      accounts: [phishedAccount, stolenAccount],
    },
    {
      at: INTRUSION.replicatedAt,
      what: 'The directory is copied with all secrets.',
      detections: ['dcsync'],
      host: 'DC01',
      accounts: [stolenAccount],
    },
    {
      at: INTRUSION.promotedAt,
      what: `${sprayedAccount} becomes a member of Domain Admins, and the account ${backdoorAccount} is created.`,
      detections: ['sensitive-group-change'],
      host: 'DC01',
      accounts: [stolenAccount, sprayedAccount, backdoorAccount],
    },
    {
      at: INTRUSION.decoyAt,
      what: 'The guessed password of the decoy is tried.',
      detections: ['honeytoken-activity'],
      host: 'DC01',
      accounts: [HONEYTOKEN],
    },
    {
      at: INTRUSION.desktopAt,
      what: `A desktop on the controller, as ${sprayedAccount}.`,
      detections: [],
      host: 'DC01',
      accounts: [sprayedAccount],
    },
    {
      at: INTRUSION.clearedAt,
      what: 'The Security log of the database server is emptied.',
      detections: ['log-cleared'],
      host: 'SQL01',
      accounts: [sprayedAccount],
    },
  ] satisfies readonly StoryStep[],
} as const;
