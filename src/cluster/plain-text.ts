import { shortened, UNSAFE } from '../model/unsafe-text.ts';

const LONGEST = 256;

/** Text of a server or a file made fit for one line: controls become spaces, long text is cut. */
export function plainText(text: string, longest: number = LONGEST): string {
  const line = text.replaceAll(UNSAFE, ' ').replaceAll(/ {2,}/g, ' ').trim();
  return shortened(line, longest);
}

/** What an unknown thrown value says of itself, on one line. */
export function errorText(error: unknown): string {
  return plainText(error instanceof Error ? error.message : String(error));
}

/** Node's error code such as `ECONNRESET`, '' when there is none. */
export function errorCode(error: unknown): string {
  if (!(error instanceof Error) || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}
