import assert from 'node:assert/strict';
import type { ClusterObject } from '../../src/model/inventory.ts';
import { staying } from '../../src/removal/stays.ts';
import { object, ownedBy, TYPES } from '../support/world.ts';

/** An object of a type that the small cluster does not serve. */
function objectOf(group: string, resource: string): ClusterObject {
  return { ...object('a/ConfigMap/x'), type: { ...(TYPES[0] ?? assert.fail()), group, resource } };
}

describe('what a removal leaves alone', () => {
  it('is listed by namespace, type and name, with the UID of each', () => {
    const objects = [
      object('b/ConfigMap/x'),
      object('a/Secret/y'),
      object('a/ConfigMap/z'),
      object('a/ConfigMap/y'),
      object('/ClusterRole/r'),
    ];
    const expected = [
      { type: 'clusterroles.rbac.authorization.k8s.io', namespace: '', objects: [['r', 'uid:/ClusterRole/r']] },
      {
        type: 'configmaps',
        namespace: 'a',
        objects: [
          ['y', 'uid:a/ConfigMap/y'],
          ['z', 'uid:a/ConfigMap/z'],
        ],
      },
      { type: 'secrets', namespace: 'a', objects: [['y', 'uid:a/Secret/y']] },
      { type: 'configmaps', namespace: 'b', objects: [['x', 'uid:b/ConfigMap/x']] },
    ];
    assert.deepEqual(staying(objects, new Set()), expected);
    assert.deepEqual(staying(objects.toReversed(), new Set()), expected);
  });

  it('is without what goes', () => {
    const objects = [object('a/ConfigMap/x'), object('a/ConfigMap/y')];
    assert.deepEqual(
      staying(objects, new Set(['uid:a/ConfigMap/x'])).flatMap((rows) => rows.objects),
      [['y', 'uid:a/ConfigMap/y']],
    );
  });

  const passing: readonly (readonly [says: string, one: ClusterObject])[] = [
    ['an Event', object('a/Event/x')],
    ['a Lease', object('a/Lease/x')],
    ['Endpoints', object('a/Endpoints/x')],
    ['an EndpointSlice', object('a/EndpointSlice/x')],
    ['what an owner makes anew', object('a/Pod/x', { owners: [ownedBy(object('a/Deployment/x'))] })],
    ['an Event of the newer API', objectOf('events.k8s.io', 'events')],
    ['the address of a Service', objectOf('networking.k8s.io', 'ipaddresses')],
    ['an attachment of a volume', objectOf('storage.k8s.io', 'volumeattachments')],
    ["Palette's own book on a pack", objectOf('cluster.spectrocloud.com', 'packs')],
  ];
  for (const [says, one] of passing) {
    it(`does not count ${says}, which goes without anybody's doing`, () =>
      assert.deepEqual(staying([one], new Set()), []));
  }
});
