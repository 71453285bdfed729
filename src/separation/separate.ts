import { releaseKey } from '../model/attribution.ts';
import type { Release } from '../model/inventory.ts';
import type { ApplicationSummary, Caution, Report, Separation, SeparationStep } from '../model/report.ts';
import { compareText } from '../model/resource.ts';
import type { Subject } from '../model/subject.ts';
import { applicationCautions, packCautions } from './cautions.ts';
import { nameGiver } from './names.ts';
import { valuesSnippet } from './snippet.ts';
import { whoStays } from './stays.ts';

/**
 * Recommends for each namespace with a conflict how every pack and every application gets a namespace of its own:
 * what is not Palette's leaves first, then the packs but the one that stays. Only what somebody put there on purpose
 * is advised to move: nothing of Palette, of Kubernetes, left over or made at run time.
 */
export function separate(report: Omit<Report, 'separations'>, subject: Subject): readonly Separation[] {
  const giveName = nameGiver([
    ...subject.inventory.namespaces.map(({ name }) => name),
    ...subject.stakes.map(({ namespace }) => namespace),
  ]);
  const namespaces = [
    ...new Set(report.stakes.filter(({ fate }) => fate === 'destroyed').map(({ namespace }) => namespace)),
  ];
  return namespaces.toSorted(compareText).flatMap((namespace) => {
    const separation = separateOne(namespace, { report, subject, giveName });
    return separation.steps.length === 0 ? [] : [separation];
  });
}

interface Work {
  readonly report: Omit<Report, 'separations'>;
  readonly subject: Subject;
  readonly giveName: (wanted: string) => string;
}

function separateOne(namespace: string, work: Work): Separation {
  const { report, subject } = work;
  const packs = report.stakes.filter((stake) => stake.namespace === namespace && stake.fate === 'destroyed');
  const names = packs.map(({ pack }) => pack);
  const { stays, why } = whoStays(names, namespace, subject);
  const applications = report.applications.filter((one) => one.namespace === namespace && one.movable && one.listed);
  return {
    namespace,
    stays,
    why,
    steps: [
      ...applications.map((application) => moveApplication(application, work)),
      ...names.filter((pack) => pack !== stays).map((pack) => movePack(pack, namespace, work)),
    ],
  };
}

function moveApplication(application: ApplicationSummary, { subject, giveName }: Work): SeparationStep {
  const release = releaseOf(application, subject);
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

function releaseOf({ resources }: ApplicationSummary, { attributions, inventory }: Subject): Release | undefined {
  const uids = new Set(resources.map(({ uid }) => uid));
  const owner = attributions.find(
    ({ object, owner: one }) => uids.has(object.uid) && one.kind === 'application',
  )?.owner;
  if (owner?.kind !== 'application' || owner.via !== 'helm') return undefined;
  return inventory.releases.find((release) => releaseKey(release) === `${owner.namespace}/${owner.name}`);
}

function movePack(pack: string, from: string, { subject, giveName }: Work): SeparationStep {
  const found = subject.packs.find(({ name }) => name === pack);
  const to = giveName(baseName(pack));
  const cautions: readonly Caution[] = packCautions(pack, from, subject);
  const snippet = found === undefined ? '' : valuesSnippet(found, { from, to, stakes: subject.stakes });
  return { kind: 'move-pack', pack, to, snippet, cautions };
}

/** A pack's name without its display name. */
function baseName(pack: string): string {
  const separator = pack.lastIndexOf('--');
  return separator < 0 ? pack : pack.slice(separator + 2);
}
