// A reply that many receive, compressed once: its shared beginning is kept as deflated bytes, and only the few at the end, which
// differ from one reader to the next, are compressed for each. Together they are one ordinary gzip stream (RFC 1952).
import { promisify } from 'node:util';
import { constants, crc32, deflateRaw, deflateRawSync, inflateRaw } from 'node:zlib';

/** The beginning of a body, deflated up to a byte's border, so that more may follow. */
export interface Pressed {
  readonly deflated: Uint8Array;
  readonly sizeBytes: number;
  readonly checksum: number;
}

/** Compresses the beginning of a body, off the event loop. */
export async function press(text: string): Promise<Pressed> {
  const bytes = Buffer.from(text);
  const deflated = await promisify(deflateRaw)(bytes, { finishFlush: constants.Z_SYNC_FLUSH });
  return { deflated, sizeBytes: bytes.length, checksum: crc32(bytes) };
}

/** Magic number, deflate, no name, no time, unknown system. */
const gzipHeader = Uint8Array.of(0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255);

/** The whole as a gzip stream. */
export function gzipOf({ deflated, sizeBytes, checksum }: Pressed, end: string): Uint8Array<ArrayBuffer> {
  const rest = Buffer.from(end);
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(rest, checksum), 0);
  trailer.writeUInt32LE((sizeBytes + rest.length) % 2 ** 32, 4);
  return Buffer.concat([gzipHeader, deflated, deflateRawSync(rest), trailer]);
}

/** The whole as it is. */
export async function plainOf({ deflated }: Pressed, end: string): Promise<Uint8Array<ArrayBuffer>> {
  const start = await promisify(inflateRaw)(deflated, { finishFlush: constants.Z_SYNC_FLUSH });
  return Buffer.concat([start, Buffer.from(end)]);
}

/** JSON of which the beginning is pressed; `T` is what the text says. */
export interface PressedJson<T> {
  readonly start: Pressed;
  readonly end: string;
  /** Never there: it carries the type. */
  readonly says?: T;
}
