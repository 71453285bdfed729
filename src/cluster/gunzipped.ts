import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { errorCode } from './plain-text.ts';

const unzip = promisify(gunzip);

/** Node's own. Each chunk means a round trip to another thread. */
const LEAST_CHUNK = 16 * 1024;

/** Where the length cannot be believed. */
const CHUNK = 256 * 1024;

/** No byte of deflate tells of more. Source: zlib's technical details. */
const MOST_PER_BYTE = 1032;

/**
 * How much to make room for, so that all is unpacked at once and never copied. Gzip ends with the length of what it
 * holds, which is believed where it is possible, and costs nothing where it is wrong but time.
 */
function room(bytes: Buffer, most: number): number {
  const told = bytes.length < 4 ? 0 : bytes.readUInt32LE(bytes.length - 4);
  const isPossible = told <= Math.min(most, bytes.length * MOST_PER_BYTE);
  // With a byte to spare zlib need not be asked whether there is more.
  return Math.max(isPossible ? told + 1 : CHUNK, LEAST_CHUNK);
}

/** Unpacks gzip in another thread. Rejects when it is damaged, cut, or over `most` bytes, see {@link isOverMost}. */
export function gunzipped(bytes: Buffer, most: number): Promise<Buffer> {
  return unzip(bytes, { maxOutputLength: most, chunkSize: room(bytes, most) });
}

/** Whether unpacking ended because there was more than allowed. */
export function isOverMost(error: unknown): boolean {
  return errorCode(error) === 'ERR_BUFFER_TOO_LARGE';
}
