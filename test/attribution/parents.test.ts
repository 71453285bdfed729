import assert from 'node:assert/strict';
import { contextOf } from '../../src/attribution/context.ts';
import { parentsOf } from '../../src/attribution/parents.ts';
import type { ClusterObject, Inventory } from '../../src/model/inventory.ts';
import { attributionInput, inventory, object, ownedBy } from '../support/world.ts';

interface Case {
  readonly says: string;
  readonly about: ClusterObject;
  readonly beside: readonly ClusterObject[];
  readonly given?: Partial<Inventory>;
  /** `UID, strength: text` of each parent. */
  readonly parents: readonly string[];
}

const WEB = object('shop/Deployment/web');
const API = object('shop/Deployment/api');
const SERVICE = object('shop/Service/web');
const ACCOUNT = object('shop/ServiceAccount/runner');
const STORE = object('shop/StatefulSet/store');
const POD = object('shop/Pod/web-1');
const OWNED = 'uid:shop/Deployment/web, verified: owned by Deployment web (owner reference, UID agrees)';
const OF_SERVICE = 'uid:shop/Service/web, verified: endpoints of Service web';
const OF_STORE = 'uid:shop/StatefulSet/store, verified: volume of StatefulSet store by its template';
const TOKEN = 'uid:shop/ServiceAccount/runner, verified: token of ServiceAccount runner (UID agrees)';

const MANAGED_BY = 'endpointslice.kubernetes.io/managed-by';
const OF_CONTROLLER = { [MANAGED_BY]: 'endpointslice-controller.k8s.io' };
const NAMES_SERVICE = { 'kubernetes.io/service-name': 'web' };
const ACCOUNT_NAME = 'kubernetes.io/service-account.name';
const ACCOUNT_UID = 'kubernetes.io/service-account.uid';

const slice = (labels: Readonly<Record<string, string>>): ClusterObject =>
  object('shop/EndpointSlice/web-x', { labels });
const token = (annotations: Readonly<Record<string, string>>): ClusterObject =>
  object('shop/Secret/token', { annotations });
const lease = (holder: string | undefined): ClusterObject =>
  object('shop/Lease/leader', { facts: holder === undefined ? {} : { holder } });
const ofGroup = (one: ClusterObject, kind: string): ClusterObject => ({
  ...one,
  type: { ...one.type, group: 'autoscaling.k8s.io', kind },
});
const autoscaler = (name: string): ClusterObject => ofGroup(object(`shop/Widget/${name}`), 'VerticalPodAutoscaler');
const checkpoint = (name: string): ClusterObject =>
  ofGroup(object(`shop/Widget/${name}`), 'VerticalPodAutoscalerCheckpoint');
const templates = (...uids: readonly string[]): Partial<Inventory> => ({
  claimTemplates: uids.map((uid) => ({ namespace: 'shop', statefulSet: 'store', uid, templates: ['logs', 'data'] })),
});

function child(...owners: ClusterObject['owners']): ClusterObject {
  return object('shop/ReplicaSet/web-1', { owners });
}

const BY_REFERENCE: readonly Case[] = [
  { says: 'a live owner is a parent', about: child(ownedBy(WEB)), beside: [WEB], parents: [OWNED] },
  {
    says: 'without a controlling one all live owners are parents',
    about: child(ownedBy(WEB, false), ownedBy(API, false)),
    beside: [WEB, API],
    parents: [OWNED, OWNED.replaceAll('web', 'api')],
  },
  {
    says: 'the controlling owner is the only parent, wherever it stands',
    about: child(ownedBy(API, false), ownedBy(WEB)),
    beside: [WEB, API],
    parents: [OWNED],
  },
  {
    says: 'a controlling owner that is not there does not hide the others',
    about: child(ownedBy(API), ownedBy(WEB, false)),
    beside: [WEB],
    parents: [OWNED],
  },
  {
    says: 'an owner without a namespace is a parent in any',
    about: child(ownedBy(object('/ClusterRole/x'))),
    beside: [object('/ClusterRole/x')],
    parents: ['uid:/ClusterRole/x, verified: owned by ClusterRole x (owner reference, UID agrees)'],
  },
  {
    says: 'an object that names itself as its owner has none',
    about: object('shop/Deployment/web', { owners: [ownedBy(WEB)] }),
    beside: [],
    parents: [],
  },
  ...(
    [
      ['name', { name: 'other' }],
      ['kind', { kind: 'ReplicaSet' }],
      ['group', { group: 'extensions' }],
      ['UID', { uid: 'uid:shop/Deployment/api' }],
    ] as const
  ).map(([part, wrong]) => ({
    says: `a reference with another ${part} than its owner's names nobody`,
    about: child({ ...ownedBy(WEB), ...wrong }),
    beside: [WEB, API],
    parents: [],
  })),
  {
    says: 'an owner in another namespace is none',
    about: object('far/ReplicaSet/web-1', { owners: [ownedBy(WEB)] }),
    beside: [WEB],
    parents: [],
  },
  {
    says: 'what has a dangling owner derives from nothing by its name',
    about: object('shop/Endpoints/web', { owners: [ownedBy(API)] }),
    beside: [SERVICE],
    parents: [],
  },
  {
    says: 'what has a live owner derives from that and not by its name',
    about: object('shop/Endpoints/web', { owners: [ownedBy(WEB)] }),
    beside: [SERVICE, WEB],
    parents: [OWNED],
  },
  {
    says: 'what a person wrote derives from a live owner all the same',
    about: object('shop/Endpoints/web', { owners: [ownedBy(WEB)], manager: 'kubectl-create' }),
    beside: [SERVICE, WEB],
    parents: [OWNED],
  },
];

const BY_NAME: readonly Case[] = [
  {
    says: 'Endpoints derive from the Service of their name',
    about: object('shop/Endpoints/web'),
    beside: [SERVICE],
    parents: [OF_SERVICE],
  },
  {
    says: 'Endpoints that a person wrote derive from nothing',
    about: object('shop/Endpoints/web', { manager: 'kubectl-create' }),
    beside: [SERVICE],
    parents: [],
  },
  {
    says: 'Endpoints do not derive from a Service of their name in another namespace',
    about: object('far/Endpoints/web'),
    beside: [SERVICE],
    parents: [],
  },
  {
    says: 'a kind that Kubernetes derives from nothing has no parent by its name',
    about: object('shop/ConfigMap/web'),
    beside: [SERVICE],
    parents: [],
  },
  ...['endpointslice-controller.k8s.io', 'endpointslicemirroring-controller.k8s.io'].map((controller) => ({
    says: `a slice of ${controller} derives from the Service that it names`,
    about: slice({ [MANAGED_BY]: controller, ...NAMES_SERVICE }),
    beside: [SERVICE],
    parents: [OF_SERVICE],
  })),
  {
    says: 'a slice of another controller does not',
    about: slice({ [MANAGED_BY]: 'cilium', ...NAMES_SERVICE }),
    beside: [SERVICE],
    parents: [],
  },
  {
    says: 'a slice of no controller does not',
    about: slice(NAMES_SERVICE),
    beside: [SERVICE],
    parents: [],
  },
  {
    says: 'a slice that names no Service does not derive from one',
    about: slice(OF_CONTROLLER),
    beside: [SERVICE, object('shop/Service/undefined')],
    parents: [],
  },
  {
    says: 'a slice of a Service that is not there derives from nothing',
    about: slice({ ...OF_CONTROLLER, ...NAMES_SERVICE }),
    beside: [object('far/Service/web'), object('shop/Service/other')],
    parents: [],
  },
  {
    says: 'a token derives from its ServiceAccount',
    about: token({ [ACCOUNT_NAME]: 'runner', [ACCOUNT_UID]: ACCOUNT.uid }),
    beside: [ACCOUNT],
    parents: [TOKEN],
  },
  {
    says: 'a token of an earlier ServiceAccount of that name does not',
    about: token({ [ACCOUNT_NAME]: 'runner', [ACCOUNT_UID]: 'earlier' }),
    beside: [ACCOUNT],
    parents: [],
  },
  {
    says: 'a token without the UID of its ServiceAccount does not',
    about: token({ [ACCOUNT_NAME]: 'runner' }),
    beside: [ACCOUNT],
    parents: [],
  },
  {
    says: 'a token without the name of its ServiceAccount does not',
    about: token({ [ACCOUNT_UID]: ACCOUNT.uid }),
    beside: [ACCOUNT, object('shop/ServiceAccount/undefined', { uid: ACCOUNT.uid })],
    parents: [],
  },
  {
    says: 'a token of a ServiceAccount that is not there derives from nothing',
    about: token({ [ACCOUNT_NAME]: 'runner', [ACCOUNT_UID]: ACCOUNT.uid }),
    beside: [],
    parents: [],
  },
  {
    says: 'an issued Secret derives from its Certificate',
    about: token({ 'cert-manager.io/certificate-name': 'tls' }),
    beside: [object('shop/Certificate/tls')],
    parents: ['uid:shop/Certificate/tls, verified: issued for Certificate tls'],
  },
  ...(['kubernetes.io/tls', 'Opaque'] as const).map((type) => ({
    says: `an issued Secret of type ${type} does, ${type === 'Opaque' ? 'as far as one can tell' : 'too'}`,
    about: object('shop/Secret/tls', { annotations: { 'cert-manager.io/certificate-name': 'tls' }, facts: { type } }),
    beside: [object('shop/Certificate/tls')],
    parents: [`uid:shop/Certificate/tls, ${type === 'Opaque' ? 'inferred' : 'verified'}: issued for Certificate tls`],
  })),
  {
    says: 'a Secret without an annotation is issued for nothing',
    about: token({}),
    beside: [object('shop/Certificate/undefined')],
    parents: [],
  },
  {
    says: 'a lease derives, as far as one can tell, from the Pod that holds it',
    about: lease('web-1'),
    beside: [POD],
    parents: ['uid:shop/Pod/web-1, inferred: lease held by Pod web-1'],
  },
  {
    says: 'the holder’s name ends before its first underscore',
    about: lease('web-1_6f_1'),
    beside: [POD],
    parents: ['uid:shop/Pod/web-1, inferred: lease held by Pod web-1'],
  },
  {
    says: 'a lease is surely that of a Pod whose name is like no other',
    about: lease('web-1_6f_1'),
    beside: [object('shop/Pod/web-1', { owners: [ownedBy(object('shop/ReplicaSet/web'))] })],
    parents: ['uid:shop/Pod/web-1, verified: lease held by Pod web-1'],
  },
  ...[ownedBy(STORE), ownedBy(object('shop/ReplicaSet/web'), false)].map((owner) => ({
    says: `a Pod’s name may be borne elsewhere, too, that a ${owner.kind} owns`,
    about: lease('web-1'),
    beside: [object('shop/Pod/web-1', { owners: [owner] })],
    parents: ['uid:shop/Pod/web-1, inferred: lease held by Pod web-1'],
  })),
  {
    says: 'a checkpoint derives, as far as one can tell, from the autoscaler that its name begins with',
    about: checkpoint('my-web-main-1'),
    beside: [autoscaler('my-web')],
    parents: ['uid:shop/Widget/my-web, inferred: checkpoint of VerticalPodAutoscaler my-web'],
  },
  {
    says: 'a checkpoint whose name begins with two of them derives from neither',
    about: checkpoint('my-web-main'),
    beside: [autoscaler('my-web'), autoscaler('my')],
    parents: [],
  },
  {
    says: 'nor does one from what is no whole part of its name',
    about: checkpoint('web-main'),
    beside: [autoscaler('we'), autoscaler('web-main')],
    parents: [],
  },
  { says: 'a lease of nobody derives from nothing', about: lease(''), beside: [POD], parents: [] },
  { says: 'a lease without a holder derives from nothing', about: lease(undefined), beside: [POD], parents: [] },
];

const claim = (name: string, namespace = 'shop'): ClusterObject => object(`${namespace}/PersistentVolumeClaim/${name}`);

const BY_TEMPLATE: readonly Case[] = [
  ...['data-store-0', 'data-store-7', 'data-store-10', 'data-store-123', 'logs-store-0'].map((name) => ({
    says: `${name} is a volume of StatefulSet store`,
    about: claim(name),
    beside: [STORE],
    given: templates(STORE.uid),
    parents: [OF_STORE],
  })),
  ...[
    'data-store',
    'data-store-',
    'data-store-x',
    'data-store-1x',
    'data-store-01',
    'data-store-0-copy',
    'data-store-0-0',
    'otherdata-store-0',
  ].map((name) => ({
    says: `${name} is none, for no ordinal follows the template and the StatefulSet`,
    about: claim(name),
    beside: [STORE],
    given: templates(STORE.uid),
    parents: [],
  })),
  {
    says: 'a claim of that name in another namespace is none',
    about: claim('data-store-0', 'far'),
    beside: [STORE],
    given: templates(STORE.uid),
    parents: [],
  },
  {
    says: 'a claim of a StatefulSet that is not there derives from nothing',
    about: claim('data-store-0'),
    beside: [STORE],
    given: templates('earlier'),
    parents: [],
  },
  {
    says: 'a StatefulSet that is named twice is one',
    about: claim('data-store-0'),
    beside: [STORE],
    given: templates(STORE.uid, STORE.uid),
    parents: [OF_STORE],
  },
  {
    says: 'a claim that two StatefulSets would name alike is neither’s',
    about: claim('data-store-0'),
    beside: [
      STORE,
      object('shop/ConfigMap/of-no-uid', { uid: '' }),
      object('shop/ConfigMap/of-no-owner', { owners: [{ ...ownedBy(STORE), uid: '' }] }),
    ],
    given: templates('earlier', STORE.uid),
    parents: [],
  },
  {
    says: 'nor of the one of three that two agree on',
    about: claim('data-store-0'),
    beside: [STORE],
    given: templates(STORE.uid, 'earlier', STORE.uid),
    parents: [],
  },
];

describe('parentsOf', () => {
  for (const { says, about, beside, given = {}, parents } of [...BY_REFERENCE, ...BY_NAME, ...BY_TEMPLATE]) {
    it(says, () => {
      const context = contextOf(attributionInput([], inventory([...beside, about], given)));
      const found = parentsOf(about, context);
      assert.deepEqual(
        found.map(({ object: { uid }, strength, text }) => `${uid}, ${strength}: ${text}`),
        parents,
      );
    });
  }
});
