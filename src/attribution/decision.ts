import type { Attribution, Evidence, Owner, Strength } from '../model/attribution.ts';
import type { ClusterObject } from '../model/inventory.ts';

/** An owner in one text, so that two mentions of the same owner compare equal. */
export function ownerKey(owner: Owner): string {
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

/** What is decided of an object. */
export type Decision = Pick<Attribution, 'owner' | 'strength' | 'evidence' | 'root' | 'conflict'>;

/** What most objects have: no owner that their evidence disagrees about. */
export const NO_CONFLICT: readonly string[] = [];

/** An owner as a person would name it. */
export function ownerName(owner: Owner): string {
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
