import { leastCharts } from '../model/chart-keys.ts';
import { grouped } from '../model/grouped.ts';
import type { ClusterObject } from '../model/inventory.ts';
import { mayHoldAgents } from '../model/namespace.ts';
import type { Pack } from '../model/pack.ts';
import type {
  Accepted,
  ConflictCode,
  DestroyedResource,
  DoubtCode,
  OwnerClass,
  Reason,
  Removal,
  Verdict,
} from '../model/removal.ts';
import type { CoverageSummary, PackSummary } from '../model/report.ts';
import { compareText } from '../model/resource.ts';
import { notFollowed, unreadFollowers } from './not-followed.ts';
import { releasesOf } from './seeds.ts';
import type { World } from './world.ts';

/** What a verdict is made of. `packs` are the removed ones. */
export interface Evidence extends Pick<Removal, 'data' | 'breakages' | 'checks'> {
  readonly world: World;
  readonly packs: readonly PackSummary[];
  readonly coverage: CoverageSummary;
  readonly destroyed: readonly DestroyedResource[];
  /** The objects behind these, with the namespaces that go. */
  readonly gone: readonly ClusterObject[];
  /** Namespaces that go. */
  readonly goes: ReadonlySet<string>;
  /** Packs that leave altogether. */
  readonly leaving: ReadonlySet<string>;
  /** Doubts that were known before the removal was followed. */
  readonly doubts: readonly Reason<DoubtCode>[];
}

/** Positive evidence of being someone else's. Design, "Verdict of a removal". */
const FOREIGN: ReadonlySet<OwnerClass> = new Set<OwnerClass>(['staying-pack', 'application', 'person', 'disputed']);

/** Which doubt each value of `--accept` takes out. */
const DOUBT_OF: { readonly [Name in Accepted]: DoubtCode } = {
  claimed: 'claimed',
  inferred: 'inferred',
  unexplained: 'unexplained',
  'undecoded-releases': 'undecoded-release',
  'definition-gaps': 'definition-gap',
  'definitions-differ': 'definitions-differ',
  'chart-changes': 'chart-changes',
  'nothing-found': 'nothing-found',
  'not-followed': 'not-followed',
  'protected-namespaces': 'protected-namespace',
  'agent-namespaces': 'agent-namespace',
};

/** Design, "Verdict of a removal": a conflict first, then any doubt; clear is only what is left. */
export function verdictOf(
  evidence: Evidence,
  accept: readonly Accepted[],
): Pick<Removal, 'verdict' | 'conflicts' | 'doubts' | 'accepted'> {
  const conflicts = conflictsOf(evidence);
  const all = doubtsOf(evidence);
  const taken = new Set(accept.map((name) => DOUBT_OF[name]));
  const doubts = all.filter(({ code }) => !taken.has(code));
  const verdict = verdictFrom(conflicts.length, doubts.length);
  return { verdict, conflicts, doubts, accepted: all.filter(({ code }) => taken.has(code)) };
}

function verdictFrom(conflicts: number, doubts: number): Verdict {
  if (conflicts > 0) return 'conflict';
  return doubts > 0 ? 'unknown' : 'clear';
}

/** A reason with what it is about; none where it is about nothing. */
export function reason<Code extends string>(
  code: Code,
  subjects: readonly string[],
  count = subjects.length,
): Reason<Code>[] {
  return count === 0 ? [] : [{ code, count, subjects: [...new Set(subjects)].toSorted(compareText) }];
}

function conflictsOf({ destroyed, data, breakages }: Evidence): readonly Reason<ConflictCode>[] {
  const foreign = grouped(destroyed, ({ ownerClass }) => (FOREIGN.has(ownerClass) ? ownerClass : undefined));
  const owners = (code: ConflictCode & OwnerClass): Reason<ConflictCode>[] => {
    const resources = foreign.get(code) ?? [];
    return reason(
      code,
      resources.map(({ owner }) => owner),
      resources.length,
    );
  };
  return [
    ...owners('staying-pack'),
    ...owners('application'),
    ...owners('person'),
    ...owners('disputed'),
    ...reason(
      'data-of-others',
      data.stranded.map(({ namespace, claim }) => `${namespace}/${claim}`),
    ),
    ...reason(
      'critical-breakage',
      breakages.filter(({ severity }) => severity === 'critical').map(({ from }) => `${from.kind}/${from.name}`),
    ),
  ];
}

function doubtsOf(evidence: Evidence): readonly Reason<DoubtCode>[] {
  const { coverage, packs, checks, gone, world } = evidence;
  return [
    ...reason(
      'coverage',
      coverage.gaps.flatMap(({ resources }) => resources),
    ),
    ...reason(
      'definition-gap',
      packs.flatMap(({ name, gaps }) => gaps.map(({ subject }) => `${subject} of pack ${name}`)),
    ),
    ...evidence.doubts,
    ...stakeDoubts(evidence),
    ...ownerDoubts(evidence),
    ...packDoubts(evidence),
    ...reason('check-not-run', [
      ...checks.filter(({ ran, critical }) => critical && !ran).map(({ check }) => check),
      ...unreadFollowers(gone, checks),
    ]),
    ...reason('not-followed', notFollowed(gone, world)),
  ];
}

function stakeDoubts({ world, leaving, goes }: Evidence): readonly Reason<DoubtCode>[] {
  const stakes = world.subject.stakes.filter(({ pack }) => leaving.has(pack));
  const named = (isDoubtful: (stake: (typeof stakes)[number]) => boolean): readonly string[] => [
    ...new Set(stakes.filter(isDoubtful).map(({ namespace }) => namespace)),
  ];
  return [
    ...reason(
      'namespace-unknown',
      named(({ fate }) => fate === 'unknown'),
    ),
    ...reason(
      'protected-namespace',
      named(({ fate }) => fate === 'protected'),
    ),
    ...reason(
      'agent-namespace',
      [...new Set([...named(({ fate }) => fate !== 'labelled-only'), ...goes])].filter(mayHoldAgents),
    ),
  ];
}

/** Whose something is must be proved, also of the removed packs' own; only what Kubernetes made is known by its whole form. */
function ownerDoubts({ destroyed }: Evidence): readonly Reason<DoubtCode>[] {
  const own = destroyed.filter(({ ownerClass }) => !FOREIGN.has(ownerClass) && ownerClass !== 'kubernetes');
  const names = (isDoubtful: (resource: DestroyedResource) => boolean): readonly string[] =>
    own
      .filter(isDoubtful)
      .map(({ namespace, type, name }) => `${namespace === '' ? '' : `${namespace}/`}${type}/${name}`);
  return [
    ...reason(
      'claimed',
      names(({ strength }) => strength === 'claimed' || strength === 'refuted'),
    ),
    ...reason(
      'inferred',
      names(({ strength }) => strength === 'inferred'),
    ),
    ...reason(
      'unexplained',
      names(({ ownerClass }) => ownerClass === 'unexplained'),
    ),
  ];
}

function packDoubts({ world, leaving, destroyed }: Evidence): readonly Reason<DoubtCode>[] {
  const { states } = world.subject;
  const found = new Set(destroyed.filter(({ ownerClass }) => ownerClass === 'removed-pack').map(({ owner }) => owner));
  const packs = world.subject.packs.filter(({ name }) => leaving.has(name));
  return [
    ...reason(
      'undecoded-release',
      packs.filter((pack) => hasUnseenRelease(world, pack)).map(({ name }) => name),
    ),
    ...reason(
      'nothing-found',
      packs.filter(({ name }) => states.get(name) !== 'planned' && !found.has(name)).map(({ name }) => name),
    ),
    ...reason(
      'definitions-differ',
      packs.filter(({ differences }) => differences.length > 0).map(({ name }) => name),
    ),
  ];
}

/** A chart that is installed has a release; without its decoded record nobody knows what it deletes. */
export function hasUnseenRelease(world: World, pack: Pack): boolean {
  if (world.subject.states.get(pack.name) === 'planned') return false;
  const releases = releasesOf(world, new Set([pack.name]));
  const found = releases.map(({ chart }) => chart);
  const charts = pack.definitions.map((definition) => leastCharts(definition, found));
  return releases.some(({ decoded }) => !decoded) || releases.length < Math.max(0, ...charts);
}
