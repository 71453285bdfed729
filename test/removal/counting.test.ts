import assert from 'node:assert/strict';
import type { OwnerClass } from '../../src/model/removal.ts';
import { kindsText, namespacesText, ownerName, ownersText } from '../../src/removal/counting.ts';
import { removedWorld } from '../support/removed-world.ts';
import { object, ref } from '../support/world.ts';

const owners: readonly (readonly [OwnerClass, owner: string, text: string])[] = [
  ['removed-pack', 'gone', 'pack gone'],
  ['staying-pack', 'other', 'pack other'],
  ['application', 'shop', 'shop'],
  ['application', '', 'nobody known'],
  ['injected', 'injector', 'injector'],
  ['person', 'kubectl-edit', 'kubectl-edit'],
  ['disputed', 'pack gone, pack other', 'pack gone, pack other'],
  ['leftover', 'gone', 'what pack gone left behind'],
  ['palette', '', 'Palette itself'],
  ['kubernetes', '', 'Kubernetes'],
  ['unexplained', '', 'nobody known'],
];

describe('counts in a sentence', () => {
  for (const [ownerClass, owner, text] of owners) {
    it(`${ownerClass} "${owner}" is ${text}`, () => assert.equal(ownerName({ ownerClass, owner }), text));
  }

  it('owners come by number, then by name', () => {
    const objects = ['a', 'b', 'c', 'd'].map((name, index) =>
      object(`team/ConfigMap/${name}`, { manager: ['kubectl-z', 'kubectl-a', 'kubectl-c', 'kubectl-c'][index] ?? '' }),
    );
    assert.equal(
      ownersText(objects, removedWorld({ objects }).after),
      '2 of kubectl-c, 1 of kubectl-a, 1 of kubectl-z',
    );
  });

  it('kinds come by number, then by name', () => {
    const refs = ['a/Secret/x', 'a/Pod/x', 'a/Deployment/x', 'a/Pod/y'].map(ref);
    assert.equal(kindsText(refs), '2 Pod, 1 Deployment, 1 Secret');
  });

  it('namespaces come sorted, each once; what has none is left out', () => {
    assert.equal(namespacesText(['b/Pod/x', 'a/Pod/x', '/ClusterRole/x', 'b/Pod/y'].map(ref)), 'a, b');
    assert.equal(namespacesText([ref('/ClusterRole/x')]), '');
  });
});
