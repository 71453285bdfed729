import { createHash } from 'node:crypto';

/** The line of a snapshot that holds its sum: every field at the top begins a line, and nothing else does so. */
const LINE = /^"sha256":"[0-9a-f]{64}"/m;

/** What stands there while the sum is made. */
const UNSEALED = '0'.repeat(64);

/** The field that a snapshot needs to be sealed. */
export const SEAL: readonly [string, string] = ['sha256', UNSEALED];

function lineWith(sum: string): string {
  return `"sha256":"${sum}"`;
}

/** The text of a snapshot with the sum of all the rest in it: a part that was lost or changed by hand shows. */
export function sealed(text: string): string {
  const open = text.replace(LINE, lineWith(UNSEALED));
  return open.replace(LINE, lineWith(createHash('sha256').update(open).digest('hex')));
}

/** True when a snapshot is as it was written. It says nothing of who wrote it: anybody can seal anew. */
export function isWhole(text: string): boolean {
  return LINE.test(text) && sealed(text) === text;
}
