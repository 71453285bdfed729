import assert from 'node:assert/strict';
import { bound, dataOf, strandedIn } from '../support/data-at-stake.ts';
import { OTHER, reference, type Given } from '../support/removed-world.ts';
import { definition, nameText, object, packOf, release } from '../support/world.ts';

const CLAIM = object('gone/PersistentVolumeClaim/data-db-0', {
  facts: { status: 'Bound', volume: 'pv-1', capacity: '8Gi', storageClass: 'fast' },
});

describe('data at stake: volumes', () => {
  it('a claim with its volume, policy, driver and those who mount it', () => {
    const { volumes } = dataOf({
      objects: [CLAIM, object('/PersistentVolume/pv-1')],
      references: [
        bound(
          { reclaimPolicy: 'Delete', driver: 'ebs.csi.aws.com', uid: CLAIM.uid },
          'gone/PersistentVolumeClaim/data-db-0',
        ),
        reference('mount', ['gone/Job/backup', 'gone/PersistentVolumeClaim/data-db-0']),
      ],
      given: { claimTemplates: [{ namespace: 'gone', statefulSet: 'db', uid: 'u', templates: ['data'] }] },
    });
    const [{ claim, ...volume } = { claim: undefined }] = volumes;
    assert.equal(claim?.name, 'data-db-0');
    assert.deepEqual(volume, {
      volume: 'pv-1',
      capacity: '8Gi',
      storageClass: 'fast',
      driver: 'ebs.csi.aws.com',
      reclaimPolicy: 'Delete',
      fate: 'destroyed',
      mountedBy: ['job/backup', 'statefulset/db'],
    });
  });

  const fates = [
    { policy: 'Delete', fate: 'destroyed' },
    { policy: 'Recycle', fate: 'destroyed' },
    { policy: 'Retain', fate: 'kept' },
    { policy: '', fate: 'unknown' },
    { policy: 'Later', fate: 'unknown' },
  ] as const;
  for (const { policy, fate } of fates) {
    it(`reclaim policy "${policy}": ${fate}`, () => {
      const volume = object('/PersistentVolume/pv-1', { facts: { reclaimPolicy: policy, claim: 'gone/data-db-0' } });
      const { volumes } = dataOf({ objects: [CLAIM, volume], references: undefined });
      assert.deepEqual(
        volumes.map((one) => one.fate),
        [fate],
      );
    });
  }

  const claims: readonly (readonly [says: string, given: Given, volumes: readonly (readonly string[])[]])[] = [
    [
      'a claim that waits for a volume that it names',
      { objects: [object('gone/PersistentVolumeClaim/a', { facts: { status: 'Pending', volume: 'pv-1' } })] },
      [['a', 'pv-1', '', '', 'unknown']],
    ],
    [
      'what only the volume tells, by the claim that it names',
      {
        objects: [
          object('gone/PersistentVolumeClaim/a'),
          object('/PersistentVolume/pv-2', {
            facts: { claim: 'gone/a', capacity: '1Gi', storageClass: 'slow', reclaimPolicy: 'Retain' },
          }),
        ],
      },
      [['a', 'pv-2', '1Gi', 'slow', 'kept']],
    ],
    [
      'the volume that the claim names, though that says nothing of a claim',
      { objects: [CLAIM, object('/PersistentVolume/pv-1', { facts: { reclaimPolicy: 'Delete' } })] },
      [['data-db-0', 'pv-1', '8Gi', 'fast', 'destroyed']],
    ],
    [
      'of two volumes the one that is bound to the claim',
      {
        objects: [
          object('gone/PersistentVolumeClaim/a', { facts: { volume: 'pv-1' } }),
          object('/PersistentVolume/pv-1', { facts: { reclaimPolicy: 'Retain' } }),
          object('/PersistentVolume/pv-2', { facts: { claim: 'gone/a', reclaimPolicy: 'Delete' } }),
        ],
      },
      [['a', 'pv-1', '', '', 'destroyed']],
    ],
    ['a claim elsewhere, and what is no claim', { objects: [object('team/PersistentVolumeClaim/a')] }, []],
  ];
  for (const [says, given, expected] of claims) {
    it(says, () => {
      const { volumes } = dataOf({ ...given, references: undefined });
      assert.deepEqual(
        volumes.map(({ claim, volume, capacity, storageClass, fate }) => [
          claim.name,
          volume,
          capacity,
          storageClass,
          fate,
        ]),
        expected,
      );
    });
  }

  it('a claim of whose volume nothing is known', () => {
    const [{ claim, ...volume } = { claim: undefined }] = dataOf({
      objects: [object('gone/PersistentVolumeClaim/a')],
    }).volumes;
    assert.equal(claim?.name, 'a');
    assert.deepEqual(volume, {
      volume: '',
      capacity: '',
      storageClass: '',
      driver: '',
      reclaimPolicy: '',
      fate: 'unknown',
      mountedBy: [],
    });
  });

  it('what a volume says of itself counts before what its list tells', () => {
    const { volumes } = dataOf({
      objects: [
        object('gone/PersistentVolumeClaim/a', { facts: { volume: 'pv-1' } }),
        object('/PersistentVolume/pv-1', {
          facts: { capacity: '1Gi', storageClass: 'slow', reclaimPolicy: 'Retain' },
        }),
      ],
      references: [
        bound({ capacity: '2Gi', storageClass: 'fast', reclaimPolicy: 'Delete' }, 'gone/PersistentVolumeClaim/a'),
      ],
    });
    assert.deepEqual(
      volumes.map((one) => [one.capacity, one.storageClass, one.reclaimPolicy, one.driver]),
      [['2Gi', 'fast', 'Delete', '']],
    );
  });

  it('a StatefulSet mounts the claims of its templates, numbered, in its namespace', () => {
    const templates = [
      { namespace: 'gone', statefulSet: 'db', uid: 'u', templates: ['logs', 'data'] },
      { namespace: 'other', statefulSet: 'db', uid: 'v', templates: ['other'] },
    ];
    const names = ['data-db-0', 'data-db-10', 'data-db-x0', 'data-db-0x', 'old-data-db-0', 'other-db-0'];
    const { volumes } = dataOf({
      objects: names.map((name) => object(`gone/PersistentVolumeClaim/${name}`)),
      given: { claimTemplates: templates },
    });
    const mounted = volumes.filter(({ mountedBy }) => mountedBy.length > 0).map(({ claim }) => claim.name);
    assert.deepEqual(mounted, ['data-db-0', 'data-db-10']);
  });

  it('a claim that was never bound has no data; one of which nothing is known may have', () => {
    const pending = object('gone/PersistentVolumeClaim/a', { facts: { status: 'Pending' } });
    const { volumes } = dataOf({ objects: [pending, object('gone/PersistentVolumeClaim/b')] });
    assert.deepEqual(
      volumes.map(({ claim, fate }) => [claim.name, fate]),
      [['b', 'unknown']],
    );
  });
});

interface Stranding {
  readonly says: string;
  readonly given: Given;
  readonly because: string | undefined;
  readonly lost?: boolean;
}

const LONGHORN = bound({ driver: 'driver.longhorn.io', handle: 'pvc-1' });
const EBS = bound({ driver: 'ebs.csi.aws.com' });

const strandings: readonly Stranding[] = [
  { says: 'a driver of which nothing goes', given: { references: [EBS] }, because: undefined },
  {
    says: "the driver's registration stands in the release",
    given: {
      objects: [object('/CSIDriver/ebs.csi.aws.com')],
      released: ['/CSIDriver/ebs.csi.aws.com'],
      references: [EBS],
    },
    because: 'csidrivers.storage.k8s.io/ebs.csi.aws.com',
  },
  {
    says: 'a workload that goes names the driver',
    given: {
      objects: [object('gone/DaemonSet/node')],
      references: [EBS, reference('driver-mention', ['gone/DaemonSet/node', '/CSIDriver/ebs.csi.aws.com'])],
    },
    because: 'daemonsets.apps/node',
  },
  {
    says: 'a workload that goes only speaks of a driver whose node plugin stays',
    given: {
      references: [
        EBS,
        reference('driver-mention', ['gone/Deployment/backup', '/CSIDriver/ebs.csi.aws.com']),
        reference('driver-mention', ['other/DaemonSet/node', '/CSIDriver/ebs.csi.aws.com']),
      ],
    },
    because: undefined,
  },
  {
    says: 'the driver is named after the namespace, as Rook does',
    given: { references: [bound({ driver: 'gone.rbd.csi.ceph.com' })] },
    because: 'namespace/gone',
  },
  {
    says: 'a lease of a sidecar lies in the namespace',
    given: { objects: [object('gone/Lease/external-attacher-leader-ebs-csi-aws-com')], references: [EBS] },
    because: 'leases.coordination.k8s.io/external-attacher-leader-ebs-csi-aws-com',
  },
  {
    says: 'the class of the release is all that knows the driver',
    given: {
      objects: [object('/StorageClass/fast')],
      released: ['/StorageClass/fast'],
      references: [EBS, reference('provisioner', ['/StorageClass/fast', '/CSIDriver/ebs.csi.aws.com'])],
    },
    because: 'storageclasses.storage.k8s.io/fast',
  },
  {
    says: 'a class goes whose driver is registered and stays',
    given: {
      objects: [object('/StorageClass/fast'), object('/CSIDriver/ebs.csi.aws.com')],
      released: ['/StorageClass/fast'],
      references: [EBS, reference('provisioner', ['/StorageClass/fast', '/CSIDriver/ebs.csi.aws.com'])],
    },
    because: undefined,
  },
  {
    says: 'a class goes and another one of its driver stays',
    given: {
      objects: [object('/StorageClass/fast'), object('/StorageClass/slow')],
      released: ['/StorageClass/fast'],
      references: [
        EBS,
        reference('provisioner', ['/StorageClass/fast', '/CSIDriver/ebs.csi.aws.com']),
        reference('provisioner', ['/StorageClass/slow', '/CSIDriver/ebs.csi.aws.com']),
      ],
    },
    because: undefined,
  },
  {
    says: "the engine's record of the volume goes, by the volume's handle",
    given: { objects: [object('gone/Volume/pvc-1'), object('other/Volume/pvc-2')], references: [LONGHORN] },
    because: 'volumes.longhorn.io/pvc-1',
    lost: true,
  },
  {
    says: "the definition of the engine's records goes",
    given: {
      objects: [object('/CustomResourceDefinition/volumes.longhorn.io')],
      released: ['/CustomResourceDefinition/volumes.longhorn.io'],
      references: [LONGHORN],
    },
    because: 'customresourcedefinitions.apiextensions.k8s.io/volumes.longhorn.io',
    lost: true,
  },
  {
    says: "the engine's only cluster goes, whatever its driver is called",
    given: {
      objects: [object('gone/CephCluster/ceph')],
      references: [bound({ driver: 'rook-ceph.rbd.csi.ceph.com' })],
    },
    because: 'cephclusters.ceph.rook.io/ceph',
    lost: true,
  },
  {
    says: 'another cluster of the engine stays',
    given: {
      objects: [object('gone/CephCluster/ceph'), object('other/CephCluster/ceph')],
      references: [bound({ driver: 'rook-ceph.rbd.csi.ceph.com' })],
    },
    because: undefined,
  },
  {
    says: "a volume of Kubernetes' own kind is served by nobody",
    given: { objects: [object('gone/Lease/hostPath')], references: [bound({ driver: 'hostPath' })] },
    because: undefined,
  },
  {
    says: 'the volume stands in the release',
    given: {
      objects: [object('/PersistentVolume/pv-1')],
      released: ['/PersistentVolume/pv-1'],
      references: [bound({ driver: 'nfs', reclaimPolicy: 'Retain' })],
    },
    because: 'release gone/gone-chart',
    lost: false,
  },
];

describe('data at stake: claims that stay without their storage', () => {
  for (const { says, given, because, lost = false } of strandings) {
    it(says, () => {
      assert.deepEqual(strandedIn(given), because === undefined ? [] : [[because, lost]]);
    });
  }

  it("a volume that waits for an earlier claim of the name is nobody else's", () => {
    const { stranded } = dataOf({
      objects: [object('team/PersistentVolumeClaim/data')],
      references: [bound({ driver: 'gone.rbd.csi.ceph.com', uid: 'earlier' })],
    });
    assert.deepEqual(stranded, []);
  });

  const bindings: readonly (readonly [says: string, claims: readonly string[], uid: string, found: number])[] = [
    ['the very claim', ['team'], 'uid:team/PersistentVolumeClaim/data', 1],
    ['a claim that nobody could list', [], 'uid:team/PersistentVolumeClaim/data', 1],
    ['an earlier claim of the name', ['team'], 'earlier', 0],
  ];
  for (const [says, claims, uid, found] of bindings) {
    it(`a volume that is bound to ${says} ${found === 1 ? 'is' : 'is not'} lost to it`, () => {
      const { stranded } = dataOf({
        objects: claims.map((namespace) => object(`${namespace}/PersistentVolumeClaim/data`)),
        references: [bound({ driver: 'gone.rbd.csi.ceph.com', uid })],
      });
      assert.equal(stranded.length, found);
    });
  }

  const phases = [
    ['Bound', 1],
    ['', 1],
    ['Released', 0],
    ['Available', 0],
    ['Failed', 0],
  ] as const;
  for (const [status, found] of phases) {
    it(`a volume in phase "${status}" ${found === 1 ? 'has' : 'has not'} the claim that it names`, () => {
      const { stranded } = dataOf({
        objects: [
          object('team/PersistentVolumeClaim/data'),
          object('/PersistentVolume/pv-1', { facts: { claim: 'team/data', status } }),
        ],
        released: ['/PersistentVolume/pv-1'],
      });
      assert.deepEqual(
        stranded.map(({ claim, namespace, capacity, driver }) => [claim, namespace, capacity, driver]),
        found === 1 ? [['data', 'team', '', '']] : [],
      );
    });
  }

  it('a volume that names no claim, or none that has a name, has none', () => {
    const facts = [{}, { claim: '' }, { claim: 'data' }];
    const volumes = facts.map((one, index) => object(`/PersistentVolume/pv-${index}`, { facts: one }));
    const { stranded } = dataOf({ objects: volumes, released: volumes.map(({ name }) => `/PersistentVolume/${name}`) });
    assert.deepEqual(stranded, []);
  });
});

function backup(path: string, completedAt: string) {
  return reference('backup', [path, '/Namespace/gone'], { phase: 'Completed', completedAt });
}

describe('data at stake: copies, addresses and histories', () => {
  it('snapshots with what becomes of their content', () => {
    const { snapshots } = dataOf({
      objects: [object('gone/VolumeSnapshot/a'), object('gone/VolumeSnapshot/b'), object('gone/VolumeSnapshot/c')],
      references: [
        reference('snapshot-content', ['/VolumeSnapshotContent/a', 'gone/VolumeSnapshot/a'], {
          deletionPolicy: 'Delete',
        }),
        reference('snapshot-content', ['/VolumeSnapshotContent/b', 'gone/VolumeSnapshot/b'], {
          deletionPolicy: 'Retain',
        }),
        reference('snapshot-source', ['gone/VolumeSnapshot/a', 'gone/PersistentVolumeClaim/x'], {
          ready: 'true',
          createdAt: '2026-11-01T00:00:00Z',
        }),
      ],
    });
    assert.deepEqual(snapshots, [
      { namespace: 'gone', name: 'a', ready: 'true', createdAt: '2026-11-01T00:00:00Z', fate: 'destroyed' },
      { namespace: 'gone', name: 'b', ready: '', createdAt: '', fate: 'kept' },
      { namespace: 'gone', name: 'c', ready: '', createdAt: '', fate: 'unknown' },
    ]);
  });

  it('a backup of which nothing is known has neither phase nor time; backups of one time come by name', () => {
    const packs = [
      packOf(definition('gone', { namespace: 'gone', additionalNamespaces: [nameText('gone-b')] })),
      OTHER,
    ];
    const { backups } = dataOf({
      packs,
      objects: [object('/Namespace/gone-b')],
      references: [
        ...['d', 'c'].map((name) => reference('backup', [`velero/Backup/${name}`, '/Namespace/gone-b'])),
        ...['b', 'a'].map((name) => reference('backup', [`velero/Backup/${name}`, '/Namespace/gone'])),
        reference('backup', ['velero/Backup/later', '/Namespace/gone'], { completedAt: '2026-11-01T00:00:00Z' }),
      ],
    });
    assert.deepEqual(
      backups.map((one) => [one.includes, one.name, one.phase, one.completedAt]),
      [
        ['gone', 'later', '', '2026-11-01T00:00:00Z'],
        ['gone', 'a', '', ''],
        ['gone', 'b', '', ''],
        ['gone-b', 'c', '', ''],
        ['gone-b', 'd', '', ''],
      ],
    );
  });

  it('backups of the namespace, the newest first, but not those that go as well', () => {
    const { backups } = dataOf({
      references: [
        backup('velero/Backup/old', '2026-10-01T00:00:00Z'),
        backup('velero/Backup/new', '2026-11-01T00:00:00Z'),
        backup('gone/Backup/inside', '2026-11-02T00:00:00Z'),
        reference('backup', ['velero/Backup/other', '/Namespace/other']),
      ],
    });
    assert.deepEqual(
      backups.map(({ name, includes, phase }) => [name, includes, phase]),
      [
        ['new', 'gone', 'Completed'],
        ['old', 'gone', 'Completed'],
      ],
    );
  });

  it('addresses and hosts, also of entrances of which nobody told any', () => {
    const { addresses } = dataOf({
      objects: [
        object('gone/Service/web', { facts: { type: 'LoadBalancer' } }),
        object('gone/Service/inner', { facts: { type: 'ClusterIP' } }),
        object('gone/ConfigMap/web', { facts: { type: 'LoadBalancer' } }),
        object('gone/Ingress/web'),
        object('gone/Ingress/quiet'),
        object('gone/Gateway/quiet'),
        object('other/Ingress/web'),
      ],
      references: [
        reference('address', ['gone/Service/inner', 'gone/Service/inner'], { addresses: '192.0.2.1' }),
        reference('address', ['gone/Ingress/web', 'gone/Ingress/web'], { hosts: 'a.example.com, b.example.com' }),
      ],
    });
    const quiet = { namespace: 'gone', name: 'quiet', hosts: [], addresses: [] };
    assert.deepEqual(addresses, [
      { type: 'gateways.gateway.networking.k8s.io', ...quiet },
      { type: 'ingresses.networking.k8s.io', ...quiet },
      {
        type: 'ingresses.networking.k8s.io',
        namespace: 'gone',
        name: 'web',
        hosts: ['a.example.com', 'b.example.com'],
        addresses: [],
      },
      { type: 'services', namespace: 'gone', name: 'inner', hosts: [], addresses: ['192.0.2.1'] },
      { type: 'services', namespace: 'gone', name: 'web', hosts: [], addresses: [] },
    ]);
  });

  it("records of releases that are not the removed pack's, decoded or not", () => {
    const { histories } = dataOf({
      packs: [packOf(definition('gone', { namespace: 'gone', additionalNamespaces: [nameText('also')] })), OTHER],
      objects: [
        object('/Namespace/also'),
        object('also/Secret/sh.helm.release.v1.shop.v1'),
        ...['shop.v1', 'shop.v2', 'gone-chart.v1', 'lost.v9'].map((name) =>
          object(`gone/Secret/sh.helm.release.v1.${name}`, { facts: { type: 'helm.sh/release.v1' } }),
        ),
        object('gone/ConfigMap/sh.helm.release.v1.in-a-map.v1'),
        object('gone/Widget/sh.helm.release.v1.widget.v1'),
        object('gone/Service/sh.helm.release.v1.service.v1'),
        object('gone/Secret/sh.helm.release.v1.unnumbered'),
        object('gone/Secret/of.sh.helm.release.v1.more.v1'),
        object('gone/Secret/sh.helm.release.v1.more.v1-copy'),
        object('gone/Secret/sh.helm.release.v1.also.v12'),
      ],
      released: ['gone/ConfigMap/a'],
      releases: [release('gone/shop')],
    });
    assert.deepEqual(histories, [
      { namespace: 'also', release: 'shop', revisions: 1 },
      { namespace: 'gone', release: 'also', revisions: 1 },
      { namespace: 'gone', release: 'in-a-map', revisions: 1 },
      { namespace: 'gone', release: 'lost', revisions: 1 },
      { namespace: 'gone', release: 'shop', revisions: 2 },
    ]);
  });
});
