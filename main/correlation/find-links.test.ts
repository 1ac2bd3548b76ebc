import { describe, expect, it } from 'vitest';
import { exampleAlert as alert, host, system, user } from './correlation.examples.ts';
import type { LinkableAlert } from './link-rule.ts';
import { NOTHING_KNOWN } from './link-rule.ts';
import { correlate } from './run.ts';

const groupsOf = (alerts: readonly LinkableAlert[], controllers: readonly string[] = []) =>
  correlate(alerts, {
    facts: { ...NOTHING_KNOWN, isDomainController: (id) => controllers.includes(id) },
    edits: [],
  }).incidents.map((incident) => incident.alertIds);

describe('links by logon session', () => {
  const inSession = { sessions: ['0x51a2f on FS02'] };

  it('hold across more time than any other rule has, and say which session', () => {
    const alerts = [
      alert('a', 0, [system, host('fs02', 'target')], inSession),
      alert('b', 30, [system, host('fs02', 'target')], inSession),
      alert('c', 31, [host('fs09', 'target')], { sessions: ['0x51a2f on FS09'] }),
    ];
    const { incidents, links } = correlate(alerts);
    expect(incidents.map((incident) => incident.alertIds)).toEqual([['a', 'b'], ['c']]);
    expect(links).toEqual([{ from: 'a', to: 'b', reason: 'the same logon session 0x51a2f on FS02' }]);
  });

  it('end after two days: numbers begin anew when a host starts', () => {
    expect(groupsOf([alert('a', 0, [], inSession), alert('b', 49, [], inSession)])).toHaveLength(2);
  });

  it('are never carried on by ordinary work', () => {
    const light = { ...inSession, severity: 'informational' as const };
    expect(groupsOf([alert('a', 0, [], inSession), alert('b', 40, [], light), alert('c', 80, [], inSession)])).toEqual([['a', 'b'], ['c']]);
  });
});

describe('what stays out', () => {
  const low = { severity: 'low' as const };

  it('a scanner that visits the hosts of an intrusion', () => {
    const scans = ['srv01', 'srv02', 'srv03', 'srv04'].map((name, i) =>
      alert(`s${i}`, 1 + i / 10, [host('scan01', 'source'), user('svc-scan'), host(name, 'target')], low),
    );
    const alerts = [
      alert('a', 0.9, [host('ws14', 'source'), user('alice'), host('srv01', 'target')]),
      // Local: it belongs to the weightier visitor, though the scanner came after him.
      alert('b', 1.05, [system, host('srv01', 'target')], { severity: 'high' }),
      alert('c', 1.5, [host('ws14', 'source'), user('alice'), host('srv02', 'target')]),
      ...scans,
    ];
    expect(groupsOf(alerts)).toEqual([
      ['a', 'b', 'c'],
      ['s0', 's1', 's2', 's3'],
    ]);
  });

  it('a scanner that comes after something happened on the host itself', () => {
    const alerts = [
      alert('a', 0, [system, host('srv01', 'target')], { severity: 'high' }),
      alert('s', 1, [host('scan01', 'source'), user('svc-scan'), host('srv01', 'target')], low),
    ];
    expect(groupsOf(alerts)).toEqual([['a'], ['s']]);
  });

  it('other users of a shared service account', () => {
    const alerts = Array.from({ length: 12 }, (_unused, i) =>
      alert(`a${i}`, i / 10, [host(`app${i}`, 'source'), user('svc-shared'), host(`srv${i}`, 'target')]),
    );
    expect(groupsOf(alerts)).toHaveLength(12);
    // Few places are a person's, or an intruder's.
    expect(groupsOf(alerts.slice(0, 5))).toHaveLength(1);
  });

  it('other accounts behind a jump host, even though the host was reached itself; each goes on with his own', () => {
    const alerts = Array.from({ length: 12 }, (_unused, i) => [
      alert(`in${i}`, i / 10, [host(`ws${i}`, 'source'), user(`u${i}`, 'target'), host('jump', 'target')]),
      alert(`on${i}`, i / 10 + 0.05, [host('jump', 'source'), user(`u${i}`), host(`srv${i}`, 'target')]),
    ]).flat();
    expect(groupsOf(alerts)).toEqual(Array.from({ length: 12 }, (_unused, i) => [`in${i}`, `on${i}`]));
  });

  it('what others do on a busy domain controller', () => {
    const alerts = [
      alert('a', 0, [host('ws14', 'source'), user('alice'), host('dc1', 'target')]),
      alert('b', 0.5, [host('ws34', 'source'), user('support'), host('dc1', 'target')]),
      alert('c', 5, [system, host('dc1', 'target')]),
    ];
    expect(groupsOf(alerts, ['host:dc1'])).toEqual([['a'], ['b'], ['c']]);
    // On an ordinary server an act of the system within hours belongs to who came before.
    expect(groupsOf(alerts)).toEqual([['a'], ['b', 'c']]);
  });

  it('what an account did the day before it was taken', () => {
    const alerts = [
      alert('a', 0, [host('ws34', 'source'), user('adm'), host('app01', 'target')], { severity: 'informational' }),
      alert('b', 19, [host('ws14', 'source'), user('adm'), host('dc1', 'target')]),
      alert('c', 30, [host('ws14', 'source'), user('adm'), host('srv09', 'target')], { severity: 'informational' }),
    ];
    expect(groupsOf(alerts)).toEqual([['b', 'c']]);
  });
});

describe('what holds together', () => {
  it('an intrusion that changes accounts and hosts: one incident', () => {
    const alerts = [
      alert('a', 0, [user('anna'), host('ws07', 'target')], { tactics: ['Execution'] }),
      alert('b', 1, [user('anna'), user('svc-sql', 'object'), host('ws07', 'target')], { tactics: ['Credential Access'] }),
      alert('c', 20, [host('ws07', 'source'), user('svc-sql', 'target'), host('sql01', 'target')]),
      alert('d', 21, [system, host('sql01', 'target')], { tactics: ['Credential Access'] }),
      alert('e', 22, [host('sql01', 'source'), user('adm', 'target'), host('dc1', 'target')]),
      alert('f', 22.5, [user('adm'), host('dc1', 'target')], { tactics: ['Credential Access'] }),
    ];
    expect(groupsOf(alerts, ['host:dc1'])).toEqual([['a', 'b', 'c', 'd', 'e', 'f']]);
  });
});
