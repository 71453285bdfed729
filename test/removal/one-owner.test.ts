import assert from 'node:assert/strict';
import { array, assert as holds, constantFrom, nat, property, subarray, tuple, type Arbitrary } from 'fast-check';
import { destroyedResources } from '../../src/model/destroyed.ts';
import type { PackDefinition } from '../../src/model/definition.ts';
import type { ClusterObject } from '../../src/model/inventory.ts';
import {
  ACCEPTABLE,
  type Breakage,
  type DestroyedResource,
  type OwnerClass,
  type Removal,
} from '../../src/model/removal.ts';
import { uniqueObjects } from '../../src/cluster/unique-objects.ts';
import { next, now, upgradedTo } from '../support/profile-versions.ts';
import { reported } from '../support/judged.ts';
import { readInFull } from '../support/removed-world.ts';
import { subjectOf, type World } from '../support/subject.ts';
import { nameText, object, ownedBy, packOf, release } from '../support/world.ts';

// Packs that share namespaces and take from one another, before and after a new version of their profile.

const NAMESPACES = ['one', 'two'] as const;
const PACKS = ['a', 'b', 'c'] as const;
const CRD = '/CustomResourceDefinition/widgets.example.com';
const STATEFUL = object('one/StatefulSet/db');
const THINGS: readonly ClusterObject[] = [
  STATEFUL,
  object('one/PersistentVolumeClaim/data-db-0', { facts: { volume: 'pv', status: 'Bound' } }),
  object('/PersistentVolume/pv', { facts: { claim: 'one/data-db-0', reclaimPolicy: 'Delete' } }),
  object('one/Secret/password', { owners: [ownedBy(STATEFUL)] }),
  object('two/Secret/own'),
  object('two/PersistentVolumeClaim/files', { facts: { volume: 'pv-2', status: 'Bound' } }),
  object('one/Secret/sh.helm.release.v1.a-c.v1', { facts: { type: 'helm.sh/release.v1' } }),
  object('two/Secret/sh.helm.release.v1.b-c.v1', { facts: { type: 'helm.sh/release.v1' } }),
  object(CRD),
  object('one/Widget/x'),
  object('two/Widget/y'),
  object('three/Widget/z'),
  object('three/ConfigMap/settings'),
];
const PATHS = THINGS.map(({ namespace, type, name }) => `${namespace}/${type.kind}/${name}`);

/** What a pack has: where it lives, and the numbers of its objects. */
interface Plan {
  readonly name: string;
  readonly namespace: string;
  readonly additional: readonly string[];
  readonly holds: readonly number[];
}

const plans: Arbitrary<readonly Plan[]> = tuple(
  ...PACKS.map((name) =>
    tuple(constantFrom(...NAMESPACES), subarray([...NAMESPACES]), subarray(PATHS.map((_, index) => index))).map(
      ([namespace, additional, all]): Plan => ({ name, namespace, additional, holds: all }),
    ),
  ),
);

/** Each object is of one pack at most, so that no proof contradicts another. */
function heldBy(all: readonly Plan[], { name }: Plan): readonly string[] {
  return PATHS.filter((_, index) => all.find((plan) => plan.holds.includes(index))?.name === name);
}

function defined(plan: Plan, paths: readonly string[], make: typeof now): PackDefinition {
  return make(plan.name, {
    namespace: plan.namespace,
    additionalNamespaces: plan.additional.map(nameText),
    objects: paths,
    manifests: ['m'],
    ...(plan.name === 'c' ? {} : { chartKeys: ['c'], charts: [{ name: 'c', version: '1' }] }),
  });
}

type Change = 'drop' | 'same' | 'move' | 'less';

function changed(plan: Plan, paths: readonly string[], change: Change): readonly PackDefinition[] {
  if (change === 'drop') return [];
  if (change === 'move') return [defined({ ...plan, namespace: 'new', additional: [] }, paths, next)];
  return [defined(plan, change === 'less' ? paths.filter((_, index) => index % 2 === 0) : paths, next)];
}

const changes: Arbitrary<readonly Change[]> = array(constantFrom<Change>('drop', 'same', 'move', 'less'), {
  minLength: PACKS.length,
  maxLength: PACKS.length,
}).filter((all) => all.some((change) => change !== 'drop'));

function worldOf(all: readonly Plan[]): World {
  const namespaces = [...NAMESPACES, 'three'].map((name) => object(`/Namespace/${name}`));
  return {
    packs: all.map((plan) => packOf(defined(plan, heldBy(all, plan), now))),
    objects: uniqueObjects([...namespaces, ...THINGS]),
    given: {
      coverage: readInFull(),
      references: [],
      claimTemplates: [{ namespace: 'one', statefulSet: 'db', uid: STATEFUL.uid, templates: ['data'] }],
      releases: [release('one/a-c', { chart: 'c' }), release('two/b-c', { chart: 'c' })],
    },
  };
}

/** The classes that the parts of the answer give each object, by UID. */
function classesIn(removal: Removal): ReadonlyMap<string, ReadonlySet<OwnerClass>> {
  const classes = new Map<string, Set<OwnerClass>>();
  const { data } = removal;
  const told = [...destroyedResources(removal), ...data.volumes.map(({ claim }) => claim), ...data.secrets];
  for (const { uid, ownerClass } of told) classes.set(uid, (classes.get(uid) ?? new Set()).add(ownerClass));
  return classes;
}

function found(check: Breakage['check'], { breakages }: Removal): readonly Breakage[] {
  return breakages.filter((breakage) => breakage.check === check);
}

/** Whether a list and what rests on it agree about whose each object is. */
function agrees(removal: Removal): void {
  for (const [uid, classes] of classesIn(removal)) assert.equal(classes.size, 1, `${uid}: ${[...classes].join(', ')}`);
  const all = destroyedResources(removal);
  const others = all.filter(({ ownerClass }) => ownerClass !== 'removed-pack');
  const claims = namesOf('PersistentVolumeClaim', others);
  assert.deepEqual(
    found('volumes-of-others', removal)
      .map(({ from }) => from.name)
      .toSorted(),
    claims,
  );
  const going = new Set(removal.namespaces.filter(({ fate }) => fate === 'destroyed').map((one) => one.namespace));
  const widgets = all.some(({ type }) => type.startsWith('customresourcedefinitions'))
    ? others.filter(({ kind, namespace }) => kind === 'Widget' && !going.has(namespace))
    : [];
  const [hit] = found('custom-resources', removal);
  assert.equal(hit?.facts.get('count') ?? '0', String(widgets.length));
  const records = others.filter(({ name }) => name.startsWith('sh.helm.release.v1.'));
  assert.deepEqual(
    removal.data.histories.map(({ release: name }) => `sh.helm.release.v1.${name}.v1`).toSorted(),
    records.map(({ name }) => name).toSorted(),
  );
}

function namesOf(wanted: string, resources: readonly DestroyedResource[]): readonly string[] {
  return resources
    .filter(({ kind }) => kind === wanted)
    .map(({ name }) => name)
    .toSorted();
}

describe('whose each object is, in any removal', () => {
  it('is the same in every part of the answer about a new version', () => {
    let lost = 0;
    holds(
      property(plans, changes, (all, how) => {
        const after = all.flatMap((plan, index) => changed(plan, heldBy(all, plan), how[index] ?? 'same'));
        for (const removal of upgradedTo(subjectOf(worldOf(all)), after).removals) {
          agrees(removal);
          lost += destroyedResources(removal).filter(({ ownerClass }) => ownerClass === 'staying-pack').length;
        }
      }),
      { numRuns: 150 },
    );
    assert.ok(lost > 150, `packs that stay lost only ${lost}`);
  });

  it('and about packs that are removed', () => {
    holds(
      property(plans, subarray([...PACKS], { minLength: 1 }), (all, names) => {
        const targets = names.map((name) => `pack/${name}`);
        for (const removal of reported(subjectOf(worldOf(all)), targets).removals) agrees(removal);
      }),
    );
  });

  it('is a conflict where a pack that stays loses what it still has', () => {
    holds(
      property(plans, changes, (all, how) => {
        const after = all.flatMap((plan, index) => changed(plan, heldBy(all, plan), how[index] ?? 'same'));
        const wanted = new Set(
          all.flatMap((plan, index) => {
            const stays = how[index] === 'same' || how[index] === 'move';
            return stays ? heldBy(all, plan).filter((path) => !path.startsWith('/')) : [];
          }),
        );
        const { verdict, removals } = upgradedTo(subjectOf(worldOf(all)), after);
        const losses = removals.flatMap(destroyedResources).filter(({ uid }) => wanted.has(uid.replace(/^uid:/, '')));
        for (const loss of losses) assert.notEqual(loss.ownerClass, 'removed-pack', loss.uid);
        if (losses.length > 0) assert.equal(verdict, 'conflict');
      }),
      { numRuns: 150 },
    );
  });
});

/** What of a world a new version is judged by. */
function judged(given: World, after: readonly PackDefinition[]) {
  return upgradedTo(
    subjectOf(given),
    after,
    ACCEPTABLE.filter((name) => name !== 'unexplained'),
  );
}

describe('a new version, in any world', () => {
  const RECORD = 'one/Secret/sh.helm.release.v1.a-c.v1';
  const own = THINGS.filter((_, index) => !PATHS[index]?.includes('sh.helm.'));
  /** All that is there is of one pack, which goes or moves, so that most of it is clear. */
  const upgrades = tuple(constantFrom<Change>('drop', 'move'), subarray([...NAMESPACES]), subarray([...own])).map(
    ([how, additional, objects]) => {
      const paths = objects.map(({ namespace, type, name }) => `${namespace}/${type.kind}/${name}`);
      const a: Plan = { name: 'a', namespace: 'one', additional, holds: [] };
      const c: Plan = { name: 'c', namespace: 'elsewhere', additional: [], holds: [] };
      const record = THINGS.filter((_, index) => PATHS[index] === RECORD);
      const namespaces = [...NAMESPACES, 'three', 'elsewhere'].map((name) => object(`/Namespace/${name}`));
      const world: World = {
        packs: [packOf(defined(a, paths, now)), packOf(defined(c, [], now))],
        objects: uniqueObjects([...namespaces, ...objects, ...record]),
        given: { coverage: readInFull(), references: [], releases: [release('one/a-c', { chart: 'c' })] },
      };
      return { world, after: [...changed(a, [], how), defined(c, [], next)] };
    },
  );

  it('is never clear after an object was added that is evidence for nothing to what goes', () => {
    let clear = 0;
    holds(
      property(upgrades, constantFrom('Secret', 'ConfigMap', 'Lease'), ({ world, after }, kind) => {
        const { verdict, removals } = judged(world, after);
        const [going] = removals.flatMap(({ namespaces }) =>
          namespaces.filter(({ fate, exists }) => fate === 'destroyed' && exists),
        );
        if (verdict !== 'clear' || going === undefined) return;
        clear += 1;
        const objects = [...(world.objects ?? []), object(`${going.namespace}/${kind}/of-nobody`)];
        assert.notEqual(judged({ ...world, objects: uniqueObjects(objects) }, after).verdict, 'clear');
      }),
      { numRuns: 150 },
    );
    assert.ok(clear > 50, `only ${clear} were clear`);
  });

  it('is never clear once a list was not read', () => {
    let clear = 0;
    holds(
      property(upgrades, nat(), ({ world, after }, choice) => {
        if (judged(world, after).verdict !== 'clear') return;
        clear += 1;
        const coverage = world.given?.coverage ?? [];
        const index = choice % coverage.length;
        const lost = coverage[index];
        assert.ok(lost !== undefined);
        const failed = coverage.with(index, { ...lost, state: 'failed' });
        const { verdict, removals } = judged({ ...world, given: { ...world.given, coverage: failed } }, after);
        if (verdict !== 'clear') return;
        assert.ok(lost.resource.startsWith('references/'), lost.resource);
        assert.ok(removals.flatMap(({ checks }) => checks).every(({ ran, critical }) => ran || !critical));
      }),
      { numRuns: 150 },
    );
    assert.ok(clear > 50, `only ${clear} were clear`);
  });
});
