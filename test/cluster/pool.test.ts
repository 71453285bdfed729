import assert from 'node:assert/strict';
import { emptyPools, pool } from '../../src/cluster/pool.ts';

function made(key: string): () => readonly string[] {
  return () => [key];
}

describe('pool', () => {
  it('makes equal values one', () => {
    const shared = pool<readonly string[]>();
    const first = shared('a', made('a'));
    assert.equal(shared('a', made('a')), first);
    assert.deepEqual(shared('b', made('b')), ['b']);
  });

  it('begins anew beyond its most', () => {
    const shared = pool<readonly string[]>(2);
    const first = shared('a', made('a'));
    shared('b', made('b'));
    assert.equal(shared('a', made('a')), first);
    shared('c', made('c'));
    assert.notEqual(shared('a', made('a')), first);
    assert.deepEqual(shared('a', made('a')), first);
  });

  it('forgets everything when it is emptied', () => {
    const shared = pool<readonly string[]>();
    const first = shared('a', made('a'));
    emptyPools();
    assert.notEqual(shared('a', made('a')), first);
  });
});
