import { destroyedResources } from '../model/destroyed.ts';
import type {
  Accepted,
  DoubtCode,
  OwnerClass,
  Removal,
  RemovalReport,
  RemovalTarget,
  Verdict,
} from '../model/removal.ts';
import type { RemovalOverview, RemovalRow } from '../model/removal-overview.ts';
import type { CoverageSummary, PackSummary } from '../model/report.ts';
import type { Subject } from '../model/subject.ts';
import { departureOf } from './ownership.ts';
import { removalOf } from './removal.ts';
import { seedsOfPacks } from './seeds.ts';
import { staying } from './stays.ts';
import { profileNames } from './membership.ts';
import { groupTargets, type TargetGroup } from './targets.ts';
import { reason } from './verdict.ts';
import { worldOf, type World } from './world.ts';

/** What the judgement rests on, worked out before. `packs` are all packs, `coverage` is of the whole cluster. */
export interface Grounds {
  readonly subject: Subject;
  readonly coverage: CoverageSummary;
  readonly packs: readonly PackSummary[];
  readonly accept: readonly Accepted[];
}

/** Judges the removal of named packs and profiles, which all have to be known. */
export function removalReport(
  grounds: Grounds,
  targets: readonly RemovalTarget[],
  narrowedTo: readonly string[],
): Omit<RemovalReport, 'separations'> {
  const world = worldOf(grounds.subject);
  const { groups, coreLayers } = groupTargets(grounds.subject, targets);
  const removals = groups.map((group) => removalOfGroup(world, group, grounds));
  return { ...reportOf(grounds, removals), coreLayers, narrowedTo, movesIn: [] };
}

/** What every report on removals says first. */
export function reportOf(
  { subject, coverage }: Grounds,
  removals: readonly Removal[],
): Omit<RemovalReport, 'coreLayers' | 'narrowedTo' | 'movesIn' | 'separations'> {
  const packs = [...new Map(removals.flatMap((removal) => removal.packs.map((pack) => [pack.name, pack]))).values()];
  return {
    cluster: subject.inventory.cluster,
    takenAt: subject.inventory.takenAt,
    complete: coverage.complete && removals.every(isComplete),
    coverage,
    verdict: worst(removals.map(({ verdict }) => verdict)),
    packs,
    removals,
    stays: staying(subject.inventory.objects, new Set(removals.flatMap(uidsOf))),
  };
}

function uidsOf(removal: Removal): readonly string[] {
  return [...removal.namespaces.map(({ uid }) => uid), ...destroyedResources(removal).map(({ uid }) => uid)];
}

/** Nothing of the cluster or of the removed packs' definitions was unseen; an accepted gap is still one. */
function isComplete({ doubts, accepted }: Removal): boolean {
  const unseen = new Set<DoubtCode>([
    'coverage',
    'definition-gap',
    'namespace-unknown',
    'check-not-run',
    'profile-membership',
    'pack-unseen',
    'variable-default',
  ]);
  return [...doubts, ...accepted].every(({ code }) => !unseen.has(code));
}

const WORST_FIRST: readonly Verdict[] = ['conflict', 'unknown', 'clear'];

/** Of several removals the worst verdict counts; of none, nothing is known. */
export function worst(verdicts: readonly Verdict[]): Verdict {
  return WORST_FIRST.find((verdict) => verdicts.includes(verdict)) ?? 'unknown';
}

function removalOfGroup(
  world: World,
  { targets, removed, strays, shared, unseen }: TargetGroup,
  grounds: Grounds,
): Removal {
  const packs = grounds.packs.filter(({ name }) => removed.has(name));
  const { coverage, accept } = grounds;
  const seeds = seedsOfPacks(world, removed);
  const doubts = [
    ...reason('profile-membership', strays),
    ...reason('pack-unseen', unseen),
    ...reason('shared-pack', shared),
  ];
  const departure = departureOf(world, removed);
  return removalOf(world, { targets, departure, packs, coverage, accept, seeds, doubts });
}

/** One line per pack and per profile, with the verdict of its removal. */
export function removalOverview(grounds: Grounds): RemovalOverview {
  const { subject, coverage, packs } = grounds;
  const world = worldOf(subject);
  const targets: RemovalTarget[] = [
    ...subject.packs.map(({ name }): RemovalTarget => ({ kind: 'pack', name })),
    ...profileNames(subject.packs).map((name): RemovalTarget => ({ kind: 'profile', name })),
  ];
  const rows = targets.map((target) => rowOf(world, target, grounds));
  const { cluster, takenAt } = subject.inventory;
  const unseen = packs.some(({ gaps }) => gaps.length > 0) || subject.stakes.some(({ fate }) => fate === 'unknown');
  return { cluster, takenAt, complete: coverage.complete && !unseen, coverage, packs, rows };
}

function rowOf(world: World, target: RemovalTarget, grounds: Grounds): RemovalRow {
  const { groups, coreLayers } = groupTargets(grounds.subject, [target]);
  const removals = groups.map((group) => removalOfGroup(world, group, grounds));
  const resources = removals.flatMap(destroyedResources);
  const lost = removals.flatMap(({ data }) => data.volumes.filter(({ fate }) => fate !== 'kept'));
  const namespaces = removals.flatMap((removal) =>
    removal.namespaces.filter(({ fate, exists }) => fate === 'destroyed' && exists),
  );
  return {
    kind: target.kind === 'profile' ? 'profile' : 'pack',
    name: target.name,
    verdict: removals.length === 0 ? undefined : worst(removals.map(({ verdict }) => verdict)),
    layers: coreLayers.map(({ layer }) => layer),
    namespaces: [...new Set(namespaces.map(({ namespace }) => namespace))],
    foreign: resources.filter(({ ownerClass }) => FOREIGN.has(ownerClass)).length,
    own: resources.filter(({ ownerClass }) => ownerClass === 'removed-pack').length,
    data: lost.map(({ capacity }) => capacity),
    conflicts: removals.flatMap(({ conflicts }) => conflicts),
    doubts: removals.flatMap(({ doubts }) => doubts),
  };
}

const FOREIGN: ReadonlySet<OwnerClass> = new Set<OwnerClass>([
  'staying-pack',
  'application',
  'person',
  'disputed',
  'unexplained',
]);
