import { stripVTControlCharacters } from 'node:util';

/** Scripts and pictures that take two columns. Counting one too many only costs a blank. */
const WIDE =
  /[\u{1100}-\u{115f}\u{2e80}-\u{a4cf}\u{ac00}-\u{d7a3}\u{f900}-\u{faff}\u{fe30}-\u{fe6f}\u{ff00}-\u{ff60}\u{ffe0}-\u{ffe6}\p{Extended_Pictographic}\p{Regional_Indicator}]/gu;

/** Columns that a text takes on a terminal; never less than it takes. Our own colour codes take none. */
export function displayWidth(text: string): number {
  const plain = stripVTControlCharacters(text);
  return Array.from(plain).length + (plain.match(WIDE)?.length ?? 0);
}

/** Cuts a text to `width` columns, with `…` where something is missing. */
export function cutTo(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  const kept = Array.from(text);
  while (displayWidth(kept.join('')) > width - 1) kept.pop();
  return `${kept.join('')}…`;
}
