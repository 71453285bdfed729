import assert from 'node:assert/strict';
import { isRecordType } from '../../src/removal/engines.ts';
import { breakageText } from '../../src/render/words/breakages.ts';
import { breakagesBy } from '../support/check-cases.ts';
import { bound, dataOf, strandedIn } from '../support/data-at-stake.ts';
import type { ClusterObject } from '../../src/model/inventory.ts';
import { reference, type Given } from '../support/removed-world.ts';
import { object, TYPES } from '../support/world.ts';

/** Drivers with the types in which their engine keeps what it knows of volumes. */
const engines: readonly (readonly [driver: string, ...records: readonly string[]])[] = [
  ['rook-ceph.rbd.csi.ceph.com', 'cephclusters.ceph.rook.io', 'cephblockpools.ceph.rook.io'],
  ['rook-ceph.cephfs.csi.ceph.com', 'cephclusters.ceph.rook.io', 'cephfilesystems.ceph.rook.io'],
  ['driver.longhorn.io', 'volumes.longhorn.io', 'engines.longhorn.io'],
  ['linstor.csi.linbit.com', 'linstorclusters.piraeus.io', 'resourcedefinitions.internal.linstor.linbit.com'],
  ['cstor.csi.openebs.io', 'cstorvolumes.cstor.openebs.io'],
  ['jiva.csi.openebs.io', 'jivavolumes.openebs.io'],
  ['local.csi.openebs.io', 'lvmvolumes.local.openebs.io'],
  ['zfs.csi.openebs.io', 'zfsvolumes.zfs.openebs.io'],
  ['io.openebs.csi-mayastor', 'diskpools.openebs.io'],
  ['pxd.portworx.com', 'storageclusters.core.libopenstorage.org'],
  ['topolvm.io', 'logicalvolumes.topolvm.io'],
  ['directpv-min-io', 'directpvvolumes.directpv.min.io'],
];

function path(name: string): string {
  return `/CustomResourceDefinition/${name}`;
}

/** What is told when the definitions of these types are in the release. */
function withoutDefinitions(driver: string, gone: readonly string[], left: readonly string[] = []) {
  return strandedIn({
    objects: [...gone, ...left].map((name) => object(path(name))),
    released: gone.map(path),
    references: [bound({ driver })],
  });
}

describe('records of storage engines', () => {
  for (const [driver, ...records] of engines) {
    for (const record of records) {
      it(`volumes of ${driver} are lost with the definition of ${record}`, () => {
        assert.deepEqual(withoutDefinitions(driver, [record]), [
          [`customresourcedefinitions.apiextensions.k8s.io/${record}`, true],
        ]);
      });
    }
  }

  it('volumes of a driver are not lost with the definitions of other engines', () => {
    const others = engines.flatMap(([driver, ...records]) => (driver === 'driver.longhorn.io' ? [] : records));
    assert.deepEqual(withoutDefinitions('driver.longhorn.io', others, ['volumes.longhorn.io']), []);
  });

  it('of several records that all go the first is told', () => {
    const records = ['ceph-b', 'ceph-a'].map((name) => object(`gone/CephCluster/${name}`));
    assert.deepEqual(strandedIn({ objects: records, references: [bound({ driver: 'rook.rbd.csi.ceph.com' })] }), [
      ['cephclusters.ceph.rook.io/ceph-a', true],
    ]);
  });

  const [type] = TYPES;
  const kinds = [
    { group: '', record: false },
    { group: 'apps', record: false },
    { group: 'k8s.io', record: false },
    { group: 'snapshot.storage.k8s.io', record: false },
    { group: 'longhorn.io', record: true },
    { group: 'notk8s.io', record: true },
    { group: 'k8s.io.example.com', record: true },
  ];
  for (const { group, record } of kinds) {
    it(`a type of group "${group}" ${record ? 'may be' : 'is not'} an engine's record`, () => {
      const one = { ...object('gone/ConfigMap/pvc-1'), type: { ...(type ?? assert.fail()), group } };
      assert.equal(isRecordType(one), record);
      const found = strandedIn({ objects: [one], references: [bound({ driver: 'example.com', handle: 'pvc-1' })] });
      assert.deepEqual(found, record ? [[`configmaps.${group}/pvc-1`, true]] : []);
    });
  }
});

describe('a claim that goes together with the engine of its volume', () => {
  const CLAIM = object('gone/PersistentVolumeClaim/data', { facts: { status: 'Bound', volume: 'pv-1' } });
  const driver = 'driver.longhorn.io';
  const engine = { released: [path('volumes.longhorn.io')], objects: [CLAIM, object(path('volumes.longhorn.io'))] };
  const fates: readonly (readonly [
    says: string,
    given: Given,
    facts: Readonly<Record<string, string>>,
    fate: string,
  ])[] = [
    ['is lost whatever its policy', engine, { driver, reclaimPolicy: 'Retain' }, 'destroyed'],
    [
      'is kept where its policy says so and the engine stays',
      { objects: [CLAIM] },
      { driver, reclaimPolicy: 'Retain' },
      'kept',
    ],
    ['is kept where another engine goes', engine, { driver: 'ebs.csi.aws.com', reclaimPolicy: 'Retain' }, 'kept'],
    [
      'is lost with the record of its handle',
      { objects: [CLAIM, object('gone/Volume/vol-1')] },
      { driver: 'example.com', reclaimPolicy: 'Retain', handle: 'vol-1' },
      'destroyed',
    ],
  ];
  for (const [says, given, facts, fate] of fates) {
    it(says, () => {
      const references = [bound(facts, 'gone/PersistentVolumeClaim/data')];
      assert.deepEqual(
        dataOf({ ...given, references }).volumes.map((volume) => volume.fate),
        [fate],
      );
    });
  }

  it('is told of as lost where it is of others', () => {
    const theirs = { ...CLAIM, writers: object('gone/ConfigMap/x', { manager: 'kubectl-create' }).writers };
    const [breakage] = breakagesBy('volumes-of-others', {
      ...engine,
      objects: [theirs, object(path('volumes.longhorn.io'))],
      references: [bound({ driver, reclaimPolicy: 'Retain' }, 'gone/PersistentVolumeClaim/data')],
    });
    assert.ok(breakage !== undefined);
    assert.equal(breakage.severity, 'critical');
    assert.match(
      breakageText(breakage),
      /policy Retain, but the storage engine's records go, too: the data is destroyed/,
    );
  });
});

const keptVolume = (name: string, status: string, reclaimPolicy = 'Retain') =>
  object(`/PersistentVolume/${name}`, { facts: { status, reclaimPolicy, claim: 'team/data' } });
const saysOf = (from: string, driver: string) =>
  reference('volume-claim', [from, 'team/PersistentVolumeClaim/data'], { driver, reclaimPolicy: 'Retain' });

const warnedOf = (volumes: readonly ClusterObject[], driver = 'driver.longhorn.io') =>
  breakagesBy('stranded-volumes', {
    objects: [...volumes, object(path('volumes.longhorn.io'))],
    released: [path('volumes.longhorn.io')],
    references: volumes.map(({ name }) => saysOf(`/PersistentVolume/${name}`, driver)),
  }).map((breakage) => `${breakage.severity}: ${breakageText(breakage)}`);
describe('volumes that were kept without a claim', () => {
  const because = 'customresourcedefinitions.apiextensions.k8s.io/volumes.longhorn.io';

  it('are warned of when their engine goes', () => {
    assert.deepEqual(warnedOf([keptVolume('pv-1', 'Released')]), [
      `warning: persistentvolume/pv-1, kept without a claim, is lost with the records of its storage engine, driver.longhorn.io (${because} goes).`,
    ]);
    assert.deepEqual(warnedOf([keptVolume('pv-1', 'Released'), keptVolume('pv-2', 'Failed')]), [
      `warning: 2 volumes, kept without claims, are lost with the records of their storage engine, driver.longhorn.io (${because} goes).`,
    ]);
  });

  it('are not where another engine goes, where nobody used them, or where nothing keeps them', () => {
    assert.deepEqual(warnedOf([keptVolume('pv-1', 'Released')], 'ebs.csi.aws.com'), []);
    assert.deepEqual(warnedOf([keptVolume('pv-1', 'Available')]), []);
  });
});
