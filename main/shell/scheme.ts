import { readFile, realpath } from 'node:fs/promises';
import { extname, join, sep } from 'node:path';
import type { Protocol } from 'electron';
import { isOurAddress, RESPONSE_HEADERS, SCHEME } from './security.ts';

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

/** Serves the built window under `keepwatch://console/`: its own files, only read, and nothing beside them. */
export function answerScheme(protocol: Pick<Protocol, 'handle'>, folder: string): void {
  protocol.handle(SCHEME, (request) => answerRequest(request, folder));
}

export async function answerRequest(request: Request, folder: string): Promise<Response> {
  if (request.method !== 'GET' || !isOurAddress(request.url)) return refuse(403);
  const file = await resolveFile(request.url, folder);
  if (file === null) return refuse(404);
  const type = CONTENT_TYPES[extname(file)];
  if (type === undefined) return refuse(404);
  try {
    return new Response(new Uint8Array(await readFile(file)), { headers: { ...RESPONSE_HEADERS, 'content-type': type } });
  } catch {
    return refuse(404);
  }
}

/** The file's real path inside the folder, or null: neither `..` in any spelling nor a link leads out of it. */
async function resolveFile(address: string, folder: string): Promise<string | null> {
  try {
    const path = decodeURIComponent(new URL(address).pathname);
    if (/[\0\\]/.test(path) || path.split('/').includes('..')) return null;
    const root = await realpath(folder);
    const file = await realpath(join(root, path));
    return file.startsWith(root + sep) ? file : null;
  } catch {
    return null;
  }
}

function refuse(status: number): Response {
  return new Response('', { status, headers: RESPONSE_HEADERS });
}
