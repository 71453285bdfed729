import assert from 'node:assert/strict';
import { claimsOf } from '../../src/audit/claims.ts';
import { lossesOf, withReached } from '../../src/audit/losses.ts';
import type { Loss } from '../../src/model/explanation.ts';
import type { ClusterObject, Inventory, Release } from '../../src/model/inventory.ts';
import type { Pack } from '../../src/model/pack.ts';
import { subjectOf } from '../support/subject.ts';
import { covered, definition, helmMarks, object, ownedBy, packOf, release, TYPES } from '../support/world.ts';

const WEB = packOf(definition('web', { namespace: 'shop', chartKeys: ['web'] }));
const API = packOf(definition('api', { namespace: 'shop' }));

/** The release of pack web, which contains these and no other objects. */
function webRelease(has: readonly string[], given: Partial<Release> = {}): Release {
  return release('shop/web-web', { chart: 'web', has, ...given });
}

function keeping(one: Release): Release {
  return { ...one, objects: one.objects.map((each) => Object.assign({}, each, { keep: true })) };
}

const WIDGET_CRD = '/CustomResourceDefinition/widgets.example.com';
const CUSTOM: Partial<Inventory> = {
  customTypes: [{ group: 'example.com', kind: 'Widget', crd: 'widgets.example.com' }],
};

const VOLUME_TYPE = {
  ...(TYPES[0] ?? assert.fail()),
  resource: 'persistentvolumes',
  kind: 'PersistentVolume',
  namespaced: false,
};

function volume(facts: ClusterObject['facts']): ClusterObject {
  return { ...object('/Namespace/pv-1'), type: VOLUME_TYPE, facts };
}

interface Case {
  readonly says: string;
  readonly about: ClusterObject;
  readonly beside?: readonly ClusterObject[];
  readonly packs?: readonly Pack[];
  readonly given?: Partial<Inventory>;
  readonly losses: readonly (readonly [pack: string, cause: Loss['cause'], subject: string, sure: boolean])[];
}

const OWNER = object('far/Widget/owner', { manager: 'kubectl-create' });
const RING = object('far/ConfigMap/ring');

const CASES: readonly Case[] = [
  {
    says: 'a namespace that goes takes what it holds',
    about: object('shop/ConfigMap/mine'),
    losses: [['web', 'namespace', 'shop', true]],
  },
  {
    says: 'so does every pack that has a stake in it',
    about: object('shop/ConfigMap/mine'),
    packs: [WEB, API],
    losses: [
      ['api', 'namespace', 'shop', true],
      ['web', 'namespace', 'shop', true],
    ],
  },
  {
    says: 'the own object of a pack whose namespace goes is said to go once',
    about: object('shop/Deployment/web'),
    given: { releases: [webRelease(['shop/Deployment/web'])] },
    losses: [['web', 'namespace', 'shop', true]],
  },
  {
    says: 'what nobody claims is touched by nothing',
    about: object('far/ConfigMap/mine'),
    losses: [],
  },
  {
    says: 'an own object elsewhere goes, and nothing else there',
    about: object('far/ConfigMap/own'),
    given: { releases: [webRelease(['far/ConfigMap/own'])] },
    losses: [['web', 'own', 'configmap/own', true]],
  },
  {
    says: 'an own object without a namespace goes',
    about: object('/ClusterRole/own'),
    given: { releases: [webRelease(['/ClusterRole/own'])] },
    losses: [['web', 'own', 'clusterrole.rbac.authorization.k8s.io/own', true]],
  },
  {
    says: 'helm keeps what its policy keeps',
    about: object('far/ConfigMap/own'),
    given: { releases: [keeping(webRelease(['far/ConfigMap/own']))] },
    losses: [['web', 'kept', 'configmap/own', true]],
  },
  {
    says: 'a hook may go or stay',
    about: object('far/ConfigMap/own'),
    given: { releases: [release('shop/web-web', { chart: 'web', hooks: ['far/ConfigMap/own'] })] },
    losses: [['web', 'own', 'configmap/own', false]],
  },
  {
    says: 'an uninstalled release takes nothing',
    about: object('far/ConfigMap/own'),
    given: { releases: [webRelease(['far/ConfigMap/own'], { status: 'uninstalled' })] },
    losses: [],
  },
  {
    says: 'what a release contains may go, even where the marks name another one',
    about: object('far/ConfigMap/own', { annotations: helmMarks('other', 'far') }),
    given: { releases: [webRelease(['far/ConfigMap/own'])] },
    losses: [['web', 'own', 'configmap/own', false]],
  },
  {
    says: 'what two packs contain may go with either',
    about: object('far/ConfigMap/own'),
    packs: [
      packOf(definition('web', { namespace: 'shop', objects: ['far/ConfigMap/own'] })),
      packOf(definition('api', { namespace: 'shop', objects: ['far/ConfigMap/own'] })),
    ],
    losses: [
      ['api', 'own', 'configmap/own', false],
      ['web', 'own', 'configmap/own', false],
    ],
  },
  {
    says: 'what only a template may contain may go',
    about: object('far/ConfigMap/own'),
    packs: [packOf(definition('web', { namespace: 'shop', possible: ['far/ConfigMap/own'] }))],
    losses: [['web', 'own', 'configmap/own', false]],
  },
  {
    says: 'a custom resource goes with its type, wherever it lies',
    about: object('far/Widget/mine', { manager: 'kubectl-create' }),
    given: { ...CUSTOM, releases: [webRelease([WIDGET_CRD])] },
    losses: [['web', 'type', 'widgets.example.com', true]],
  },
  {
    says: 'and with its namespace, when both go',
    about: object('shop/Widget/mine', { manager: 'kubectl-create' }),
    given: { ...CUSTOM, releases: [webRelease([WIDGET_CRD])] },
    losses: [
      ['web', 'namespace', 'shop', true],
      ['web', 'type', 'widgets.example.com', true],
    ],
  },
  {
    says: 'a type that only a hook makes keeps its resources',
    about: object('far/Widget/mine', { manager: 'kubectl-create' }),
    given: { ...CUSTOM, releases: [release('shop/web-web', { chart: 'web', hooks: [WIDGET_CRD] })] },
    losses: [],
  },
  {
    says: 'a type that is kept keeps its resources',
    about: object('far/Widget/mine', { manager: 'kubectl-create' }),
    given: { ...CUSTOM, releases: [keeping(webRelease([WIDGET_CRD]))] },
    losses: [],
  },
  {
    says: 'what an object owns may go with it',
    about: object('far/ConfigMap/child', { owners: [ownedBy(OWNER)] }),
    beside: [OWNER],
    given: { ...CUSTOM, releases: [webRelease([WIDGET_CRD])] },
    losses: [['web', 'owner', 'widget.example.com/owner', false]],
  },
  {
    says: 'what is owned from a namespace that goes may go, too',
    about: object('far/ConfigMap/child', { owners: [ownedBy(object('shop/ConfigMap/parent'))] }),
    beside: [object('shop/ConfigMap/parent')],
    losses: [['web', 'owner', 'configmap/parent', false]],
  },
  {
    says: 'a ring of owners is walked once',
    about: object('far/ConfigMap/child', { owners: [ownedBy(RING)] }),
    beside: [{ ...RING, owners: [ownedBy(object('far/ConfigMap/child'))] }],
    losses: [],
  },
  {
    says: 'a protected namespace leaves the fate of its contents open',
    about: object('kube-system/ConfigMap/mine'),
    packs: [packOf(definition('csi', { namespace: 'kube-system' }))],
    losses: [['csi', 'protected', 'kube-system', false]],
  },
  {
    says: 'a volume goes with its claim',
    about: volume({ claim: 'shop/data', reclaimPolicy: 'Delete' }),
    losses: [['web', 'claim', 'shop/data', true]],
  },
  {
    says: 'a volume whose policy is not known may go with its claim',
    about: volume({ claim: 'shop/data' }),
    losses: [['web', 'claim', 'shop/data', false]],
  },
  {
    says: 'a volume that is retained outlives its claim',
    about: volume({ claim: 'shop/data', reclaimPolicy: 'Retain' }),
    losses: [['web', 'retained', 'shop/data', true]],
  },
  { says: 'a volume of a claim elsewhere stays', about: volume({ claim: 'far/data' }), losses: [] },
  { says: 'a volume without a claim stays', about: volume({}), losses: [] },
];

const NEITHER = object('far/ConfigMap/own', { annotations: helmMarks('web-web', 'shop') });
const OTHER_VOLUME = { ...volume({ claim: 'shop/data' }), type: { ...VOLUME_TYPE, group: 'example.com' } };
const UNREAD: Partial<Inventory> = { coverage: [covered('secrets', { state: 'forbidden' })] };
const KEPT_OWNER = object('far/ConfigMap/kept');

const EDGES: readonly Case[] = [
  {
    says: 'the own object of a pack in a protected namespace goes, whatever becomes of the others',
    about: object('kube-system/ConfigMap/own'),
    packs: [packOf(definition('csi', { namespace: 'kube-system', objects: ['/ConfigMap/own'] }))],
    losses: [
      ['csi', 'own', 'configmap/own', true],
      ['csi', 'protected', 'kube-system', false],
    ],
  },
  {
    says: 'what helm keeps goes with the namespace, also where its marks name another release',
    about: object('shop/ConfigMap/own', { annotations: helmMarks('other', 'shop') }),
    given: { releases: [keeping(webRelease(['shop/ConfigMap/own']))] },
    losses: [['web', 'namespace', 'shop', true]],
  },
  {
    says: 'what is only claimed to be the pack’s may go',
    about: NEITHER,
    given: UNREAD,
    losses: [['web', 'own', 'configmap/own', false]],
  },
  {
    says: 'of two packs each keeps or takes what is its own',
    about: object('far/ConfigMap/own'),
    packs: [WEB, packOf(definition('api', { namespace: 'shop', objects: ['far/ConfigMap/own'] }))],
    given: { releases: [keeping(webRelease(['far/ConfigMap/own']))] },
    losses: [
      ['api', 'own', 'configmap/own', false],
      ['web', 'kept', 'configmap/own', false],
    ],
  },
  {
    says: 'what one of two proofs does not keep goes',
    about: object('far/ConfigMap/own'),
    packs: [packOf(definition('web', { namespace: 'shop', chartKeys: ['web'], objects: ['far/ConfigMap/own'] }))],
    given: { releases: [keeping(webRelease(['far/ConfigMap/own']))] },
    losses: [['web', 'own', 'configmap/own', true]],
  },
  {
    says: 'it is sure of the pack alone whose the object is proved to be',
    about: NEITHER,
    packs: [WEB, packOf(definition('api', { namespace: 'shop', chartKeys: ['api'] }))],
    given: {
      releases: [
        webRelease(['far/ConfigMap/own']),
        release('shop/api-api', { chart: 'api', has: ['far/ConfigMap/own'] }),
      ],
    },
    losses: [
      ['api', 'own', 'configmap/own', false],
      ['web', 'own', 'configmap/own', true],
    ],
  },
  {
    says: 'what is a hook as well may stay',
    about: object('far/ConfigMap/own'),
    given: {
      releases: [release('shop/web-web', { chart: 'web', has: ['far/ConfigMap/own'], hooks: ['far/ConfigMap/own'] })],
    },
    losses: [['web', 'own', 'configmap/own', false]],
  },
  {
    says: 'a type of the same kind in another group is another one',
    about: object('far/Widget/mine', { manager: 'kubectl-create' }),
    given: {
      customTypes: [{ group: 'other.com', kind: 'Widget', crd: 'widgets.other.com' }],
      releases: [webRelease(['/CustomResourceDefinition/widgets.other.com'])],
    },
    losses: [],
  },
  {
    says: 'a type of a release that is only inferred to be the pack’s may go',
    about: object('far/Widget/mine', { manager: 'kubectl-create' }),
    packs: [packOf(definition('web', { namespace: 'new', chartKeys: ['web'] }))],
    given: { ...CUSTOM, releases: [webRelease([WIDGET_CRD])] },
    losses: [['web', 'type', 'widgets.example.com', false]],
  },
  {
    says: 'only a volume has a claim',
    about: object('far/ConfigMap/c', { facts: { claim: 'shop/data' } }),
    losses: [],
  },
  { says: 'a volume of another group has none', about: OTHER_VOLUME, losses: [] },
  {
    says: 'a volume stays where its claim does',
    about: volume({ claim: 'two/data', reclaimPolicy: 'Delete' }),
    packs: [packOf(definition('web', { namespace: 'shop', objects: ['two/ConfigMap/c'] }))],
    losses: [],
  },
  {
    says: 'a volume of a claim in a protected namespace may go',
    about: volume({ claim: 'kube-system/data', reclaimPolicy: 'Delete' }),
    packs: [packOf(definition('csi', { namespace: 'kube-system' }))],
    losses: [['csi', 'claim', 'kube-system/data', false]],
  },
  {
    says: 'in a ring of owners an own object may go with the others, and not with itself',
    about: object('far/ConfigMap/own', { owners: [ownedBy(RING)] }),
    beside: [{ ...RING, owners: [ownedBy(object('far/ConfigMap/own'))] }],
    given: { releases: [webRelease(['far/ConfigMap/own'])] },
    losses: [
      ['web', 'own', 'configmap/own', true],
      ['web', 'owner', 'configmap/ring', false],
    ],
  },
  {
    says: 'an owner that is not there takes nothing with it, and another one does',
    about: object('far/ConfigMap/child', { owners: [ownedBy(object('far/ConfigMap/gone')), ownedBy(OWNER, false)] }),
    beside: [OWNER],
    given: { ...CUSTOM, releases: [webRelease([WIDGET_CRD])] },
    losses: [['web', 'owner', 'widget.example.com/owner', false]],
  },
  {
    says: 'an owner in a protected namespace takes nothing with it',
    about: object('far/ConfigMap/child', { owners: [ownedBy(object('/ClusterRole/parent'))] }),
    beside: [
      object('/ClusterRole/parent', { owners: [ownedBy(object('kube-system/ConfigMap/grandparent'))] }),
      object('kube-system/ConfigMap/grandparent'),
    ],
    packs: [packOf(definition('csi', { namespace: 'kube-system' }))],
    losses: [],
  },
  {
    says: 'a volume that is retained takes nothing with it',
    about: object('far/ConfigMap/child', { owners: [ownedBy(volume({}))] }),
    beside: [volume({ claim: 'shop/data', reclaimPolicy: 'Retain' })],
    losses: [],
  },
  {
    says: 'an owner that is kept takes nothing with it',
    about: object('far/Secret/child', { owners: [ownedBy(KEPT_OWNER)], annotations: helmMarks('other', 'far') }),
    beside: [KEPT_OWNER],
    packs: [packOf(definition('web', { namespace: 'new', chartKeys: ['web'] }))],
    given: { releases: [keeping(webRelease(['far/ConfigMap/kept']))] },
    losses: [['web', 'own', 'secret/child', false]],
  },
];

describe('lossesOf', () => {
  for (const { says, about, beside = [], packs = [WEB], given = {}, losses } of [...CASES, ...EDGES]) {
    it(says, () => {
      const subject = subjectOf({ packs, objects: [about, ...beside], given });
      const found = subject.attributions.find((one) => one.object === about);
      const stakes = { subject, claims: claimsOf(subject), namespace: about.namespace };
      const actual = lossesOf(found, stakes).map((loss) => [loss.pack, loss.cause, loss.subject, loss.sure]);
      assert.deepEqual(actual, losses);
    });
  }

  it('says what becomes of a resource that nobody could see', () => {
    const subject = subjectOf({ packs: [WEB] });
    const losses = lossesOf(undefined, { subject, claims: claimsOf(subject), namespace: 'shop' });
    assert.deepEqual(
      losses.map(({ cause }) => cause),
      ['namespace'],
    );
  });
});

const loss = (pack: string, cause: Loss['cause']): Loss => ({ pack, cause, subject: 's', sure: true });
const reached = (pack: string) => ({ pack, cause: 'follows' as const, because: 'its driver', sure: false });

describe('withReached', () => {
  it('adds what follows from the removal of a pack that has no other hold on the resource, in order', () => {
    const found = withReached([loss('c', 'own'), loss('b', 'kept')], ['d', 'c', 'b', 'a'].map(reached));
    assert.deepEqual(
      found.map(({ pack, cause, subject, sure }) => `${pack} ${cause} ${subject} ${String(sure)}`),
      [
        'a follows its driver false',
        'b follows its driver false',
        'b kept s true',
        'c own s true',
        'd follows its driver false',
      ],
    );
  });
});
