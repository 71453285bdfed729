import type { Attribution, Owner } from '../../src/model/attribution.ts';
import { object } from './world.ts';

/** A proved attribution of an object to this owner, unless said otherwise. */
export function attributed(owner: Owner, given: Partial<Attribution> = {}): Attribution {
  const { object: one = object('gone/ConfigMap/x') } = given;
  return {
    object: one,
    owner,
    strength: 'verified',
    evidence: [],
    root: one,
    refuted: undefined,
    conflict: [],
    ...given,
  };
}
