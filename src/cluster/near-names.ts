import { compareText } from '../model/resource.ts';

const MOST_NAMES = 5;

function distance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [row, left] of a.split('').entries()) {
    const current = [row + 1];
    for (const [column, right] of b.split('').entries()) {
      const change = (previous[column] ?? 0) + (left === right ? 0 : 1);
      current.push(Math.min(change, (previous[column + 1] ?? 0) + 1, (current[column] ?? 0) + 1));
    }
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/** The names most like `wanted`, best first, as text for an error: `a, b, c`; `none` when there are none. */
export function nearNames(wanted: string, names: readonly string[]): string {
  if (names.length === 0) return 'none';
  const ranked = names
    .map((name) => ({ name, far: distance(wanted.slice(0, 80), name.slice(0, 80)) }))
    .toSorted((a, b) => a.far - b.far || compareText(a.name, b.name))
    .map(({ name }) => name);
  const shown = ranked.slice(0, MOST_NAMES).join(', ');
  return ranked.length > MOST_NAMES ? `${shown} and ${ranked.length - MOST_NAMES} more` : shown;
}
