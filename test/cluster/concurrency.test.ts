import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import { begun, createGate } from '../../src/cluster/concurrency.ts';

describe('a gate', () => {
  it('lets eight through, and then whoever waits in order, the next ones first', async () => {
    const gate = createGate();
    const started: string[] = [];
    const ends: (() => void)[] = [];
    const work = (name: string) => (): Promise<void> => {
      started.push(name);
      return new Promise((resolve) => ends.push(resolve));
    };
    const first = Array.from({ length: 8 }, (_, number) => String(number));
    for (const name of [...first, 'a', 'b']) void gate(work(name));
    void gate(work('next'), true);
    for (const expected of [first, [...first, 'next'], [...first, 'next', 'a'], [...first, 'next', 'a', 'b']]) {
      await turn();
      assert.deepEqual(started, expected);
      ends.shift()?.();
    }
  });
});

describe('what is begun', () => {
  it('may fail before anybody waits for it, and tells whoever does', async () => {
    const work = begun(Promise.reject(new Error('no')));
    await turn();
    await assert.rejects(work, /^Error: no$/);
  });
});
