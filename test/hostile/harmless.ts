import assert from 'node:assert/strict';
import { parse } from 'yaml';

/** Written apart from the program's own class: what counts is what a terminal does with it. */
const OBEYED =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\u{e0000}-\u{e007f}]/u;

/** Asserts that a text can be shown by a terminal and logged by a CI runner. */
export function assertHarmless(text: string): void {
  const found = OBEYED.exec(text);
  assert.ok(
    found === null,
    found === null ? '' : JSON.stringify(text.slice(Math.max(0, found.index - 80), found.index + 20)),
  );
  const orders = text.split('\n').filter((line) => /^\s*::|##(?:vso)?\[/.test(line));
  assert.deepEqual(orders, []);
}

/** The cells of a table's row. */
function cellsOf(row: string): number {
  return row.split(/(?<!\\)\|/).length;
}

/** Asserts that names stay names on a Markdown page: no tag, mention, link, issue or further cell comes of them. */
export function assertInertMarkdown(text: string): void {
  const prose = text.replaceAll(/(`+)[^]*?[^`]\1(?!`)/g, 'CODE');
  assert.doesNotMatch(prose, /<img|@user|(?<!\\)\[l\]|#1|\w:\/\/e\.example/);
  const rows = prose.split('\n').map((line) => (line.startsWith('|') ? cellsOf(line) : 0));
  rows.forEach((cells, index) => {
    const before = rows[index - 1] ?? 0;
    assert.ok(cells === 0 || before === 0 || cells === before, prose.split('\n')[index]);
  });
}

const LONG_RUN = /x{257}/;

/** Asserts that long cells are cut, and say so. */
export function assertCut(text: string): void {
  assert.doesNotMatch(text, LONG_RUN);
}

/** Reads an answer back in its format; throws where it is none. */
export const READERS: ReadonlyMap<string, (text: string) => unknown> = new Map([
  ['json', (text: string): unknown => JSON.parse(text)],
  ['yaml', (text: string): unknown => parse(text)],
]);
