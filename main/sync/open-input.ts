import { type FileHandle, open } from 'node:fs/promises';
import type { EvidenceInput } from './evidence-input.ts';
import { borrowArchive } from './open-archives.ts';

const PIECE_BYTES = 1024 * 1024;

/** The bytes of an input from beginning to end, in pieces that are valid until the next is asked for. */
export async function* openInput(input: EvidenceInput): AsyncGenerator<Uint8Array> {
  if (input.members.length === 0) yield* readFile(input.path);
  else yield* readMember(input);
}

async function* readFile(path: string): AsyncGenerator<Uint8Array> {
  const file: FileHandle = await open(path, 'r');
  try {
    const piece = new Uint8Array(PIECE_BYTES);
    for (let offset = 0; ; ) {
      const { bytesRead } = await file.read(piece, 0, PIECE_BYTES, offset);
      if (bytesRead === 0) return;
      offset += bytesRead;
      yield bytesRead === PIECE_BYTES ? piece : piece.subarray(0, bytesRead);
    }
  } finally {
    await file.close();
  }
}

async function* readMember(input: EvidenceInput): AsyncGenerator<Uint8Array> {
  const lease = borrowArchive(input.path, input.members.slice(0, -1));
  try {
    const archives = await lease.archives;
    yield* archives[archives.length - 1].read(input.members[input.members.length - 1]);
  } finally {
    lease.giveBack();
  }
}
