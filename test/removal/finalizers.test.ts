import assert from 'node:assert/strict';
import { hangRisks } from '../../src/removal/hang-risks.ts';
import { reference, removedWorld, type Given } from '../support/removed-world.ts';
import { object } from '../support/world.ts';

const CRD = '/CustomResourceDefinition/widgets.example.com';

/** A finalizer of a type whose controllers are these workloads, by the definition that they wrote. */
function heldBy(workloads: Readonly<Record<string, string | undefined>>, finalizer = 'example.com/cleanup'): Given {
  return {
    objects: [
      object(CRD, { managers: ['engine'] }),
      ...Object.entries(workloads).map(([path, ready]) =>
        object(path, { facts: ready === undefined ? {} : { ready } }),
      ),
      object('gone/ConfigMap/a', { finalizers: [finalizer] }),
    ],
  };
}

function attached(facts: Readonly<Record<string, string>>, finalizer: string): Given {
  return {
    objects: [object('/VolumeAttachment/csi-1', { finalizers: [finalizer], facts: { volume: 'pv', ...facts } })],
    released: ['/VolumeAttachment/csi-1'],
    references: [
      reference('volume-claim', ['/PersistentVolume/other', 'team/PersistentVolumeClaim/other'], {
        driver: 'other.rbd.csi.ceph.com',
      }),
      reference('volume-claim', ['/PersistentVolume/pv', 'team/PersistentVolumeClaim/data'], {
        driver: 'gone.rbd.csi.ceph.com',
      }),
    ],
  };
}

const ATTACHER = 'external-attacher/gone-rbd-csi-ceph-com';

/** Further cases: the causes with who has to take the finalizer off, or what else is told. */
type Holding = readonly [says: string, given: Given, risks: readonly string[]];

const holders: readonly Holding[] = [
  [
    'of several controllers that all go, all are told, once and sorted',
    heldBy({ 'gone/StatefulSet/engine': undefined, 'gone/Deployment/engine': undefined }),
    ['controller-goes deployments.apps/engine, statefulsets.apps/engine'],
  ],
  [
    'one of several controllers runs',
    heldBy({ 'other/Deployment/engine': '0/1', 'other/StatefulSet/engine': '1/1' }),
    [],
  ],
  [
    'a controller of which nobody knows whether it runs counts as running',
    heldBy({ 'other/Deployment/engine': undefined }),
    [],
  ],
  [
    'controllers that stay and do not run are told, not those that go',
    heldBy({ 'other/Deployment/engine': '0/1', 'gone/Deployment/engine': '1/1' }),
    ['controller-not-running deployments.apps/engine'],
  ],
  [
    'who wrote only the object may go, and is told',
    {
      objects: [
        object('gone/Deployment/engine'),
        object('gone/Widget/a', { finalizers: ['elsewhere.org/x'], manager: 'engine' }),
      ],
    },
    ['controller-goes deployments.apps/engine'],
  ],
  [
    'who wrote another part of the object than its status tells nothing',
    {
      objects: [
        object('gone/Deployment/engine'),
        object('gone/Widget/a', { finalizers: ['elsewhere.org/x'], writers: [written('scale')] }),
      ],
    },
    ['controller-unknown '],
  ],
  [
    'who writes the status of the object takes its finalizer off',
    {
      objects: [
        object('other/Deployment/engine'),
        object('gone/Deployment/person'),
        object('gone/Widget/a', {
          finalizers: ['elsewhere.org/x'],
          writers: [written('status'), { ...written(''), manager: 'person' }],
        }),
      ],
    },
    [],
  ],
  [
    "who acts on the object's own group may go, and is told",
    {
      objects: [
        object(CRD, { manager: 'engine' }),
        object('gone/Deployment/engine'),
        object('gone/Widget/a', { finalizers: ['elsewhere.org/x'] }),
      ],
    },
    ['controller-goes deployments.apps/engine'],
  ],
  ...['snapshot-controller', 'csi-snapshot-controller'].map((name): Holding => [
    `${name} takes the finalizers of snapshots off`,
    {
      objects: [
        object(`gone/Deployment/${name}`),
        object('gone/Deployment/other'),
        object('gone/VolumeSnapshot/a', { finalizers: ['snapshot.storage.kubernetes.io/bound-protection'] }),
      ],
    },
    [`controller-goes deployments.apps/${name}`],
  ]),
  [
    "a domain of Kubernetes' APIs stands for their groups",
    {
      objects: [
        object('/CustomResourceDefinition/things.x.k8s.io', { manager: 'engine' }),
        object('gone/Deployment/engine'),
        object('gone/ConfigMap/a', { finalizers: ['x.kubernetes.io/held'] }),
      ],
    },
    ['controller-goes deployments.apps/engine'],
  ],
  [
    "a domain that only begins like the API's own is another",
    {
      objects: [
        object('/CustomResourceDefinition/things.x.kubernetes.io.example.com', { manager: 'engine' }),
        object('gone/Deployment/engine'),
        object('gone/ConfigMap/a', { finalizers: ['x.kubernetes.io.example.com/held'] }),
      ],
    },
    ['controller-goes deployments.apps/engine'],
  ],
  ['the attacher of the driver goes before the attachment', attached({}, ATTACHER), ['controller-goes namespace/gone']],
  ['the driver of another volume stays', attached({ volume: 'other' }, ATTACHER), []],
  ['nobody knows the volume', attached({ volume: 'unseen' }, ATTACHER), ['controller-unknown ']],
  ['a finalizer that only ends like the attacher', attached({}, 'x/external-attacher/'), ['controller-unknown ']],
  [
    'a claim goes by itself that a pod mounts which stays',
    {
      objects: [
        object('team/PersistentVolumeClaim/data', { finalizers: ['kubernetes.io/pvc-protection'] }),
        object('team/PersistentVolumeClaim/free'),
        object('team/PersistentVolumeClaim/stays', { finalizers: ['kubernetes.io/pvc-protection'] }),
      ],
      released: ['team/PersistentVolumeClaim/data', 'team/PersistentVolumeClaim/free'],
      references: [
        reference('mount', ['team/StatefulSet/db', 'team/PersistentVolumeClaim/data']),
        reference('mount', ['team/StatefulSet/db', 'team/PersistentVolumeClaim/free']),
        reference('mount', ['team/StatefulSet/db', 'team/PersistentVolumeClaim/stays']),
        reference('mount', ['team/StatefulSet/db', 'gone/PersistentVolumeClaim/unseen']),
        reference('mount', ['gone/Pod/db', 'gone/PersistentVolumeClaim/unseen']),
      ],
    },
    ['volume-in-use statefulset/db in team'],
  ],
  [
    'a claim goes with the pod that mounts it',
    {
      objects: [object('gone/PersistentVolumeClaim/data', { finalizers: ['kubernetes.io/pvc-protection'] })],
      references: [reference('mount', ['gone/Pod/db', 'gone/PersistentVolumeClaim/data'])],
    },
    [],
  ],
];

function written(subresource: string) {
  return { manager: 'engine', operation: 'Update', at: '', subresource };
}

/** Finalizers that are Kubernetes' own. */
const OWN = [
  'kubernetes',
  'kubernetes.io/pv-protection',
  'kubernetes.io/pv-controller',
  'customresourcecleanup.apiextensions.k8s.io',
  'networking.k8s.io/service-cidr-finalizer',
  'resource.kubernetes.io/delete-protection',
];

describe('who holds a finalizer', () => {
  for (const [says, given, risks] of holders) {
    it(says, () => {
      const { after } = removedWorld(given);
      assert.deepEqual(
        hangRisks(after).map(({ cause, facts }) => `${cause} ${facts.get('controller') ?? ''}`),
        risks,
      );
    });
  }

  for (const finalizer of OWN) {
    it(`finalizer ${finalizer} is Kubernetes' own`, () => {
      const { after } = removedWorld({ objects: [object('gone/ConfigMap/a', { finalizers: [finalizer] })] });
      assert.deepEqual(hangRisks(after), []);
    });
  }
});
