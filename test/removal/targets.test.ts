import assert from 'node:assert/strict';
import type { RemovalTarget } from '../../src/model/removal.ts';
import { coreLayerOf } from '../../src/removal/core-layers.ts';
import { packsOfProfile, profileNames } from '../../src/removal/membership.ts';
import { groupTargets } from '../../src/removal/targets.ts';
import { definition, packOf } from '../support/world.ts';

const profile = (name: string) => ({ name, version: '1.0.0', type: undefined });
const CLUSTER = { kind: 'cluster', namespace: 'cluster-1' } as const;

const OS = packOf(definition('ubuntu', { layer: 'os', profile: profile('base') }));
const CNI = packOf(definition('calico', { layer: 'CNI', profile: profile('base') }));
const LOGS = packOf(definition('logs', { profile: profile('base') }));
const SHOP = packOf(definition('shop', { profile: profile('apps') }));
const BOTH = packOf(definition('both', { profile: profile('apps') }), definition('both', { profile: profile('base') }));
const STRAY = packOf(definition('stray', { source: CLUSTER }));
const SEEN = packOf(definition('seen', { source: CLUSTER, profile: profile('seen') }));
const PACKS = [OS, CNI, LOGS, SHOP, BOTH, STRAY, SEEN];

interface Case {
  readonly says: string;
  readonly targets: readonly string[];
  /** `TARGETS: PACKS`, and `?` before packs that may belong to them. */
  readonly groups: readonly string[];
  readonly core?: readonly string[];
}

const CASES: readonly Case[] = [
  { says: 'a pack goes by itself', targets: ['pack/shop'], groups: ['pack/shop: shop'] },
  {
    says: 'packs that are named go at once',
    targets: ['pack/shop', 'pack/logs'],
    groups: ['pack/shop pack/logs: logs shop'],
  },
  { says: 'an add-on profile goes whole', targets: ['profile/apps'], groups: ['profile/apps: both shop ?stray'] },
  {
    says: 'a pack and a profile go at once, each pack once',
    targets: ['profile/apps', 'pack/both', 'pack/logs'],
    groups: ['profile/apps pack/both pack/logs: both logs shop ?stray'],
  },
  {
    says: 'the layers of an infrastructure profile go one by one, its core layers never; one that may be a layer does, too',
    targets: ['profile/base'],
    groups: ['pack/logs: logs', 'pack/both: both', 'pack/stray: stray ?stray'],
    core: ['calico cni', 'ubuntu os'],
  },
  {
    says: 'beside which others go at once',
    targets: ['pack/shop', 'profile/base'],
    groups: ['pack/shop: shop', 'pack/logs: logs', 'pack/both: both', 'pack/stray: stray ?stray'],
    core: ['calico cni', 'ubuntu os'],
  },
  { says: 'a core layer does not go', targets: ['pack/ubuntu'], groups: [], core: ['ubuntu os'] },
  {
    says: 'packs without a profile may belong to any',
    targets: ['profile/seen'],
    groups: ['profile/seen: seen ?stray'],
  },
  { says: 'nobody goes with a name that nobody has', targets: ['pack/none'], groups: ['pack/none: '] },
];

function target(text: string): RemovalTarget {
  const [kind, name = ''] = text.split('/');
  return { kind: kind === 'profile' ? 'profile' : 'pack', name };
}

describe('what is removed together', () => {
  for (const { says, targets, groups, core = [] } of CASES) {
    it(says, () => {
      const found = groupTargets({ packs: PACKS, inventory: { coverage: [] } }, targets.map(target));
      const lines = found.groups.map((group) => {
        const names = group.targets.map(({ kind, name }) => `${kind}/${name}`).join(' ');
        return `${names}: ${[...[...group.removed].toSorted(), ...group.strays.map((name) => `?${name}`)].join(' ')}`;
      });
      assert.deepEqual(lines, groups);
      assert.deepEqual(found.coreLayers.map(({ pack, layer }) => `${pack} ${layer}`).toSorted(), core);
    });
  }

  it('is told by every definition of a pack', () => {
    assert.deepEqual(profileNames(PACKS), ['apps', 'base', 'seen']);
    assert.deepEqual(packsOfProfile(PACKS, 'base'), [OS, CNI, LOGS, BOTH]);
  });

  for (const layer of ['kernel', 'os', 'k8s', 'cni', 'csi', 'OS']) {
    it(`layer ${layer} stays with the cluster`, () => {
      assert.equal(coreLayerOf(packOf(definition('one', { layer }))), layer.toLowerCase());
    });
  }

  for (const layer of ['addon', 'manifest', undefined]) {
    it(`layer ${layer} can be removed`, () => {
      assert.equal(coreLayerOf(packOf(definition('one', { layer }))), undefined);
    });
  }
});
