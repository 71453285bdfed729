import {
  array,
  boolean,
  constant,
  constantFrom,
  dictionary,
  option,
  record,
  subarray,
  uniqueArray,
  type Arbitrary,
} from 'fast-check';
import { uniqueObjects } from '../../src/cluster/unique-objects.ts';
import type { DefinitionGap } from '../../src/model/definition.ts';
import type { ClusterObject, Coverage, Release } from '../../src/model/inventory.ts';
import type { Pack } from '../../src/model/pack.ts';
import { typeName } from '../../src/model/resource.ts';
import type { World } from './subject.ts';
import {
  covered,
  definition,
  helmMarks,
  nameText,
  namespaceRecord,
  object,
  ownedBy,
  packOf,
  PLACE,
  release,
  TYPES,
} from './world.ts';

// Small worlds in which everything that decides occurs often: few names, so that they meet.

const AGENT = 'cluster-69af4d3e45baa7b0b501055a';
const NAMESPACES = ['one', 'two', 'three', 'constructor', '__proto__', 'kube-system', AGENT] as const;
const PACKS = ['a', 'b', 'constructor'] as const;
const CHARTS = ['c', 'd'] as const;
const KINDS = ['ConfigMap', 'Secret', 'Deployment', 'ReplicaSet', 'Service', 'PersistentVolumeClaim'] as const;
const NAMES = ['x', 'y', 'z', 'kube-root-ca.crt', '__proto__'] as const;
const MANAGERS = ['kubectl-create', 'helm', 'operator', 'palette', ''] as const;

/** What one object is about; the release, pack or parent that has it is named by number. */
interface ObjectPlan {
  readonly path: string;
  readonly manager: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly mark: string | undefined;
  readonly hash: boolean;
  readonly holder: number;
  readonly parent: number | undefined;
}

interface PackPlan {
  readonly name: string;
  readonly namespace: string | undefined;
  readonly additional: readonly string[];
  readonly labelled: readonly string[];
  readonly installed: boolean;
  readonly fromCluster: boolean;
}

interface ReleasePlan {
  readonly namespace: string;
  readonly name: string;
  readonly chart: string;
}

/** A world before it is built, so that a property can build it twice with one thing changed. */
export interface Plan {
  readonly objects: readonly ObjectPlan[];
  readonly packs: readonly PackPlan[];
  readonly releases: readonly ReleasePlan[];
  readonly listedByNamespace: readonly string[];
}

const path: Arbitrary<string> = record({
  namespace: constantFrom(...NAMESPACES),
  kind: constantFrom(...KINDS),
  name: constantFrom(...NAMES),
}).map(({ namespace, kind, name }) => `${namespace}/${kind}/${name}`);

const objectPlan: Arbitrary<ObjectPlan> = record({
  path,
  manager: constantFrom(...MANAGERS),
  labels: dictionary(constantFrom('app.kubernetes.io/part-of', 'olm.owner'), constantFrom('shop', '__proto__'), {
    maxKeys: 1,
  }),
  mark: option(constantFrom('one/a-c', 'one/outside', 'two/b-d', 'two/gone'), { nil: undefined, freq: 2 }),
  hash: boolean(),
  holder: constantFrom(0, 1, 2, 3, 4, 5, 6, 7),
  parent: option(constantFrom(0, 1, 2, 3), { nil: undefined }),
});

const packPlan: Arbitrary<PackPlan> = record({
  name: constantFrom(...PACKS),
  namespace: option(constantFrom<string>(...NAMESPACES), { nil: undefined, freq: 6 }),
  additional: subarray([...NAMESPACES], { maxLength: 2 }),
  labelled: subarray([...NAMESPACES], { maxLength: 1 }),
  installed: boolean(),
  fromCluster: boolean(),
});

const releasePlan: Arbitrary<ReleasePlan> = record({
  namespace: constantFrom(...NAMESPACES),
  name: constantFrom('a-c', 'a-d', 'b-d', 'constructor-c', 'outside'),
  chart: constantFrom(...CHARTS),
});

export const plans: Arbitrary<Plan> = record({
  objects: uniqueArray(objectPlan, { selector: (plan) => plan.path, maxLength: 14 }),
  packs: uniqueArray(packPlan, { selector: ({ name }) => name, minLength: 1, maxLength: 3 }),
  releases: uniqueArray(releasePlan, { selector: ({ namespace, name }) => `${namespace}/${name}`, maxLength: 4 }),
  listedByNamespace: subarray(TYPES.filter(({ namespaced }) => namespaced).map(typeName), { maxLength: 4 }),
});

/** Worlds without a word about whose anything is: no release, no manifest, no mark, no owner. */
export const silentPlans: Arbitrary<Plan> = record({
  objects: uniqueArray(
    record({
      path,
      manager: constantFrom(...MANAGERS),
      labels: constant({}),
      mark: constant(undefined),
      hash: constant(false),
      holder: constant(7),
      parent: constant(undefined),
    }),
    { selector: (plan) => plan.path, maxLength: 14 },
  ),
  packs: uniqueArray(packPlan, { selector: ({ name }) => name, minLength: 1, maxLength: 3 }),
  releases: constant([]),
  listedByNamespace: constant([]),
});

/** What a property changes: evidence that is taken away. */
export interface Loss {
  readonly undecoded?: readonly number[];
  readonly unreadable?: readonly number[];
}

/** Which of the losses may happen to a world. */
export const losses: Arbitrary<Required<Loss>> = record({
  undecoded: array(constantFrom(0, 1, 2, 3), { maxLength: 3 }),
  unreadable: array(constantFrom(0, 1, 2), { maxLength: 2 }),
});

/** Holder 0 to 3 is a release, 4 to 6 a pack's manifest, 7 nobody: each object lies in one at most, a child in none. */
function heldBy(plan: Plan, holder: number): readonly string[] {
  return plan.objects.filter((one) => one.holder === holder && one.parent === undefined).map((one) => one.path);
}

function releasesOf(plan: Plan, { undecoded = [] }: Loss): readonly Release[] {
  return plan.releases.map(({ namespace, name, chart }, index) =>
    undecoded.includes(index)
      ? release(`${namespace}/${name}`, { chart: '', chartVersion: '', decoded: false })
      : release(`${namespace}/${name}`, { chart, has: heldBy(plan, index) }),
  );
}

/** Labels that no namespace of the world bears. */
const setting = (namespace: string) => ({
  namespace: nameText(namespace),
  entries: [{ key: 'k', value: 'v', resolved: true }],
  malformed: [],
});

function packsOf(plan: Plan, { unreadable = [] }: Loss): readonly Pack[] {
  return plan.packs.map((pack, index) => {
    const lost = unreadable.includes(index);
    const gaps: readonly DefinitionGap[] = lost ? [{ reason: 'manifest-unreadable', subject: 'm', place: PLACE }] : [];
    return packOf(
      definition(pack.name, {
        ...(pack.namespace === undefined ? {} : { namespace: pack.namespace }),
        additionalNamespaces: pack.additional.map(nameText),
        namespaceLabels: pack.labelled.map(setting),
        reportedState: pack.installed ? 'installed' : undefined,
        source: pack.fromCluster ? { kind: 'cluster', namespace: AGENT } : { kind: 'file', path: 'profile.yaml' },
        objects: lost ? [] : heldBy(plan, index + 4),
        manifests: ['m'],
        chartKeys: ['c'],
        gaps,
      }),
    );
  });
}

function objectsOf(plan: Plan): readonly ClusterObject[] {
  const objects: ClusterObject[] = [];
  for (const { path: at, manager, labels, mark, hash, parent } of plan.objects) {
    const [namespace = '', name = ''] = (mark ?? '').split('/');
    const owner = parent === undefined ? undefined : objects[parent];
    objects.push(
      object(at, {
        labels,
        annotations: {
          ...(mark === undefined ? {} : helmMarks(name, namespace)),
          ...(hash ? { 'cluster.spectrocloud.com/last-applied-hash': '1' } : {}),
        },
        managers: manager === '' ? [] : [manager],
        owners: owner === undefined ? [] : [ownedBy(owner)],
      }),
    );
  }
  return objects;
}

function coverageOf(plan: Plan, { undecoded = [] }: Loss): readonly Coverage[] {
  const lists = TYPES.flatMap((type) => {
    const resource = typeName(type);
    return plan.listedByNamespace.includes(resource)
      ? [...NAMESPACES, 'default'].map((scope) => covered(resource, { scope }))
      : [covered(resource)];
  });
  const records = plan.releases
    .filter((_, index) => undecoded.includes(index))
    .map(({ namespace, name }) =>
      covered(`release/${name}`, { scope: namespace, state: 'failed', reason: 'not gzip' }),
    );
  return [...lists, covered('release/*'), covered('definitions/packs.cluster.spectrocloud.com'), ...records];
}

/** Builds a world: objects each once and sorted, as the reader hands them on. */
export function built(plan: Plan, loss: Loss = {}): Required<Pick<World, 'packs' | 'objects' | 'given'>> {
  return {
    packs: packsOf(plan, loss),
    objects: uniqueObjects(objectsOf(plan)),
    given: {
      releases: releasesOf(plan, loss),
      coverage: coverageOf(plan, loss),
      namespaces: NAMESPACES.toSorted().map((name) => namespaceRecord(name)),
      paletteManagers: ['palette'],
    },
  };
}
