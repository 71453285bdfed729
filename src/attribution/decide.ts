import type { Attribution, Evidence, Owner, Strength } from '../model/attribution.ts';
import type { ClusterObject } from '../model/inventory.ts';
import { typeName } from '../model/resource.ts';
import { builtIn } from './built-in.ts';
import { helmCandidates, manifestCandidates, outsideCandidates, type Candidate } from './candidates.ts';
import type { Context } from './context.ts';
import { injectedCandidate, makerCandidate, type Makers } from './makers.ts';
import { hashCandidate, keptLeftover, paletteCandidate } from './palette-marks.ts';
import type { Parent } from './parents.ts';
import { creatingPerson, personsManager } from './managers.ts';

/** An owner in one text, so that two mentions of the same owner compare equal. */
function ownerKey(owner: Owner): string {
  switch (owner.kind) {
    case 'pack':
    case 'leftover':
      return `${owner.kind} ${owner.pack}`;
    case 'application':
      return `${owner.via} ${owner.namespace}/${owner.name}`;
    case 'person':
    case 'palette':
    case 'kubernetes':
    case 'injected':
    case 'unexplained':
      return owner.kind;
  }
}

/** A parent with what was decided about it. */
export interface DecidedParent {
  readonly parent: Parent;
  readonly attribution: Attribution;
}

type Decision = Pick<Attribution, 'owner' | 'strength' | 'evidence' | 'root' | 'conflict'>;

/** Candidates from the object itself, proofs and marks alike. */
export function directCandidates(object: ClusterObject, context: Context): readonly Candidate[] {
  return [
    ...helmCandidates(object, context),
    ...manifestCandidates(object, context),
    ...outsideCandidates(object, context),
  ];
}

/**
 * Decides one object's owner: verified evidence first, then what it derives from, then marks, then what can only be
 * inferred. Two verified owners, of which one is a pack, are a conflict of evidence, and the object is foreign.
 */
export function decide(
  object: ClusterObject,
  basis: { candidates: readonly Candidate[]; parents: readonly DecidedParent[]; makers: Makers; context: Context },
): Attribution {
  const { candidates, parents, makers, context } = basis;
  const decision =
    byProof(object, candidates) ??
    byKubernetes(object, context) ??
    byParents(object, parents) ??
    byMarks(object, candidates, context) ??
    byInference(object, context, makers) ??
    byNobody(object, parents);
  const refuted = candidates.filter(({ strength }) => strength === 'refuted');
  const other = refuted.find(({ owner }) => ownerKey(owner) !== ownerKey(decision.owner));
  const evidence = [...decision.evidence, ...refuted.map((candidate) => candidate.evidence)];
  return { object, ...decision, evidence, refuted: other === undefined ? undefined : ownerName(other.owner) };
}

/** An owner as a person would name it. */
function ownerName(owner: Owner): string {
  switch (owner.kind) {
    case 'pack':
      return `pack ${owner.pack}`;
    case 'application':
      return owner.namespace === '' ? owner.name : `${owner.name} in ${owner.namespace}`;
    case 'leftover':
      return `pack ${owner.pack}, earlier`;
    case 'person':
    case 'palette':
    case 'kubernetes':
    case 'injected':
    case 'unexplained':
      return owner.kind;
  }
}

function chosen(
  object: ClusterObject,
  choice: { owner: Owner; strength: Strength },
  evidence: readonly Evidence[],
): Decision {
  return { owner: choice.owner, strength: choice.strength, evidence, root: object, conflict: [] };
}

function byProof(object: ClusterObject, candidates: readonly Candidate[]): Decision | undefined {
  const verified = candidates.filter(({ strength }) => strength === 'verified');
  const owners = new Map(verified.map(({ owner }) => [ownerKey(owner), owner]));
  const [first] = verified;
  if (first === undefined) return undefined;
  const evidence = verified.map((candidate) => candidate.evidence);
  const packs = [...owners.values()].some(({ kind }) => kind === 'pack');
  if (owners.size > 1 && packs) return conflict(object, [...owners.values()], evidence);
  return chosen(object, first, evidence);
}

function conflict(object: ClusterObject, owners: readonly Owner[], evidence: readonly Evidence[]): Decision {
  const names = owners.map(ownerName).toSorted();
  return { owner: { kind: 'unexplained' }, strength: 'none', evidence, root: object, conflict: names };
}

function byKubernetes(object: ClusterObject, context: Context): Decision | undefined {
  const text = builtIn(object, context);
  if (text === undefined) return undefined;
  const owner: Owner = { kind: 'kubernetes' };
  return chosen(object, { owner, strength: 'inferred' }, [{ strength: 'inferred', text }]);
}

/** Links of evidence that an object keeps: real chains are three or four long, a hostile one is as long as it likes. */
const MOST_EVIDENCE = 12;

/** Children follow their parents, if these agree; a child of what nobody explains is decided by its own marks. */
function byParents(object: ClusterObject, all: readonly DecidedParent[]): Decision | undefined {
  const parents = all.filter((one) => tellsOwner(object, one));
  const [first] = parents;
  if (first === undefined) return undefined;
  const owners = new Map(parents.map(({ attribution }) => [ownerKey(attribution.owner), attribution.owner]));
  const evidence = parents.map(({ parent }) => ({ strength: parent.strength, text: parent.text }));
  if (owners.size > 1) return conflict(object, [...owners.values()], evidence);
  const { attribution, parent } = first;
  if (attribution.owner.kind === 'unexplained') return undefined;
  const creator = object.owners.length > 0 ? creatingPerson(object) : undefined;
  const strength = weaker(attribution.strength, creator === undefined ? parent.strength : 'inferred');
  const made: readonly Evidence[] =
    creator === undefined ? [] : [{ strength: 'inferred', text: `created by ${creator}, which people use` }];
  return {
    owner: attribution.owner,
    strength,
    evidence: [...made, ...evidence, ...attribution.evidence].slice(0, MOST_EVIDENCE),
    root: attribution.root,
    conflict: [],
  };
}

/**
 * A Namespace owns what any controller hangs on it, and what Kubernetes makes everywhere, such as the default
 * ServiceAccount, may be named as owner by anybody. Neither tells whose the object is.
 */
function tellsOwner(object: ClusterObject, { parent, attribution }: DecidedParent): boolean {
  if (object.owners.length === 0) return true;
  const owner = typeName(parent.object.type);
  if (owner === 'namespaces') return false;
  const isEverywhere = attribution.owner.kind === 'kubernetes' && MADE_EVERYWHERE.has(owner);
  return !isEverywhere || MADE_FOR_ACCOUNTS.has(object.facts.type ?? '');
}

const MADE_EVERYWHERE: ReadonlySet<string> = new Set(['serviceaccounts', 'configmaps']);
const MADE_FOR_ACCOUNTS: ReadonlySet<string> = new Set([
  'kubernetes.io/service-account-token',
  'kubernetes.io/dockercfg',
]);

const ORDER = ['verified', 'claimed', 'inferred', 'refuted', 'none'] as const;

function weaker(a: Strength | 'none', b: Strength | 'none'): Strength {
  const index = Math.max(ORDER.indexOf(a), ORDER.indexOf(b));
  const found = ORDER[index];
  return found === undefined || found === 'none' ? 'inferred' : found;
}

/** Marks whose proof could not be read. In doubt the object is foreign: an outside owner goes before a pack. */
function byMarks(object: ClusterObject, candidates: readonly Candidate[], context: Context): Decision | undefined {
  const marks = candidates.filter(({ strength }) => strength === 'claimed' || strength === 'inferred');
  const hash = hashCandidate(object, context);
  const all = hash === undefined || hash.owner.kind === 'leftover' ? marks : [...marks, hash];
  const best = all.find(({ owner }) => owner.kind !== 'pack') ?? all[0];
  return (
    best &&
    chosen(
      object,
      best,
      all.map((candidate) => candidate.evidence),
    )
  );
}

function byInference(object: ClusterObject, context: Context, makers: Makers): Decision | undefined {
  const candidate =
    keptLeftover(object, context) ??
    hashCandidate(object, context) ??
    paletteCandidate(object, context) ??
    makerCandidate(object, makers) ??
    injectedCandidate(object, context);
  return candidate && chosen(object, candidate, [candidate.evidence]);
}

/** No evidence names an owner: a person wrote it, or nobody knows. It stays with its root, so that both are listed as one. */
function byNobody(object: ClusterObject, parents: readonly DecidedParent[]): Decision {
  const root = parents[0]?.attribution.root ?? object;
  const manager = personsManager(object);
  const owner: Owner = manager === undefined ? { kind: 'unexplained' } : { kind: 'person', manager };
  const evidence: Evidence[] =
    manager === undefined
      ? [...dangling(object, parents)]
      : [...dangling(object, parents), { strength: 'inferred', text: `written by ${manager}, which people use` }];
  return { owner, strength: manager === undefined ? 'none' : 'inferred', evidence, root, conflict: [] };
}

function dangling(object: ClusterObject, parents: readonly DecidedParent[]): readonly Evidence[] {
  const [reference] = object.owners;
  if (reference === undefined || parents.length > 0) return [];
  return [{ strength: 'refuted', text: `its owner ${reference.kind} ${reference.name} is not there` }];
}
