import type { Attribution } from '../model/attribution.ts';
import type { ClusterObject, Elsewhere } from '../model/inventory.ts';
import type { Candidate } from './candidates.ts';
import { contextOf, mayBeParent, withElsewhere, type AttributionInput, type Context } from './context.ts';
import { decide, directCandidates } from './decide.ts';
import { inheritance, type DecidedParent } from './inherit.ts';
import { makersOf, type Makers } from './makers.ts';
import { remembered } from '../model/remembered.ts';
import { owningParent, parentsOf, type Parent } from './parents.ts';

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
  return attributedOn(groundOf(input), input.inventory.objects);
}

/** What every judgement of one inventory rests on. */
export interface Ground {
  readonly context: Context;
  readonly makers: Makers;
}

/** Builds it, once for one inventory. */
export function groundOf(input: AttributionInput): Ground {
  const context = contextOf(input);
  return { context, makers: makersOf(context) };
}

/** The same, once it is known where else objects of some names are. */
export function groundWith({ context, makers }: Ground, elsewhere: readonly Elsewhere[]): Ground {
  return { context: withElsewhere(context, elsewhere), makers };
}

/** The owners of these objects of the inventory, in their order. */
export function attributedOn(ground: Ground, objects: readonly ClusterObject[]): Attributed {
  const walk = walkOn(ground);
  const unsure: { readonly object: ClusterObject; readonly at: number }[] = [];
  const attributions = objects.map((object, at) => {
    const attribution = settled(object, walk);
    if (walk.unsure.has(object)) unsure.push({ object, at });
    return attribution;
  });
  return {
    attributions,
    again: (elsewhere) => {
      const next = { ...walkOn(groundWith(ground, elsewhere)), decided: walk.decided };
      for (const { object } of unsure) next.decided.delete(object);
      const all = [...attributions];
      for (const { object, at } of unsure) all[at] = settled(object, next);
      return all;
    },
  };
}

/** Judges one object after the other, with a memory of its own, which goes with it. */
export function judgeOn({ context, makers }: Ground): (object: ClusterObject) => Attribution {
  const walk = walkOn({ context: { ...context, parentOf: remembered(owningParent) }, makers });
  return (object) => settled(object, walk);
}

/** An object that waits for its parents. */
interface Pending {
  readonly candidates: readonly Candidate[];
  readonly parents: readonly Parent[];
}

interface Walk extends Ground {
  /** What others may derive from, as far as it is decided. */
  readonly decided: Map<ClusterObject, Attribution>;
  readonly open: Map<ClusterObject, Pending>;
  /** What nobody explains, and everything that was asked whose it is by way of such an object. */
  readonly unsure: Set<ClusterObject>;
  readonly inherit: ReturnType<typeof inheritance>;
}

function walkOn(ground: Ground): Walk {
  return { ...ground, decided: new Map(), open: new Map(), unsure: new Set(), inherit: inheritance() };
}

/** Decides an object, and before it everything that it derives from. */
function settled(start: ClusterObject, walk: Walk): Attribution {
  const isParent = mayBeParent(start, walk.context);
  const before = isParent ? walk.decided.get(start) : undefined;
  if (before !== undefined) return before;
  const pending = pendingOf(start, walk.context);
  if (pending.parents.length > 0) settleParents(start, pending, walk);
  const attribution = finish(start, pending, walk);
  if (isParent) walk.decided.set(start, attribution);
  return attribution;
}

function settleParents(start: ClusterObject, pending: Pending, walk: Walk): void {
  const missing = waitsFor(start, pending, walk);
  if (missing.length === 0) return;
  const stack = [...missing];
  for (let object = stack.at(-1); object !== undefined; object = stack.at(-1)) {
    const waiting = walk.decided.has(object) ? NONE : visit(object, walk);
    if (waiting.length === 0) stack.pop();
    else for (const parent of waiting) stack.push(parent);
  }
}

/** Decides a parent, or says which parents it has to wait for; on a second visit it waits no more: they form a cycle. */
function visit(object: ClusterObject, walk: Walk): readonly ClusterObject[] {
  const known = walk.open.get(object);
  const pending = known ?? pendingOf(object, walk.context);
  const waiting = known === undefined ? waitsFor(object, pending, walk) : NONE;
  if (waiting.length === 0) walk.decided.set(object, finish(object, pending, walk));
  return waiting;
}

const NONE: readonly never[] = [];

function pendingOf(object: ClusterObject, context: Context): Pending {
  const candidates = directCandidates(object, context);
  const proved = candidates.some(({ strength }) => strength === 'verified');
  return { candidates, parents: proved ? NONE : parentsOf(object, context) };
}

/** Parents not yet decided, but those that are waited for already. */
function waitsFor(object: ClusterObject, pending: Pending, { decided, open }: Walk): readonly ClusterObject[] {
  if (pending.parents.every((parent) => decided.has(parent.object))) return NONE;
  open.set(object, pending);
  return pending.parents.map((parent) => parent.object).filter((one) => !decided.has(one) && !open.has(one));
}

function finish(object: ClusterObject, pending: Pending, walk: Walk): Attribution {
  const { context, makers, inherit } = walk;
  const parents = decidedAmong(pending.parents, walk);
  const attribution = decide(object, { candidates: pending.candidates, parents, makers, context, inherit });
  if (pending.parents.length > 0) walk.open.delete(object);
  if (attribution.owner.kind === 'unexplained' || parents.some(({ parent }) => walk.unsure.has(parent.object)))
    walk.unsure.add(object);
  return attribution;
}

function decidedAmong(parents: readonly Parent[], { decided }: Walk): readonly DecidedParent[] {
  if (parents.length === 0) return NONE;
  const found: DecidedParent[] = [];
  for (const parent of parents) {
    const attribution = decided.get(parent.object);
    if (attribution !== undefined) found.push({ parent, attribution });
  }
  return found;
}
