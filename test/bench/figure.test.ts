import assert from 'node:assert/strict';
import { isHeld, isNearFloor, ratioOf, spreadOf, type Figure } from './figure.ts';
import { figureTable } from './figure-table.ts';

describe('figures of the benchmark', () => {
  for (const [values, median] of [
    [[3], 3],
    [[5, 1, 3], 3],
    [[4, 1, 3, 2], 2.5],
  ] as const)
    it(`the median of ${values.join(', ')} is ${String(median)}`, () => {
      const spread = spreadOf(values);
      const [min, max] = [Math.min(...values), Math.max(...values)];
      assert.deepEqual(spread, { median, min, max, runs: values.length });
    });

  it('nothing measured is an error and no zero', () => {
    assert.throws(() => spreadOf([]), /nothing was measured/);
    assert.throws(() => ratioOf(spreadOf([1]), spreadOf([0])), /no measurement/);
    assert.throws(() => ratioOf(spreadOf([0]), spreadOf([1])), /no measurement/);
  });

  for (const [sense, value, held] of [
    ['at most', 1.5, true],
    ['at most', 1.51, false],
    ['at least', 1.5, true],
    ['at least', 1.49, false],
    ['at most', Number.NaN, false],
    ['at least', Number.NaN, false],
  ] as const)
    it(`${sense} 1.5: ${String(value)} ${held ? 'holds' : 'does not hold'}`, () => {
      assert.equal(isHeld(figureOf(value, sense)), held);
    });

  for (const [sense, value, floor, near] of [
    ['at most', 3, 2, true],
    ['at most', 3.1, 2, false],
    ['at least', 4, 6, true],
    ['at least', 3.9, 6, false],
    ['at most', Number.NaN, 2, false],
  ] as const)
    it(`${sense}: ${String(value)} is ${near ? '' : 'not '}near a floor of ${String(floor)}`, () => {
      assert.equal(isNearFloor({ ...figureOf(value, sense), floor }), near);
    });

  it('say how far from the floor a goal is that is not held', () => {
    assert.equal(toldOfMissed(3), '**no**; the floor has 3 times, and this takes at most 1.5 times its time |');
    assert.equal(toldOfMissed(2), '**no**; the floor has 2 times, and this takes more than 1.5 times its time |');
  });

  it('are rows of a table', () => {
    assert.equal(
      figureTable([
        { ...figureOf(1.254, 'at most'), note: 'In a hurry' },
        { title: 'a | b', value: 1234.5, unit: 'ms', measured: [] },
      ]),
      [
        '| figure | measured: median (least–most) | goal | result | held |',
        '| --- | --- | --- | --- | --- |',
        '| start. In a hurry | ours: 0.0123 s (0.01–0.02)<br>once: 7 MB | at most 1.5 times the floor | 1.25 times | yes |',
        '| a \\| b |  |  | 1235 ms |  |',
      ].join('\n'),
    );
  });
});

/** What the table says of a goal that is missed: 4 times instead of 1.5, where the floor has so many. */
function toldOfMissed(floor: number): string | undefined {
  const rows = figureTable([{ ...figureOf(4, 'at most'), floor }]).split('\n');
  return rows.at(-1)?.split(' | ').at(-1);
}

function figureOf(value: number, sense: 'at most' | 'at least'): Figure {
  return {
    title: 'start',
    goal: { sense, limit: 1.5, words: 'times the floor' },
    value,
    unit: 'times',
    measured: [
      { name: 'ours', unit: 's', spread: { median: 0.01234, min: 0.01, max: 0.02, runs: 5 } },
      { name: 'once', unit: 'MB', spread: { median: 7, min: 7, max: 7, runs: 1 } },
    ],
  };
}
