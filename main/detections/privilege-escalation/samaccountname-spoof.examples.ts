import { type Example, type ExampleRecord, security, sid, subject } from '../example.ts';

const DC = 'DC01.corp.example';
const alice = subject('alice', 1180);

function rename(before: string, after: string, seconds = 0): ExampleRecord {
  const fields = { OldTargetUserName: before, NewTargetUserName: after, TargetDomainName: 'CORP', TargetSid: sid(1501) };
  return security(4781, { ...alice, ...fields }, { computer: DC, after: seconds });
}

function computer(id: number, name: string): ExampleRecord {
  const fields = { TargetUserName: 'PC77$', TargetDomainName: 'CORP', TargetSid: sid(1501), SamAccountName: name };
  return security(id, { ...alice, ...fields }, { computer: DC });
}

export const examples: readonly Example[] = [
  { name: 'a computer takes the name of the controller', fires: true, severity: 'high', records: [rename('PC77$', 'DC01')] },
  { name: 'a user takes the name of the controller', fires: true, severity: 'high', records: [rename('bob', 'dc01')] },
  {
    name: 'the sign dropped and put back',
    fires: true,
    severity: 'high',
    steps: ['sign-dropped', 'renamed-back'],
    records: [rename('PC77$', 'DC02'), rename('DC02', 'PC77$', 60)],
  },
  { name: 'only the sign dropped', fires: true, severity: 'medium', records: [rename('PC77$', 'PC77')] },
  { name: 'seen as a change of the computer', fires: true, severity: 'high', records: [computer(4742, 'DC01')] },
  { name: 'a new computer without the sign', fires: true, severity: 'medium', records: [computer(4741, 'PC77')] },
  { name: 'the name of the controller in capitals', fires: false, records: [rename('dc01', 'DC01')] },
  { name: 'an account without a name', fires: false, records: [rename('PC77$', '-')] },
  { name: 'the controller itself', fires: false, records: [computer(4742, 'DC01$'), rename('OLDDC$', 'DC01$')] },
  {
    name: 'the sign dropped, and other changes of names',
    fires: true,
    severity: 'medium',
    steps: ['sign-dropped'],
    records: [rename('PC77$', 'PC77'), rename('PC80$', 'PC81$', 5), rename('bob', 'bob.b', 9)],
  },
  { name: 'a computer gets a new name', fires: false, records: [rename('PC77$', 'PC78$')] },
  { name: 'a person marries', fires: false, records: [rename('a.smith', 'a.jones')] },
  { name: 'a new computer', fires: false, records: [computer(4741, 'PC77$')] },
  { name: 'another change of a computer', fires: false, records: [computer(4742, '-')] },
];
