import assert from 'node:assert/strict';
import { object, release } from '../support/world.ts';
import type { ClusterObject, Release } from '../../src/model/inventory.ts';
import type { Reference } from '../../src/model/reference.ts';
import { breakagesBy, testChecks, type CheckCase } from '../support/check-cases.ts';
import { reference, type Given } from '../support/removed-world.ts';

const WEBHOOK = reference('webhook', ['/ValidatingWebhookConfiguration/policy', 'gone/Service/hook'], {
  webhook: 'pods.example.com',
  resources: 'pods',
  operations: 'CREATE',
});

const CRD = '/CustomResourceDefinition/widgets.example.com';

const SHARED = [
  object('gone/PersistentVolumeClaim/data', { facts: { volume: 'pv-1' } }),
  object('team/PersistentVolumeClaim/data', { facts: { volume: 'pv-2' } }),
  object('/PersistentVolume/pv-1', { facts: { reclaimPolicy: 'Delete', claim: 'gone/data' } }),
  object('/PersistentVolume/pv-2', { facts: { reclaimPolicy: 'Retain', claim: 'team/data' } }),
];

/** Two volumes of one driver, the second of them with this handle. */
function sharedBy(handle: string): readonly Reference[] {
  const driver = 'efs.csi.aws.com';
  return [
    reference('volume-claim', ['/PersistentVolume/pv-1', 'gone/PersistentVolumeClaim/data'], {
      driver,
      handle: 'fs-1',
    }),
    reference('volume-claim', ['/PersistentVolume/pv-2', 'team/PersistentVolumeClaim/data'], { driver, handle }),
  ];
}

const cases: readonly CheckCase[] = [
  {
    says: 'a webhook whose policy is the default refuses every write',
    check: 'webhook',
    given: { references: [WEBHOOK] },
    severity: 'critical',
    sentence:
      'validatingwebhookconfiguration/policy (webhook pods.example.com): served from gone, failurePolicy Fail, the default: writes to pods fail cluster-wide.',
    harmless: {
      objects: [object('/ValidatingWebhookConfiguration/policy')],
      released: ['/ValidatingWebhookConfiguration/policy'],
      references: [WEBHOOK],
    },
    needs: 'references/validatingwebhookconfigurations.admissionregistration.k8s.io',
  },
  {
    says: 'a webhook that may be left out only stops to look',
    check: 'webhook',
    given: {
      references: [
        reference('webhook', ['/ValidatingWebhookConfiguration/policy', 'gone/Service/hook'], {
          failurePolicy: 'Ignore',
        }),
      ],
    },
    severity: 'warning',
    sentence:
      'validatingwebhookconfiguration/policy: served from gone, failurePolicy Ignore: writes to what it watches are no longer looked at, and wait for it each time.',
    harmless: {
      references: [reference('webhook', ['/ValidatingWebhookConfiguration/policy', 'other/Service/hook'])],
    },
    needs: 'references/validatingwebhookconfigurations.admissionregistration.k8s.io',
  },
  {
    says: 'an API served from a namespace that goes',
    check: 'api-service',
    given: {
      references: [
        reference('api-service', ['/APIService/v1.metrics.example.com', 'gone/Service/api'], { available: 'True' }),
      ],
    },
    severity: 'critical',
    sentence:
      'apiservice/v1.metrics.example.com: served from gone: its API is gone, and no namespace of the cluster can be deleted while it is registered.',
    harmless: {
      objects: [object('/APIService/v1.metrics.example.com')],
      released: ['/APIService/v1.metrics.example.com'],
      references: [reference('api-service', ['/APIService/v1.metrics.example.com', 'gone/Service/api'])],
    },
    needs: 'references/apiservices.apiregistration.k8s.io',
  },
  {
    says: 'a definition that converts by a service that goes',
    check: 'conversion-webhook',
    given: { references: [reference('conversion-webhook', [CRD, 'gone/Service/convert'], { kind: 'Widget' })] },
    severity: 'critical',
    sentence:
      'customresourcedefinition/widgets.example.com: its resources are converted by a service in gone: reading and writing Widget fails.',
    harmless: {
      objects: [object(CRD)],
      released: [CRD],
      references: [reference('conversion-webhook', [CRD, 'gone/Service/convert'])],
    },
    needs: 'references/customresourcedefinitions.apiextensions.k8s.io',
  },
  {
    says: 'a definition of the release takes resources elsewhere along',
    check: 'custom-resources',
    given: {
      objects: [
        object(CRD),
        object('team/Widget/a', { manager: 'kubectl-create' }),
        object('crew/Widget/b', { manager: 'kubectl-create' }),
      ],
      released: [CRD],
    },
    severity: 'critical',
    sentence:
      '2 Widgets in crew, team: destroyed with customresourcedefinition/widgets.example.com, wherever they are (2 of kubectl-create).',
    harmless: { objects: [object(CRD), object('gone/Widget/a', { manager: 'kubectl-create' })], released: [CRD] },
    needs: 'widgets.example.com',
  },
  {
    says: "claims elsewhere whose driver's registration goes",
    check: 'stranded-volumes',
    given: {
      objects: [
        object('/CSIDriver/driver.longhorn.io'),
        object('team/PersistentVolumeClaim/data'),
        object('/PersistentVolume/pv-1'),
      ],
      released: ['/CSIDriver/driver.longhorn.io'],
      references: [
        reference('volume-claim', ['/PersistentVolume/pv-1', 'team/PersistentVolumeClaim/data'], {
          driver: 'driver.longhorn.io',
        }),
      ],
    },
    severity: 'critical',
    sentence:
      'persistentvolumeclaim/data in team: volume pv-1 of driver driver.longhorn.io can no longer be mounted or unmounted (csidrivers.storage.k8s.io/driver.longhorn.io goes).',
    harmless: {
      objects: [object('/CSIDriver/driver.longhorn.io'), object('gone/PersistentVolumeClaim/data')],
      released: ['/CSIDriver/driver.longhorn.io'],
      references: [
        reference('volume-claim', ['/PersistentVolume/pv-1', 'gone/PersistentVolumeClaim/data'], {
          driver: 'driver.longhorn.io',
        }),
      ],
    },
    needs: 'references/persistentvolumes',
  },
  {
    says: 'claims elsewhere whose volume a Service of the pack serves',
    check: 'stranded-volumes',
    given: {
      objects: [object('team/PersistentVolumeClaim/data'), object('/PersistentVolume/pv-1')],
      references: [
        reference('volume-claim', ['/PersistentVolume/pv-1', 'team/PersistentVolumeClaim/data'], {
          driver: 'nfs',
          server: 'nfs.gone.svc.cluster.local',
        }),
      ],
    },
    severity: 'critical',
    sentence:
      'persistentvolumeclaim/data in team: volume pv-1 of driver nfs can no longer be mounted or unmounted (services/nfs goes).',
    harmless: {
      objects: [object('team/PersistentVolumeClaim/data'), object('/PersistentVolume/pv-1')],
      references: [
        reference('volume-claim', ['/PersistentVolume/pv-1', 'team/PersistentVolumeClaim/data'], {
          driver: 'nfs',
          server: 'nfs.gone.example.com',
        }),
      ],
    },
    needs: 'references/services',
  },
  {
    says: 'a second volume of the same data, whose claim stays',
    check: 'volume-elsewhere',
    given: { objects: SHARED, references: sharedBy('fs-1') },
    severity: 'critical',
    sentence:
      'persistentvolumeclaim/data in team: persistentvolume/pv-2, to which it is bound, has the same data as persistentvolumes/pv-1, which is deleted: the data is destroyed.',
    harmless: { objects: SHARED, references: sharedBy('fs-2') },
    needs: 'references/persistentvolumes',
  },
  {
    says: 'the data of an outside release',
    check: 'volumes-of-others',
    given: {
      objects: [
        object('gone/PersistentVolumeClaim/data', { facts: { volume: 'pv-1', capacity: '8Gi' } }),
        object('/PersistentVolume/pv-1', { facts: { reclaimPolicy: 'Delete', claim: 'gone/data' } }),
      ],
      releases: [release('gone/db', { has: ['gone/PersistentVolumeClaim/data'] })],
    },
    severity: 'critical',
    sentence: 'persistentvolumeclaim/data in gone (8Gi) of db goes; reclaim policy Delete: the data is destroyed.',
    harmless: {
      objects: [
        object('gone/PersistentVolumeClaim/data', { facts: { volume: 'pv-1', capacity: '8Gi' } }),
        object('/PersistentVolume/pv-1', { facts: { reclaimPolicy: 'Delete', claim: 'gone/data' } }),
      ],
      released: ['gone/PersistentVolumeClaim/data'],
    },
    needs: 'persistentvolumes',
  },
  {
    says: 'data of nobody known that is kept is only warned of',
    check: 'volumes-of-others',
    given: {
      objects: [
        object('gone/PersistentVolumeClaim/data', { facts: { volume: 'pv-1' } }),
        object('/PersistentVolume/pv-1', { facts: { reclaimPolicy: 'Retain', claim: 'gone/data' } }),
      ],
    },
    severity: 'warning',
    sentence:
      'persistentvolumeclaim/data in gone of nobody known goes; reclaim policy Retain: the data stays on volume pv-1, which nothing mounts.',
    harmless: { objects: [object('gone/PersistentVolumeClaim/new', { facts: { status: 'Pending' } })] },
    needs: 'persistentvolumeclaims',
  },
  {
    says: 'a volume in the release that a claim elsewhere is bound to',
    check: 'volume-elsewhere',
    given: {
      objects: [
        object('/PersistentVolume/pv-1', { facts: { reclaimPolicy: 'Delete', claim: 'team/data', status: 'Bound' } }),
        object('team/PersistentVolumeClaim/data'),
      ],
      released: ['/PersistentVolume/pv-1'],
    },
    severity: 'critical',
    sentence:
      'persistentvolumeclaim/data in team: persistentvolume/pv-1, to which it is bound, is deleted (release gone/gone-chart): the data goes with the claim at the latest.',
    harmless: {
      objects: [
        object('/PersistentVolume/pv-1', {
          facts: { reclaimPolicy: 'Delete', claim: 'team/data', status: 'Released' },
        }),
      ],
      released: ['/PersistentVolume/pv-1'],
    },
    needs: 'references/persistentvolumes',
  },
  {
    says: 'a snapshot goes and its content stays',
    check: 'snapshot-content',
    given: {
      objects: [object('/VolumeSnapshotContent/c'), object('gone/VolumeSnapshot/s')],
      references: [
        reference('snapshot-content', ['/VolumeSnapshotContent/c', 'gone/VolumeSnapshot/s'], {
          deletionPolicy: 'Retain',
        }),
      ],
    },
    severity: 'warning',
    sentence:
      'volumesnapshotcontent/c: stays without volumesnapshot/s in gone, and nobody names what it holds any more.',
    harmless: {
      objects: [object('/VolumeSnapshotContent/c'), object('gone/VolumeSnapshot/s')],
      references: [
        reference('snapshot-content', ['/VolumeSnapshotContent/c', 'gone/VolumeSnapshot/s'], {
          deletionPolicy: 'Delete',
        }),
      ],
    },
    needs: 'references/volumesnapshotcontents.snapshot.storage.k8s.io',
  },
];

function claimOf(reclaimPolicy: string): readonly ClusterObject[] {
  return [
    object('gone/PersistentVolumeClaim/data', { facts: { volume: 'pv-1' } }),
    object('/PersistentVolume/pv-1', { facts: { reclaimPolicy, claim: 'gone/data' } }),
  ];
}

function severity(reclaimPolicy: string, releases: readonly Release[]): readonly string[] {
  const given = { objects: claimOf(reclaimPolicy), releases };
  return breakagesBy('volumes-of-others', given).map((breakage) => breakage.severity);
}

describe('what a removal breaks: APIs, custom resources, volumes', () => {
  testChecks(cases);

  it('data is lost to others only if it is destroyed and theirs', () => {
    const theirs = [release('gone/db', { has: ['gone/PersistentVolumeClaim/data'] })];
    assert.deepEqual(severity('Delete', theirs), ['critical']);
    assert.deepEqual(severity('', theirs), ['critical']);
    assert.deepEqual(severity('Retain', theirs), ['warning']);
    assert.deepEqual(severity('Delete', []), ['warning']);
  });

  const claim = 'gone/PersistentVolumeClaim/data';
  const otherRelease = release('other/other-chart', { chart: 'chart', has: [claim] });
  const edited = object(claim, { manager: 'kubectl-edit' }).writers;
  const theirs: readonly (readonly [says: string, given: Given])[] = [
    ['a pack that stays', { objects: claimOf('Delete'), releases: [otherRelease] }],
    ['two packs that prove it', { objects: claimOf('Delete'), releases: [otherRelease], released: [claim] }],
    ['a person', { objects: claimOf('Delete').map((one) => Object.assign(one, { writers: edited })) }],
  ];
  for (const [says, given] of theirs) {
    it(`data of ${says} is data of others`, () => {
      assert.deepEqual(
        breakagesBy('volumes-of-others', given).map((breakage) => breakage.severity),
        ['critical'],
      );
    });
  }

  it('a volume that is kept when its claim goes is only warned of', () => {
    const given = {
      objects: [
        object('/PersistentVolume/pv-1', { facts: { reclaimPolicy: 'Retain', claim: 'team/data', status: 'Bound' } }),
        object('team/PersistentVolumeClaim/data'),
      ],
      released: ['/PersistentVolume/pv-1'],
    };
    const found = breakagesBy('volume-elsewhere', given);
    assert.deepEqual(
      found.map((one) => [one.severity, one.facts.get('lost')]),
      [['warning', undefined]],
    );
  });

  it('a grant that stays, and lets in who stays, is none that is revoked', () => {
    const references = [reference('reference-grant', ['team/ReferenceGrant/grant', '/Namespace/crew'])];
    assert.deepEqual(breakagesBy('reference-grant', { references }), []);
  });

  it("the pack's own resources elsewhere go with its definition, and that breaks nothing", () => {
    const objects = [object(CRD), object('team/Widget/own'), object('team/Widget/theirs')];
    const [breakage] = breakagesBy('custom-resources', { objects, released: [CRD, 'team/Widget/own'] });
    assert.equal(breakage?.facts.get('count'), '1');
    assert.equal(breakage?.from.name, 'theirs');
  });
});
