import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { errorCode } from './plain-text.ts';

const unzip = promisify(gunzip);

/** Node's own 16 KiB would mean a round trip to another thread for each of them. */
const CHUNK = 256 * 1024;

/** Unpacks gzip in another thread. Rejects when it is damaged, cut, or over `most` bytes, see {@link isOverMost}. */
export function gunzipped(bytes: Buffer, most: number): Promise<Buffer> {
  return unzip(bytes, { maxOutputLength: most, chunkSize: CHUNK });
}

/** Whether unpacking ended because there was more than allowed. */
export function isOverMost(error: unknown): boolean {
  return errorCode(error) === 'ERR_BUFFER_TOO_LARGE';
}
