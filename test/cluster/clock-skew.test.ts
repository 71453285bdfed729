import assert from 'node:assert/strict';
import { createClockCheck } from '../../src/cluster/clock-skew.ts';

const NOON = Date.UTC(2026, 0, 2, 12, 0, 0);
const MINUTE = 60_000;

function told(...serverTimes: readonly (number | undefined)[]): readonly string[] {
  const lines: string[] = [];
  const compare = createClockCheck({ now: () => NOON, log: (_, line) => lines.push(line) });
  for (const time of serverTimes) compare(time);
  return lines;
}

const CASES: readonly {
  readonly says: string;
  readonly times: readonly (number | undefined)[];
  readonly line: RegExp;
}[] = [
  { says: 'ahead', times: [NOON - 12 * MINUTE], line: /here is 12 minutes ahead of the server's/ },
  { says: 'behind', times: [NOON + 6 * MINUTE], line: /here is 6 minutes behind the server's/ },
  { says: 'told later', times: [undefined, NOON + 6 * MINUTE, NOON + 60 * MINUTE], line: /6 minutes/ },
];

describe('the clock here', () => {
  for (const { says, times, line } of CASES) {
    it(`that is far ${says} is told once`, () => {
      const lines = told(...times);
      assert.equal(lines.length, 1);
      assert.match(lines[0] ?? '', line);
    });
  }

  it("that is near the server's, or has nothing to compare with, is not spoken of", () => {
    assert.deepEqual([told(NOON + 4 * MINUTE), told(NOON - 4 * MINUTE), told(undefined)], [[], [], []]);
  });
});
