import { describe, expect, it } from 'vitest';
import type { IdentityEvent } from '../../shared/model/event.ts';
import { sessionName, sessionsOf } from './sessions-of.ts';

const event = (computer: string, fields: Readonly<Record<string, string>>) =>
  ({ computer, field: (name: string) => fields[name] ?? '' }) as unknown as IdentityEvent;

describe('sessions of records', () => {
  it('are named by number and host, however either is written', () => {
    expect(
      sessionsOf([
        event('fs02.corp.example', { SubjectLogonId: '0x51A2F', TargetLogonId: '0x0' }),
        event('FS02', { LogonId: String(0x51a2f) }),
        event('FS03', { TargetLogonId: '0x51a2f', TargetLinkedLogonId: '0x51a3b' }),
      ]),
    ).toEqual(['0x51a2f on FS02', '0x51a2f on FS03', '0x51a3b on FS03']);
  });

  it('leave out those that every host has, and what is no number', () => {
    for (const id of ['0x3e7', '0x3E4', '0x3e5', '0x3e6', '0x0', '999', '', '-', '0x', '0xzz', 'Infinity', '0x'.padEnd(40, 'f')])
      expect(sessionName('FS02', id)).toBe('');
    expect(sessionsOf([event('', { SubjectLogonId: '0x51a2f' })])).toEqual([]);
  });

  it('are no more than sixteen', () => {
    const many = Array.from({ length: 100 }, (_unused, i) => event('FS02', { SubjectLogonId: `0x${(0x10000 + i).toString(16)}` }));
    expect(sessionsOf(many)).toHaveLength(16);
  });
});
