import assert from 'node:assert/strict';
import type { Reference } from '../../src/model/reference.ts';
import { breakagesBy } from '../support/check-cases.ts';
import { bound, dataOf, strandedIn } from '../support/data-at-stake.ts';
import { reference, type Given } from '../support/removed-world.ts';
import { object } from '../support/world.ts';

const EBS = '/CSIDriver/ebs.csi.aws.com';

/** A world with a volume of this driver, in a claim that stays. */
interface Case {
  readonly says: string;
  readonly driver?: string;
  readonly given: Given;
  /** Why the driver is no more; undefined where nothing says that it is. */
  readonly because: string | undefined;
}

const LEASE = 'leases.coordination.k8s.io';

const cases: readonly Case[] = [
  ...['', 'external-attacher-leader-', 'external-resizer-', 'external-snapshotter-leader-'].map((prefix) => ({
    says: `a lease ${prefix}DRIVER`,
    given: { objects: [object(`gone/Lease/${prefix}ebs-csi-aws-com`)] },
    because: `${LEASE}/${prefix}ebs-csi-aws-com`,
  })),
  {
    says: 'a lease of the health monitor',
    given: { objects: [object('gone/Lease/external-health-monitor-leader-ebs-csi-aws-com')] },
    because: `${LEASE}/external-health-monitor-leader-ebs-csi-aws-com`,
  },
  {
    says: 'a driver whose name holds a slash',
    driver: 'example.com/disk',
    given: { objects: [object('gone/Lease/example-com-disk')] },
    because: `${LEASE}/example-com-disk`,
  },
  {
    says: 'a lease of another driver is none of this one',
    given: { objects: [object('gone/Lease/efs-csi-aws-com')] },
    because: undefined,
  },
  {
    says: 'an object of the name of a lease is no lease',
    given: { objects: [object('gone/ConfigMap/ebs-csi-aws-com')] },
    because: undefined,
  },
  {
    says: 'a workload that goes names another driver',
    given: { references: [reference('driver-mention', ['gone/DaemonSet/node', '/CSIDriver/efs.csi.aws.com'])] },
    because: undefined,
  },
  {
    says: 'a workload that goes names the driver, and nobody could list it',
    given: { references: [reference('driver-mention', ['gone/Deployment/node', EBS])] },
    because: 'deployment/node',
  },
  {
    says: 'of several workloads that go and name the driver the first is told',
    given: {
      references: ['b', 'a'].map((name) => reference('driver-mention', [`gone/Deployment/${name}`, EBS])),
    },
    because: 'deployment/a',
  },
  {
    says: 'the driver goes whose registration nobody saw, whatever its name says',
    given: { released: [EBS] },
    because: undefined,
  },
  {
    says: 'the name of a driver only ends like one of Rook',
    driver: 'gone.rbd.csi.ceph.com.example.com',
    given: {},
    because: undefined,
  },
  {
    says: 'a driver of Rook for file systems',
    driver: 'gone.cephfs.csi.ceph.com',
    given: {},
    because: 'namespace/gone',
  },
  { says: 'a driver of Rook for NFS', driver: 'gone.nfs.csi.ceph.com', given: {}, because: 'namespace/gone' },
  { says: 'a driver of Rook elsewhere', driver: 'other.nfs.csi.ceph.com', given: {}, because: undefined },
  {
    says: 'a class of another driver goes',
    given: {
      objects: [object('/StorageClass/fast')],
      released: ['/StorageClass/fast'],
      references: [reference('provisioner', ['/StorageClass/fast', '/CSIDriver/efs.csi.aws.com'])],
    },
    because: undefined,
  },
  {
    says: 'a class of the driver goes, another driver is registered, and a class and a workload of that stay',
    given: {
      objects: [object('/StorageClass/fast'), object('/StorageClass/slow'), object('/CSIDriver/efs.csi.aws.com')],
      released: ['/StorageClass/fast'],
      references: [
        reference('provisioner', ['/StorageClass/fast', EBS]),
        reference('provisioner', ['/StorageClass/slow', '/CSIDriver/efs.csi.aws.com']),
        reference('driver-mention', ['other/Deployment/efs', '/CSIDriver/efs.csi.aws.com']),
      ],
    },
    because: 'storageclasses.storage.k8s.io/fast',
  },
  {
    says: 'a class of the driver goes, and a workload that speaks of it stays',
    given: {
      objects: [object('/StorageClass/fast')],
      released: ['/StorageClass/fast'],
      references: [
        reference('provisioner', ['/StorageClass/fast', EBS]),
        reference('driver-mention', ['other/Deployment/ebs', EBS]),
      ],
    },
    because: undefined,
  },
  {
    says: 'a plugin of Kubernetes whose name a lease bears',
    driver: 'nfs',
    given: { objects: [object('gone/Lease/nfs')] },
    because: undefined,
  },
];

function volume(name: string, claim: string, facts: Readonly<Record<string, string>>): Reference {
  return reference('volume-claim', [`/PersistentVolume/${name}`, claim.replace('/', '/PersistentVolumeClaim/')], facts);
}

const ROOK = { driver: 'gone.rbd.csi.ceph.com', capacity: '1Gi', reclaimPolicy: 'Retain' };

describe('whether a storage driver outlives a removal', () => {
  for (const { says, driver = 'ebs.csi.aws.com', given, because } of cases) {
    it(says, () => {
      const references = [bound({ driver }), ...(given.references ?? [])];
      assert.deepEqual(strandedIn({ ...given, references }), because === undefined ? [] : [[because, false]]);
    });
  }

  it('claims that lose the same are told as one, with how many of them lose their data', () => {
    const given: Given = {
      objects: [
        ...['a', 'b', 'c', 'd'].map((name) => object(`team/PersistentVolumeClaim/${name}`)),
        object('gone/Volume/record'),
      ],
      references: [
        volume('c', 'team/c', ROOK),
        volume('b', 'team/b', ROOK),
        volume('a', 'team/a', { driver: 'gone.nfs.csi.ceph.com' }),
        volume('d', 'team/d', { driver: 'driver.longhorn.io', handle: 'record' }),
      ],
    };
    const found = breakagesBy('stranded-volumes', given).map(({ from, to, facts }) => [
      from.name,
      to.name,
      facts.get('count'),
      facts.get('lost'),
    ]);
    assert.deepEqual(found, [
      ['a', 'a', '1', undefined],
      ['b', 'b', '2', undefined],
      ['d', 'd', '1', '1'],
    ]);
  });

  it('of a claim that loses its volume in two ways the loss of its data is told, and claims come in order', () => {
    const volumes = ['pv-1', 'pv-2', 'pv-3', 'pv-4'].map((name) => object(`/PersistentVolume/${name}`));
    const { stranded } = dataOf({
      objects: [
        ...volumes,
        ...['team/a', 'team/b', 'crew/c'].map((path) => object(path.replace('/', '/PersistentVolumeClaim/'))),
      ],
      released: ['/PersistentVolume/pv-3'],
      references: [
        volume('pv-2', 'team/a', ROOK),
        volume('pv-1', 'team/a', ROOK),
        volume('pv-3', 'team/b', { ...ROOK, reclaimPolicy: 'Delete' }),
        volume('pv-4', 'crew/c', ROOK),
      ],
    });
    assert.deepEqual(
      stranded.map(({ namespace, claim, volume: name, capacity, lost }) => [namespace, claim, name, capacity, lost]),
      [
        ['crew', 'c', 'pv-4', '1Gi', false],
        ['team', 'a', 'pv-1', '1Gi', false],
        ['team', 'a', 'pv-2', '1Gi', false],
        ['team', 'b', 'pv-3', '1Gi', true],
      ],
    );
  });
});

describe('whether a server of volumes outlives a removal', () => {
  for (const [says, server, isGone] of [
    ['a Service by its address', '10.0.0.9', true],
    ['by one of several', 'fd00::9', true],
    ['an address of something else', '10.0.0.99', false],
    ['a Service by its name and namespace', 'nfs.gone', true],
    ['by its full name, in any letters', 'NFS.gone.svc.cluster.local', true],
    ['a Service that stays', 'nfs.team.svc', false],
    ['a host outside', 'nfs.gone.example.com', false],
    ['a host of one label', 'nfs', false],
    ['no server', '', false],
  ] as const) {
    it(`${says} ${isGone ? 'does not' : 'does'}`, () => {
      const references = [
        bound({ driver: 'nfs', server }),
        reference('cluster-address', ['gone/Service/nfs', 'gone/Service/nfs'], { addresses: '10.0.0.9, fd00::9' }),
      ];
      assert.deepEqual(strandedIn({ references }), isGone ? [['services/nfs', false]] : []);
    });
  }
});

describe('whether a second volume of the same data keeps it', () => {
  for (const [says, policy, handle, isLost] of [
    ['not where the first is deleted', 'Delete', 'fs-1', true],
    ['nor where it is recycled', 'Recycle', 'fs-1', true],
    ['nor where its policy is not known', '', 'fs-1', true],
    ['where the first one is kept', 'Retain', 'fs-1', false],
    ['where nothing tells that it is the same', 'Delete', '', false],
  ] as const) {
    it(says, () => {
      const given: Given = {
        objects: [
          object('gone/PersistentVolumeClaim/first', { facts: { volume: 'first' } }),
          object('team/PersistentVolumeClaim/second', { facts: { volume: 'second' } }),
          object('/PersistentVolume/first', { facts: { claim: 'gone/first' } }),
        ],
        references: [
          volume('first', 'gone/first', { driver: 'efs.csi.aws.com', handle, reclaimPolicy: policy }),
          volume('second', 'team/second', { driver: 'efs.csi.aws.com', handle, reclaimPolicy: 'Retain' }),
        ],
      };
      assert.deepEqual(strandedIn(given), isLost ? [['persistentvolumes/first', true]] : []);
    });
  }
});
