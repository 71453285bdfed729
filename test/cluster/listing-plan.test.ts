import assert from 'node:assert/strict';
import { firstPage } from '../../src/cluster/listing-plan.ts';

describe('the first page of a type', () => {
  for (const [says, namespaces, chunkSize, size] of [
    ['holds a fifth of what the namespaces would cost', 10, 500, 50],
    ['is not larger than usual', 400, 500, 500],
    ['has no limit where none is wanted', 10, 0, 0],
  ] as const)
    it(says, () => assert.equal(firstPage(namespaces, chunkSize), size));
});
