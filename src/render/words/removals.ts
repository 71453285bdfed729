import type {
  ConflictCode,
  CoreLayer,
  DestroyedGroup,
  DoubtCode,
  OwnerClass,
  Reason,
  RemovalTarget,
  RemovedNamespace,
} from '../../model/removal.ts';
import { count, list } from '../counts.ts';
import { FATES, basisText } from './fates.ts';
import { unseenText } from './gaps.ts';

/** `pack cost-analyzer`, `profile web and pack db`, `version 1.2 of profile web`. The name of an upgrade is such a phrase. */
export function targetsText(targets: readonly RemovalTarget[]): string {
  return list(targets.map(({ kind, name }) => (kind === 'upgrade' ? name : `${kind} ${name}`)));
}

/** Whose a group is, with what becomes of it. */
export function groupText({ ownerClass, owner, strengths }: DestroyedGroup): string {
  const doubt = strengths.filter((strength) => strength === 'claimed' || strength === 'inferred');
  const how = doubt.length === 0 || ownerClass === 'kubernetes' ? '' : ` (${list(doubt)})`;
  switch (ownerClass) {
    case 'removed-pack':
      return `pack ${owner}${how}`;
    case 'staying-pack':
      return `pack ${owner}${how}, which stays`;
    case 'application':
      return `${owner}${how}, from outside`;
    case 'person':
      return `nobody, written by ${owner}`;
    case 'disputed':
      return `more than one owner: ${owner}`;
    case 'unexplained':
      return 'nobody known';
    case 'leftover':
      return owner === '' ? 'left over from an earlier pack' : `left over from pack ${owner}`;
    case 'palette':
      return `Palette itself${how}`;
    case 'injected':
      return `${owner}, in every namespace`;
    case 'kubernetes':
      return 'Kubernetes, for these';
  }
}

/** `destroyed (documented: pack.namespace)`. */
export function namespaceFateText({ fate, basis, sources, exists }: RemovedNamespace): string {
  const why = basis === 'none' ? list(sources) : `${basisText(basis)}: ${list(sources)}`;
  const reason = sources.length === 0 ? 'its Namespace object goes' : why;
  return `${FATES[fate]} (${reason})${exists ? '' : ', but it does not exist'}`;
}

const CONFLICTS: Readonly<Record<ConflictCode, (reason: Reason<ConflictCode>) => string>> = {
  'staying-pack': ({ count: n, subjects }) =>
    `${count(n, 'resource')} of ${subjects.length === 1 ? 'pack' : 'packs'} ${list(subjects)} (which ${subjects.length === 1 ? 'stays' : 'stay'})`,
  application: ({ count: n, subjects }) => `${count(n, 'resource')} of ${list(subjects)}, from outside Palette`,
  person: ({ count: n, subjects }) => `${count(n, 'resource')} that a person wrote (${list(subjects)})`,
  disputed: ({ count: n }) => `${count(n, 'resource')} with more than one proved owner`,
  'data-of-others': ({ count: n }) => `what ${count(n, 'volume')} of others in other namespaces depend on`,
  'critical-breakage': ({ count: n }) => `what keeps ${count(n, 'part')} of the cluster outside working`,
};

/** What a removal destroys that is not its own: `11 resources of x, from outside Palette`. */
export function conflictText(reason: Reason<ConflictCode>): string {
  return CONFLICTS[reason.code](reason);
}

const DOUBTS: Readonly<Record<DoubtCode, (reason: Reason<DoubtCode>) => string>> = {
  coverage: ({ subjects }) => unseenText(subjects),
  'definition-gap': ({ count: n, subjects }) =>
    `${count(n, 'part')} of its definition could not be read (${list(subjects)})`,
  'namespace-unknown': ({ subjects }) => `which namespace ${list(subjects)} is, is not known`,
  claimed: ({ count: n, subjects }) => `ownership of ${count(n, 'resource')} is only claimed (${examples(subjects)})`,
  inferred: ({ count: n, subjects }) => `ownership of ${count(n, 'resource')} is only inferred (${examples(subjects)})`,
  unexplained: ({ count: n, subjects }) => `nobody is known to own ${count(n, 'resource')} (${examples(subjects)})`,
  'undecoded-release': ({ subjects }) => `the Helm release of ${list(subjects)} was not found or not decoded`,
  'protected-namespace': ({ subjects }) =>
    `Kubernetes refuses to delete ${list(subjects)}, and what Palette does to its contents is not public`,
  'agent-namespace': ({ subjects }) => `Palette's own components live or may live in ${list(subjects)}`,
  'definitions-differ': ({ subjects }) => `file and cluster differ about ${list(subjects)}`,
  'check-not-run': ({ count: n, subjects }) => `${count(n, 'critical check')} could not run (${list(subjects)})`,
  'not-followed': ({ count: n, subjects }) =>
    `what goes along with ${count(n, 'resource')}, outside this cluster or by a list of its controller's own, is not known (${examples(subjects)})`,
  'chart-changes': ({ subjects }) =>
    `what the charts of ${list(subjects)} no longer contain with the new version or values is not known`,
  'variable-default': ({ subjects }) =>
    `no value was given for what decides ${list(subjects)}: the present name was taken, or the default where none is known, and any other value may destroy what has that name now`,
  'shared-pack': ({ subjects }) => `another profile has ${list(subjects)}, too, so it may stay`,
  'nothing-found': ({ subjects }) =>
    `${list(subjects)} counts as installed, but nothing of it was found: this may be another cluster, or its marks are not known`,
  'pack-unseen': ({ subjects }) =>
    `the cluster names ${list(subjects)} for this profile, and has no Pack resource for ${subjects.length === 1 ? 'it' : 'them'}: what goes with ${subjects.length === 1 ? 'it' : 'them'} is not known`,
  'profile-membership': ({ subjects }) =>
    `whether ${list(subjects)} ${subjects.length === 1 ? 'belongs' : 'belong'} to it is not certain`,
};

const MOST_EXAMPLES = 3;

function examples(subjects: readonly string[]): string {
  const rest = subjects.length - MOST_EXAMPLES;
  return rest > 0 ? `${subjects.slice(0, MOST_EXAMPLES).join(', ')} and ${rest} more` : subjects.join(', ');
}

/** Why it is not known whether a removal is clear. */
export function doubtText(reason: Reason<DoubtCode>): string {
  return DOUBTS[reason.code](reason);
}

/** `pack kubernetes is the k8s layer`. */
export function coreLayerText({ pack, layer }: CoreLayer): string {
  return `pack ${pack} is the ${layer} layer: Palette does not remove it from a cluster`;
}

/** Owners in one word or two, for columns. */
export const OWNER_CLASSES: Readonly<Record<OwnerClass, string>> = {
  'removed-pack': 'pack',
  'staying-pack': 'pack that stays:',
  application: 'application',
  person: 'a person, by',
  disputed: 'disputed:',
  unexplained: 'nobody known',
  leftover: 'left over from',
  palette: 'Palette itself',
  injected: 'injected by',
  kubernetes: 'Kubernetes',
};

/** What becomes of the data of a volume. */
export const VOLUME_FATES: Readonly<Record<'destroyed' | 'kept' | 'unknown', string>> = {
  destroyed: 'destroyed',
  kept: 'kept',
  unknown: 'not known to be kept',
};
