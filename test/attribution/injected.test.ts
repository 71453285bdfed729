import assert from 'node:assert/strict';
import { contextOf } from '../../src/attribution/context.ts';
import { injectedCandidate, injectionCandidates } from '../../src/attribution/makers.ts';
import type { Attribution, Owner } from '../../src/model/attribution.ts';
import type { ClusterObject, Coverage, Inventory } from '../../src/model/inventory.ts';
import type { ResourceType } from '../../src/model/resource.ts';
import { attributionInput, covered, inventory, namespaceRecord, object } from '../support/world.ts';

const NAMES = ['a', 'b', 'c', 'd', 'shop'];
const quota = (...managers: readonly string[]): ClusterObject => object('shop/ResourceQuota/q', { managers });

function ofKind(one: ClusterObject, kind: Pick<ResourceType, 'group' | 'resource' | 'kind'>): ClusterObject {
  return { ...one, type: { ...one.type, ...kind } };
}

/** Group, resource and kind of what nobody has to have put everywhere. */
const HOLDING = [
  ['', 'persistentvolumeclaims', 'PersistentVolumeClaim'],
  ['', 'pods', 'Pod'],
  ['', 'replicationcontrollers', 'ReplicationController'],
  ['apps', 'daemonsets', 'DaemonSet'],
  ['apps', 'deployments', 'Deployment'],
  ['apps', 'replicasets', 'ReplicaSet'],
  ['apps', 'statefulsets', 'StatefulSet'],
  ['batch', 'cronjobs', 'CronJob'],
  ['batch', 'jobs', 'Job'],
  ['kubevirt.io', 'virtualmachines', 'VirtualMachine'],
  ['kubevirt.io', 'virtualmachineinstances', 'VirtualMachineInstance'],
  ['snapshot.storage.k8s.io', 'volumesnapshots', 'VolumeSnapshot'],
] as const;

interface Everywhere {
  readonly says: string;
  readonly about?: ClusterObject;
  /** `manager@namespace` of the objects of that type and name. */
  readonly writers: readonly string[];
  readonly names?: readonly string[];
  readonly resource?: string;
  readonly name?: string;
  readonly coverage?: readonly Coverage[];
  readonly found: string | undefined;
}

const by = (manager: string, ...namespaces: readonly string[]): readonly string[] =>
  namespaces.map((namespace) => `${manager}@${namespace}`);

const EVERYWHERE: readonly Everywhere[] = [
  { says: 'is what its manager wrote into every namespace', writers: by('engine', ...NAMES), found: 'engine' },
  { says: 'is what it wrote into four of five', writers: by('engine', 'a', 'b', 'c', 'shop'), found: 'engine' },
  { says: 'is not what it wrote into three of five', writers: by('engine', 'a', 'b', 'shop'), found: undefined },
  {
    says: 'is not what several managers wrote into every namespace together',
    writers: [...by('engine', 'a', 'b', 'shop'), ...by('other', 'c', 'd')],
    found: undefined,
  },
  {
    says: 'is not what another manager wrote into every namespace',
    writers: by('other', ...NAMES),
    found: undefined,
  },
  {
    says: 'counts a namespace once',
    writers: [...by('engine', 'a', 'b', 'shop'), ...by('engine', 'a', 'b')],
    found: undefined,
  },
  {
    says: 'is what one of its managers wrote, the first by name of several',
    about: quota('engine', 'another'),
    writers: [...by('engine', ...NAMES), ...by('another', ...NAMES)],
    found: 'another',
  },
  {
    says: 'is not what a person wrote, too',
    about: quota('engine', 'kubectl-edit'),
    writers: by('engine', ...NAMES),
    found: undefined,
  },
  {
    says: 'is nothing in a cluster of four namespaces',
    names: NAMES.slice(1),
    writers: by('engine', ...NAMES.slice(1)),
    found: undefined,
  },
  ...HOLDING.map(([group, resource, kind]): Everywhere => ({
    says: `is no ${kind}, which runs something or holds its data`,
    about: ofKind(quota('engine'), { group, resource, kind }),
    resource: group === '' ? resource : `${resource}.${group}`,
    writers: by('engine', ...NAMES),
    found: undefined,
  })),
  { says: 'is not what has another name', name: 'other', writers: by('engine', ...NAMES), found: undefined },
  {
    says: 'is not what is of another type',
    resource: 'configmaps',
    writers: by('engine', ...NAMES),
    found: undefined,
  },
  ...[
    { says: 'only one of them was read', coverage: [covered('namespaces', { scope: 'shop' })] },
    { says: 'they were refused', coverage: [covered('namespaces', { state: 'forbidden' })] },
    { says: 'nothing is said of them', coverage: [covered('pods')] },
  ].map(({ says, coverage }): Everywhere => ({
    says: `is nothing where not all namespaces are known, for ${says}`,
    coverage,
    writers: by('engine', ...NAMES),
    found: undefined,
  })),
];

describe('what was put into every namespace', () => {
  for (const one of EVERYWHERE) {
    it(one.says, () => {
      const { about = quota('engine'), names = NAMES, resource = 'resourcequotas', name = 'q', found } = one;
      const writers = one.writers.map((text) => {
        const [manager = '', namespace = ''] = text.split('@');
        return { manager, namespace };
      });
      const given: Partial<Inventory> = {
        namespaces: names.map((each) => namespaceRecord(each)),
        elsewhere: [{ resource, name, writers }],
        ...(one.coverage === undefined ? {} : { coverage: one.coverage }),
      };
      const candidate = injectedCandidate(about, contextOf(attributionInput([], inventory([about], given))));
      const text = `${found ?? ''} wrote the same ResourceQuota into at least 80 % of all namespaces`;
      assert.deepEqual(
        candidate,
        found && {
          owner: { kind: 'injected', manager: found },
          strength: 'inferred',
          evidence: { strength: 'inferred', text },
        },
      );
    });
  }
});

const attributed = (one: ClusterObject, owner: Owner = { kind: 'unexplained' }, root = one): Attribution => ({
  object: one,
  owner,
  strength: 'none',
  evidence: [],
  root,
  refuted: undefined,
  conflict: [],
});
const namesOf = (...attributions: readonly Attribution[]): readonly string[] =>
  injectionCandidates(attributions).map(({ resource, name }) => `${resource}/${name}`);

describe('what is worth looking for elsewhere', () => {
  it('is nothing that runs or holds data', () => {
    assert.deepEqual(
      namesOf(attributed(object('a/Deployment/x')), attributed(object('a/PersistentVolumeClaim/x'))),
      [],
    );
  });

  it('is what nobody explains, each type and name once and in order', () => {
    const found = namesOf(
      attributed(object('b/Secret/x')),
      attributed(object('a/ConfigMap/z')),
      attributed(object('a/ConfigMap/y')),
      attributed(object('c/ConfigMap/y')),
      attributed(object('a/Secret/x')),
    );
    assert.deepEqual(found, ['configmaps/y', 'configmaps/z', 'secrets/x']);
  });

  it('is neither what has an owner or a root, nor what has no namespace', () => {
    const deployment = object('a/Deployment/d');
    const found = namesOf(
      attributed(object('a/Secret/x'), { kind: 'person', manager: 'kubectl-create' }),
      attributed(object('a/ReplicaSet/d-1'), { kind: 'unexplained' }, deployment),
      attributed(object('/ClusterRole/r')),
    );
    assert.deepEqual(found, []);
  });

  it('is at most sixty', () => {
    const many = Array.from({ length: 61 }, (_, index) => attributed(object(`a/ConfigMap/${100 + index}`)));
    const found = namesOf(...many.toReversed());
    assert.deepEqual([found.length, found[0], found.at(-1)], [60, 'configmaps/100', 'configmaps/159']);
  });
});
