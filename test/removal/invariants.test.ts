import assert from 'node:assert/strict';
import {
  array,
  assert as holds,
  constantFrom,
  infiniteStream,
  nat,
  pre,
  property,
  subarray,
  tuple,
  type Arbitrary,
} from 'fast-check';
import { claimsOf } from '../../src/audit/claims.ts';
import { lossesOf } from '../../src/audit/losses.ts';
import { removalOutcome } from '../../src/cli/outcome.ts';
import { uniqueObjects } from '../../src/cluster/unique-objects.ts';
import type { Loss } from '../../src/model/explanation.ts';
import type { ClusterObject } from '../../src/model/inventory.ts';
import { typeName } from '../../src/model/resource.ts';
import { ACCEPTABLE, type Accepted, type RemovalReport } from '../../src/model/removal.ts';
import { consequencesOf } from '../../src/removal/consequences.ts';
import { destructionSet, type DestructionSet } from '../../src/removal/destruction.ts';
import { destroyedResources } from '../../src/model/destroyed.ts';
import { seedsOfPacks, type Seeds } from '../../src/removal/seeds.ts';
import { worldOf, type World } from '../../src/removal/world.ts';
import { reported } from '../support/judged.ts';
import { built, losses, plans, silentPlans, type Loss as Evidence, type Plan } from '../support/random-world.ts';
import { reference } from '../support/removed-world.ts';
import { subjectOf, type World as Given } from '../support/subject.ts';
import { covered, object, ownedBy, TYPES } from '../support/world.ts';

const TYPE_NAMES = TYPES.map(typeName);

/** Objects from which others follow, and those that follow. */
const THINGS: readonly ClusterObject[] = [
  object('/CustomResourceDefinition/widgets.example.com'),
  object('/CustomResourceDefinition/gadgets.example.com'),
  object('/APIService/v1.example.com'),
  object('one/Widget/a'),
  object('three/Widget/b'),
  object('one/PersistentVolumeClaim/data', { facts: { volume: 'pv' } }),
  object('/PersistentVolume/pv', { facts: { claim: 'one/data', reclaimPolicy: 'Delete' } }),
  object('/PersistentVolume/kept', { facts: { claim: 'two/data', reclaimPolicy: 'Retain' } }),
  object('/VolumeAttachment/va', { facts: { volume: 'pv' } }),
  object('two/VolumeSnapshot/s'),
  object('/VolumeSnapshotContent/c'),
  object('two/Service/web'),
  object('two/Endpoints/web'),
  object('three/Secret/mirror', {
    annotations: {
      'reflector.v1.k8s.emberstack.com/reflects': 'one/x',
      'reflector.v1.k8s.emberstack.com/auto-reflects': 'True',
    },
  }),
  object('two/ConfigMap/y', { labels: { 'hnc.x-k8s.io/inherited-from': 'one' } }),
  object('/ClusterRole/ending', { deletingSince: '2026-11-01T00:00:00Z' }),
];
const CONTENT = reference('snapshot-content', ['/VolumeSnapshotContent/c', 'two/VolumeSnapshot/s']);

/** Whether the cluster serves Namespaces as objects, as it does unless they were refused. */
function wholeWorld(plan: Plan, loss: Evidence = {}): Required<Pick<Given, 'packs' | 'objects' | 'given'>> {
  const { packs, objects, given } = built(plan, loss);
  const namespaces = (given.namespaces ?? []).map(({ name, uid }) =>
    Object.assign(object(`/Namespace/${name}`), { uid }),
  );
  const references = TYPE_NAMES.map((name) => covered(`references/${name}`));
  return {
    packs,
    objects: uniqueObjects([...objects, ...namespaces]),
    given: {
      ...given,
      references: [CONTENT],
      coverage: [...(given.coverage ?? []), covered('discovery'), ...references],
    },
  };
}

/** A plan with some of the things, and owners at random: rings, several owners, owners elsewhere. */
const tangles: Arbitrary<Given> = tuple(
  plans,
  subarray([...THINGS]),
  array(tuple(nat(), nat()), { maxLength: 12 }),
).map(([plan, things, edges]) => {
  const { packs, objects, given } = wholeWorld(plan);
  const all = [...uniqueObjects([...objects, ...things])];
  for (const [from, to] of edges) {
    const [one, owner] = [all[from % all.length], all[to % all.length]];
    if (one !== undefined && owner !== undefined)
      all[from % all.length] = { ...one, owners: [...one.owners, ownedBy(owner)] };
  }
  return { packs, objects: all, given };
});

/** Worlds in which all that is there is pack a's own, and proved: their removal is clear as long as nothing is changed. */
const ownPlans: Arbitrary<Plan> = plans.map(({ objects, listedByNamespace }) => ({
  packs: [{ name: 'a', namespace: 'one', additional: [], labelled: [], installed: true, fromCluster: true }],
  releases: [{ namespace: 'one', name: 'a-c', chart: 'c' }],
  objects: ['one/Deployment/own', ...new Set(objects.map(({ path }) => path.replace(/^[^/]*/, 'one')))].map((path) => ({
    path,
    manager: '',
    mark: undefined,
    hash: false,
    labels: {},
    holder: 0,
    parent: undefined,
  })),
  listedByNamespace,
}));

interface Followed {
  readonly world: World;
  readonly seeds: Seeds;
  readonly set: DestructionSet;
}

function followed(given: Given, removed: readonly string[]): Followed {
  const world = worldOf(subjectOf(given));
  const seeds = seedsOfPacks(world, new Set(removed));
  return { world, seeds, set: destructionSet(world, seeds) };
}

function reportOf(given: Given, names: readonly string[] = ['pack/a'], accept: readonly Accepted[] = []) {
  return reported(subjectOf(given), names, accept);
}

function shuffled<Item>(items: readonly Item[], order: Iterator<number>): readonly Item[] {
  const keyed = items.map((item) => ({ item, key: Number(order.next().value) }));
  return keyed.toSorted((a, b) => a.key - b.key).map(({ item }) => item);
}

function destroyedUids({ removals }: Pick<RemovalReport, 'removals'>): readonly string[] {
  return removals.flatMap(destroyedResources).map(({ uid }) => uid);
}

const removedPacks = subarray(['a', 'b', 'constructor'], { minLength: 1 });

describe('the set of what goes, in any world', () => {
  it('is closed: whatever follows from a member is a member', () => {
    let members = 0;
    holds(
      property(tangles, removedPacks, (given, removed) => {
        const { world, set } = followed(given, removed);
        const contains = ({ uid }: ClusterObject): boolean => set.has(uid);
        for (const { object: one } of set.values())
          for (const next of consequencesOf(one, world, contains)) assert.ok(contains(next.object), next.object.uid);
        members += set.size;
      }),
      { numRuns: 300 },
    );
    assert.ok(members > 500, `only ${members} members`);
  });

  it('is least: each member is a seed, or follows from an earlier one', () => {
    holds(
      property(tangles, removedPacks, (given, removed) => {
        const { world, seeds, set } = followed(given, removed);
        const byRemoval = new Set(seeds.objects.map((seed) => seed.object.uid));
        const destroyed = new Set(seeds.namespaces);
        const before = new Set<string>();
        for (const { object: one, after, step } of set.values()) {
          const isSeed =
            byRemoval.has(one.uid) || destroyed.has(one.type.kind === 'Namespace' ? one.name : one.namespace);
          if (after === undefined) assert.ok(isSeed, one.uid);
          else {
            assert.ok(before.has(after.uid), `${one.uid} after ${after.uid}`);
            const all = consequencesOf(after, world, ({ uid }) => set.has(uid));
            assert.ok(all.some((next) => next.object.uid === one.uid && next.step === step));
          }
          before.add(one.uid);
        }
      }),
    );
  });

  it('holds nothing when nothing is removed', () => {
    holds(property(tangles, (given) => assert.equal(followed(given, []).set.size, 0)));
  });
});

describe('the judgement of a removal, in any world', () => {
  it('is the same whatever the order of what was read', () => {
    holds(
      property(tangles, removedPacks, infiniteStream(nat()), (given, removed, order) => {
        const names = removed
          .filter((name) => given.packs.some((pack) => pack.name === name))
          .map((name) => `pack/${name}`);
        const { given: inventory = {} } = given;
        const other: Given = {
          packs: given.packs,
          objects: shuffled(given.objects ?? [], order),
          given: {
            ...inventory,
            releases: shuffled(inventory.releases ?? [], order),
            coverage: shuffled(inventory.coverage ?? [], order),
            types: shuffled(TYPES, order),
          },
        };
        assert.deepEqual(reportOf(other, names), reportOf(given, names));
      }),
    );
  });

  it('counts every object that goes once, and leaves none out but Namespaces', () => {
    holds(
      property(tangles, removedPacks, (given, removed) => {
        const names = given.packs.map(({ name }) => name).filter((name) => removed.includes(name));
        const uids = destroyedUids(
          reportOf(
            given,
            names.map((name) => `pack/${name}`),
          ),
        );
        assert.equal(new Set(uids).size, uids.length);
        const members = [...followed(given, names).set.values()].map((member) => member.object);
        const counted = new Set(uids);
        for (const { uid, type } of members) assert.ok(counted.has(uid) || type.kind === 'Namespace', uid);
        assert.ok(uids.length <= members.length);
      }),
    );
  });

  it('counts an object that two groups serve once', () => {
    holds(
      property(plans, (plan) => {
        const world = wholeWorld(plan);
        const twice = world.objects.map((one) =>
          Object.assign({}, one, { type: { ...one.type, group: 'extensions' } }),
        );
        const uids = destroyedUids(reportOf({ ...world, objects: uniqueObjects([...twice, ...world.objects]) }));
        assert.deepEqual(uids.toSorted(), destroyedUids(reportOf(world)).toSorted());
      }),
    );
  });

  it('is clear where all is proved to be its own: else the next ones would hold of nothing', () => {
    holds(
      property(ownPlans, (plan) => {
        const { verdict, removals } = reportOf(wholeWorld(plan));
        assert.equal(verdict, 'clear', JSON.stringify(removals[0]?.doubts));
      }),
    );
  });

  it('is never clear after an object was added that is evidence for nothing', () => {
    const manager = constantFrom('operator', 'kubectl-edit', 'palette', 'helm', '');
    holds(
      property(ownPlans, manager, constantFrom('Secret', 'Lease', 'RoleBinding', 'Pod'), (plan, by, kind) => {
        const world = wholeWorld(plan);
        const added = object(`one/${kind}/of-nobody`, by === '' ? {} : { manager: by });
        assert.notEqual(reportOf({ ...world, objects: uniqueObjects([...world.objects, added]) }).verdict, 'clear');
      }),
    );
  });

  it('is never clear while nothing tells whose the contents are', () => {
    holds(
      property(silentPlans, (plan) => {
        const world = wholeWorld(plan);
        const [pack] = plan.packs;
        pre(pack !== undefined);
        const report = reportOf(world, [`pack/${pack.name}`]);
        const own = destroyedUids(report).filter((uid) => !uid.endsWith('/kube-root-ca.crt'));
        if (own.length > 0) assert.notEqual(report.verdict, 'clear');
      }),
    );
  });

  it('is never made clear by losing evidence', () => {
    holds(
      property(constantFrom(true, false), plans, ownPlans, losses, (isOwn, any, own, loss) => {
        const plan = isOwn ? own : any;
        const names = plan.packs.map(({ name }) => `pack/${name}`);
        const before = reportOf(wholeWorld(plan), names).verdict;
        const after = reportOf(wholeWorld(plan, loss), names).verdict;
        if (after === 'clear') assert.equal(before, 'clear');
        const harmed =
          loss.undecoded.some((index) => index < plan.releases.length) ||
          loss.unreadable.some((index) => index < plan.packs.length);
        if (harmed) assert.notEqual(after, 'clear');
      }),
    );
  });

  it('is never clear once anything of the cluster was not read', () => {
    const state = constantFrom('forbidden', 'failed', 'vanished', 'unknown-discovery', 'not-listable', 'excluded');
    holds(
      property(ownPlans, nat(), state, (plan, choice, worse) => {
        const world = wholeWorld(plan);
        const coverage = (world.given.coverage ?? []).filter(({ scope }) => scope !== 'default');
        const index = choice % coverage.length;
        const lost = coverage[index];
        assert.ok(lost !== undefined);
        const failed = coverage.with(index, { ...lost, state: worse });
        const report = reportOf({ ...world, given: { ...world.given, coverage: failed } }, ['pack/a'], ACCEPTABLE);
        if (report.verdict !== 'clear') return;
        const quiet = report.removals.flatMap(({ checks }) => checks).filter(({ ran }) => !ran);
        assert.ok(lost.resource.startsWith('references/'), `${lost.resource} ${lost.scope}`);
        assert.ok(quiet.every(({ critical }) => !critical));
      }),
      { numRuns: 300 },
    );
  });

  it('is never clear once a list is missing altogether', () => {
    holds(
      property(ownPlans, nat(), (plan, choice) => {
        const world = wholeWorld({ ...plan, listedByNamespace: [] });
        const type = TYPE_NAMES[choice % TYPE_NAMES.length];
        const coverage = (world.given.coverage ?? []).filter(({ resource }) => resource !== type);
        assert.notEqual(reportOf({ ...world, given: { ...world.given, coverage } }).verdict, 'clear', type);
      }),
    );
  });

  it('ends with 0 only when it is clear, unless told never to fail', () => {
    holds(
      property(plans, constantFrom('error', 'warning', 'data'), (plan, failOn) => {
        const report = reportOf(
          wholeWorld(plan),
          plan.packs.map(({ name }) => `pack/${name}`),
        );
        if (removalOutcome(report, failOn) === 0) assert.equal(report.verdict, 'clear');
      }),
    );
  });
});

/** Causes by which a resource is still there afterwards, or by which nobody knows. */
const STAYS: ReadonlySet<Loss['cause']> = new Set<Loss['cause']>(['kept', 'retained', 'protected']);

describe('what explain says of each resource, in any world', () => {
  it('misses no removal that takes it, and is sure of none that does not', () => {
    holds(
      property(plans, (plan) => {
        const given = wholeWorld(plan);
        const subject = subjectOf(given);
        const claims = claimsOf(subject);
        const sets = subject.packs.map(({ name }) => ({ name, set: followed(given, [name]).set }));
        for (const attribution of subject.attributions.filter(({ object: { type } }) => type.kind !== 'Namespace')) {
          const { uid, namespace } = attribution.object;
          const reached = lossesOf(attribution, { subject, claims, namespace }).filter(
            ({ cause }) => !STAYS.has(cause),
          );
          for (const { name, set } of sets) {
            const said = reached.filter(({ pack }) => pack === name);
            if (set.has(uid)) assert.ok(said.length > 0, `${uid} goes with ${name} by ${set.get(uid)?.step}`);
            else assert.ok(!said.some(({ sure }) => sure), `${uid} stays without ${name}`);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
