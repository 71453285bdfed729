import type { Attribution, Evidence, Owner, Strength } from '../model/attribution.ts';
import type { ClusterObject } from '../model/inventory.ts';

/** An owner in one text, so that two mentions of the same owner compare equal. */
export function ownerKey(owner: Owner): string {
  if ('pack' in owner) return `${owner.kind} ${owner.pack}`;
  return owner.kind === 'application' ? `${owner.via} ${owner.namespace}/${owner.name}` : owner.kind;
}

/** What is decided of an object. */
export type Decision = Pick<Attribution, 'owner' | 'strength' | 'evidence' | 'root' | 'conflict'>;

/** What most objects have: no owner that their evidence disagrees about. */
export const NO_CONFLICT: readonly string[] = [];

/** An owner as a person would name it. */
export function ownerName(owner: Owner): string {
  if (owner.kind === 'pack') return `pack ${owner.pack}`;
  if (owner.kind === 'leftover') return `pack ${owner.pack}, earlier`;
  if (owner.kind !== 'application') return owner.kind;
  return owner.namespace === '' ? owner.name : `${owner.name} in ${owner.namespace}`;
}

/** A decision for one owner, by evidence of the object itself. */
export function chosen(
  object: ClusterObject,
  choice: { owner: Owner; strength: Strength },
  evidence: readonly Evidence[],
): Decision {
  return { owner: choice.owner, strength: choice.strength, evidence, root: object, conflict: NO_CONFLICT };
}

/** Evidence that disagrees: nobody knows whose the object is. */
export function conflicting(object: ClusterObject, owners: readonly Owner[], evidence: readonly Evidence[]): Decision {
  const names = owners.map(ownerName).toSorted();
  return { owner: { kind: 'unexplained' }, strength: 'none', evidence, root: object, conflict: names };
}
