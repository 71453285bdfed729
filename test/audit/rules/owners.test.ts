import assert from 'node:assert/strict';
import { audit } from '../../../src/audit/audit.ts';
import type { ClusterObject } from '../../../src/model/inventory.ts';
import { covered, definition, type inventory, object, ownedBy, packOf, TYPES } from '../../support/world.ts';
import { subjectOf } from '../../support/subject.ts';

const PACK = packOf(definition('web', { namespace: 'shop' }));
const OWNER = object('shop/Deployment/web');

/** Names of the resources of which the finding says that no owner is there. */
function orphans(objects: readonly ClusterObject[], given: Parameters<typeof inventory>[1] = {}): readonly string[] {
  const { findings } = audit(subjectOf({ packs: [PACK], objects, given }));
  return findings
    .filter(({ rule }) => rule === 'owner-missing')
    .flatMap(({ resources }) => resources.map(({ name }) => name));
}

describe('owner-missing', () => {
  const child = object('shop/ReplicaSet/web-1', { owners: [ownedBy(OWNER)] });
  const cases: readonly { says: string; objects: readonly ClusterObject[]; expect: readonly string[] }[] = [
    { says: 'an owner that is not there is missed', objects: [child], expect: ['web-1'] },
    { says: 'a live owner is none', objects: [OWNER, child], expect: [] },
    {
      says: 'an owner in another namespace is no owner',
      objects: [
        object('other/Deployment/web'),
        object('shop/ReplicaSet/web-1', { owners: [ownedBy(object('other/Deployment/web'))] }),
      ],
      expect: ['web-1'],
    },
    {
      says: 'an object of another kind is no owner, whatever its UID',
      objects: [
        OWNER,
        object('shop/ReplicaSet/web-1', { owners: [{ ...ownedBy(OWNER), kind: 'StatefulSet' }] }),
        object('shop/Pod/web-1', { owners: [ownedBy(OWNER)] }),
      ],
      expect: ['web-1'],
    },
    {
      says: 'one live owner is enough',
      objects: [
        OWNER,
        object('shop/ReplicaSet/web-1', { owners: [ownedBy(OWNER), ownedBy(object('shop/Job/gone'), false)] }),
      ],
      expect: [],
    },
    {
      says: 'an owner of the whole cluster is one',
      objects: [
        object('/XDatabase/orders'),
        object('shop/ConfigMap/orders', { owners: [ownedBy(object('/XDatabase/orders'), false)] }),
      ],
      expect: [],
    },
    { says: 'nothing is missed of what has no owner', objects: [object('shop/ConfigMap/plain')], expect: [] },
    {
      says: 'outside the namespaces that go nothing is said',
      objects: [object('other/ReplicaSet/web-1', { owners: [ownedBy(object('other/Deployment/web'))] })],
      expect: [],
    },
  ];
  for (const { says, objects, expect } of cases) it(says, () => assert.deepEqual(orphans(objects), expect));

  it('an owner of a type that could not be listed may be there', () => {
    const names = TYPES.map(({ group, resource }) => (group === '' ? resource : `${resource}.${group}`));
    const coverage = names.map((name) => covered(name, name === 'deployments.apps' ? { state: 'forbidden' } : {}));
    assert.deepEqual(orphans([child], { coverage }), []);
  });
});
