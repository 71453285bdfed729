import type { HangRisk } from '../model/removal.ts';
import { aftermathOf } from './aftermath.ts';
import type { DestructionSet } from './destruction.ts';
import { hangRisks } from './hang-risks.ts';
import type { World } from './world.ts';

/** Why the deletion may not end; in output order. Which of the causes could be looked for is told by the checks. */
export function hangsOf(world: World, set: DestructionSet): readonly HangRisk[] {
  return hangRisks(aftermathOf(world, set, new Set()));
}
