import assert from 'node:assert/strict';
import type { Coverage } from '../../src/model/inventory.ts';
import type { Pack } from '../../src/model/pack.ts';
import { uncertainMembers, unseenMembers } from '../../src/removal/membership.ts';
import { covered, definition, packOf } from '../support/world.ts';

const CLUSTER = { kind: 'cluster', namespace: 'cluster-1' } as const;
const FILE = { kind: 'file', path: 'apps.yaml' } as const;

function apps(version: string | undefined) {
  return { name: 'apps', version, type: 'add-on' };
}

function told(version: string) {
  return version === '-' ? undefined : apps(version);
}

/** By a file, by the cluster or by both, each with the version of profile apps that it tells; `-` tells no profile. */
function pack(name: string, { file, cluster }: { readonly file?: string; readonly cluster?: string }): Pack {
  return packOf(
    ...(file === undefined ? [] : [definition(name, { source: FILE, profile: told(file) })]),
    ...(cluster === undefined ? [] : [definition(name, { source: CLUSTER, profile: told(cluster) })]),
  );
}

const LONE = pack('lone', { cluster: '-' });
const KERNEL = packOf(definition('kernel', { source: CLUSTER, layer: 'kernel' }));
const ELSEWHERE = packOf(
  definition('else', { source: FILE, profile: { name: 'else', version: '1.0.0', type: undefined } }),
);

const CASES: readonly { readonly says: string; readonly packs: readonly Pack[]; readonly uncertain: string }[] = [
  {
    says: 'a file of the version that the cluster has tells all packs',
    packs: [pack('web', { file: '1.0.0', cluster: '1.0.0' }), LONE],
    uncertain: '',
  },
  {
    says: 'of an older file a pack that has no profile may be the newer one of it',
    packs: [pack('web', { file: '1.0.0', cluster: '1.1.0' }), LONE],
    uncertain: 'lone',
  },
  {
    says: 'a pack that only an older file has may have left',
    packs: [pack('web', { file: '1.0.0', cluster: '1.1.0' }), pack('old', { file: '1.0.0', cluster: '-' })],
    uncertain: 'old',
  },
  {
    says: 'also one that is not among the cluster’s packs any more',
    packs: [pack('web', { file: '1.0.0', cluster: '1.1.0' }), pack('old', { file: '1.0.0' })],
    uncertain: 'old',
  },
  {
    says: 'a pack that the cluster has beside the file’s belongs to it',
    packs: [pack('web', { file: '1.0.0', cluster: '1.1.0' }), pack('new', { cluster: '1.1.0' })],
    uncertain: '',
  },
  {
    says: 'while the cluster tells nothing of the profile, nobody knows how old the file is',
    packs: [pack('web', { file: '1.0.0', cluster: '-' }), LONE],
    uncertain: 'lone',
  },
  {
    says: 'a file without a version is of no certain version',
    packs: [packOf(definition('web', { source: FILE, profile: apps(undefined) })), LONE],
    uncertain: 'lone',
  },
  {
    says: 'nor is one beside a cluster that tells none',
    packs: [
      packOf(
        definition('web', { source: FILE, profile: apps(undefined) }),
        definition('web', { source: CLUSTER, profile: apps(undefined) }),
      ),
      LONE,
    ],
    uncertain: 'lone',
  },
  {
    says: 'two files of two versions confirm neither',
    packs: [pack('web', { file: '1.0.0', cluster: '1.1.0' }), pack('api', { file: '1.1.0', cluster: '1.1.0' }), LONE],
    uncertain: 'lone',
  },
  {
    says: 'the cluster alone may not know all of them',
    packs: [pack('web', { cluster: '1.0.0' }), LONE],
    uncertain: 'lone',
  },
  {
    says: 'a core layer belongs to no add-on profile, and who is in another profile is not in this one',
    packs: [pack('web', { cluster: '1.0.0' }), KERNEL, ELSEWHERE],
    uncertain: '',
  },
  {
    says: 'a pack that several profiles of the cluster have is theirs, and told by the cluster',
    packs: [
      pack('web', { file: '1.0.0', cluster: '1.1.0' }),
      packOf(
        definition('both', { source: FILE, profile: apps('1.0.0') }),
        definition('both', { source: CLUSTER, possibleProfiles: [apps('1.1.0'), apps('2')] }),
      ),
    ],
    uncertain: '',
  },
];

function entry(state: Coverage['state']): Coverage {
  return covered('profiles/spectroclusters.cluster.spectrocloud.com', { state });
}

describe('packs that may or may not belong to a profile', () => {
  for (const { says, packs, uncertain } of CASES) {
    it(says, () => assert.equal(uncertainMembers({ packs, inventory: { coverage: [] } }, 'apps').join(' '), uncertain));
  }

  it('are all of them while the cluster’s own word was not read', () => {
    const packs = [LONE, pack('web', { file: '1.0.0', cluster: '-' }), KERNEL];
    const inventory = { coverage: [entry('forbidden')] };
    assert.deepEqual(uncertainMembers({ packs, inventory }, 'apps'), ['lone', 'web']);
    assert.deepEqual(uncertainMembers({ packs, inventory: { coverage: [entry('complete')] } }, 'apps'), ['lone']);
  });
});

function named(profile: string, name: string, layer?: string) {
  return { profile, name, layer };
}

function unseen(unseenPacks: readonly ReturnType<typeof named>[], packs: readonly Pack[] = []): readonly string[] {
  return unseenMembers({ packs, inventory: { coverage: [], unseenPacks } }, 'apps');
}

describe('packs of a profile of which only the name was seen', () => {
  it('are those that the cluster names, each once, sorted', () => {
    const packs = [named('apps', 'web'), named('apps', 'ghost', 'addon'), named('apps', 'web'), named('more', 'shop')];
    assert.deepEqual(unseen(packs), ['ghost', 'web']);
    assert.deepEqual(unseenMembers({ packs: [], inventory: { coverage: [] } }, 'apps'), []);
  });

  it('are no core layers, however these are written', () => {
    assert.deepEqual(unseen([named('apps', 'linux', 'os'), named('apps', 'calico', 'CNI')]), []);
  });

  it('are none of which a file tells, but of that very profile', () => {
    assert.deepEqual(unseen([named('apps', 'web')], [pack('web', { file: '1.0.0' })]), []);
    assert.deepEqual(unseen([named('apps', 'else')], [ELSEWHERE]), ['else']);
  });
});
