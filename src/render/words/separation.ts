import type { Caution, CautionCode, Separation, SeparationStep } from '../../model/report.ts';
import { list } from '../counts.ts';

const STAYS: Readonly<Record<Exclude<Separation['why'], 'removed'>, string>> = {
  state: 'it holds the most volumes and load balancers',
  name: 'the namespace bears its name',
  order: 'it is first by name',
  'only pack': 'it is the only pack there',
};

/** Who keeps the namespace and why: `cost-analyzer keeps hello-universe: it holds …`. */
export function staysText({ namespace, stays, why }: Separation): string {
  if (why === 'removed') return `Pack ${stays} is about to leave ${namespace}: the others leave it before.`;
  return stays === '' ? `No pack has to keep ${namespace}.` : `Pack ${stays} keeps ${namespace}: ${STAYS[why]}.`;
}

type MoveApplication = SeparationStep & { readonly kind: 'move-application' };

function chartText({ chart, chartVersion, release }: MoveApplication): string {
  if (chart === '') return '';
  const version = chartVersion === '' ? '' : ` ${chartVersion}`;
  return ` It is chart ${chart}${version}${release === '' ? '' : `, release ${release}`}.`;
}

/** What a step asks for, in one or two sentences. */
export function stepText(step: SeparationStep, namespace: string): string {
  if (step.kind === 'move-pack') {
    const how = step.snippet === '' ? 'No field of its values says so: change its manifests.' : 'In its values:';
    return `Give pack ${step.pack} a namespace of its own, ${step.to}. ${how}`;
  }
  return `Move ${step.application} out of ${namespace} into namespace ${step.to}.${chartText(step)}`;
}

/** Texts that mean themselves in any shell. */
const PLAIN_WORD = /^[a-z0-9][\w.+-]{0,252}$/iu;

/**
 * How to install the chart of an application elsewhere, with the values that it has; the repository is not recorded in
 * a release, so it is a placeholder. Empty when a part is unknown or could mean something to a shell, for it comes from
 * the cluster, where something else than a person installed it, and where `helm` is: for another cluster they would do harm.
 */
export function installCommands(step: MoveApplication, namespace: string, helm: string): readonly string[] {
  const { chart, chartVersion, release, to, cautions } = step;
  if (helm === '' || cautions.some(({ code }) => code === 'deployed-elsewhere')) return [];
  if (![chart, chartVersion, release, to, namespace].every((word) => PLAIN_WORD.test(word))) return [];
  // Not values.yaml: a person may stand in the folder of a pack, which has one.
  const values = `${release}-values.yaml`;
  return [
    `${helm} get values ${release} --namespace ${namespace} --output yaml \\`,
    `  > ${values}`,
    `${helm} install ${release} <REPOSITORY>/${chart} --version ${chartVersion} \\`,
    `  --namespace ${to} --create-namespace \\`,
    `  --values ${values}`,
  ];
}

function about(subjects: readonly string[]): string {
  return subjects.length === 0 ? '' : ` (${list(subjects)})`;
}

const CAUTIONS: Readonly<Record<CautionCode, (subjects: readonly string[]) => string>> = {
  volumes: (subjects) => `Volumes do not move along${about(subjects)}: back up the data and restore it there.`,
  services: (subjects) => `Service names and addresses change${about(subjects)}: tell whoever calls them.`,
  'cluster-scoped-names': (subjects) =>
    `Cluster-wide objects with fixed names exist once${about(subjects)}: a second copy is refused as long as the first is there, unless its release name or values give others.`,
  'namespace-change-is-removal': (subjects) =>
    `Changing a pack's namespace counts as a removal of the old one${about(subjects)}, with all that is left there: do it last.`,
  'staying-pack': (subjects) =>
    `Pack ${list(subjects)} stays there and may be destroyed with it; Palette then installs it anew. Ask "removal --to" with the new profile version first.`,
  'volumes-of-staying-pack': (subjects) => `The data on its volumes is then lost${about(subjects)}: back it up first.`,
  'deployed-elsewhere': (subjects) =>
    `It is deployed from elsewhere${about(subjects)}: change it there, or it comes back here.`,
  'ownership-not-verified': (subjects) => `Whose it is could not be proven${about(subjects)}: ask before you move it.`,
};

/** A caution in plain words. */
export function cautionText({ code, subjects }: Caution): string {
  return CAUTIONS[code](subjects);
}
