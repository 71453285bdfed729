import assert from 'node:assert/strict';
import { ownedNamespaces, type OwnersSeen } from '../../src/attribution/owned-namespaces.ts';
import type { ClusterObject, OwnerReference, Release } from '../../src/model/inventory.ts';
import type { Pack } from '../../src/model/pack.ts';
import type { ResourceType } from '../../src/model/resource.ts';
import { definition, namespaceRecord, object, packOf, release, TYPES } from '../support/world.ts';

const TENANT: ResourceType = {
  group: 'example.org',
  version: 'v1',
  resource: 'tenants',
  singular: 'tenant',
  kind: 'Tenant',
  shortNames: [],
  namespaced: false,
  verbs: ['get', 'list', 'delete'],
};
const CRD = '/CustomResourceDefinition/tenants.example.org';
const owner = (name: string, kind = 'Tenant'): OwnerReference => ({
  group: kind === 'Tenant' ? 'example.org' : 'rbac.authorization.k8s.io',
  kind,
  name,
  uid: `uid:${name}`,
  controller: true,
});

interface Case {
  readonly says: string;
  readonly owners: readonly OwnerReference[];
  readonly pack?: Pack;
  readonly releases?: readonly Release[];
  readonly destroyed?: readonly string[];
  readonly seen?: OwnersSeen;
  readonly found: readonly string[];
}

const BRINGS_TYPE = [release('shop/web-web', { has: [CRD] })];
const kept = (part: Release): Release => ({
  ...part,
  objects: part.objects.map((one) => Object.assign({}, one, { keep: true })),
});
const hooked = (part: Release): Release => ({
  ...part,
  objects: part.objects.map((one) => Object.assign({}, one, { hook: true })),
});

/** All objects without a namespace, of which these are there; the owners of each in brackets. */
function seen(...objects: readonly ClusterObject[]): OwnersSeen {
  return { objects, isListed: (resource) => resource !== '' };
}

function live(name: string, ...owners: readonly OwnerReference[]): ClusterObject {
  return { ...object(`/ClusterRole/${name}`), type: TENANT, uid: `uid:${name}`, owners };
}

const role = (name: string): OwnerReference => owner(name, 'ClusterRole');
const HAS_ROLE = definition('web', { objects: ['/ClusterRole/r'] });
const BRINGS_ROLE = [release('shop/web-web', { has: ['/ClusterRole/r'] })];

const CASES: readonly Case[] = [
  {
    says: 'goes though a second owner is named, which is not there any more',
    owners: [role('r'), owner('gone')],
    releases: BRINGS_ROLE,
    seen: seen(),
    found: ['team-dev: owner ClusterRole r, owner Tenant gone (not there)'],
  },
  {
    says: 'stays while the second owner is there',
    owners: [role('r'), owner('team')],
    releases: BRINGS_ROLE,
    seen: seen(live('team')),
    found: [],
  },
  {
    says: 'goes though the second owner is there, which is being deleted',
    owners: [role('r'), owner('team')],
    releases: BRINGS_ROLE,
    seen: seen({ ...live('team'), deletingSince: '2026-11-02T16:40:00Z' }),
    found: ['team-dev: owner ClusterRole r, owner Tenant team (being deleted)'],
  },
  {
    says: 'goes where the second owner’s name is borne by another object',
    owners: [role('r'), owner('team')],
    releases: BRINGS_ROLE,
    seen: seen({ ...live('team'), uid: 'uid:another' }),
    found: ['team-dev: owner ClusterRole r, owner Tenant team (not there)'],
  },
  {
    says: 'goes where the second owner’s UID is borne by an object of another name',
    owners: [role('r'), owner('team')],
    releases: BRINGS_ROLE,
    seen: seen({ ...live('team'), name: 'other' }),
    found: ['team-dev: owner ClusterRole r, owner Tenant team (not there)'],
  },
  {
    says: 'may go where nobody knows whether the second owner is there',
    owners: [role('r'), owner('team')],
    releases: BRINGS_ROLE,
    seen: { objects: [], isListed: () => false },
    found: ['team-dev: owner ClusterRole r, owner Tenant team (not seen)'],
  },
  {
    says: 'may go where nobody knows of the second owner’s type',
    owners: [role('r'), owner('x', 'Unheard')],
    releases: BRINGS_ROLE,
    seen: seen(),
    found: ['team-dev: owner ClusterRole r, owner Unheard x (not seen)'],
  },
  {
    says: 'does not go with a pack that brings none of its owners, whether they are there or not',
    owners: [owner('gone'), owner('gone-too')],
    releases: BRINGS_ROLE,
    seen: seen(),
    found: [],
  },
  {
    says: 'goes with what owns its owner',
    owners: [owner('team')],
    releases: BRINGS_ROLE,
    seen: seen(live('team', role('r'))),
    found: ['team-dev: owner Tenant team of ClusterRole r'],
  },
  {
    says: 'goes with the far end of a chain',
    owners: [owner('a')],
    releases: BRINGS_ROLE,
    seen: seen(live('a', owner('b')), live('b', owner('c'), owner('gone')), live('c', role('r'))),
    found: ['team-dev: owner Tenant a of Tenant b'],
  },
  {
    says: 'goes where one of its owners owns another one, in whichever order they stand',
    owners: [owner('b'), owner('a')],
    releases: BRINGS_ROLE,
    seen: seen(live('a', owner('b')), live('b', role('r'))),
    found: ['team-dev: owner Tenant a of Tenant b, owner Tenant b of ClusterRole r'],
  },
  {
    says: 'goes with all owners of its owner',
    owners: [owner('a')],
    releases: BRINGS_ROLE,
    seen: seen(live('a', role('r'), owner('gone'))),
    found: ['team-dev: owner Tenant a of ClusterRole r, Tenant gone'],
  },
  {
    says: 'stays where nobody knows whether any of its owners’ owners is there',
    owners: [owner('a')],
    releases: BRINGS_ROLE,
    seen: { objects: [live('a', owner('b'))], isListed: () => false },
    found: [],
  },
  {
    says: 'may go where nothing was seen of the second owner',
    owners: [role('r'), owner('team')],
    releases: BRINGS_ROLE,
    found: ['team-dev: owner ClusterRole r, owner Tenant team (not seen)'],
  },
  {
    says: 'stays where the pack’s manifest says that its owner is kept',
    owners: [role('r')],
    pack: packOf({ ...HAS_ROLE, objects: HAS_ROLE.objects.map((one) => Object.assign({}, one, { keep: true })) }),
    found: [],
  },
  {
    says: 'stays where a chain has another end, too',
    owners: [owner('a')],
    releases: BRINGS_ROLE,
    seen: seen(live('a', owner('b')), live('b', owner('c'), owner('d')), live('c', role('r')), live('d')),
    found: [],
  },
  {
    says: 'stays where one of its owners stays at the end of a chain, though another one goes',
    owners: [owner('a'), role('r')],
    releases: BRINGS_ROLE,
    seen: seen(live('a', owner('b')), live('b', owner('d')), live('d')),
    found: [],
  },
  {
    says: 'stays with an owner that has a namespace, though another one goes',
    owners: [{ group: '', kind: 'ConfigMap', name: 'c', uid: 'uid:c', controller: false }, role('r')],
    releases: BRINGS_ROLE,
    seen: seen(),
    found: [],
  },
  {
    says: 'stays where its owners own each other',
    owners: [owner('a')],
    releases: BRINGS_ROLE,
    seen: seen(live('a', owner('b')), live('b', owner('a'), role('r'))),
    found: [],
  },
  {
    says: 'goes with a namespace that owns it and that the pack destroys',
    owners: [{ group: '', kind: 'Namespace', name: 'shop', uid: 'uid:shop', controller: false }],
    destroyed: ['shop'],
    found: ['team-dev: owner Namespace shop'],
  },
  {
    says: 'stays with an owner that has a namespace, for which the garbage collector deletes nothing',
    owners: [{ group: '', kind: 'ConfigMap', name: 'c', uid: 'uid:c', controller: false }],
    releases: [release('shop/web-web', { has: ['shop/ConfigMap/c'] })],
    seen: seen(),
    found: [],
  },
  {
    says: 'goes with the pack that brings the definition of its owner’s type',
    owners: [owner('team')],
    releases: BRINGS_TYPE,
    found: ['team-dev: owner Tenant team'],
  },
  {
    says: 'goes with the pack whose release has its owner',
    owners: [owner('r', 'ClusterRole')],
    releases: [release('shop/web-web', { has: ['/ClusterRole/r'] })],
    found: ['team-dev: owner ClusterRole r'],
  },
  {
    says: 'goes with the pack whose manifest has its owner',
    owners: [owner('r', 'ClusterRole')],
    pack: packOf(definition('web', { objects: ['/ClusterRole/r'] })),
    found: ['team-dev: owner ClusterRole r'],
  },
  {
    says: 'goes with the last of its owners',
    owners: [owner('team'), owner('r', 'ClusterRole')],
    releases: [release('shop/web-web', { has: [CRD, '/ClusterRole/r'] })],
    found: ['team-dev: owner ClusterRole r, owner Tenant team'],
  },
  {
    says: 'stays while another one owns it',
    owners: [owner('team'), owner('else', 'ClusterRole')],
    releases: BRINGS_TYPE,
    seen: seen({ ...object('/ClusterRole/else'), uid: 'uid:else' }),
    found: [],
  },
  { says: 'stays without an owner', owners: [], releases: BRINGS_TYPE, found: [] },
  { says: 'stays where its owner is nobody’s pack’s', owners: [owner('team')], found: [] },
  {
    says: 'stays where Helm keeps the definition',
    owners: [owner('team')],
    releases: BRINGS_TYPE.map(kept),
    found: [],
  },
  {
    says: 'stays where a hook made its owner, which no uninstallation deletes',
    owners: [owner('r', 'ClusterRole')],
    releases: [hooked(release('shop/web-web', { has: ['/ClusterRole/r'] }))],
    found: [],
  },
];

function below(name: string, above: string): ReturnType<typeof namespaceRecord> {
  return namespaceRecord(name, { annotations: new Map([['hnc.x-k8s.io/subnamespace-of', above]]) });
}

describe('a namespace that something owns', () => {
  for (const { says, owners, pack = packOf(definition('web')), releases = [], destroyed = [], ...one } of CASES) {
    it(says, () => {
      const namespaces = [namespaceRecord('team-dev', { owners }), namespaceRecord('other')];
      const known = { namespaces, types: [...TYPES, TENANT] };
      const owned = ownedNamespaces(
        { pack, releases, destroyed },
        one.seen === undefined ? known : { ...known, seen: one.seen },
      );
      assert.deepEqual(
        owned.map(({ namespace, via }) => `${namespace}: ${via}`),
        one.found,
      );
    });
  }

  const ANCHORS: ResourceType = { ...TENANT, group: 'hnc.x-k8s.io', resource: 'subnamespaceanchors', namespaced: true };
  for (const [says, types, found] of [
    [
      'goes with the namespace above as a subnamespace of HNC, and takes those below along',
      [ANCHORS],
      ['sub: subnamespace of shop', 'subsub: subnamespace of sub'],
    ],
    ['is no subnamespace where there is no HNC any more', [], []],
  ] as const) {
    it(says, () => {
      const namespaces = [
        below('subsub', 'sub'),
        below('sub', 'shop'),
        below('other', 'team'),
        namespaceRecord('shop'),
      ];
      const owning = { pack: packOf(definition('web')), releases: [], destroyed: ['shop'] };
      const owned = ownedNamespaces(owning, { namespaces, types: [...TYPES, ...types] });
      assert.deepEqual(
        owned.map(({ namespace, via }) => `${namespace}: ${via}`),
        found,
      );
    });
  }

  it('is found at the end of a chain of any length, and of many ways', () => {
    const names = Array.from({ length: 20_000 }, (_, index) => `t${index}`);
    const chain = names.map((name, index) =>
      live(name, ...(index + 1 < names.length ? [owner(`t${index + 1}`), owner(`t${index + 1}`)] : [role('r')])),
    );
    const namespaces = [namespaceRecord('team-dev', { owners: [owner('t0')] })];
    const known = { namespaces, types: [...TYPES, TENANT], seen: seen(...chain) };
    const owning = { pack: packOf(definition('web')), releases: BRINGS_ROLE, destroyed: [] };
    assert.equal(ownedNamespaces(owning, known).length, 1);
  });
});
