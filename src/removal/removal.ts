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
import { aftermathOf, type Aftermath } from './aftermath.ts';
import { breakagesOf } from './checks.ts';
import { dataAtStake } from './data.ts';
import { destructionSet, type DestructionSet } from './destruction.ts';
import { hangRisks } from './hang-risks.ts';
import { destroyed, groupsOf } from './owner-class.ts';
import type { Departure } from './ownership.ts';
import type { Seeds } from './seeds.ts';
import { verdictOf } from './verdict.ts';
import { isNamespace, type World } from './world.ts';

/** One removal to judge: what is named, what it takes of which packs, and what of the world it deletes. */
export interface RemovalQuestion {
  readonly targets: readonly RemovalTarget[];
  readonly departure: Departure;
  readonly seeds: Seeds;
  /** Those of which something goes. */
  readonly packs: readonly PackSummary[];
  readonly coverage: CoverageSummary;
  readonly accept: readonly Accepted[];
  /** Doubts that were known before the removal was followed. */
  readonly doubts: readonly Reason<DoubtCode>[];
}

/** Follows a removal to its end and judges it. The same world and question give the same answer. */
export function removalOf(world: World, question: RemovalQuestion): Removal {
  const { targets, departure, seeds, packs, accept } = question;
  const { leaving } = departure;
  const set = destructionSet(world, seeds);
  const after = aftermathOf(world, set, departure);
  const resources = resourcesOf(after);
  const data = dataAtStake(after);
  const hangs = hangRisks(after);
  const { breakages, checks } = breakagesOf(after, hangs);
  const goes = new Set([...seeds.namespaces, ...namespacesIn(set)]);
  const gone = [...set.values()].map(({ object }) => object);
  const judged = verdictOf(
    { ...question, leaving, world, goes, gone, destroyed: resources, data, breakages, checks },
    accept,
  );
  return {
    targets,
    packs,
    ...judged,
    namespaces: namespacesOf({ world, departure, goes, resources }),
    outside: groupsOf(resources.filter(({ namespace }) => !goes.has(namespace))),
    hooks: hooksOf(seeds),
    kept: keptOf(seeds, set),
    data,
    breakages,
    checks,
    hangs,
  };
}

/** Owners that a Namespace itself may have; that a person made it means no more than that. */
const OTHERS: ReadonlySet<OwnerClass> = new Set<OwnerClass>(['staying-pack', 'application', 'disputed']);

/** Namespaces are containers: they are listed by themselves, unless somebody else owns them. */
function resourcesOf({ set, ownerOf }: Aftermath): readonly DestroyedResource[] {
  return [...set.values()].flatMap((member) => {
    const resource = destroyed(member, ownerOf);
    return isNamespace(member.object) && !OTHERS.has(resource.ownerClass) ? [] : [resource];
  });
}

function namespacesIn(set: DestructionSet): readonly string[] {
  return [...set.values()].filter(({ object }) => isNamespace(object)).map(({ object }) => object.name);
}

interface Placed {
  readonly world: World;
  readonly departure: Departure;
  readonly goes: ReadonlySet<string>;
  readonly resources: readonly DestroyedResource[];
}

/**
 * Every namespace that goes, and every other one on which a pack that leaves has a stake. One that only changes counts
 * where it gives the namespace up.
 */
function namespacesOf({ world, departure, goes, resources }: Placed): readonly RemovedNamespace[] {
  const { leaving, changed } = departure;
  const stakes = grouped(
    world.subject.stakes.filter(
      ({ pack, namespace }) => leaving.has(pack) || changed.get(pack)?.namespaces.has(namespace) === true,
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
