import { describe, expect, it } from 'vitest';
import { CATALOGUE } from './catalogue.table.ts';
import { matchCatalogue } from './match-catalogue.ts';

const keyOf = (title: string, number = '', detector = '') => matchCatalogue({ title, number, detector })?.[0] ?? '';

describe('the catalogue row of an alert of another product', () => {
  it('is found for every name of the catalogue', () => {
    for (const [, , name] of CATALOGUE)
      expect(matchCatalogue({ title: name, number: '', detector: '' })?.[2].toLowerCase()).toBe(name.toLowerCase());
  });

  it('is found by name however it is written, with how many it struck', () => {
    expect(keyOf('suspected brute force attack (kerberos, NTLM) on one endpoint')).toBe('mdi-2023');
    expect(keyOf('Suspected brute-force attack (Kerberos, NTLM)')).toBe('xdr_OnPremBruteforce');
    expect(keyOf('Honeytoken authentication activity involving multiple users')).toBe('mdi-2014');
    expect(keyOf('Suspected DCSync attack (replication of directory services) (Preview)')).toBe('mdi-2006');
  });

  it('is found by number, by detector, by an earlier name and by the class of a syslog line', () => {
    expect(keyOf('A newer name', '2024')).toBe('mdi-2024');
    expect(keyOf('A newer name', '', 'xdr_SmbSessionEnumeration')).toBe('xdr_SmbSessionEnumeration');
    expect(keyOf('Malicious replication of directory services')).toBe('mdi-2006');
    expect(keyOf('A newer name', '', 'DirectoryServicesReplicationSuspiciousActivity')).toBe('mdi-2006');
  });

  it('is none where nothing fits', () => {
    expect(keyOf('Malware was found', '1', 'x')).toBe('');
    expect(keyOf('', '', '')).toBe('');
  });
});
