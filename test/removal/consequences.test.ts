import assert from 'node:assert/strict';
import type { ClusterObject, CustomType } from '../../src/model/inventory.ts';
import { objectName } from '../../src/removal/world.ts';
import { OTHER, reference, removedWorld, type Given } from '../support/removed-world.ts';
import { definition, object, ownedBy, packOf, release } from '../support/world.ts';

// What the cluster tests saw a real control plane do when a pack was removed.

interface Case {
  readonly says: string;
  readonly given: Given;
  /** What goes of all but the namespace itself, as `TYPE/NAME`. */
  readonly goes: readonly string[];
}

const CRD = object('/CustomResourceDefinition/widgets.example.com');
const OTHER_CRD = object('/CustomResourceDefinition/orders.example.com');
const ENDING = object('/ClusterRole/ending', { deletingSince: '2026-11-01T00:00:00Z' });
const APIS = [object('/APIService/v1.example.com'), object('/APIService/v1beta1.example.com')];

function types(...orders: readonly (readonly string[])[]): readonly CustomType[] {
  const [versions] = orders;
  const widgets = { group: 'example.com', kind: 'Widget', crd: CRD.name, versions: ['v1', 'v1beta1'] };
  return [widgets, { group: 'example.com', kind: 'Order', crd: OTHER_CRD.name, ...(versions && { versions }) }];
}

function definitions(customTypes: readonly CustomType[], more: Given = {}): Given {
  return { released: [`/CustomResourceDefinition/${CRD.name}`], given: { customTypes }, ...more };
}

const ADDRESS: ClusterObject = {
  ...object('/ClusterRole/192.0.2.1', { facts: { parent: 'services/gone/web' } }),
  type: { ...CRD.type, group: 'networking.k8s.io', kind: 'IPAddress', resource: 'ipaddresses' },
};
const SETTINGS = object('gone/ConfigMap/settings');
const ROLE = object('/ClusterRole/gone');
const STAYS = object('team/ConfigMap/stays');

function claimed(reclaimPolicy: string | undefined): Given {
  const policy = reclaimPolicy === undefined ? {} : { reclaimPolicy };
  return {
    objects: [
      object('gone/PersistentVolumeClaim/data', { facts: { status: 'Bound', volume: 'pv' } }),
      object('/PersistentVolume/pv', { facts: { claim: 'gone/data', ...policy } }),
    ],
  };
}

/** An object of which the cluster serves no deletion. */
function fixed(path: string): ClusterObject {
  const one = object(path);
  return { ...one, type: { ...one.type, verbs: ['get', 'list'] } };
}

function token(...[kind, name, account, uid]: readonly [string, string, string, string]): ClusterObject {
  const annotations = { 'kubernetes.io/service-account.name': account, 'kubernetes.io/service-account.uid': uid };
  return object(`team/${kind}/${name}`, { annotations });
}

const WIDGETS = 'customresourcedefinitions.apiextensions.k8s.io/widgets.example.com';
const DATA = 'persistentvolumeclaims/data';

const cases: readonly Case[] = [
  {
    says: 'a definition takes along the APIServices of its versions',
    given: definitions(types(), { objects: [CRD, ...APIS] }),
    goes: [
      WIDGETS,
      'apiservices.apiregistration.k8s.io/v1.example.com',
      'apiservices.apiregistration.k8s.io/v1beta1.example.com',
    ],
  },
  {
    says: 'but not that of a version which another definition serves, too',
    given: definitions(types(['v1']), { objects: [CRD, OTHER_CRD, ...APIS] }),
    goes: [WIDGETS, 'apiservices.apiregistration.k8s.io/v1beta1.example.com'],
  },
  {
    says: 'nor any where nobody noted what another definition serves',
    given: definitions(types(), { objects: [CRD, OTHER_CRD, ...APIS] }),
    goes: [WIDGETS],
  },
  {
    says: 'nor one that has a Service of its own',
    given: definitions(types(), {
      objects: [CRD, ...APIS],
      references: [reference('api-service', ['/APIService/v1.example.com', 'team/Service/api'])],
    }),
    goes: [WIDGETS, 'apiservices.apiregistration.k8s.io/v1beta1.example.com'],
  },
  {
    says: 'definitions and APIServices of other groups have nothing to do with it',
    given: definitions([], {
      objects: [
        CRD,
        ...APIS,
        object('/CustomResourceDefinition/widgets.example.org'),
        object('/APIService/v1.example.org'),
      ],
    }),
    goes: [
      WIDGETS,
      'apiservices.apiregistration.k8s.io/v1.example.com',
      'apiservices.apiregistration.k8s.io/v1beta1.example.com',
    ],
  },
  {
    says: 'an account takes along its tokens: Secrets that name it and its UID',
    given: {
      released: ['team/ServiceAccount/web'],
      objects: [
        object('team/ServiceAccount/web'),
        token('Secret', 'own', 'web', 'uid:team/ServiceAccount/web'),
        token('Secret', 'of-an-earlier-one', 'web', 'uid:earlier'),
        token('Secret', 'of-another', 'api', 'uid:team/ServiceAccount/web'),
        token('ConfigMap', 'no-secret', 'web', 'uid:team/ServiceAccount/web'),
        object('team/Secret/plain'),
      ],
    },
    goes: ['secrets/own', 'serviceaccounts/web'],
  },
  {
    says: 'what only bears the name of something takes nothing along',
    given: {
      objects: [
        ...['team', CRD.name, 'data', 'pv', 'web'].map((name) => object(`gone/ConfigMap/${name}`)),
        CRD,
        ...APIS,
        object('team/Widget/a'),
        object('/PersistentVolume/pv', { facts: { claim: 'gone/data' } }),
        object('/VolumeAttachment/a', { facts: { volume: 'pv' } }),
        ADDRESS,
      ],
    },
    goes: ['team', CRD.name, 'data', 'pv', 'web'].map((name) => `configmaps/${name}`),
  },
  {
    says: 'what nobody can delete stays: in a manifest',
    given: {
      packs: [
        packOf(definition('gone', { namespace: 'gone', objects: ['/Namespace/kube-public', 'other/ConfigMap/fixed'] })),
        OTHER,
      ],
      objects: [object('/Namespace/kube-public'), fixed('other/ConfigMap/fixed')],
    },
    goes: [],
  },
  {
    says: 'in a namespace',
    given: { objects: [fixed('gone/ConfigMap/fixed'), object('gone/ConfigMap/goes')] },
    goes: ['configmaps/goes'],
  },
  {
    says: 'and in one whose Namespace object nobody could read',
    given: {
      packs: [packOf(definition('gone', { namespace: 'unread' }))],
      objects: [fixed('unread/ConfigMap/fixed'), object('unread/ConfigMap/goes')],
      unread: ['unread'],
    },
    goes: ['configmaps/goes'],
  },
  {
    says: 'a record is a Secret, whatever else bears its name',
    given: {
      releases: [release('gone/gone-chart', { chart: 'chart', storageNamespace: 'elsewhere' })],
      objects: [
        {
          ...object('elsewhere/Secret/sh.helm.release.v1.gone-chart.v1'),
          type: { ...object('a/Secret/x').type, group: 'example.com' },
        },
      ],
    },
    goes: [],
  },
  {
    says: 'an owner that is not there holds nothing',
    given: {
      released: ['/ClusterRole/gone'],
      objects: [
        ROLE,
        object('/ClusterRole/left', { owners: [ownedBy(ROLE), ownedBy(object('/ClusterRole/dangling'))] }),
      ],
    },
    goes: ['clusterroles.rbac.authorization.k8s.io/gone', 'clusterroles.rbac.authorization.k8s.io/left'],
  },
  {
    says: 'a volume that the claim names and that is not there does not go',
    given: { objects: [object('gone/PersistentVolumeClaim/data', { facts: { volume: 'pv' } })] },
    goes: [DATA],
  },
  { says: 'a claim takes along a volume to delete', given: claimed('Delete'), goes: [DATA, 'persistentvolumes/pv'] },
  { says: 'also one whose policy is not known', given: claimed(undefined), goes: [DATA, 'persistentvolumes/pv'] },
  { says: 'but not one to retain', given: claimed('Retain'), goes: [DATA] },
  { says: 'nor one to recycle, of which only the data goes', given: claimed('Recycle'), goes: [DATA] },
  {
    says: 'an owner of the cluster takes along what it owns alone, anywhere',
    given: {
      released: ['/ClusterRole/gone'],
      objects: [
        ROLE,
        STAYS,
        object('team/ConfigMap/of-one', { owners: [ownedBy(ROLE)] }),
        object('team/ConfigMap/of-two', { owners: [ownedBy(ROLE), ownedBy(STAYS)] }),
      ],
    },
    goes: ['clusterroles.rbac.authorization.k8s.io/gone', 'configmaps/of-one'],
  },
  {
    says: 'an owner in another namespace is none, and holds nothing',
    given: {
      released: ['/ClusterRole/gone'],
      objects: [ROLE, STAYS, object('other/ConfigMap/of-two', { owners: [ownedBy(ROLE), ownedBy(STAYS)] })],
    },
    goes: ['clusterroles.rbac.authorization.k8s.io/gone', 'configmaps/of-two'],
  },
  {
    says: 'an owner of another name than is said, or that is being deleted, holds nothing',
    given: {
      released: ['/ClusterRole/gone'],
      objects: [
        ROLE,
        STAYS,
        ENDING,
        object('team/ConfigMap/of-a-name', { owners: [ownedBy(ROLE), { ...ownedBy(STAYS), name: 'other' }] }),
        object('team/ConfigMap/of-a-kind', { owners: [ownedBy(ROLE), { ...ownedBy(STAYS), kind: 'Other' }] }),
        object('team/ConfigMap/of-one-that-ends', { owners: [ownedBy(ROLE), ownedBy(ENDING)] }),
        object('team/ConfigMap/of-no-other', { owners: [ownedBy(ENDING)] }),
      ],
    },
    goes: [
      'clusterroles.rbac.authorization.k8s.io/gone',
      'configmaps/of-a-kind',
      'configmaps/of-a-name',
      'configmaps/of-one-that-ends',
    ],
  },
  {
    says: 'an API takes along the resources that a Service serves by it, at its version',
    given: {
      released: ['/APIService/v1.example.com', '/APIService/v1.example.org', '/APIService/v2.cert-manager.io'],
      objects: [
        object('/APIService/v1.example.com'),
        object('/APIService/v1.example.org'),
        object('/APIService/v2.cert-manager.io'),
        object('team/Widget/a'),
        object('team/Database/b'),
        object('team/Certificate/c'),
      ],
      references: [
        reference('api-service', ['/APIService/v1.example.com', 'gone/Service/api']),
        reference('api-service', ['/APIService/v2.cert-manager.io', 'gone/Service/api']),
      ],
    },
    goes: [
      'apiservices.apiregistration.k8s.io/v1.example.com',
      'apiservices.apiregistration.k8s.io/v1.example.org',
      'apiservices.apiregistration.k8s.io/v2.cert-manager.io',
      'widgets.example.com/a',
    ],
  },
  {
    says: 'what is of the whole cluster is never collected for an owner in a namespace',
    given: {
      released: ['/ClusterRole/gone'],
      objects: [
        ROLE,
        SETTINGS,
        object('/ClusterRole/of-settings', { owners: [ownedBy(SETTINGS)] }),
        object('/ClusterRole/of-both', { owners: [ownedBy(SETTINGS), ownedBy(ROLE)] }),
        object('/ClusterRole/of-role', { owners: [ownedBy(ROLE)] }),
      ],
    },
    goes: [
      'clusterroles.rbac.authorization.k8s.io/gone',
      'clusterroles.rbac.authorization.k8s.io/of-role',
      'configmaps/settings',
    ],
  },
];

describe('what follows from an end', () => {
  for (const { says, given, goes } of cases) {
    it(says, () => {
      const members = [...removedWorld(given).set.values()].map(({ object: member }) => objectName(member));
      assert.deepEqual(members.filter((name) => name !== 'namespaces/gone').toSorted(), goes.toSorted());
    });
  }
});
