import type { Attribution, Evidence, Owner } from '../model/attribution.ts';
import type { ClusterObject } from '../model/inventory.ts';

/** An owner in one text, so that two mentions of the same owner compare equal. */
export function ownerKey(owner: Owner): string {
  if ('pack' in owner) return `${owner.kind} ${owner.pack}`;
  return owner.kind === 'application' ? `${owner.via} ${owner.namespace}/${owner.name}` : owner.kind;
}

/** Whose an object is, and why: the same for many objects. */
export type Verdict = Pick<Attribution, 'owner' | 'strength' | 'evidence'>;

/** What most objects have: no owner that their evidence disagrees about. */
const NO_CONFLICT: readonly string[] = [];

/** An owner as a person would name it. */
export function ownerName(owner: Owner): string {
  if (owner.kind === 'pack') return `pack ${owner.pack}`;
  if (owner.kind === 'leftover') return `pack ${owner.pack}, earlier`;
  if (owner.kind !== 'application') return owner.kind;
  return owner.namespace === '' ? owner.name : `${owner.name} in ${owner.namespace}`;
}

/** An attribution to one owner, by evidence of the object itself, or of the `root` that it derives from. */
export function attributionTo(object: ClusterObject, verdict: Verdict, root = object): Attribution {
  const { owner, strength, evidence } = verdict;
  return { object, owner, strength, evidence, root, refuted: undefined, conflict: NO_CONFLICT };
}

/** Evidence that disagrees: nobody knows whose the object is. */
export function conflicting(
  object: ClusterObject,
  owners: readonly Owner[],
  evidence: readonly Evidence[],
): Attribution {
  const conflict = owners.map(ownerName).toSorted();
  return { ...attributionTo(object, { ...NOBODYS, evidence }), conflict };
}

/** The owner of what nobody explains. */
export const NOBODYS = { owner: { kind: 'unexplained' }, strength: 'none', evidence: [] } as const satisfies Verdict;
