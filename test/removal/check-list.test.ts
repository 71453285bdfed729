import assert from 'node:assert/strict';
import { REFERRING_TYPES } from '../../src/cluster/references/referring-types.ts';
import { WORKLOAD_TYPES } from '../../src/cluster/references/workloads.ts';
import { CHECK_IDS } from '../../src/model/check.ts';
import { breakagesOf, CHECKS } from '../../src/removal/checks.ts';
import { dataAtStake } from '../../src/removal/data.ts';
import { hangsOf } from '../../src/removal/hangs.ts';
import { reference, removedWorld, type Given } from '../support/removed-world.ts';
import { object, release } from '../support/world.ts';

/** A world in which a good deal happens. */
const busy: Given = {
  objects: [
    object('/CustomResourceDefinition/widgets.example.com', { manager: 'engine' }),
    object('/StorageClass/fast'),
    object('gone/Deployment/engine'),
    object('gone/DaemonSet/node'),
    object('gone/DaemonSet/other-node'),
    object('gone/Widget/a', { finalizers: ['example.com/x'] }),
    object('gone/Widget/b', { finalizers: ['example.com/x'] }),
    object('gone/Secret/a'),
    object('gone/Secret/b'),
    object('team/Widget/a', { finalizers: ['example.com/x'], manager: 'kubectl-create' }),
    object('crew/Widget/a', { finalizers: ['example.com/x'] }),
    object('team/PersistentVolumeClaim/data'),
    object('crew/PersistentVolumeClaim/data'),
  ],
  released: ['/StorageClass/fast'],
  releases: [release('gone/shop', { has: ['gone/Secret/a'] }), release('gone/db', { has: ['gone/Secret/b'] })],
  references: [
    reference('class', ['team/PersistentVolumeClaim/data', '/StorageClass/fast']),
    reference('class', ['crew/PersistentVolumeClaim/data', '/StorageClass/fast']),
    reference('volume-claim', ['/PersistentVolume/a', 'team/PersistentVolumeClaim/data'], {
      driver: 'ebs.csi.aws.com',
    }),
    reference('volume-claim', ['/PersistentVolume/b', 'crew/PersistentVolumeClaim/data'], {
      driver: 'ebs.csi.aws.com',
    }),
    reference('driver-mention', ['gone/DaemonSet/node', '/CSIDriver/ebs.csi.aws.com']),
    reference('driver-mention', ['gone/DaemonSet/other-node', '/CSIDriver/ebs.csi.aws.com']),
    reference('webhook', ['/ValidatingWebhookConfiguration/a', 'gone/Service/x'], { webhook: 'one' }),
    reference('webhook', ['/ValidatingWebhookConfiguration/a', 'gone/Service/x'], { webhook: 'two' }),
  ],
};

function answer(given: Given): string {
  const { world, set, removed } = removedWorld(given);
  const all = [breakagesOf(world, set, removed), dataAtStake(world, set, removed), hangsOf(world, set)];
  return JSON.stringify(all, (_key, value: unknown) => (value instanceof Map ? [...value] : value));
}

describe('the checks of a removal as a whole', () => {
  it('are those of the list, in its order, each with the source of its fact', () => {
    assert.deepEqual(
      CHECKS.map(({ id }) => id),
      CHECK_IDS,
    );
    for (const { id, source } of CHECKS) assert.match(source, /\w{4}/, id);
  });

  it('need only references that are read', () => {
    const read = new Set([...REFERRING_TYPES, ...WORKLOAD_TYPES].map(({ type }) => `references/${type}`));
    const { after } = removedWorld(busy);
    const needed = CHECKS.flatMap(({ needs }) => needs(after)).filter((need) => need.startsWith('references/'));
    assert.deepEqual(
      needed.filter((need) => !read.has(need)),
      [],
    );
  });

  it('none runs in full where nothing was read', () => {
    const { world, set, removed } = removedWorld({ coverage: [], references: undefined });
    const { checks } = breakagesOf(world, set, removed);
    assert.deepEqual(
      checks.filter(({ ran }) => ran),
      [],
    );
  });

  it('do not depend on the order of anything', () => {
    const { objects = [], references = [], releases = [] } = busy;
    const turned = {
      ...busy,
      objects: objects.toReversed(),
      references: references.toReversed(),
      releases: releases.toReversed(),
    };
    assert.equal(answer(turned), answer(busy));
  });
});
