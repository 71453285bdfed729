import type { Attribution, Evidence, Owner } from '../model/attribution.ts';
import type { ClusterObject } from '../model/inventory.ts';
import { builtIn } from './built-in.ts';
import { helmCandidates, manifestCandidates, outsideCandidates, type Candidate } from './candidates.ts';
import type { Context } from './context.ts';
import { injectedCandidate, makerCandidate, type Makers } from './makers.ts';
import { hashCandidate, keptLeftover, paletteCandidate } from './palette-marks.ts';
import { attributionTo, conflicting, NOBODYS, ownerKey, ownerName, type Verdict } from './decision.ts';
import { byParents, type DecidedParent } from './inherit.ts';
import { personsManager } from './managers.ts';
import { lastRemembered, remembered } from '../model/remembered.ts';

/** Candidates from the object itself, proofs and marks alike. */
export function directCandidates(object: ClusterObject, context: Context): readonly Candidate[] {
  const helm = helmCandidates(object, context);
  const manifests = manifestCandidates(object, context);
  const outside = outsideCandidates(object, context);
  // Most objects have one kind of them, if any.
  if (manifests.length === 0 && outside.length === 0) return helm;
  return [...helm, ...manifests, ...outside];
}

/** What an owner is decided by: of the object itself, and of the whole attribution. */
interface Basis {
  readonly candidates: readonly Candidate[];
  readonly parents: readonly DecidedParent[];
  readonly makers: Makers;
  readonly context: Context;
  /** See `inheritance`. */
  readonly inherit: (from: DecidedParent) => Verdict;
}

/**
 * Decides one object's owner: verified evidence first, then what it derives from, then marks, then what can only be
 * inferred. Two verified owners, of which one is a pack, are a conflict of evidence, and the object is foreign.
 */
export function decide(object: ClusterObject, basis: Basis): Attribution {
  const { candidates, parents, makers, context, inherit } = basis;
  const attribution =
    byProof(object, candidates) ??
    byKubernetes(object, context) ??
    byParents(object, parents, inherit) ??
    byMarks(object, candidates, context) ??
    byInference(object, context, makers) ??
    byNobody(object, parents);
  if (!candidates.some(isRefuted)) return attribution;
  const refuted = candidates.filter(isRefuted);
  const other = refuted.find(({ owner }) => ownerKey(owner) !== ownerKey(attribution.owner));
  const evidence = [...attribution.evidence, ...refuted.map((candidate) => candidate.evidence)];
  const name = other === undefined ? undefined : ownerName(other.owner);
  return { ...attribution, evidence, refuted: name };
}

function isRefuted({ strength }: Candidate): boolean {
  return strength === 'refuted';
}

/** What one candidate alone says. Neighbours often are of one release, by the same proof. */
const verdictOf = lastRemembered(({ owner, strength, evidence }: Candidate): Verdict => ({
  owner,
  strength,
  evidence: [evidence],
}));

function byProof(object: ClusterObject, candidates: readonly Candidate[]): Attribution | undefined {
  const verified = candidates.every(isVerified) ? candidates : candidates.filter(isVerified);
  const first = verified.at(0);
  if (first === undefined) return undefined;
  if (verified.length === 1) return attributionTo(object, verdictOf(first));
  const owners = new Map(verified.map(({ owner }) => [ownerKey(owner), owner]));
  const evidence = verified.map((candidate) => candidate.evidence);
  const packs = [...owners.values()].some(({ kind }) => kind === 'pack');
  if (owners.size > 1 && packs) return conflicting(object, [...owners.values()], evidence);
  return attributionTo(object, { owner: first.owner, strength: first.strength, evidence });
}

function isVerified({ strength }: Candidate): boolean {
  return strength === 'verified';
}

function byKubernetes(object: ClusterObject, context: Context): Attribution | undefined {
  const text = builtIn(object, context);
  return text === undefined ? undefined : attributionTo(object, kubernetesOwn(text));
}

const kubernetesOwn = remembered((text: string): Verdict => inferred({ kind: 'kubernetes' }, text));

function inferred(owner: Owner, text: string): Verdict {
  return { owner, strength: 'inferred', evidence: [{ strength: 'inferred', text }] };
}

/** Marks whose proof could not be read. In doubt the object is foreign: an outside owner goes before a pack. */
function byMarks(object: ClusterObject, candidates: readonly Candidate[], context: Context): Attribution | undefined {
  const marks = candidates.every(isMark) ? candidates : candidates.filter(isMark);
  const hash = hashCandidate(object, context);
  const all = hash === undefined || hash.owner.kind === 'leftover' ? marks : [...marks, hash];
  const best = all.find(({ owner }) => owner.kind !== 'pack') ?? all[0];
  if (best === undefined) return undefined;
  const evidence = all.map((candidate) => candidate.evidence);
  return attributionTo(object, { owner: best.owner, strength: best.strength, evidence });
}

function isMark({ strength }: Candidate): boolean {
  return strength === 'claimed' || strength === 'inferred';
}

function byInference(object: ClusterObject, context: Context, makers: Makers): Attribution | undefined {
  const candidate =
    keptLeftover(object, context) ??
    hashCandidate(object, context) ??
    paletteCandidate(object, context) ??
    makerCandidate(object, makers) ??
    injectedCandidate(object, context);
  return candidate && attributionTo(object, verdictOf(candidate));
}

/** No evidence names an owner: a person wrote it, or nobody knows. It stays with its root, so that both are listed as one. */
function byNobody(object: ClusterObject, parents: readonly DecidedParent[]): Attribution {
  const manager = personsManager(object);
  const verdict = manager === undefined ? NOBODYS : writtenBy(manager);
  const lost = dangling(object, parents);
  const whole = lost.length === 0 ? verdict : { ...verdict, evidence: [...lost, ...verdict.evidence] };
  return attributionTo(object, whole, parents[0]?.attribution.root);
}

/** Neighbours often have one writer. */
const writtenBy = lastRemembered((manager: string) =>
  inferred({ kind: 'person', manager }, `written by ${manager}, which people use`),
);

const NONE: readonly never[] = [];

function dangling(object: ClusterObject, parents: readonly DecidedParent[]): readonly Evidence[] {
  const reference = object.owners.at(0);
  if (reference === undefined || parents.length > 0) return NONE;
  return [{ strength: 'refuted', text: `its owner ${reference.kind} ${reference.name} is not there` }];
}
