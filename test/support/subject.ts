import { attribute } from '../../src/attribution/attribute.ts';
import { statesOf } from '../../src/attribution/states.ts';
import type { ClusterObject, Inventory } from '../../src/model/inventory.ts';
import type { Pack } from '../../src/model/pack.ts';
import type { Subject } from '../../src/model/subject.ts';
import { attributionInput, inventory } from './world.ts';

/** What a case is about; everything else is ordinary. */
export interface World {
  readonly packs: readonly Pack[];
  readonly objects?: readonly ClusterObject[];
  readonly given?: Partial<Inventory>;
  readonly narrowedTo?: readonly string[];
}

/** The subject of an audit: attributed and stated as the program does, without looking elsewhere. */
export function subjectOf({ packs, objects = [], given = {}, narrowedTo = [] }: World): Subject {
  const input = attributionInput(packs, inventory(objects, given));
  const attributions = attribute(input);
  return { ...input, attributions, states: statesOf(packs, input.links, { attributions }), narrowedTo };
}
