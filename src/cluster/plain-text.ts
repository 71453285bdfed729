const LONGEST = 256;

/** C0, DEL, C1, zero-width, bidirectional controls, byte order mark, lone surrogates. */
// oxlint-disable-next-line no-control-regex
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|\p{Surrogate}/gu;

/** Text of a server or a file made fit for one line: controls become spaces, long text is cut. */
export function plainText(text: string, longest: number = LONGEST): string {
  const line = text.replaceAll(UNPRINTABLE, ' ').replaceAll(/ {2,}/g, ' ').trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
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
