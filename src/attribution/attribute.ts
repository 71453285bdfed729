import type { Attribution } from '../model/attribution.ts';
import type { ClusterObject, Elsewhere } from '../model/inventory.ts';
import type { Candidate } from './candidates.ts';
import { contextOf, withElsewhere, type AttributionInput, type Context } from './context.ts';
import { decide, directCandidates } from './decide.ts';
import { inheritance, type DecidedParent } from './inherit.ts';
import { makersOf, type Makers } from './makers.ts';
import { parentsOf, type Parent } from './parents.ts';

/** The owners of all objects, and how to judge again those that other namespaces may tell more of. */
export interface Attributed {
  readonly attributions: readonly Attribution[];
  /** What a whole new attribution with `elsewhere` would yield: only what may become another is judged anew. */
  readonly again: (elsewhere: readonly Elsewhere[]) => readonly Attribution[];
}

/**
 * Finds the owner of every object of the inventory, with its evidence. Objects keep the inventory's order.
 * Owner chains of any length and cycles are walked with a stack of their own; an object in a cycle has no parent.
 */
export function attribute(input: AttributionInput): readonly Attribution[] {
  return attributed(input).attributions;
}

/** As `attribute`, for who may look at other namespaces afterwards. */
export function attributed(input: AttributionInput): Attributed {
  const { objects } = input.inventory;
  const context = contextOf(input);
  const walk = walkWith(context, makersOf(context));
  for (const object of objects) settle(object, walk);
  return {
    attributions: decisions(objects, walk),
    again: (elsewhere) => {
      const next = { ...walkWith(withElsewhere(context, elsewhere), walk.makers), decided: walk.decided };
      const open = objects.filter((object) => walk.unsure.has(object));
      for (const object of open) next.decided.delete(object);
      for (const object of open) settle(object, next);
      return decisions(objects, next);
    },
  };
}

function decisions(objects: readonly ClusterObject[], { decided }: Walk): readonly Attribution[] {
  const all: Attribution[] = [];
  for (const object of objects) {
    const attribution = decided.get(object);
    if (attribution !== undefined) all.push(attribution);
  }
  return all;
}

/** An object that waits for its parents. */
interface Pending {
  readonly candidates: readonly Candidate[];
  readonly parents: readonly Parent[];
}

interface Walk {
  readonly context: Context;
  readonly makers: Makers;
  readonly decided: Map<ClusterObject, Attribution>;
  readonly open: Map<ClusterObject, Pending>;
  /** What nobody explains, and everything that was asked whose it is by way of such an object. */
  readonly unsure: Set<ClusterObject>;
  readonly inherit: ReturnType<typeof inheritance>;
}

function walkWith(context: Context, makers: Makers): Walk {
  return { context, makers, decided: new Map(), open: new Map(), unsure: new Set(), inherit: inheritance() };
}

function settle(start: ClusterObject, walk: Walk): void {
  const stack = [start];
  for (let object = stack.at(-1); object !== undefined; object = stack.at(-1)) {
    const waiting = walk.decided.has(object) ? [] : visit(object, walk);
    if (waiting.length === 0) stack.pop();
    else for (const parent of waiting) stack.push(parent);
  }
}

/** Decides an object, or says which parents it has to wait for; on a second visit it waits no more: they form a cycle. */
function visit(object: ClusterObject, walk: Walk): readonly ClusterObject[] {
  const known = walk.open.get(object);
  const pending = known ?? pendingOf(object, walk.context);
  const waiting = known === undefined ? waitsFor(object, pending, walk) : [];
  if (waiting.length === 0) finish(object, pending, walk);
  return waiting;
}

function pendingOf(object: ClusterObject, context: Context): Pending {
  const candidates = directCandidates(object, context);
  const proved = candidates.some(({ strength }) => strength === 'verified');
  return { candidates, parents: proved ? [] : parentsOf(object, context) };
}

/** Parents not yet decided, but those that are waited for already. */
function waitsFor(object: ClusterObject, pending: Pending, { decided, open }: Walk): readonly ClusterObject[] {
  if (pending.parents.length === 0) return [];
  open.set(object, pending);
  return pending.parents.map((parent) => parent.object).filter((one) => !decided.has(one) && !open.has(one));
}

function finish(object: ClusterObject, pending: Pending, walk: Walk): void {
  const { context, makers, inherit } = walk;
  const parents = pending.parents.flatMap((parent): DecidedParent[] => {
    const attribution = walk.decided.get(parent.object);
    return attribution === undefined ? [] : [{ parent, attribution }];
  });
  const attribution = decide(object, { candidates: pending.candidates, parents, makers, context, inherit });
  walk.decided.set(object, attribution);
  walk.open.delete(object);
  if (attribution.owner.kind === 'unexplained' || parents.some(({ parent }) => walk.unsure.has(parent.object)))
    walk.unsure.add(object);
}
