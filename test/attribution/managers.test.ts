import assert from 'node:assert/strict';
import { creatingPerson, personsManager } from '../../src/attribution/managers.ts';
import type { ClusterObject } from '../../src/model/inventory.ts';
import { object } from '../support/world.ts';

const AT = '2026-10-29T09:14:00Z';
const LATER = '2026-10-30T09:14:00Z';

/** An object created at `AT`, with who wrote it: `manager@time`, and `/subresource` behind it. */
function writtenBy(...words: readonly string[]): ClusterObject {
  const writers = words.map((word) => {
    const [manager = '', at = '', subresource = ''] = word.split(/[@/]/);
    return { manager, operation: 'Update', at, subresource };
  });
  return { ...object('shop/ConfigMap/x'), createdAt: AT, writers };
}

const PERSONS: readonly (readonly [says: string, of: ClusterObject, manager: string | undefined])[] = [
  ['of two the newest', writtenBy(`kubectl-create@${AT}`, `kubectl-edit@${LATER}`), 'kubectl-edit'],
  ['however a machine wrote after it', writtenBy(`kubectl-create@${AT}`, `operator@${LATER}`), 'kubectl-create'],
  ['none who wrote only the status', writtenBy(`operator@${AT}`, `kubectl-edit@${LATER}/status`), undefined],
  ['none where only machines wrote', writtenBy(`operator@${AT}`), undefined],
];

const CREATORS: readonly (readonly [says: string, of: ClusterObject, manager: string | undefined])[] = [
  ['who wrote in the second in which the object came to be', writtenBy(`kubectl-create@${AT}`), 'kubectl-create'],
  ['also where a machine wrote later', writtenBy(`kubectl-create@${AT}`, `operator@${LATER}`), 'kubectl-create'],
  ['nobody who wrote later', writtenBy(`operator@${AT}`, `kubectl-edit@${LATER}`), undefined],
  ['nobody where only a later write is known', writtenBy(`kubectl-edit@${LATER}`), undefined],
  [
    'nobody where a machine wrote in that second as well',
    writtenBy(`kubectl-create@${AT}`, `operator@${AT}`),
    undefined,
  ],
  ['nobody where a machine wrote first in that second', writtenBy(`operator@${AT}`, `kubectl-create@${AT}`), undefined],
  ['nobody who wrote only the status', writtenBy(`kubectl-create@${AT}/status`), undefined],
  ['nobody where nobody is known to have written', writtenBy(), undefined],
  ['nobody where neither time is known', { ...writtenBy('kubectl-create@'), createdAt: '' }, undefined],
];

describe('the manager by which a person wrote an object is', () => {
  for (const [says, one, manager] of PERSONS) it(says, () => assert.equal(personsManager(one), manager));
});

describe('the person who created an object is', () => {
  for (const [says, one, manager] of CREATORS) it(says, () => assert.equal(creatingPerson(one), manager));
});
