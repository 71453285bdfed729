import { stripVTControlCharacters } from 'node:util';

/**
 * What may take two columns: everything above Latin, Greek, Cyrillic and the like but punctuation such as `…`. It is
 * an upper bound on purpose: cli-table3 measures for itself, and cuts what is wider than it was told.
 */
const MAYBE_WIDE = /[\u{1100}-\u{200f}\u{2030}-\u{10ffff}]/gu;

/** Printable ASCII and the mark of a cut: one column each, whoever measures. */
const LETTERS = /^[\u{20}-\u{7e}…]*$/u;

/** Whether a text is of plain letters alone, as most are: then it takes as many columns as it has letters. */
export function isPlain(text: string): boolean {
  return LETTERS.test(text);
}

/** Columns that a text takes on a terminal; never less than it takes. Our own colour codes take none. */
export function displayWidth(text: string): number {
  if (isPlain(text)) return text.length;
  const plain = stripVTControlCharacters(text);
  return Array.from(plain).length + (plain.match(MAYBE_WIDE)?.length ?? 0);
}

/** Cuts a text to `width` columns, with `…` where something is missing. */
export function cutTo(text: string, width: number): string {
  if (displayWidth(text) <= width) return text;
  if (isPlain(text)) return `${text.slice(0, width - 1)}…`;
  const kept = Array.from(text);
  while (displayWidth(kept.join('')) > width - 1) kept.pop();
  return `${kept.join('')}…`;
}

/** Cuts a name to `width` columns within: names of one family differ at their ends, as those of a StatefulSet's volumes. */
export function cutNameTo(text: string, width: number): string {
  if (!isPlain(text) || text.length <= width) return cutTo(text, width);
  const end = Math.floor((width - 1) / 2);
  return `${text.slice(0, width - 1 - end)}…${text.slice(text.length - end)}`;
}
