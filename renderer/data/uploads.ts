import { BOUNDS } from '../../shared/contract/bounds.ts';
import { ProblemError } from '../../shared/result.ts';
import { call } from './client.ts';

export type UploadProgress = { readonly name: string; readonly sentBytes: number; readonly totalBytes: number };

/** Base64 of bytes, in pieces small enough for the argument list of one call. */
export function encodeBase64(bytes: Uint8Array): string {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 0x8000) parts.push(String.fromCharCode(...bytes.subarray(at, at + 0x8000)));
  return btoa(parts.join(''));
}

/** The byte ranges that a file of `sizeBytes` is sent in. */
export function chunkRanges(
  sizeBytes: number,
  chunkBytes: number = BOUNDS.uploadChunkBytes,
): readonly (readonly [from: number, to: number])[] {
  const ranges: (readonly [number, number])[] = [];
  for (let at = 0; at < sizeBytes; at += chunkBytes) ranges.push([at, Math.min(sizeBytes, at + chunkBytes)]);
  return ranges;
}

/**
 * Hands files to the engine whose path the runtime does not tell. Returns the upload ids for `imports.start`; when it is cancelled or one
 * fails, what was sent is discarded.
 */
export async function uploadFiles(
  files: readonly File[],
  onProgress: (progress: UploadProgress) => void,
  signal: AbortSignal,
): Promise<string[]> {
  const totalBytes = files.reduce((sum, file) => sum + file.size, 0);
  const uploadIds: string[] = [];
  let sentBytes = 0;
  try {
    for (const file of files) {
      const { uploadId } = await call('uploads.begin', { name: file.webkitRelativePath || file.name, sizeBytes: file.size });
      uploadIds.push(uploadId);
      for (const [from, to] of chunkRanges(file.size)) {
        if (signal.aborted) throw new ProblemError('cancelled', 'The upload was cancelled.');
        const bytes = new Uint8Array(await file.slice(from, to).arrayBuffer());
        await call('uploads.append', { uploadId, base64: encodeBase64(bytes) });
        sentBytes += to - from;
        onProgress({ name: file.name, sentBytes, totalBytes });
      }
    }
  } catch (error) {
    await Promise.allSettled(uploadIds.map((uploadId) => call('uploads.discard', { uploadId })));
    throw error;
  }
  return uploadIds;
}
