import { isHeld, isNearFloor, TIMES_THE_FLOOR, type Figure, type Measurement, type Unit } from './figure.ts';

const HEAD = ['figure', 'measured: median (least–most)', 'goal', 'result', 'held'];

/** The figures as a table of Markdown, a row each. */
export function figureTable(figures: readonly Figure[]): string {
  const rows = [HEAD, HEAD.map(() => '---'), ...figures.map(rowOf)];
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function rowOf(figure: Figure): readonly string[] {
  const { title, goal, value, unit, measured, note } = figure;
  return [
    note === undefined ? title : `${title}. ${note}`,
    measured.map(measurementText).join('<br>'),
    goal === undefined ? '' : `${goal.sense} ${amount(goal.limit)} ${goal.words}`,
    quantity(value, unit),
    heldText(figure),
  ].map(cellText);
}

/** Where a goal is not held and there is a floor, how far from it the program is. */
function heldText(figure: Figure): string {
  const held = isHeld(figure);
  if (held !== false) return held === undefined ? '' : 'yes';
  if (figure.floor === undefined) return '**no**';
  const distance = `${isNearFloor(figure) === true ? 'at most' : 'more than'} ${amount(TIMES_THE_FLOOR)} times its time`;
  return `**no**; the floor has ${quantity(figure.floor, figure.unit)}, and this takes ${distance}`;
}

function measurementText({ name, unit, spread }: Measurement): string {
  const { median, min, max, runs } = spread;
  const range = runs === 1 ? '' : ` (${amount(min)}–${amount(max)})`;
  return `${name}: ${quantity(median, unit)}${range}`;
}

const SUFFIX: Readonly<Record<Unit, string>> = { ms: ' ms', s: ' s', MB: ' MB', times: ' times', count: '' };

/** A number with its unit, to three digits: `0.31 s`, `12.4 MB`, `1.23 times`. */
function quantity(value: number, unit: Unit): string {
  return `${amount(value)}${SUFFIX[unit]}`;
}

/** Three digits are more than a measurement is good for. */
function amount(value: number): string {
  if (Math.abs(value) >= 100) return String(Math.round(value));
  return String(Number(value.toPrecision(3)));
}

function cellText(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}
