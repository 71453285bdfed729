import assert from 'node:assert/strict';
import type { ClusterObject } from '../../src/model/inventory.ts';
import type { RemovalRow } from '../../src/model/removal-overview.ts';
import { removalOverview } from '../../src/removal/report.ts';
import { groundsOf, reported } from '../support/judged.ts';
import { GONE, OTHER, removedWorld, type Given } from '../support/removed-world.ts';
import { covered, definition, object, packOf, PLACE, release } from '../support/world.ts';

function overview(given: Given) {
  return removalOverview(groundsOf(removedWorld(given).world.subject));
}

const profile = (name: string) => ({ name, version: '1.0.0', type: undefined });
const CNI = packOf(definition('calico', { namespace: 'calico', layer: 'CNI', profile: profile('base') }));
const WEB = packOf(definition('web', { namespace: 'web', profile: profile('base') }));

function claim(name: string, capacity: string): ClusterObject {
  return object(`gone/PersistentVolumeClaim/${name}`, { facts: { volume: name, capacity } });
}

function rowOf(rows: readonly RemovalRow[], name: string): Partial<RemovalRow> {
  const row = rows.find((one) => one.name === name) ?? assert.fail(name);
  const { kind, verdict, layers, namespaces, foreign, own, data } = row;
  return { kind, verdict, layers, namespaces, foreign, own, data };
}

describe('the list of removals', () => {
  it('has a row for each pack, and then for each profile', () => {
    const { rows } = overview({ packs: [WEB, GONE, CNI] });
    assert.deepEqual(
      rows.map(({ kind, name }) => `${kind} ${name}`),
      ['pack web', 'pack gone', 'pack calico', 'profile base'],
    );
  });

  it('counts what goes with a pack: namespaces that are there, resources by whose they are, data that is not kept', () => {
    const { rows } = overview({
      objects: [
        object('gone/ConfigMap/own'),
        object('gone/ConfigMap/disputed'),
        object('gone/ConfigMap/of-other'),
        object('gone/ConfigMap/of-shop'),
        object('gone/ConfigMap/of-person', { manager: 'kubectl-create' }),
        object('gone/ConfigMap/of-nobody'),
        object('gone/ServiceAccount/default'),
        claim('kept', '1Gi'),
        claim('lost', '2Gi'),
        claim('unclear', '4Gi'),
        object('/PersistentVolume/kept', { facts: { claim: 'gone/kept', reclaimPolicy: 'Retain' } }),
        object('/PersistentVolume/lost', { facts: { claim: 'gone/lost', reclaimPolicy: 'Delete' } }),
      ],
      released: [
        'gone/ConfigMap/own',
        'gone/ConfigMap/disputed',
        'gone/PersistentVolumeClaim/kept',
        'gone/PersistentVolumeClaim/lost',
        'gone/PersistentVolumeClaim/unclear',
      ],
      releases: [
        release('other/other-chart', { chart: 'chart', has: ['gone/ConfigMap/disputed', 'gone/ConfigMap/of-other'] }),
        release('gone/shop', { has: ['gone/ConfigMap/of-shop'] }),
      ],
    });
    assert.deepEqual(rowOf(rows, 'gone'), {
      kind: 'pack',
      verdict: 'conflict',
      layers: [],
      namespaces: ['gone'],
      foreign: 5,
      own: 5,
      data: ['2Gi', '4Gi'],
    });
  });

  it('has no verdict for a core layer, and for its profile that of the other layers', () => {
    const { rows } = overview({ packs: [CNI, WEB], objects: [object('web/ConfigMap/a')] });
    assert.deepEqual(rowOf(rows, 'calico'), {
      kind: 'pack',
      verdict: undefined,
      layers: ['cni'],
      namespaces: [],
      foreign: 0,
      own: 0,
      data: [],
    });
    const { kind, layers, namespaces } = rowOf(rows, 'base');
    assert.deepEqual([kind, layers, namespaces], ['profile', ['cni'], ['web']]);
  });

  const gap = { reason: 'manifest-only-referenced', subject: 'm', place: PLACE } as const;
  const seen: readonly (readonly [says: string, given: Given, complete: boolean])[] = [
    ['everything was seen', {}, true],
    [
      'a part of a definition was not',
      { packs: [packOf(definition('gone', { namespace: 'gone', gaps: [gap] }))] },
      false,
    ],
    ['the name of a namespace is not known', { packs: [packOf(definition('gone', { namespace: '{{ns}}' }))] }, false],
    ['a list was refused', { coverage: [covered('pods', { state: 'forbidden', needs: 'list pods' })] }, false],
  ];
  for (const [says, given, complete] of seen) {
    it(`is ${complete ? '' : 'not '}complete: ${says}`, () => assert.equal(overview(given).complete, complete));
  }
});

describe('whether an answer is complete', () => {
  const gap = { reason: 'manifest-only-referenced', subject: 'm', place: PLACE } as const;
  const unread = packOf(definition('gone', { namespace: 'gone', gaps: [gap], profile: profile('apps') }));
  const answers: readonly (readonly [says: string, given: Given, targets: readonly string[], complete: boolean])[] = [
    ['all was seen', {}, ['pack/gone'], true],
    ['one of two removals was seen in part', { packs: [unread, OTHER] }, ['pack/gone', 'pack/other'], false],
    [
      'the other of two removals was',
      {
        packs: [CNI, WEB, packOf(definition('gone', { namespace: 'gone', gaps: [gap], profile: profile('base') }))],
      },
      ['profile/base'],
      false,
    ],
    ['a namespace has no name', { packs: [packOf(definition('gone', { namespace: '{{ns}}' }))] }, ['pack/gone'], false],
  ];
  for (const [says, given, targets, complete] of answers) {
    it(`${complete ? 'it is' : 'it is not'}: ${says}`, () => {
      assert.equal(reported(removedWorld(given).world.subject, targets).complete, complete);
    });
  }
});
