import assert from 'node:assert/strict';
import { ownedNamespaces } from '../../src/attribution/owned-namespaces.ts';
import type { OwnerReference, Release } from '../../src/model/inventory.ts';
import type { Pack } from '../../src/model/pack.ts';
import type { ResourceType } from '../../src/model/resource.ts';
import { definition, namespaceRecord, packOf, release, TYPES } from '../support/world.ts';

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
  readonly found: readonly string[];
}

const BRINGS_TYPE = [release('shop/web-web', { has: [CRD] })];
const kept = (part: Release): Release => ({
  ...part,
  objects: part.objects.map((object) => Object.assign({}, object, { keep: true })),
});
const hooked = (part: Release): Release => ({
  ...part,
  objects: part.objects.map((object) => Object.assign({}, object, { hook: true })),
});

const CASES: readonly Case[] = [
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

describe('a namespace that something owns', () => {
  for (const { says, owners, pack = packOf(definition('web')), releases = [], found } of CASES) {
    it(says, () => {
      const namespaces = [namespaceRecord('team-dev', { owners }), namespaceRecord('other')];
      const owned = ownedNamespaces(pack, releases, { namespaces, types: [...TYPES, TENANT] });
      assert.deepEqual(
        owned.map(({ namespace, via }) => `${namespace}: ${via}`),
        found,
      );
    });
  }
});
