import type { Attribution, Evidence, Owner } from '../model/attribution.ts';
import type { ClusterObject } from '../model/inventory.ts';
import { builtIn } from './built-in.ts';
import { helmCandidates, manifestCandidates, outsideCandidates, type Candidate } from './candidates.ts';
import type { Context } from './context.ts';
import { injectedCandidate, makerCandidate, type Makers } from './makers.ts';
import { hashCandidate, keptLeftover, paletteCandidate } from './palette-marks.ts';
import { chosen, conflicting, NO_CONFLICT, ownerKey, ownerName, type Decision } from './decision.ts';
import { byParents, type DecidedParent } from './inherit.ts';
import { personsManager } from './managers.ts';

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
  readonly inherit: (from: DecidedParent) => Decision;
}

/**
 * Decides one object's owner: verified evidence first, then what it derives from, then marks, then what can only be
 * inferred. Two verified owners, of which one is a pack, are a conflict of evidence, and the object is foreign.
 */
export function decide(object: ClusterObject, basis: Basis): Attribution {
  const { candidates, parents, makers, context, inherit } = basis;
  const decision =
    byProof(object, candidates) ??
    byKubernetes(object, context) ??
    byParents(object, parents, inherit) ??
    byMarks(object, candidates, context) ??
    byInference(object, context, makers) ??
    byNobody(object, parents);
  if (!candidates.some(isRefuted)) return attributionOf(object, decision);
  const refuted = candidates.filter(isRefuted);
  const other = refuted.find(({ owner }) => ownerKey(owner) !== ownerKey(decision.owner));
  const evidence = [...decision.evidence, ...refuted.map((candidate) => candidate.evidence)];
  const name = other === undefined ? undefined : ownerName(other.owner);
  return { ...attributionOf(object, decision), evidence, refuted: name };
}

function isRefuted({ strength }: Candidate): boolean {
  return strength === 'refuted';
}

function attributionOf(object: ClusterObject, decision: Decision): Attribution {
  const { owner, strength, evidence, root, conflict } = decision;
  return { object, owner, strength, evidence, root, refuted: undefined, conflict };
}

function byProof(object: ClusterObject, candidates: readonly Candidate[]): Decision | undefined {
  if (candidates.length === 0) return undefined;
  const verified = candidates.filter(({ strength }) => strength === 'verified');
  const [first, second] = verified;
  if (first === undefined) return undefined;
  if (second === undefined) return chosen(object, first, [first.evidence]);
  const owners = new Map(verified.map(({ owner }) => [ownerKey(owner), owner]));
  const evidence = verified.map((candidate) => candidate.evidence);
  const packs = [...owners.values()].some(({ kind }) => kind === 'pack');
  if (owners.size > 1 && packs) return conflicting(object, [...owners.values()], evidence);
  return chosen(object, first, evidence);
}

function byKubernetes(object: ClusterObject, context: Context): Decision | undefined {
  const text = builtIn(object, context);
  if (text === undefined) return undefined;
  const owner: Owner = { kind: 'kubernetes' };
  return chosen(object, { owner, strength: 'inferred' }, [{ strength: 'inferred', text }]);
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
  return { owner, strength: manager === undefined ? 'none' : 'inferred', evidence, root, conflict: NO_CONFLICT };
}

function dangling(object: ClusterObject, parents: readonly DecidedParent[]): readonly Evidence[] {
  const [reference] = object.owners;
  if (reference === undefined || parents.length > 0) return [];
  return [{ strength: 'refuted', text: `its owner ${reference.kind} ${reference.name} is not there` }];
}
