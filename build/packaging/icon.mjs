// The program's icon, drawn by arithmetic: a watchtower's eye, a ring with a light in it. Written as PNG, and as the two containers of PNG that Windows and macOS want.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';

const GROUND = [0x12, 0x1a, 0x24];
const RING = [0x6c, 0xb2, 0xe6];
const LIGHT = [0xf2, 0xb1, 0x4b];

/**
 * @param {number} size in pixels, width and height
 * @returns {Buffer} RGBA, row by row
 */
function drawPixels(size) {
  const pixels = Buffer.alloc(size * size * 4);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const u = ((x + 0.5) / size) * 2 - 1;
      const v = ((y + 0.5) / size) * 2 - 1;
      writePixel(pixels, (y * size + x) * 4, u, v, 2 / size);
    }
  }
  return pixels;
}

/**
 * @param {Buffer} pixels
 * @param {number} at
 * @param {number} u
 * @param {number} v
 * @param {number} soft width of an edge
 */
function writePixel(pixels, at, u, v, soft) {
  const radius = Math.hypot(u, v);
  // A square with round corners.
  const corner = Math.hypot(Math.max(Math.abs(u) - 0.62, 0), Math.max(Math.abs(v) - 0.62, 0));
  const cover = clamp((0.32 - corner) / soft);
  const ring = clamp((0.09 - Math.abs(radius - 0.56)) / soft) * (Math.abs(v) < 0.12 && u > 0 ? 0 : 1);
  const light = clamp((0.2 - radius) / soft);
  for (let channel = 0; channel < 3; channel++) {
    const ringed = mix(GROUND[channel] ?? 0, RING[channel] ?? 0, ring);
    pixels[at + channel] = Math.round(mix(ringed, LIGHT[channel] ?? 0, light));
  }
  pixels[at + 3] = Math.round(cover * 255);
}

/** @param {number} value */
const clamp = (value) => Math.min(Math.max(value + 0.5, 0), 1);
/** @param {number} from @param {number} to @param {number} share */
const mix = (from, to, share) => from + (to - from) * share;

/**
 * PNG (ISO/IEC 15948), eight bits a channel with alpha, no filter.
 * @param {number} size
 */
function encodePng(size) {
  const pixels = drawPixels(size);
  const rows = Buffer.alloc(size * (size * 4 + 1));
  for (let y = 0; y < size; y++) pixels.copy(rows, y * (size * 4 + 1) + 1, y * size * 4, (y + 1) * size * 4);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 6, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    encodeChunk('IHDR', header),
    encodeChunk('IDAT', deflateSync(rows, { level: 9 })),
    encodeChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** @param {string} type @param {Buffer} body */
function encodeChunk(type, body) {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), body]);
  const chunk = Buffer.alloc(typed.length + 8);
  chunk.writeUInt32BE(body.length, 0);
  typed.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(typed), typed.length + 4);
  return chunk;
}

/** ICO with one PNG of 256 pixels, which it writes as size 0. */
function encodeIco() {
  const png = encodePng(256);
  const header = Buffer.alloc(22);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(1, 4);
  header.writeUInt16LE(1, 10);
  header.writeUInt16LE(32, 12);
  header.writeUInt32LE(png.length, 14);
  header.writeUInt32LE(22, 18);
  return Buffer.concat([header, png]);
}

/** ICNS with PNGs of 256, 512 and 1024 pixels (types ic08, ic09, ic10). */
function encodeIcns() {
  const parts = /** @type {const} */ ([
    ['ic08', 256],
    ['ic09', 512],
    ['ic10', 1024],
  ]).map(([type, size]) => encodeEntry(type, encodePng(size)));
  return encodeEntry('icns', Buffer.concat(parts));
}

/** @param {string} type @param {Buffer} body */
function encodeEntry(type, body) {
  const head = Buffer.alloc(8);
  head.write(type, 0, 'latin1');
  head.writeUInt32BE(body.length + 8, 4);
  return Buffer.concat([head, body]);
}

/** @param {string} folder */
export function writeIcons(folder) {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'icon.png'), encodePng(1024));
  writeFileSync(join(folder, 'icon.ico'), encodeIco());
  writeFileSync(join(folder, 'icon.icns'), encodeIcns());
}
