import Table from 'cli-table3';

import { terminalText } from './escape.ts';
import { lastRemembered } from '../model/remembered.ts';
import type { Column } from './page.ts';
import { paintSeverity } from './paint.ts';
import { cutNameTo, cutTo, displayWidth, isPlain } from './width.ts';

/** Blanks between two columns. */
const GAP = 2;

/** Narrowest that a column of words is cut to. */
const NARROWEST = 8;

/** Narrowest that a column of names is cut to: people act on a name, and half of one is of no use to them. */
const NARROWEST_NAME = 40;

/** cli-table3's layout takes time with the square of its rows, so rows are laid out in portions. */
const PORTION = 20;

const NO_CHARS = Object.fromEntries(
  ['top', 'bottom', 'left', 'right', 'mid'].flatMap((side) =>
    ['', '-mid', '-left', '-right'].map((part): readonly [string, string] => [`${side}${part}`, '']),
  ),
);

/** How a table is drawn. `width` is the most columns of the terminal it may take. */
export interface TableStyle {
  readonly width: number;
  readonly color: boolean;
  readonly noHeaders: boolean;
}

type Rows = readonly (readonly string[])[];

/** A table in kubectl's style: upper-case heads, blanks between columns, no lines. Cells are escaped here. */
export function tableLines(columns: readonly Column[], rows: Rows, style: TableStyle): readonly string[] {
  const heads = style.noHeaders ? [] : [columns.map(({ head }) => terminalText(head))];
  const body = plainBody(columns, rows, { heads, style }) ?? wholeBody(columns, rows, { heads, style });
  return heads.length === 0 ? body.lines : [...drawn(body.frame, heads), ...body.lines];
}

/** The lines below the heads, in the frame that both are drawn in. */
interface Body {
  readonly frame: Frame;
  readonly lines: readonly string[];
}

/** What a body is drawn with; heads are escaped already. */
interface Drawing {
  readonly heads: Rows;
  readonly style: TableStyle;
}

/** Any body: with letters of any width, with colours, cut where it does not fit. */
function wholeBody(columns: readonly Column[], rows: Rows, { heads, style }: Drawing): Body {
  const shown = rows.map(shownRow);
  const widths = fitted(columns, naturalWidths(columns, [...heads.map(shownRow), ...shown]), style.width);
  const frame = { columns, widths };
  const cut = shown.map((row) => cutRow(row, frame));
  const paint = style.color ? (row: Shown): Shown => paintedRow(row, columns) : (row: Shown): Shown => row;
  const lineOf = padding(frame);
  const lines = portions(cut.map(paint)).flatMap((portion) =>
    portion.every(({ plain }) => plain)
      ? portion.map(({ cells }) => lineOf(cells))
      : drawn(
          frame,
          portion.map(({ cells }) => cells),
        ),
  );
  return { frame, lines };
}

/**
 * A body of plain letters that fits without colours, as nearly all are: the same lines, without a copy of each row on
 * the way. In most columns rows that follow each other have the same text. Undefined for any other body.
 */
function plainBody(columns: readonly Column[], rows: Rows, { heads, style }: Drawing): Body | undefined {
  const natural = plainWidths(columns, rows, naturalWidths(columns, heads.map(shownRow)));
  if (style.color || natural === undefined) return undefined;
  const widths = fitted(columns, natural, style.width);
  if (widths.some((width, at) => width !== natural[at])) return undefined;
  const frame = { columns, widths };
  return { frame, lines: rows.map(padding(frame, shownCell)) };
}

/** How wide columns have to be for rows as well that are all of plain letters; undefined where one is not. */
function plainWidths(columns: readonly Column[], rows: Rows, heads: readonly number[]): readonly number[] | undefined {
  const widths = [...heads];
  const widthsOf = columns.map(() => lastRemembered(plainWidth));
  return rows.every((row) => row.length === widths.length && widen(widths, row, widthsOf)) ? widths : undefined;
}

/** Whether all of a row is plain; if it is, the widths have room for it then. */
function widen(widths: number[], row: readonly string[], widthsOf: readonly ((cell: string) => number)[]): boolean {
  for (let at = 0; at < widths.length; at += 1) {
    const width = widthsOf[at]?.(row[at] ?? '') ?? NOT_PLAIN;
    if (width === NOT_PLAIN) return false;
    widths[at] = Math.max(width, widths[at] ?? 0);
  }
  return true;
}

const NOT_PLAIN = -1;

function plainWidth(cell: string): number {
  const shown = shownCell(cell);
  return isPlain(shown) ? shown.length : NOT_PLAIN;
}

/** A row as it may reach a terminal; `plain` when all of it is plain letters, see `isPlain`. */
interface Shown {
  readonly cells: readonly string[];
  readonly plain: boolean;
}

function shownRow(row: readonly string[]): Shown {
  const cells = row.map(shownCell);
  return { cells, plain: cells.every(isPlain) };
}

function shownCell(cell: string): string {
  return terminalText(cell) || '-';
}

/** A plain text takes as many columns as it has letters, so that nothing has to be measured. */
function cutRow(row: Shown, { columns, widths }: Frame): Shown {
  const { cells, plain } = row;
  if (plain && cells.every((cell, at) => cell.length <= (widths[at] ?? 0))) return row;
  const cut = cells.map((cell, at) => (columns[at]?.as === 'name' ? cutNameTo : cutTo)(cell, widths[at] ?? 0));
  return { cells: cut, plain: cut.every(isPlain) };
}

function paintedRow({ cells }: Shown, columns: readonly Column[]): Shown {
  const painted = cells.map((cell, at) => (columns[at]?.as === 'severity' ? paintSeverity(cell) : cell));
  return { cells: painted, plain: painted.every(isPlain) };
}

/** Columns with the widths that were chosen for them. */
interface Frame {
  readonly columns: readonly Column[];
  readonly widths: readonly number[];
}

function naturalWidths(columns: readonly Column[], rows: readonly Shown[]): readonly number[] {
  return columns.map((_, at) =>
    rows.reduce((most, { cells, plain }) => {
      const cell = cells[at] ?? '';
      return Math.max(most, plain ? cell.length : displayWidth(cell));
    }, 1),
  );
}

/** Takes columns away from the widest of those that may shrink until the table fits. */
function fitted(columns: readonly Column[], natural: readonly number[], limit: number): readonly number[] {
  const widths = [...natural];
  const shrinking = columns.map((_, at) => at).filter((at) => columns[at]?.shrinks === true);
  let excess = widths.reduce((sum, width) => sum + width, GAP * (widths.length - 1)) - limit;
  const spare = (at: number): number => (widths[at] ?? 0) - narrowest(columns[at]);
  while (excess > 0) {
    const widest = shrinking
      .filter((at) => spare(at) > 0)
      .reduce((most, at) => (most < 0 || (widths[at] ?? 0) > (widths[most] ?? 0) ? at : most), -1);
    if (widest < 0) break;
    widths[widest] = (widths[widest] ?? 0) - 1;
    excess -= 1;
  }
  return widths;
}

function narrowest(column: Column | undefined): number {
  return column?.as === 'name' ? NARROWEST_NAME : NARROWEST;
}

function portions(rows: readonly Shown[]): readonly (readonly Shown[])[] {
  return Array.from({ length: Math.ceil(rows.length / PORTION) }, (_, at) =>
    rows.slice(at * PORTION, (at + 1) * PORTION),
  );
}

/** The line that cli-table3 draws of a row of plain letters, whose widths are known: it takes 20 µs for each cell. */
function padding(
  { columns, widths }: Frame,
  shown = (cell: string): string => cell,
): (row: readonly string[]) => string {
  const padsOf = columns.map(({ right }, at) => {
    const width = widths[at] ?? 0;
    const gap = ' '.repeat(at === 0 ? 0 : GAP);
    return lastRemembered((cell: string) => {
      const text = shown(cell);
      return gap + (right === true ? text.padStart(width) : text.padEnd(width));
    });
  });
  return (row) => {
    let line = '';
    for (let at = 0; at < padsOf.length; at += 1) line += padsOf[at]?.(row[at] ?? '') ?? '';
    return line.trimEnd();
  };
}

function drawn({ columns, widths }: Frame, rows: Rows): readonly string[] {
  const table = new Table({
    chars: { ...NO_CHARS, middle: ' '.repeat(GAP) },
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 0, compact: true },
    colWidths: [...widths],
    colAligns: columns.map(({ right }) => (right === true ? 'right' : 'left')),
  });
  table.push(...rows.map((row) => [...row]));
  return table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}
