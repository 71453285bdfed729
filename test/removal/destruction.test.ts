import assert from 'node:assert/strict';
import type { ClusterObject } from '../../src/model/inventory.ts';
import { destructionSet, type DestructionSet } from '../../src/removal/destruction.ts';
import { seedsOfPacks } from '../../src/removal/seeds.ts';
import { worldOf } from '../../src/removal/world.ts';
import { GONE, OTHER, reference, removedWorld, type Given } from '../support/removed-world.ts';
import { subjectOf } from '../support/subject.ts';
import { definition, nameText, object, ownedBy, packOf, ref, release, TYPES } from '../support/world.ts';

/** `PATH by STEP` of each member, apart from the Namespace `gone` itself. */
function members(set: DestructionSet): readonly string[] {
  return [...set.values()]
    .map(({ object: { uid }, step }) => `${uid.replace('uid:', '')} by ${step}`)
    .filter((line) => line !== '/Namespace/gone by namespace')
    .toSorted();
}

interface Case {
  readonly says: string;
  readonly given: Given;
  /** What goes beside Namespace `gone`; whatever else is there stays. */
  readonly goes: readonly string[];
}

const types = (kind: string): ClusterObject['type'] => TYPES.find((one) => one.kind === kind) ?? assert.fail(kind);
const chart = (...has: readonly string[]) => release('gone/gone-chart', { chart: 'chart', has });
const keeping = (...has: readonly string[]) => {
  const one = chart(...has);
  return { ...one, objects: one.objects.map((each) => Object.assign({}, each, { keep: true })) };
};
const createsNamespace = (name: string, keep: boolean) => ({
  namespace: nameText(name),
  manifest: 'gone',
  keep,
  possible: false,
});

const CRD = object('/CustomResourceDefinition/widgets.example.com');
const GENERATED = object('/APIService/v1.example.com');
const CLAIM = object('gone/PersistentVolumeClaim/data', { facts: { volume: 'pv' } });
const volume = (facts: ClusterObject['facts']): ClusterObject => object('/PersistentVolume/pv', { facts });
const SNAPSHOT = object('gone/VolumeSnapshot/s');
const CONTENT = object('/VolumeSnapshotContent/c');
const SERVICE = object('other/Service/web');
const ADDRESS: ClusterObject = {
  ...object('/Namespace/10.0.0.1', { facts: { parent: 'services/other/web' } }),
  uid: 'uid:/IPAddress/10.0.0.1',
  type: { ...types('APIService'), group: 'networking.k8s.io', kind: 'IPAddress', resource: 'ipaddresses' },
};
const ACCOUNT = object('other/ServiceAccount/bot');
const token = (name: string, uid: string): ClusterObject =>
  object(`other/Secret/${name}`, {
    annotations: { 'kubernetes.io/service-account.name': 'bot', 'kubernetes.io/service-account.uid': uid },
  });
const OWNER = object('other/Deployment/owner');
const PARENT = object('gone/Deployment/parent');
const child = (path: string, ...owners: readonly ClusterObject[]): ClusterObject =>
  object(path, { owners: owners.map((owner) => ownedBy(owner)) });

const ofNamespaces: readonly Case[] = [
  {
    says: 'a namespace takes what it holds, and nothing else',
    given: { objects: [object('gone/ConfigMap/a'), object('other/ConfigMap/b'), object('/ClusterRole/c')] },
    goes: ['gone/ConfigMap/a by namespace'],
  },
  {
    says: 'what has no verb delete is not deleted with its namespace',
    given: { objects: [{ ...object('gone/Event/a'), type: { ...types('Event'), verbs: ['get', 'list'] } }] },
    goes: [],
  },
  {
    says: 'a Namespace that a release brought takes its contents, too',
    given: {
      objects: [object('/Namespace/extra'), object('extra/ConfigMap/a')],
      released: ['/Namespace/extra'],
    },
    goes: ['/Namespace/extra by namespace', 'extra/ConfigMap/a by namespace'],
  },
  {
    says: 'additional namespaces go, as well',
    given: {
      packs: [packOf(definition('gone', { namespace: 'gone', additionalNamespaces: [nameText('extra')] })), OTHER],
      objects: [object('extra/ConfigMap/a')],
    },
    goes: ['/Namespace/extra by namespace', 'extra/ConfigMap/a by namespace'],
  },
  {
    says: 'a kept Namespace keeps its contents',
    given: {
      objects: [object('/Namespace/extra'), object('extra/ConfigMap/a')],
      releases: [keeping('/Namespace/extra')],
    },
    goes: [],
  },
  {
    says: 'a kept Namespace of a manifest keeps its contents',
    given: {
      packs: [
        packOf(definition('gone', { namespace: 'gone', createdNamespaces: [createsNamespace('extra', true)] })),
        OTHER,
      ],
      objects: [object('/Namespace/extra'), object('extra/ConfigMap/a')],
    },
    goes: [],
  },
  {
    says: 'Kubernetes refuses to delete a protected Namespace, whoever brought it',
    given: {
      packs: [packOf(definition('gone', { namespace: 'default' })), OTHER],
      objects: [object('/Namespace/kube-system'), object('kube-system/ConfigMap/a'), object('default/ConfigMap/b')],
      releases: [release('default/gone-chart', { chart: 'chart', has: ['/Namespace/kube-system'] })],
    },
    goes: [],
  },
  {
    says: 'a protected Namespace does not go with its owner either',
    given: {
      objects: [
        object('/ClusterRole/owner'),
        { ...object('/Namespace/kube-system'), owners: [ownedBy(object('/ClusterRole/owner'))] },
        object('kube-system/ConfigMap/a'),
      ],
      released: ['/ClusterRole/owner'],
    },
    goes: ['/ClusterRole/owner by release'],
  },
];

const ofReleases: readonly Case[] = [
  {
    says: 'a release takes its objects in any namespace and without one',
    given: {
      objects: [object('other/ConfigMap/a'), object('/ClusterRole/a'), object('other/ConfigMap/b')],
      released: ['other/ConfigMap/a', '/ClusterRole/a'],
    },
    goes: ['/ClusterRole/a by release', 'other/ConfigMap/a by release'],
  },
  {
    says: 'every release of the pack is uninstalled',
    given: {
      objects: [object('other/ConfigMap/a'), object('other/ConfigMap/b')],
      releases: [
        release('gone/gone-one', { chart: 'one', has: ['other/ConfigMap/a'] }),
        release('gone/gone-two', { chart: 'two', has: ['other/ConfigMap/b'] }),
      ],
    },
    goes: ['other/ConfigMap/a by release', 'other/ConfigMap/b by release'],
  },
  {
    says: 'a release of another pack is not',
    given: {
      objects: [object('other/ConfigMap/a')],
      releases: [release('other/other-one', { chart: 'one', has: ['other/ConfigMap/a'] })],
    },
    goes: [],
  },
  {
    says: 'an uninstalled release has nothing left to delete',
    given: {
      objects: [object('other/ConfigMap/a')],
      releases: [{ ...chart('other/ConfigMap/a'), status: 'uninstalled' }],
    },
    goes: [],
  },
  {
    says: 'hooks are not deleted with their release',
    given: {
      objects: [object('other/Job/hook')],
      releases: [release('gone/gone-chart', { chart: 'chart', hooks: ['other/Job/hook'] })],
    },
    goes: [],
  },
  {
    says: 'a kept object stays, but not in a namespace that goes',
    given: {
      objects: [object('other/ConfigMap/a'), object('gone/ConfigMap/b')],
      releases: [keeping('other/ConfigMap/a', 'gone/ConfigMap/b')],
    },
    goes: ['gone/ConfigMap/b by namespace'],
  },
  {
    says: 'every record of the release goes, and of no other one',
    given: {
      packs: [packOf(definition('gone', {})), OTHER],
      objects: [
        object('default/Secret/sh.helm.release.v1.gone-chart.v1'),
        object('default/Secret/sh.helm.release.v1.gone-chart.v12'),
        object('default/Secret/sh.helm.release.v1.gone-chart.v1x'),
        object('default/Secret/sh.helm.release.v1.gone-chart.v.v1'),
        object('default/Secret/sh.helm.release.v1.gone-chart-two.v1'),
        object('default/ConfigMap/sh.helm.release.v1.gone-chart.v1'),
        object('other/Secret/sh.helm.release.v1.gone-chart.v1'),
      ],
      releases: [release('default/gone-chart', { chart: 'chart' })],
    },
    goes: [
      'default/Secret/sh.helm.release.v1.gone-chart.v1 by release-record',
      'default/Secret/sh.helm.release.v1.gone-chart.v12 by release-record',
    ],
  },
  {
    says: 'a manifest takes its objects, also those that may not have been rendered',
    given: {
      packs: [
        packOf(
          definition('gone', { namespace: 'gone', objects: ['other/ConfigMap/a'], possible: ['other/ConfigMap/b'] }),
        ),
        OTHER,
      ],
      objects: [object('other/ConfigMap/a'), object('other/ConfigMap/b'), object('other/ConfigMap/c')],
    },
    goes: ['other/ConfigMap/a by manifest', 'other/ConfigMap/b by manifest'],
  },
  {
    says: 'what a manifest keeps stays',
    given: {
      packs: [
        packOf({
          ...definition('gone', { namespace: 'gone' }),
          objects: [{ ref: ref('other/ConfigMap/a'), manifest: 'm', possible: false, keep: true }],
        }),
        OTHER,
      ],
      objects: [object('other/ConfigMap/a')],
    },
    goes: [],
  },
];

const ofKinds: readonly Case[] = [
  {
    says: 'a definition takes its resources everywhere, and the API that was made of it',
    given: {
      objects: [CRD, GENERATED, object('other/Widget/a'), object('other/Certificate/b')],
      released: ['/CustomResourceDefinition/widgets.example.com'],
    },
    goes: [
      '/APIService/v1.example.com by derived',
      '/CustomResourceDefinition/widgets.example.com by release',
      'other/Widget/a by custom-resource',
    ],
  },
  {
    says: 'the API stays while another definition of its group does',
    given: {
      objects: [CRD, GENERATED, object('/CustomResourceDefinition/gadgets.example.com')],
      released: ['/CustomResourceDefinition/widgets.example.com'],
    },
    goes: ['/CustomResourceDefinition/widgets.example.com by release'],
  },
  {
    says: 'the API goes with the last definition, whichever that is',
    given: {
      objects: [CRD, GENERATED, { ...object('/CustomResourceDefinition/gadgets.example.com'), owners: [ownedBy(CRD)] }],
      released: ['/CustomResourceDefinition/widgets.example.com'],
    },
    goes: [
      '/APIService/v1.example.com by derived',
      '/CustomResourceDefinition/gadgets.example.com by owned',
      '/CustomResourceDefinition/widgets.example.com by release',
    ],
  },
  {
    says: 'an API with a Service of its own is not made of definitions',
    given: {
      objects: [CRD, GENERATED],
      references: [reference('api-service', ['/APIService/v1.example.com', 'other/Service/api'])],
      released: ['/CustomResourceDefinition/widgets.example.com'],
    },
    goes: ['/CustomResourceDefinition/widgets.example.com by release'],
  },
  {
    says: 'a claim takes its volume',
    given: { objects: [CLAIM, volume({ claim: 'gone/data', reclaimPolicy: 'Delete' })] },
    goes: ['/PersistentVolume/pv by volume', 'gone/PersistentVolumeClaim/data by namespace'],
  },
  {
    says: 'a retained volume stays',
    given: { objects: [CLAIM, volume({ claim: 'gone/data', reclaimPolicy: 'Retain' })] },
    goes: ['gone/PersistentVolumeClaim/data by namespace'],
  },
  {
    says: 'a volume whose policy is not known counts as lost',
    given: { objects: [CLAIM, volume({ claim: 'gone/data' })] },
    goes: ['/PersistentVolume/pv by volume', 'gone/PersistentVolumeClaim/data by namespace'],
  },
  {
    says: 'a volume whose claim is not known counts as lost, too',
    given: { objects: [CLAIM, volume({})] },
    goes: ['/PersistentVolume/pv by volume', 'gone/PersistentVolumeClaim/data by namespace'],
  },
  {
    says: 'a volume that names the claim goes even if the claim names none',
    given: {
      objects: [object('gone/PersistentVolumeClaim/data'), volume({ claim: 'gone/data', reclaimPolicy: 'Delete' })],
    },
    goes: ['/PersistentVolume/pv by volume', 'gone/PersistentVolumeClaim/data by namespace'],
  },
  {
    says: 'a volume of another claim stays',
    given: { objects: [CLAIM, volume({ claim: 'other/data', reclaimPolicy: 'Delete' })] },
    goes: ['gone/PersistentVolumeClaim/data by namespace'],
  },
  {
    says: 'a volume takes its attachments, and no others',
    given: {
      objects: [
        CLAIM,
        volume({ claim: 'gone/data', reclaimPolicy: 'Delete' }),
        object('/VolumeAttachment/a', { facts: { volume: 'pv' } }),
        object('/VolumeAttachment/b', { facts: { volume: 'another' } }),
      ],
    },
    goes: [
      '/PersistentVolume/pv by volume',
      '/VolumeAttachment/a by derived',
      'gone/PersistentVolumeClaim/data by namespace',
    ],
  },
  ...[
    { policy: { deletionPolicy: 'Delete' }, content: ['/VolumeSnapshotContent/c by snapshot-content'] },
    { policy: {}, content: ['/VolumeSnapshotContent/c by snapshot-content'] },
    { policy: { deletionPolicy: 'Retain' }, content: [] },
  ].map(({ policy, content }) => ({
    says: `a snapshot and its content with ${JSON.stringify(policy)}`,
    given: {
      objects: [SNAPSHOT, CONTENT, object('/VolumeSnapshotContent/of-another')],
      references: [
        reference('snapshot-content', ['/VolumeSnapshotContent/c', 'gone/VolumeSnapshot/s'], policy),
        reference('snapshot-content', ['/VolumeSnapshotContent/of-another', 'other/VolumeSnapshot/s'], policy),
      ],
    },
    goes: [...content, 'gone/VolumeSnapshot/s by namespace'],
  })),
  {
    says: 'a Service takes its Endpoints and its address, and no others',
    given: {
      objects: [
        SERVICE,
        ADDRESS,
        { ...ADDRESS, uid: 'uid:/IPAddress/10.0.0.2', name: '10.0.0.2', facts: { parent: 'services/other/api' } },
        object('other/Endpoints/web'),
        object('other/Endpoints/api'),
      ],
      released: ['other/Service/web'],
    },
    goes: ['/IPAddress/10.0.0.1 by derived', 'other/Endpoints/web by derived', 'other/Service/web by release'],
  },
  {
    says: 'a ServiceAccount takes its tokens, and none of an earlier account of that name',
    given: {
      objects: [ACCOUNT, token('mine', ACCOUNT.uid), token('earlier', 'another'), object('other/Secret/plain')],
      released: ['other/ServiceAccount/bot'],
    },
    goes: ['other/Secret/mine by derived', 'other/ServiceAccount/bot by release'],
  },
];

const ofOwners: readonly Case[] = [
  {
    says: 'what it owns goes with it, to the last grandchild',
    given: {
      objects: [
        OWNER,
        child('other/ReplicaSet/b', OWNER),
        child('other/Pod/c', object('other/ReplicaSet/b')),
        object('other/Pod/d'),
      ],
      released: ['other/Deployment/owner'],
    },
    goes: ['other/Deployment/owner by release', 'other/Pod/c by owned', 'other/ReplicaSet/b by owned'],
  },
  {
    says: 'a live owner that stays holds it',
    given: {
      objects: [
        OWNER,
        object('other/ConfigMap/stays'),
        child('other/ReplicaSet/b', OWNER, object('other/ConfigMap/stays')),
      ],
      released: ['other/Deployment/owner'],
    },
    goes: ['other/Deployment/owner by release'],
  },
  {
    says: 'owners that go one after the other hold it no longer than the last',
    given: {
      objects: [
        OWNER,
        child('other/ReplicaSet/b', OWNER),
        child('other/Pod/c', object('other/ReplicaSet/b')),
        child('other/ConfigMap/d', OWNER, object('other/Pod/c')),
      ],
      released: ['other/Deployment/owner'],
    },
    goes: [
      'other/ConfigMap/d by owned',
      'other/Deployment/owner by release',
      'other/Pod/c by owned',
      'other/ReplicaSet/b by owned',
    ],
  },
  {
    says: 'an owner that is not there holds nothing',
    given: {
      objects: [OWNER, child('other/ReplicaSet/b', OWNER, object('other/ConfigMap/absent'))],
      released: ['other/Deployment/owner'],
    },
    goes: ['other/Deployment/owner by release', 'other/ReplicaSet/b by owned'],
  },
  {
    says: 'an owner in another namespace does not hold it',
    given: {
      objects: [OWNER, object('far/ConfigMap/c'), child('other/ReplicaSet/b', OWNER, object('far/ConfigMap/c'))],
      released: ['other/Deployment/owner'],
    },
    goes: ['other/Deployment/owner by release', 'other/ReplicaSet/b by owned'],
  },
  {
    says: 'and what an owner in another namespace has alone may go with it',
    given: { objects: [PARENT, child('other/ConfigMap/b', PARENT)] },
    goes: ['gone/Deployment/parent by namespace', 'other/ConfigMap/b by owned'],
  },
  {
    says: 'an owner without a namespace holds what lies in any',
    given: {
      objects: [OWNER, object('/ClusterRole/r'), child('other/ReplicaSet/b', OWNER, object('/ClusterRole/r'))],
      released: ['other/Deployment/owner'],
    },
    goes: ['other/Deployment/owner by release'],
  },
  {
    says: 'what has no namespace is never collected with an owner in one',
    given: { objects: [PARENT, child('/ClusterRole/r', PARENT)] },
    goes: ['gone/Deployment/parent by namespace'],
  },
  {
    says: 'a ring of owners that nothing reaches stays',
    given: {
      objects: [
        child('other/ConfigMap/a', object('other/ConfigMap/b')),
        child('other/ConfigMap/b', object('other/ConfigMap/a')),
      ],
    },
    goes: [],
  },
  {
    says: 'a ring holds itself against an owner that goes, as the garbage collector sees it',
    given: {
      objects: [
        OWNER,
        child('other/ConfigMap/a', OWNER, object('other/ConfigMap/b')),
        child('other/ConfigMap/b', object('other/ConfigMap/a')),
      ],
      released: ['other/Deployment/owner'],
    },
    goes: ['other/Deployment/owner by release'],
  },
  {
    says: 'a ring that is reached goes whole',
    given: {
      objects: [
        child('gone/ConfigMap/a', object('gone/ConfigMap/b')),
        child('gone/ConfigMap/b', object('gone/ConfigMap/a')),
      ],
    },
    goes: ['gone/ConfigMap/a by namespace', 'gone/ConfigMap/b by namespace'],
  },
];

describe('the set of what goes', () => {
  for (const { says, given, goes } of [...ofNamespaces, ...ofReleases, ...ofKinds, ...ofOwners]) {
    it(says, () => assert.deepEqual(members(removedWorld(given).set), goes.toSorted()));
  }

  it('holds the contents of a namespace whose Namespace object nobody could read', () => {
    const objects = [object('gone/ConfigMap/a'), object('other/ConfigMap/b')];
    const world = worldOf(subjectOf({ packs: [GONE, OTHER], objects }));
    assert.deepEqual(members(destructionSet(world, seedsOfPacks(world, new Set(['gone'])))), [
      'gone/ConfigMap/a by namespace',
    ]);
  });

  it('names the cause of each member, the nearest to the removal first', () => {
    const objects = [
      CRD,
      object('gone/Widget/a'),
      object('other/Widget/b'),
      child('other/Pod/c', object('other/Widget/b')),
    ];
    const { set } = removedWorld({ objects, released: ['/CustomResourceDefinition/widgets.example.com'] });
    const causes = [...set.values()].map(({ object: { uid }, because }) => [uid, because]);
    assert.deepEqual(
      new Map(causes.map(([uid = '', because = '']) => [uid, because])),
      new Map([
        ['uid:/Namespace/gone', 'namespace/gone'],
        ['uid:/CustomResourceDefinition/widgets.example.com', 'release gone/gone-chart'],
        ['uid:gone/Widget/a', 'namespace/gone'],
        ['uid:other/Widget/b', 'customresourcedefinitions.apiextensions.k8s.io/widgets.example.com'],
        ['uid:other/Pod/c', 'widgets.example.com/b'],
      ]),
    );
  });

  it('takes a chain of a hundred thousand owners to its end, quickly', () => {
    const chain = [object('other/ConfigMap/0')];
    for (let index = 1; index < 100_000; index += 1)
      chain.push(object(`other/ConfigMap/${index}`, { owners: chain.slice(-1).map((owner) => ownedBy(owner)) }));
    const empty = subjectOf({ packs: [GONE] });
    const world = worldOf({ ...empty, inventory: { ...empty.inventory, objects: chain.toReversed() } });
    const seeds = chain.slice(0, 1).map((first) => ({ object: first, step: 'manifest', because: '' }) as const);
    assert.equal(destructionSet(world, { namespaces: [], kept: [], releases: [], objects: seeds }).size, 100_000);
  }).timeout(30_000);
});
