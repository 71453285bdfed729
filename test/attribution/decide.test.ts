import assert from 'node:assert/strict';
import { attribute, attributed } from '../../src/attribution/attribute.ts';
import type { ClusterObject, Inventory } from '../../src/model/inventory.ts';
import type { Pack } from '../../src/model/pack.ts';
import { attributionLines } from '../support/attribution-lines.ts';
import {
  attributionInput,
  covered,
  definition,
  helmMarks,
  inventory,
  namespaceRecord,
  object,
  ownedBy,
  packOf,
  PLACE,
  release,
} from '../support/world.ts';

const WEB = packOf(
  definition('web', { namespace: 'shop', chartKeys: ['web'], objects: ['/ServiceAccount/runner', '/ConfigMap/own'] }),
);
const API = packOf(definition('api', { namespace: 'shop', objects: ['/ConfigMap/other'] }));
const UNREAD: Partial<Inventory> = { coverage: [covered('secrets', { state: 'forbidden' })] };
const HASH = { 'cluster.spectrocloud.com/last-applied-hash': 'x' };
const IN_ARGO = { 'argocd.argoproj.io/tracking-id': 'argo:/ConfigMap:shop/c' };
const IN_FLUX = { 'kustomize.toolkit.fluxcd.io/name': 'flux', 'kustomize.toolkit.fluxcd.io/namespace': 'flux' };
const TOKEN = { facts: { type: 'kubernetes.io/service-account-token' } };
const OWN = object('shop/ConfigMap/own');
const OTHER = object('shop/ConfigMap/other');
const RUNNER = object('shop/ServiceAccount/runner');
const DEFAULT = object('shop/ServiceAccount/default');
const ROOT_CA = object('shop/ConfigMap/kube-root-ca.crt');

interface Case {
  readonly says: string;
  readonly objects: readonly ClusterObject[];
  readonly packs?: readonly Pack[];
  readonly given?: Partial<Inventory>;
  /** Of the last object: its owner, root, what was refuted and in conflict, and the evidence. */
  readonly told: readonly string[];
}

const OWNED_BY = 'owner reference, UID agrees';
const IN_OWN = 'verified: in manifest web of pack web';

const BY_OWNERS: readonly Case[] = [
  {
    says: 'a child of a pack’s own is the pack’s',
    objects: [OWN, object('shop/Pod/x', { owners: [ownedBy(OWN)] })],
    told: ['pack web, verified', 'root shop/ConfigMap/own', `verified: owned by ConfigMap own (${OWNED_BY})`, IN_OWN],
  },
  {
    says: 'but only inferred where a person made it and a controller adopted it',
    objects: [OWN, object('shop/Pod/x', { owners: [ownedBy(OWN)], manager: 'kubectl-create' })],
    told: [
      'pack web, inferred',
      'root shop/ConfigMap/own',
      'inferred: created by kubectl-create, which people use',
      `verified: owned by ConfigMap own (${OWNED_BY})`,
      IN_OWN,
    ],
  },
  {
    says: 'a child of what is only claimed is only claimed',
    objects: [
      object('shop/Deployment/x', { annotations: helmMarks('web-web', 'shop') }),
      object('shop/Pod/x', { owners: [ownedBy(object('shop/Deployment/x'))] }),
    ],
    given: UNREAD,
    told: [
      'pack web, claimed',
      'root shop/Deployment.apps/x',
      `verified: owned by Deployment x (${OWNED_BY})`,
      'claimed: annotations name release web-web in shop, whose record could not be read',
    ],
  },
  {
    says: 'what derives by a naming rule is inferred, however sure its parent is',
    objects: [
      OWN,
      object('shop/Pod/x', { owners: [ownedBy(OWN)] }),
      object('shop/Lease/l', { facts: { holder: 'x' } }),
    ],
    told: [
      'pack web, inferred',
      'root shop/ConfigMap/own',
      'inferred: lease held by Pod x',
      `verified: owned by ConfigMap own (${OWNED_BY})`,
      IN_OWN,
    ],
  },
  {
    says: 'a Namespace that is named as owner tells nothing, and the other owner does',
    objects: [
      object('/Namespace/shop'),
      OWN,
      object('shop/Pod/x', { owners: [ownedBy(object('/Namespace/shop'), false), ownedBy(OWN, false)] }),
    ],
    told: ['pack web, verified', 'root shop/ConfigMap/own', `verified: owned by ConfigMap own (${OWNED_BY})`, IN_OWN],
  },
  {
    says: 'a child of the ServiceAccount that is everywhere is nobody’s known',
    objects: [DEFAULT, object('shop/ConfigMap/x', { owners: [ownedBy(DEFAULT)] })],
    told: ['unexplained, none', 'root shop/ServiceAccount/default'],
  },
  {
    says: 'so is a child of the ConfigMap that is everywhere',
    objects: [ROOT_CA, object('shop/Secret/x', { owners: [ownedBy(ROOT_CA)], facts: { type: 'Opaque' } })],
    told: ['unexplained, none', 'root shop/ConfigMap/kube-root-ca.crt'],
  },
  ...['kubernetes.io/service-account-token', 'kubernetes.io/dockercfg'].map((type): Case => ({
    says: `but a ${type} of that ServiceAccount is Kubernetes’ own`,
    objects: [DEFAULT, object('shop/Secret/x', { owners: [ownedBy(DEFAULT)], facts: { type } })],
    told: [
      'kubernetes, inferred',
      'root shop/ServiceAccount/default',
      `verified: owned by ServiceAccount default (${OWNED_BY})`,
      'inferred: the default ServiceAccount of every namespace',
    ],
  })),
  {
    says: 'also one that its controller filled',
    objects: [
      DEFAULT,
      object('shop/Secret/x', { ...TOKEN, owners: [ownedBy(DEFAULT)], manager: 'kube-controller-manager' }),
    ],
    told: [
      'kubernetes, inferred',
      'root shop/ServiceAccount/default',
      `verified: owned by ServiceAccount default (${OWNED_BY})`,
      'inferred: the default ServiceAccount of every namespace',
    ],
  },
  {
    says: 'but not one that somebody had made, for nobody makes it again',
    objects: [
      DEFAULT,
      object('shop/Secret/x', {
        ...TOKEN,
        owners: [ownedBy(DEFAULT)],
        managers: ['jenkins', 'kube-controller-manager'],
      }),
    ],
    told: ['unexplained, none', 'root shop/ServiceAccount/default'],
  },
  {
    says: 'any child of a pack’s ServiceAccount is the pack’s',
    objects: [RUNNER, object('shop/Secret/x', { owners: [ownedBy(RUNNER)], facts: { type: 'Opaque' } })],
    told: [
      'pack web, verified',
      'root shop/ServiceAccount/runner',
      `verified: owned by ServiceAccount runner (${OWNED_BY})`,
      IN_OWN,
    ],
  },
  {
    says: 'a child of another thing of Kubernetes’ own is Kubernetes’ own',
    objects: [
      object('default/Service/kubernetes'),
      object('default/ConfigMap/x', { owners: [ownedBy(object('default/Service/kubernetes'))] }),
    ],
    told: [
      'kubernetes, inferred',
      'root default/Service/kubernetes',
      `verified: owned by Service kubernetes (${OWNED_BY})`,
      'inferred: the API server itself',
    ],
  },
  {
    says: 'a copy of a token’s annotations is no token where it is of another type',
    objects: [
      DEFAULT,
      object('shop/Secret/x', {
        facts: { type: 'Opaque' },
        annotations: {
          'kubernetes.io/service-account.name': 'default',
          'kubernetes.io/service-account.uid': DEFAULT.uid,
        },
      }),
    ],
    told: ['unexplained, none'],
  },
  {
    says: 'a token is the ServiceAccount’s',
    objects: [
      DEFAULT,
      object('shop/Secret/x', {
        ...TOKEN,
        annotations: {
          'kubernetes.io/service-account.name': 'default',
          'kubernetes.io/service-account.uid': DEFAULT.uid,
        },
      }),
    ],
    told: [
      'kubernetes, inferred',
      'root shop/ServiceAccount/default',
      'verified: token of ServiceAccount default (UID agrees)',
      'inferred: the default ServiceAccount of every namespace',
    ],
  },
];

/** An object that two others own, of which neither is the controller. */
const sharedBy = (a: ClusterObject, b: ClusterObject): ClusterObject =>
  object('shop/Pod/x', { owners: [ownedBy(a, false), ownedBy(b, false)] });
const owned = (words: string): string => `verified: owned by ${words} (${OWNED_BY})`;

const argo = (name: string): ClusterObject =>
  object(`shop/Secret/${name}`, {
    annotations: { 'argocd.argoproj.io/tracking-id': `app-${name}:/Secret:shop/${name}` },
  });
const byPerson = (name: string, manager: string): ClusterObject => object(`shop/Secret/${name}`, { manager });

const CONFLICTS: readonly Case[] = [
  {
    says: 'a child of two packs is nobody’s',
    objects: [OWN, OTHER, sharedBy(OWN, OTHER)],
    told: [
      'unexplained, none',
      'conflict pack api',
      'conflict pack web',
      owned('ConfigMap own'),
      owned('ConfigMap other'),
    ],
  },
  {
    says: 'a child of two objects of one pack is the pack’s',
    objects: [OWN, RUNNER, sharedBy(OWN, RUNNER)],
    told: [
      'pack web, verified',
      'root shop/ConfigMap/own',
      owned('ConfigMap own'),
      owned('ServiceAccount runner'),
      IN_OWN,
    ],
  },
  {
    says: 'a child of two applications is nobody’s known',
    objects: [argo('a'), argo('b'), sharedBy(argo('a'), argo('b'))],
    told: ['unexplained, none', 'conflict app-a', 'conflict app-b', owned('Secret a'), owned('Secret b')],
  },
  {
    says: 'a child of what two persons made is a person’s',
    objects: [
      byPerson('a', 'kubectl-create'),
      byPerson('b', 'kubectl-edit'),
      sharedBy(byPerson('a', ''), byPerson('b', '')),
    ],
    told: [
      'person kubectl-create, inferred',
      'root shop/Secret/a',
      owned('Secret a'),
      owned('Secret b'),
      'inferred: written by kubectl-create, which people use',
    ],
  },
  {
    says: 'a child of a pack’s own and of what a person made is nobody’s',
    objects: [OWN, byPerson('a', 'kubectl-create'), sharedBy(OWN, byPerson('a', ''))],
    told: ['unexplained, none', 'conflict pack web', 'conflict person', owned('ConfigMap own'), owned('Secret a')],
  },
  {
    says: 'a child of a pack’s own and of what nobody knows is nobody’s',
    objects: [OWN, object('shop/Secret/a'), sharedBy(OWN, object('shop/Secret/a'))],
    told: ['unexplained, none', 'conflict pack web', 'conflict unexplained', owned('ConfigMap own'), owned('Secret a')],
  },
  {
    says: 'a child of what a person made and of what nobody knows is nobody’s known',
    objects: [
      byPerson('a', 'kubectl-create'),
      object('shop/Secret/b'),
      sharedBy(byPerson('a', ''), object('shop/Secret/b')),
    ],
    told: ['unexplained, none', 'conflict person', 'conflict unexplained', owned('Secret a'), owned('Secret b')],
  },
  {
    says: 'what is left over from a pack is not the pack’s',
    objects: [
      OWN,
      object('shop/Secret/a', { annotations: HASH, manager: 'palette' }),
      sharedBy(OWN, object('shop/Secret/a')),
    ],
    packs: [WEB],
    given: { paletteManagers: ['palette'] },
    told: [
      'unexplained, none',
      'conflict pack web',
      'conflict pack web, earlier',
      owned('ConfigMap own'),
      owned('Secret a'),
    ],
  },
  {
    says: 'two proofs of one pack are no conflict',
    objects: [object('shop/ConfigMap/own', { annotations: helmMarks('web-web', 'shop') })],
    given: { releases: [release('shop/web-web', { chart: 'web', has: ['/ConfigMap/own'] })] },
    told: ['pack web, verified', 'verified: in the manifest of release web-web in shop, revision 1', IN_OWN],
  },
];

const claim = helmMarks('web-web', 'shop');
const CLAIMED = 'claimed: annotations name release web-web in shop, whose record could not be read';
const BY_ARGO = 'claimed: Argo CD tracking-id of application argo names this very object';
const unreadPack = packOf(
  definition('web', {
    namespace: 'shop',
    chartKeys: ['web'],
    gaps: [{ reason: 'manifest-only-referenced', subject: 'm', place: PLACE }],
  }),
);

const MARKED: readonly Case[] = [
  {
    says: 'an outside mark goes before a pack’s, though it comes after it',
    objects: [object('shop/ConfigMap/c', { annotations: { ...claim, ...IN_ARGO } })],
    given: UNREAD,
    told: ['application argocd argo , claimed', CLAIMED, BY_ARGO],
  },
  {
    says: 'of two outside marks the first counts',
    objects: [object('shop/ConfigMap/c', { annotations: IN_ARGO, labels: IN_FLUX })],
    given: UNREAD,
    told: [
      'application argocd argo , claimed',
      BY_ARGO,
      'claimed: labels of Flux Kustomization flux in flux, whose inventory could not be read',
    ],
  },
  {
    says: 'a pack’s mark stands beside Palette’s hash',
    objects: [object('shop/ConfigMap/c', { annotations: { ...claim, ...HASH } })],
    packs: [unreadPack],
    given: UNREAD,
    told: [
      'pack web, claimed',
      CLAIMED,
      "claimed: Palette's annotation cluster.spectrocloud.com/last-applied-hash, and pack web has a manifest that could not be read",
    ],
  },
  {
    says: 'a mark that is refuted is shown, and names another owner',
    objects: [object('shop/ConfigMap/own', { annotations: { 'argocd.argoproj.io/tracking-id': 'argo:x' } })],
    told: [
      'pack web, verified',
      'refuted argo',
      IN_OWN,
      'refuted: Argo CD tracking-id of application argo names another object',
    ],
  },
  {
    says: 'a refuted mark of the owner itself is shown, and names nobody else',
    objects: [object('shop/ConfigMap/own', { annotations: helmMarks('gone', 'shop') })],
    packs: [WEB],
    told: [
      'unexplained, none',
      'refuted gone in shop',
      'refuted: annotations name release gone in shop, of which there is no record',
      'refuted: in manifest web of pack web, but its annotations name release shop/gone',
    ],
  },
  {
    says: 'what is left over goes before the pack that its marks name',
    objects: [
      object('shop/ConfigMap/c', { annotations: { ...claim, 'helm.sh/resource-policy': 'keep' }, manager: 'helm' }),
    ],
    given: { releases: [release('shop/web-web', { chart: 'web' })] },
    told: [
      'leftover web, inferred',
      'refuted pack web',
      'inferred: kept by helm.sh/resource-policy when a later revision of shop/web-web dropped it',
      'refuted: annotations name release web-web in shop, revision 1, which does not contain it',
    ],
  },
];

describe('the owner of an object', () => {
  for (const { says, objects, packs = [WEB, API], given = {}, told } of [...BY_OWNERS, ...CONFLICTS, ...MARKED]) {
    it(says, () => {
      const lines = attribute(attributionInput(packs, inventory(objects, given)))
        .slice(-1)
        .flatMap(attributionLines);
      assert.deepEqual(
        lines.map((line, index) => (index === 0 ? line.slice(line.indexOf(': ') + 2) : line.trim())),
        told,
      );
    });
  }
});

/** Owners and roots of a world's objects. */
function rootsOf(objects: readonly ClusterObject[]): readonly string[] {
  return attribute(attributionInput([WEB], inventory(objects))).map(
    ({ object: { name }, owner, root }) => `${name} of ${owner.kind} under ${root.name}`,
  );
}

describe('a ring of owners', () => {
  const [a, b] = [object('shop/Secret/a'), object('shop/Secret/b')];
  const ring = [
    { ...a, owners: [ownedBy(b)] },
    { ...b, owners: [ownedBy(a)] },
  ];

  it('is listed under the last of it', () =>
    assert.deepEqual(rootsOf(ring), ['a of unexplained under b', 'b of unexplained under b']));

  it('is the pack’s where one of it has a proof, whatever the order', () => {
    const held = { ...OWN, owners: [ownedBy(a)] };
    const holding = { ...a, owners: [ownedBy(OWN)] };
    assert.deepEqual(rootsOf([held, holding]), ['own of pack under own', 'a of pack under own']);
    assert.deepEqual(rootsOf([holding, held]), ['a of pack under own', 'own of pack under own']);
  });

  it('does not take the one that hangs on it with it', () => {
    const child = object('shop/Secret/child', { owners: [ownedBy(a)] });
    assert.deepEqual(rootsOf([child, ...ring]), [
      'child of unexplained under b',
      'a of unexplained under b',
      'b of unexplained under b',
    ]);
  });
});

describe('objects', () => {
  it('keep their order, each with its own decision', () => {
    const found = attribute(attributionInput([WEB], inventory([RUNNER, DEFAULT, OWN])));
    assert.deepEqual(
      found.map(({ object: { name }, owner }) => `${name} ${owner.kind}`),
      ['runner pack', 'default kubernetes', 'own pack'],
    );
  });
});

const toldOf = (attributions: ReturnType<typeof attribute>): readonly string[] =>
  attributions.map(({ object: { name }, owner, root }) => `${name} of ${owner.kind} under ${root.name}`);

describe('once it is known what lies in other namespaces', () => {
  const quota = object('shop/ResourceQuota/q', { manager: 'engine' });
  const child = object('shop/Pod/child', { owners: [ownedBy(quota)] });
  const grandchild = object('shop/Pod/grandchild', { owners: [ownedBy(child)] });
  const own = { ...OWN, owners: [ownedBy(grandchild)] };
  const names = ['a', 'b', 'c', 'd', 'shop'];
  const input = () =>
    attributionInput(
      [WEB],
      inventory([grandchild, own, quota, child], { namespaces: names.map((name) => namespaceRecord(name)) }),
    );
  const elsewhere = (manager: string) => [
    { resource: 'resourcequotas', name: 'q', writers: names.map((namespace) => ({ namespace, manager })) },
  ];
  const BEFORE = [
    'grandchild of unexplained under q',
    'own of pack under own',
    'q of unexplained under q',
    'child of unexplained under q',
  ];

  it('what was put everywhere is, with all that hangs on it, and nothing else', () => {
    const found = attributed(input());
    assert.deepEqual(toldOf(found.attributions), BEFORE);
    assert.deepEqual(
      toldOf(found.again(elsewhere('engine'))),
      BEFORE.map((line) => line.replace('unexplained', 'injected')),
    );
  });

  it('what hangs on it goes with it also where it has a mark of its own, and one of several owners', () => {
    const home = object('/Namespace/shop');
    const marked = object('shop/ConfigMap/c', {
      owners: [ownedBy(home, false), ownedBy(quota, false)],
      annotations: IN_ARGO,
    });
    const packs = [packOf(definition('web', { namespace: 'shop', objects: ['/Namespace/shop'] }))];
    const namespaces = names.map((name) => namespaceRecord(name));
    const found = attributed(attributionInput(packs, inventory([home, quota, marked], { namespaces })));
    assert.equal(toldOf(found.attributions).at(-1), 'c of application under c');
    assert.equal(toldOf(found.again(elsewhere('engine'))).at(-1), 'c of injected under q');
  });

  it('what somebody else wrote there changes nothing', () => {
    assert.deepEqual(toldOf(attributed(input()).again(elsewhere('other'))), BEFORE);
  });
});
