import type { Survivor } from './mutation-page.ts';

/** Where a survivor of a file has a known reason: `code` is a part of its line. */
interface Known {
  readonly file: string;
  readonly code: string;
  readonly reason: string;
}

const UNREAD = 'No test has the case yet';

const KNOWN: readonly Known[] = [];

/** Why no test notices a change, in a line. */
export function reasonOf(file: string, { code }: Survivor): string {
  return KNOWN.find((one) => one.file === file && code.includes(one.code))?.reason ?? UNREAD;
}
