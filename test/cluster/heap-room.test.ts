import assert from 'node:assert/strict';
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
