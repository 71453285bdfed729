import assert from 'node:assert/strict';
import type { ReportedState } from '../../src/model/definition.ts';
import type { PackState } from '../../src/model/pack.ts';
import { subjectOf, type World } from '../support/subject.ts';
import { definition, object, packOf, release } from '../support/world.ts';

const reported = (...states: readonly ReportedState[]) => [
  packOf(...states.map((reportedState) => definition('a', { namespace: 'x', reportedState }))),
];
const fromFile = [packOf(definition('a', { namespace: 'x', objects: ['/ConfigMap/c'] }))];

const CASES: readonly { readonly says: string; readonly world: World; readonly expect: PackState }[] = [
  { says: 'a pack that only a file names is planned', world: { packs: fromFile }, expect: 'planned' },
  {
    says: 'a release shows that it is installed',
    world: { packs: fromFile, given: { releases: [release('x/a-c', { chart: 'c' })] } },
    expect: 'installed',
  },
  {
    says: 'an object of it shows that it is installed',
    world: { packs: fromFile, objects: [object('x/ConfigMap/c')] },
    expect: 'installed',
  },
  {
    says: 'an object that was left over from it does not',
    world: {
      packs: fromFile,
      objects: [
        object('x/Secret/old', {
          annotations: { 'cluster.spectrocloud.com/last-applied-hash': '1' },
          manager: 'palette',
        }),
      ],
      given: { paletteManagers: ['palette'] },
    },
    expect: 'planned',
  },
  {
    says: 'nor does an object that a release of somebody else has',
    world: {
      packs: fromFile,
      objects: [object('x/Secret/s')],
      given: { releases: [release('x/outside', { has: ['/Secret/s'] })] },
    },
    expect: 'planned',
  },
  {
    says: 'a Pack resource of which nothing is known shows that it is installed',
    world: { packs: reported('unknown') },
    expect: 'installed',
  },
  { says: 'a failing Pack resource is said', world: { packs: reported('installed', 'failing') }, expect: 'failing' },
  {
    says: 'a removal counts before a failure',
    world: { packs: reported('failing', 'being removed') },
    expect: 'being removed',
  },
];

describe('statesOf', () => {
  for (const { says, world, expect } of CASES) {
    it(says, () => assert.equal(subjectOf(world).states.get('a'), expect));
  }
});
