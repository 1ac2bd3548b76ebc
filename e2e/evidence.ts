import { closeSync, copyFileSync, openSync, readSync, truncateSync, writeFileSync, writeSync } from 'node:fs';

const HEADER_BYTES = 4_096;
const CHUNK_BYTES = 65_536;

/** Failed logons as Winlogbeat writes them, one a line, in the order of their records. */
export function writeFailedLogons(path: string, count: number, computer = 'DC01.corp.example'): string {
  const lines: string[] = [];
  for (let record = 1; record <= count; record++) {
    lines.push(
      JSON.stringify({
        '@timestamp': new Date(Date.UTC(2026, 2, 4, 10) + record * 1_000).toISOString(),
        winlog: {
          channel: 'Security',
          provider_name: 'Microsoft-Windows-Security-Auditing',
          event_id: '4625',
          record_id: record,
          computer_name: computer,
          event_data: {
            TargetUserName: `user${record % 500}`,
            TargetDomainName: 'CORP',
            TargetUserSid: 'S-1-0-0',
            Status: '0xc000006d',
            SubStatus: '0xc000006a',
            LogonType: '3',
            IpAddress: `10.0.${record % 8}.66`,
            WorkstationName: 'KALI',
          },
        },
      }),
    );
  }
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

/** A copy of an event log that ends in the middle of its third chunk, as an interrupted copy leaves it. */
export function writeCutLog(from: string, to: string): string {
  copyFileSync(from, to);
  truncateSync(to, HEADER_BYTES + 2 * CHUNK_BYTES + 30_000);
  return to;
}

/** A copy of an event log with one chunk overwritten from its first byte on. */
export function writeDamagedLog(from: string, to: string, chunk: number): string {
  copyFileSync(from, to);
  const file = openSync(to, 'r+');
  writeSync(file, Buffer.alloc(2_048, 0xa5), 0, 2_048, HEADER_BYTES + chunk * CHUNK_BYTES);
  closeSync(file);
  return to;
}

/** Overwrites the beginning of any file, for instance of a store. */
export function spoilBeginning(path: string): void {
  const file = openSync(path, 'r+');
  writeSync(file, Buffer.alloc(4_096, 0x5a), 0, 4_096, 0);
  closeSync(file);
}

/** Turns one bit in the middle of a file. */
export function turnOneBit(path: string, at: number): void {
  const file = openSync(path, 'r+');
  const byte = Buffer.alloc(1);
  readSync(file, byte, 0, 1, at);
  byte[0] = byte[0]! ^ 0x01;
  writeSync(file, byte, 0, 1, at);
  closeSync(file);
}
