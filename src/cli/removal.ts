import { audit } from '../audit/audit.ts';
import { wholeCoverage } from '../audit/coverage.ts';
import { packSummaries } from '../audit/summaries.ts';
import type { PackDefinition } from '../model/definition.ts';
import { packsSeen } from '../model/covered.ts';
import { UserError } from '../model/errors.ts';
import { grouped } from '../model/grouped.ts';
import type { Accepted, OwnerClass, RemovalReport, RemovalTarget } from '../model/removal.ts';
import type { Separation } from '../model/report.ts';
import type { Subject } from '../model/subject.ts';
import { removalOverview, removalReport, type Grounds } from '../removal/report.ts';
import { coreLayerOf } from '../removal/core-layers.ts';
import { packsOfProfile, profileNames } from '../removal/membership.ts';
import { groupTargets } from '../removal/targets.ts';
import { upgradeReport } from '../removal/upgrade.ts';
import { renderCoverage, renderRemoval, renderRemovals } from '../render/formats.ts';
import { separate } from '../separation/separate.ts';
import type { OutputFlags, SubjectFlags } from './invocation.ts';
import { nearest } from './nearest.ts';
import { overviewOutcome, removalOutcome } from './outcome.ts';
import { quoted } from './quoted.ts';
import type { Answer, StyleOf } from './answer.ts';
import { upgradeOf } from './upgrade.ts';

/** What `removal` was asked. `-n` decides what is printed. */
export interface RemovalRequest {
  readonly targets: readonly RemovalTarget[];
  /** File with the new version of a profile, and what it defines. */
  readonly to: string | undefined;
  readonly next: readonly PackDefinition[];
  readonly accept: readonly Accepted[];
  readonly output: OutputFlags;
  readonly flags: Pick<SubjectFlags, 'namespaces'>;
}

/** The text of the answer and its exit code. Throws UserError for a name that no pack or profile has. */
export function answerRemoval(subject: Subject, request: RemovalRequest, style: StyleOf): Answer {
  const { targets, to, next, accept, output } = request;
  const narrowedTo = request.flags.namespaces;
  for (const target of targets) refuseUnknown(subject, target);
  const grounds: Grounds = { subject, accept, coverage: wholeCoverage(subject), packs: packSummaries(subject) };
  if (targets.length === 0 && to === undefined) {
    const overview = removalOverview(grounds);
    const code = overviewOutcome(overview, output);
    const aside = renderCoverage({ ...overview, narrowedTo: [] }, style(code));
    return { code, aside, text: renderRemovals(overview, style(code)) };
  }
  const upgrade = to === undefined ? undefined : upgradeOf(subject, next, to);
  const judged =
    upgrade === undefined ? removalReport(grounds, targets, narrowedTo) : upgradeReport(grounds, upgrade, narrowedTo);
  const stay = new Set(upgrade?.after.map(({ name }) => name));
  const report = { ...judged, separations: separationsOf(subject, judged, stay) };
  const code = removalOutcome(report, output.failOn);
  return { code, text: renderRemoval(report, style(code)), aside: renderCoverage(report, style(code)) };
}

/** Owners whom nobody advises to move. */
const AT_HOME: ReadonlySet<OwnerClass> = new Set<OwnerClass>([
  'removed-pack',
  'leftover',
  'palette',
  'injected',
  'kubernetes',
]);

/**
 * The separation that an audit recommends, for the namespaces that go. It takes an audit, so it is asked for only where
 * somebody shares one of them.
 */
function separationsOf(
  subject: Subject,
  { removals }: Pick<RemovalReport, 'removals'>,
  stay: ReadonlySet<string>,
): readonly Separation[] {
  const gone = removals.flatMap(({ namespaces }) => namespaces.filter(({ fate }) => fate === 'destroyed'));
  const names = new Set(gone.map(({ namespace }) => namespace));
  const stakes = grouped(subject.stakes, ({ namespace }) => (names.has(namespace) ? namespace : undefined));
  const isClaimedTwice = [...stakes.values()].some((claims) => new Set(claims.map(({ pack }) => pack)).size > 1);
  const isShared = gone.some(({ groups }) => groups.some(({ ownerClass }) => !AT_HOME.has(ownerClass)));
  if (!isClaimedTwice && !isShared) return [];
  return separate(audit(subject), subject, goingWith(removals, stay)).filter(({ namespace }) => names.has(namespace));
}

/**
 * Packs that are certain to go; one that may stay is advised to leave before the others. Of a new version's packs some
 * stay, with less than they had.
 */
function goingWith(removals: RemovalReport['removals'], stay: ReadonlySet<string>): ReadonlySet<string> {
  return new Set(
    removals.flatMap(({ packs, doubts, accepted }) => {
      const unsure = [...doubts, ...accepted].filter(({ code }) => code === 'profile-membership');
      const strays = new Set(unsure.flatMap(({ subjects }) => subjects));
      return packs.map(({ name }) => name).filter((name) => !strays.has(name) && !stay.has(name));
    }),
  );
}

function refuseUnknown(subject: Subject, target: RemovalTarget): void {
  if (target.kind === 'profile') refuseUnknownProfile(subject, target.name);
  else refuseUnknownPack(subject, target.name);
  const { groups, coreLayers } = groupTargets(subject, [target]);
  const [core] = coreLayers;
  if (groups.length > 0 || core === undefined) return;
  const what =
    target.kind === 'pack'
      ? `pack ${core.pack} is the ${core.layer} layer of the cluster`
      : `profile ${target.name} has only core layers (${coreLayers.map(({ layer }) => layer).join(', ')})`;
  throw new UserError(
    `${what}: Palette does not remove it from a cluster`,
    'Its namespaces go only with the cluster itself. Name an add-on pack or profile.',
  );
}

/** Where Pack resources were not read, a name that is not known is no slip of the fingers. */
function refuseUnread({ inventory }: Subject, what: string): void {
  if (packsSeen(inventory.coverage)) return;
  throw new UserError(
    `whether there is ${what} is not known: not all Pack resources could be read`,
    'Run "kubectl palette-audit" to see which right is missing, or give its definition with -f.',
    4,
  );
}

function refuseUnknownPack(subject: Subject, name: string): void {
  const { packs } = subject;
  if (packs.some((pack) => pack.name === name)) return;
  refuseUnread(subject, `a pack ${quoted(name)}`);
  const removable = packs.filter((pack) => coreLayerOf(pack) === undefined).map((pack) => pack.name);
  throw new UserError(
    `no pack is called ${quoted(name)}`,
    meant(
      name,
      packs.map((pack) => pack.name),
      removable,
    ),
  );
}

function refuseUnknownProfile(subject: Subject, name: string): void {
  const { packs } = subject;
  if (packsOfProfile(packs, name).length > 0) return;
  refuseUnread(subject, `a profile ${quoted(name)}`);
  const known = profileNames(packs);
  throw new UserError(
    `no source tells which packs profile ${quoted(name)} has`,
    `${meant(name, known, known)} Give the profile's definition with -f.`,
  );
}

const MOST_NAMES = 8;

function meant(name: string, candidates: readonly string[], listed: readonly string[]): string {
  const near = nearest(name, candidates);
  if (near !== undefined) return `Did you mean ${near}?`;
  if (listed.length === 0) return 'None is known.';
  const more = listed.length > MOST_NAMES ? ` and ${listed.length - MOST_NAMES} more` : '';
  return `There are ${listed.slice(0, MOST_NAMES).join(', ')}${more}.`;
}
