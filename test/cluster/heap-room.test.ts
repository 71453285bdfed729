import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { flagsToJudge, roomFor } from '../../src/cluster/heap-room.ts';

describe('the room that a heap is left', () => {
  const cases: readonly (readonly [says: string, objects: number, percent: number | undefined])[] = [
    ['small clusters are left to V8', 19_999, undefined],
    ['some thousands of objects may grow to twice their memory', 20_000, 100],
    ['so may 100,000', 100_000, 100],
    ['from 150,000 on the heap may grow by what these take', 300_000, 50],
    ['a million objects may grow by a seventh', 1_000_000, 15],
    ['and more than these, lest it be looked through all the time', 5_000_000, 15],
  ];
  for (const [says, objects, percent] of cases) {
    it(says, () => assert.equal(roomFor(objects), percent));
  }
});

describe("V8's flags once all is read", () => {
  const cases: readonly (readonly [says: string, objects: number, flags: string | undefined])[] = [
    ['are left as they are for small clusters', 19_999, undefined],
    ['let the young generation grow and spare the optimizer', 20_000, '--no-turbofan --semi-space-growth-factor=8'],
    ['do so as far as there is memory to spare', 200_000, '--no-turbofan --semi-space-growth-factor=8'],
    ['keep the young generation small with more objects', 200_001, '--no-turbofan'],
  ];
  for (const [says, objects, flags] of cases) {
    it(says, () => assert.equal(flagsToJudge(objects), flags));
  }
});

/** What is printed: megabytes of the young generation, when much was kept of what was made, before and after the reading. */
const YOUNG = `
import { getHeapSpaceStatistics } from 'node:v8';
import { keepYoungSmall, makeRoomToJudge } from '${new URL('../../src/cluster/heap-room.js', import.meta.url).href}';
const kept = [];
const keepMuch = () => { for (let at = 0; at < 600_000; at += 1) kept.push({ at, list: [at] }); };
const young = () => getHeapSpaceStatistics().find((space) => space.space_name === 'new_space').space_size / 2 ** 20;
keepYoungSmall();
keepMuch();
const reading = young();
makeRoomToJudge(50_000);
keepMuch();
console.log(JSON.stringify([reading, young()]));
`;

function youngOf(...options: readonly string[]): unknown {
  const argv = [...options, '--input-type=module', '-e', YOUNG];
  return JSON.parse(execFileSync(process.execPath, argv, { encoding: 'utf8' }));
}

describe('the young generation', () => {
  it('stays small while a program reads that was told how large it may become, and grows then', () => {
    assert.deepEqual(youngOf('--max-semi-space-size=16'), [2, 32]);
  });

  it("is V8's own matter for Node as it is", () => {
    const [reading] = [youngOf()].flat();
    assert.ok(Number(reading) > 2, String(reading));
  });
});
