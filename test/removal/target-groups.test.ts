import assert from 'node:assert/strict';
import type { ProfileRef } from '../../src/model/definition.ts';
import type { Pack } from '../../src/model/pack.ts';
import type { RemovalTarget } from '../../src/model/removal.ts';
import { coreLayerOf } from '../../src/removal/core-layers.ts';
import { packsOfProfile, profileNames } from '../../src/removal/membership.ts';
import { groupTargets } from '../../src/removal/targets.ts';
import { definition, packOf } from '../support/world.ts';

const CLUSTER = { kind: 'cluster', namespace: 'cluster-x' } as const;

function refOf(name: string): ProfileRef {
  return { name, version: '1.0.0', type: 'add-on' };
}

function inProfile(name: string, profile: string, given: Parameters<typeof definition>[1] = {}): Pack {
  return packOf(definition(name, { source: CLUSTER, profile: refOf(profile), ...given }));
}

const OS = inProfile('ubuntu', 'base', { layer: 'OS' });
const CNI = inProfile('calico', 'base', { layer: 'cni' });
const METRICS = inProfile('metrics', 'base');
const LOGS = inProfile('logs', 'base');
const WEB = inProfile('web', 'apps');
const API = inProfile('api', 'apps');
const LONE = packOf(definition('lone', { source: CLUSTER }));
const KERNEL = packOf(definition('kernel', { source: CLUSTER, layer: 'kernel' }));
const PACKS = [OS, CNI, METRICS, LOGS, WEB, API, LONE, KERNEL];

/** `pack/web` */
function target(text: string): RemovalTarget {
  const [kind, name = ''] = text.split('/');
  return { kind: kind === 'profile' ? 'profile' : 'pack', name };
}

const CASES = [
  { targets: ['pack/web'], groups: ['pack/web: web'], core: [] },
  { targets: ['profile/apps'], groups: ['profile/apps: web api; strays lone'], core: [] },
  { targets: ['pack/lone', 'profile/apps'], groups: ['pack/lone profile/apps: lone web api; strays lone'], core: [] },
  { targets: ['pack/calico'], groups: [], core: ['calico cni'] },
  {
    targets: ['profile/base'],
    groups: ['pack/metrics: metrics', 'pack/logs: logs', 'pack/lone: lone; strays lone'],
    core: ['ubuntu os', 'calico cni'],
  },
  {
    targets: ['profile/base', 'pack/web'],
    groups: ['pack/web: web', 'pack/metrics: metrics', 'pack/logs: logs', 'pack/lone: lone; strays lone'],
    core: ['ubuntu os', 'calico cni'],
  },
  { targets: ['pack/nobody'], groups: ['pack/nobody: '], core: [] },
];

describe('what is removed together', () => {
  for (const { targets, groups, core } of CASES) {
    it(targets.join(' '), () => {
      const found = groupTargets({ packs: PACKS, inventory: { coverage: [] } }, targets.map(target));
      const shown = found.groups.map(({ targets: named, removed, strays }) => {
        const title = named.map(({ kind, name }) => `${kind}/${name}`).join(' ');
        return `${title}: ${[...removed].join(' ')}${strays.length === 0 ? '' : `; strays ${strays.join(' ')}`}`;
      });
      assert.deepEqual(shown, groups);
      assert.deepEqual(
        found.coreLayers.map(({ pack, layer }) => `${pack} ${layer}`),
        core,
      );
    });
  }

  it('strays are named once and sorted', () => {
    const packs = [
      WEB,
      METRICS,
      packOf(definition('z', { source: CLUSTER })),
      packOf(definition('a', { source: CLUSTER })),
    ];
    const { groups } = groupTargets({ packs, inventory: { coverage: [] } }, [
      target('profile/apps'),
      target('profile/base'),
    ]);
    assert.deepEqual(groups[0]?.strays, ['a', 'z']);
  });
});

describe('profiles', () => {
  it('are named once and sorted', () => assert.deepEqual(profileNames(PACKS), ['apps', 'base']));
  it('have the packs that any source tells of', () => {
    assert.deepEqual(
      packsOfProfile(PACKS, 'apps').map(({ name }) => name),
      ['web', 'api'],
    );
  });
});

describe('core layers', () => {
  for (const layer of ['kernel', 'os', 'k8s', 'cni', 'csi', 'K8S']) {
    it(`${layer} is one`, () => assert.equal(coreLayerOf(inProfile('x', 'p', { layer })), layer.toLowerCase()));
  }
  for (const layer of ['addon', '', undefined]) {
    it(`${String(layer)} is none`, () => assert.equal(coreLayerOf(packOf({ ...definition('x'), layer })), undefined));
  }
});
