/** What a page tells of its list: which page follows, '' for none, and how many objects remain, where that is known. */
export interface PageMarkers {
  readonly continueToken: string;
  readonly remaining: number | undefined;
}

/** API servers write a list's own metadata before its items, and its members in this order. */
const BEGINNING =
  /^\{"kind":"\w+","apiVersion":"[\w./]+","metadata":\{(?:"resourceVersion":"\w*",)?"continue":"([\w=+/-]+)"(?:,"remainingItemCount":(\d{1,15}))?\}/;

/** Bytes in which a list's own metadata has room; a token names one object. */
const LONGEST = 4096;

/**
 * Reads from the first bytes of a page which one follows it; undefined where none does, or where it is not plainly
 * said there. What is said there is a guess until the whole page is read.
 */
export function markersAhead(body: Buffer): PageMarkers | undefined {
  const found = BEGINNING.exec(body.toString('latin1', 0, LONGEST));
  const [, token, remaining] = found ?? [];
  if (token === undefined) return undefined;
  return { continueToken: token, remaining: remaining === undefined ? undefined : Number(remaining) };
}
