import Table from 'cli-table3';

import { terminalText } from './escape.ts';
import type { Column } from './page.ts';
import { paintSeverity } from './paint.ts';
import { cutTo, displayWidth, isPlain } from './width.ts';

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
  const shown = rows.map(shownRow);
  const widths = fitted(columns, naturalWidths(columns, [...heads.map(shownRow), ...shown]), style.width);
  const cut = shown.map((row) => cutRow(row, widths));
  const frame = { columns, widths };
  const paint = style.color ? (row: Shown): Shown => paintedRow(row, columns) : (row: Shown): Shown => row;
  const drawnBody = portions(cut.map(paint)).flatMap((portion) =>
    portion.every(({ plain }) => plain)
      ? portion.map(({ cells }) => padded(frame, cells))
      : drawn(
          frame,
          portion.map(({ cells }) => cells),
        ),
  );
  return heads.length === 0 ? drawnBody : [...drawn(frame, heads), ...drawnBody];
}

/** A row as it may reach a terminal; `plain` when all of it is plain letters, see `isPlain`. */
interface Shown {
  readonly cells: readonly string[];
  readonly plain: boolean;
}

function shownRow(row: readonly string[]): Shown {
  const cells = row.map((cell) => terminalText(cell) || '-');
  return { cells, plain: cells.every(isPlain) };
}

/** A plain text takes as many columns as it has letters, so that nothing has to be measured. */
function cutRow(row: Shown, widths: readonly number[]): Shown {
  const { cells, plain } = row;
  if (plain && cells.every((cell, at) => cell.length <= (widths[at] ?? 0))) return row;
  const cut = cells.map((cell, at) => cutTo(cell, widths[at] ?? 0));
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
function padded({ columns, widths }: Frame, row: readonly string[]): string {
  const cells = row.map((cell, at) => {
    const width = widths[at] ?? 0;
    return columns[at]?.right === true ? cell.padStart(width) : cell.padEnd(width);
  });
  return cells.join(' '.repeat(GAP)).trimEnd();
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
