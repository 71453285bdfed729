import assert from 'node:assert/strict';
import { freeBytes } from '../../src/cluster/free-bytes.ts';

describe('bytes that nobody reads any more', () => {
  it('give their memory back where Node can do that', () => {
    const bytes = Buffer.alloc(2 ** 20);
    freeBytes(bytes);
    assert.equal(bytes.length, 'transfer' in ArrayBuffer.prototype ? 0 : 2 ** 20);
    assert.doesNotThrow(() => freeBytes(bytes));
  });

  it('stay where they share memory with others', () => {
    const [one, other] = [Buffer.from('one'), Buffer.from('other')];
    freeBytes(one);
    assert.deepEqual([one.toString(), other.toString()], ['one', 'other']);
  });
});
