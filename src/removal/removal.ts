import { releaseKey } from '../model/attribution.ts';
import { grouped } from '../model/grouped.ts';
import { refOf } from '../model/inventory.ts';
import { listed } from '../model/listed.ts';
import type {
  Accepted,
  DeletionHook,
  DoubtCode,
  DestroyedResource,
  OwnerClass,
  KeptResource,
  Reason,
  Removal,
  RemovalTarget,
  RemovedNamespace,
} from '../model/removal.ts';
import { BASES, FATES, type Stake } from '../model/pack.ts';
import type { CoverageSummary, PackSummary } from '../model/report.ts';
import { compareRefs, compareText } from '../model/resource.ts';
import { breakagesOf } from './checks.ts';
import { dataAtStake } from './data.ts';
import { destructionSet, type DestructionSet } from './destruction.ts';
import { hangsOf } from './hangs.ts';
import { destroyed, groupsOf } from './owner-class.ts';
import type { Seeds } from './seeds.ts';
import { verdictOf } from './verdict.ts';
import { isNamespace, type World } from './world.ts';

/** One removal to judge: what is named, the packs that go with it, and what of the world it deletes. */
export interface RemovalQuestion {
  readonly targets: readonly RemovalTarget[];
  readonly removed: ReadonlySet<string>;
  readonly seeds: Seeds;
  readonly packs: readonly PackSummary[];
  readonly coverage: CoverageSummary;
  readonly accept: readonly Accepted[];
  /** Packs that leave altogether; of the others in `removed` only a part goes, such as a namespace they no longer name. */
  readonly leaving: ReadonlySet<string>;
  /** By these others, the UIDs of what their own change takes: what else goes of them is a staying pack's. */
  readonly changed?: ReadonlyMap<string, ReadonlySet<string>>;
  /** Doubts that were known before the removal was followed. */
  readonly doubts: readonly Reason<DoubtCode>[];
}

/** Follows a removal to its end and judges it. The same world and question give the same answer. */
export function removalOf(world: World, question: RemovalQuestion): Removal {
  const { targets, removed, leaving, seeds, packs, accept } = question;
  const set = destructionSet(world, seeds);
  const resources = resourcesOf(set, world, removedFor(question));
  const data = dataAtStake(world, set, removed);
  const { breakages, checks } = breakagesOf(world, set, removed);
  const goes = new Set([...seeds.namespaces, ...namespacesIn(set)]);
  const gone = [...set.values()].map(({ object }) => object);
  const judged = verdictOf({ ...question, world, goes, gone, destroyed: resources, data, breakages, checks }, accept);
  return {
    targets,
    packs,
    ...judged,
    namespaces: namespacesOf({ world, removed, leaving, goes, resources }),
    outside: groupsOf(resources.filter(({ namespace }) => !goes.has(namespace))),
    hooks: hooksOf(seeds),
    kept: keptOf(seeds, set),
    data,
    breakages,
    checks,
    hangs: hangsOf(world, set),
  };
}

/** Whose an object may be to be a removed pack's own. */
type RemovedFor = (uid: string) => ReadonlySet<string>;

function removedFor({ removed, leaving, changed = new Map() }: RemovalQuestion): RemovedFor {
  if (changed.size === 0) return () => removed;
  return (uid) => new Set([...leaving, ...[...changed].flatMap(([pack, uids]) => (uids.has(uid) ? [pack] : []))]);
}

/** Owners that a Namespace itself may have; that a person made it means no more than that. */
const OTHERS: ReadonlySet<OwnerClass> = new Set<OwnerClass>(['staying-pack', 'application', 'disputed']);

/** Namespaces are containers: they are listed by themselves, unless somebody else owns them. */
function resourcesOf(set: DestructionSet, world: World, removed: RemovedFor): readonly DestroyedResource[] {
  return [...set.values()].flatMap((member) => {
    const resource = destroyed(member, world, removed(member.object.uid));
    return isNamespace(member.object) && !OTHERS.has(resource.ownerClass) ? [] : [resource];
  });
}

function namespacesIn(set: DestructionSet): readonly string[] {
  return [...set.values()].filter(({ object }) => isNamespace(object)).map(({ object }) => object.name);
}

interface Placed {
  readonly world: World;
  readonly removed: ReadonlySet<string>;
  readonly leaving: ReadonlySet<string>;
  readonly goes: ReadonlySet<string>;
  readonly resources: readonly DestroyedResource[];
}

/** Every namespace that goes, and every other one on which a removed pack has a stake. */
function namespacesOf({ world, removed, leaving, goes, resources }: Placed): readonly RemovedNamespace[] {
  const stakes = grouped(
    world.subject.stakes.filter(
      ({ pack, namespace }) => leaving.has(pack) || (removed.has(pack) && goes.has(namespace)),
    ),
    ({ namespace }) => namespace,
  );
  const inside = grouped(resources, ({ namespace }) => namespace);
  const names = [...new Set([...stakes.keys(), ...goes])].toSorted(compareText);
  const records = new Map(world.subject.inventory.namespaces.map((record) => [record.name, record]));
  return names.map((namespace): RemovedNamespace => {
    const { fate, basis, sources, packs } = fateOf(stakes.get(namespace) ?? [], goes.has(namespace));
    const groups = goes.has(namespace) ? groupsOf(inside.get(namespace) ?? []) : [];
    const { uid = '', deletingSince = '' } = records.get(namespace) ?? {};
    return { namespace, fate, basis, sources, packs, exists: records.has(namespace), uid, deletingSince, groups };
  });
}

/** A namespace without a stake of its own goes because its object does, which nothing documents. */
function fateOf(
  stakes: readonly Stake[],
  goes: boolean,
): Pick<RemovedNamespace, 'fate' | 'basis' | 'sources' | 'packs'> {
  const fate = goes ? 'destroyed' : (FATES.find((one) => stakes.some((stake) => stake.fate === one)) ?? 'unknown');
  const telling = stakes.filter((stake) => stake.fate === fate);
  return {
    fate,
    basis: BASES.find((one) => telling.some(({ basis }) => basis === one)) ?? 'assumed',
    sources: [...new Set(telling.map(({ source }) => source))].toSorted(compareText),
    packs: [...new Set(stakes.map(({ pack }) => pack))].toSorted(compareText),
  };
}

/** Hooks that run when a release is uninstalled, unless a hook of that name was made for another event. */
function hooksOf({ releases }: Seeds): readonly DeletionHook[] {
  return releases.flatMap((release) =>
    release.objects.flatMap(({ ref, hook, events = [] }) => {
      const onDeletion = events.filter((event) => event === 'pre-delete' || event === 'post-delete');
      if (!hook || onDeletion.length === 0) return [];
      const { kind, name, namespace } = ref;
      return [
        { release: releaseKey(release), namespace: namespace || release.namespace, kind, name, events: onDeletion },
      ];
    }),
  );
}

function keptOf({ kept }: Seeds, set: DestructionSet): readonly KeptResource[] {
  return kept
    .toSorted((a, b) => compareRefs(refOf(a.object), refOf(b.object)) || compareText(a.release, b.release))
    .map(({ object, release }) => Object.assign({ release, saved: !set.has(object.uid) }, listed(object)));
}
