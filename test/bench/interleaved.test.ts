import assert from 'node:assert/strict';
import { orderOf } from './measure/interleaved.ts';

describe('the order in which programs are measured', () => {
  for (const many of [2, 4, 6])
    it(`lets each of ${String(many)} follow each other one once in as many rounds`, () => {
      const pairs = Array.from({ length: many }, (_, round) => orderOf(many, round)).flatMap((order) =>
        order.slice(1).map((one, at) => `${String(one)} behind ${String(order[at])}`),
      );
      assert.equal(new Set(pairs).size, many * (many - 1));
    });

  for (const many of [1, 2, 3, 5])
    it(`leaves out none of ${String(many)}`, () => {
      for (let round = 0; round < 7; round += 1)
        assert.deepEqual(
          orderOf(many, round).toSorted((a, b) => a - b),
          Array.from({ length: many }, (_, at) => at),
        );
    });
});
