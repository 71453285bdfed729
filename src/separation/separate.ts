import { byNamespace, releaseKey } from '../model/attribution.ts';
import { grouped } from '../model/grouped.ts';
import type { Release } from '../model/inventory.ts';
import type { StakeSource } from '../model/pack.ts';
import type { ApplicationSummary, Caution, Report, Separation, SeparationStep, StakeSummary } from '../model/report.ts';
import { compareText } from '../model/resource.ts';
import type { Subject } from '../model/subject.ts';
import { applicationCautions, packCautions, stayingCautions } from './cautions.ts';
import { nameGiver } from './names.ts';
import { valuesSnippet } from './snippet.ts';
import { whoStays } from './stays.ts';

/**
 * Recommends for each namespace with a conflict how every pack and every application gets a namespace of its own:
 * what is not Palette's leaves first, then the packs but the one that stays. Only what somebody put there on purpose
 * is advised to move: nothing of Palette, of Kubernetes, left over or made at run time. A pack that already declares
 * another namespace and only has an old release here neither keeps this one nor is advised to move again. `going` are
 * packs that are about to be removed: they stay where they are, and the others leave.
 */
export function separate(
  report: Omit<Report, 'separations'>,
  subject: Subject,
  going: ReadonlySet<string> = NONE,
): readonly Separation[] {
  const giveName = nameGiver([
    ...subject.inventory.namespaces.map(({ name }) => name),
    ...subject.stakes.map(({ namespace }) => namespace),
  ]);
  const namespaces = [
    ...new Set(report.stakes.filter(({ fate }) => fate === 'destroyed').map(({ namespace }) => namespace)),
  ];
  const held = byNamespace(subject.attributions);
  const stakes = grouped(report.stakes, ({ namespace }) => namespace);
  const applications = grouped(report.applications, ({ namespace }) => namespace);
  const releases = grouped(subject.inventory.releases, releaseKey);
  return namespaces.toSorted(compareText).flatMap((namespace) => {
    const here = { ...subject, attributions: held.get(namespace) ?? [] };
    const reported = { stakes: stakes.get(namespace) ?? [], applications: applications.get(namespace) ?? [] };
    const separation = separateOne(namespace, { report: reported, subject: here, releases, giveName, going });
    return separation.steps.length === 0 ? [] : [separation];
  });
}

const NONE: ReadonlySet<string> = new Set();

/** By these a pack takes the namespace along and does not live in it, so that there is nothing to move. */
const NOT_LIVING: ReadonlySet<StakeSource> = new Set<StakeSource>(['former namespace', 'namespace owner']);

/** Each namespace is separated by itself: `report` and `subject` hold what is of that one only. */
interface Work {
  readonly report: Pick<Report, 'stakes' | 'applications'>;
  readonly subject: Subject;
  /** By their keys, see `releaseKey`. */
  readonly releases: ReadonlyMap<string, readonly Release[]>;
  readonly giveName: (wanted: string) => string;
  readonly going: ReadonlySet<string>;
}

function separateOne(namespace: string, work: Work): Separation {
  const { report, subject, going } = work;
  const present = report.stakes.filter(takesPart);
  const moving = present.filter(({ sources }) => sources.some((source) => !NOT_LIVING.has(source)));
  const owning = present.filter(
    (claim) => claim.fate === 'destroyed' && (moving.includes(claim) || going.has(claim.pack)),
  );
  const { stays, why } = whoStays(
    owning.map(({ pack }) => pack),
    { namespace, going },
    subject,
  );
  const leaving = moving.filter(({ pack }) => pack !== stays && !going.has(pack));
  const applications = report.applications.filter((one) => one.movable && one.listed);
  return {
    namespace,
    stays,
    why,
    steps: [
      ...applications.map((application) => moveApplication(application, work)),
      ...leaving.map((claim) => movePack(claim, stays, work)),
    ],
  };
}

/** A pack whose own removal or objects tie it to the namespace; one that only labels it has nothing there to move. */
function takesPart({ fate }: StakeSummary): boolean {
  return fate === 'destroyed' || fate === 'objects-only';
}

function moveApplication(application: ApplicationSummary, work: Work): SeparationStep {
  const { subject, giveName } = work;
  const release = releaseOf(application, work);
  return {
    kind: 'move-application',
    application: application.name,
    to: giveName(application.name),
    chart: release?.chart ?? '',
    chartVersion: release?.chartVersion ?? '',
    release: release?.name ?? '',
    cautions: applicationCautions(application, release, subject),
  };
}

/** The Helm release that an application is, found by the first of its resources: all have one owner. */
function releaseOf(
  { owner, resources }: ApplicationSummary,
  { subject: { attributions }, releases }: Work,
): Release | undefined {
  if (owner !== 'helm') return undefined;
  const [first] = resources;
  const found = attributions.find(
    ({ object, owner: one }) => one.kind === 'application' && object.uid === first?.uid,
  )?.owner;
  if (found?.kind !== 'application') return undefined;
  return releases.get(releaseKey(found))?.[0];
}

function movePack(claim: StakeSummary, stays: string, { subject, giveName, going }: Work): SeparationStep {
  const { pack, namespace: from } = claim;
  const found = subject.packs.find(({ name }) => name === pack);
  const to = giveName(baseName(pack));
  const isSpared = claim.fate !== 'destroyed' || going.has(stays);
  const cautions: readonly Caution[] = [
    ...packCautions(pack, from, subject),
    ...(isSpared ? [] : stayingCautions(stays, from, subject)),
  ];
  const snippet = found === undefined ? '' : valuesSnippet(found, { from, to, stakes: subject.stakes });
  return { kind: 'move-pack', pack, to, snippet, cautions };
}

/** A pack's name without its display name. */
function baseName(pack: string): string {
  const separator = pack.lastIndexOf('--');
  return separator < 0 ? pack : pack.slice(separator + 2);
}
