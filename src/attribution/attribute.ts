import type { Attribution } from '../model/attribution.ts';
import type { ClusterObject } from '../model/inventory.ts';
import type { Candidate } from './candidates.ts';
import { contextOf, type AttributionInput, type Context } from './context.ts';
import { decide, directCandidates, type DecidedParent } from './decide.ts';
import { makersOf, type Makers } from './makers.ts';
import { parentsOf, type Parent } from './parents.ts';

/**
 * Finds the owner of every object of the inventory, with its evidence. Objects keep the inventory's order.
 * Owner chains of any length and cycles are walked with a stack of their own; an object in a cycle has no parent.
 */
export function attribute(input: AttributionInput): readonly Attribution[] {
  const walk: Walk = { context: contextOf(input), decided: new Map(), open: new Map() };
  const makers = makersOf(walk.context);
  for (const object of input.inventory.objects) settle(object, walk, makers);
  return input.inventory.objects.flatMap((object) => walk.decided.get(object) ?? []);
}

/** An object that waits for its parents. */
interface Pending {
  readonly candidates: readonly Candidate[];
  readonly parents: readonly Parent[];
}

interface Walk {
  readonly context: Context;
  readonly decided: Map<ClusterObject, Attribution>;
  readonly open: Map<ClusterObject, Pending>;
}

function settle(start: ClusterObject, walk: Walk, makers: Makers): void {
  const stack = [start];
  for (let object = stack.at(-1); object !== undefined; object = stack.at(-1)) {
    const waiting = walk.decided.has(object) ? [] : waitsFor(object, walk);
    if (waiting.length > 0) {
      for (const parent of waiting) stack.push(parent);
      continue;
    }
    stack.pop();
    if (!walk.decided.has(object)) finish(object, walk, makers);
  }
}

/** Parents not yet decided; on the second visit those still open are part of a cycle and are not waited for. */
function waitsFor(object: ClusterObject, walk: Walk): readonly ClusterObject[] {
  if (walk.open.has(object)) return [];
  const candidates = directCandidates(object, walk.context);
  const proved = candidates.some(({ strength }) => strength === 'verified');
  const parents = proved ? [] : parentsOf(object, walk.context);
  walk.open.set(object, { candidates, parents });
  return parents.map((parent) => parent.object).filter((one) => !walk.decided.has(one) && !walk.open.has(one));
}

function finish(object: ClusterObject, walk: Walk, makers: Makers): void {
  const pending = walk.open.get(object) ?? { candidates: [], parents: [] };
  const parents = pending.parents.flatMap((parent): DecidedParent[] => {
    const attribution = walk.decided.get(parent.object);
    return attribution === undefined ? [] : [{ parent, attribution }];
  });
  walk.decided.set(object, decide(object, { candidates: pending.candidates, parents, makers, context: walk.context }));
  walk.open.delete(object);
}
