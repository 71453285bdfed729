import type { Attribution } from '../model/attribution.ts';
import { foldedAmong } from '../model/folded.ts';
import type { ClusterObject, Elsewhere } from '../model/inventory.ts';
import { typeName } from '../model/resource.ts';
import type { NamespaceTotals } from '../model/subject.ts';
import { attributedOn, groundOf, groundWith, judgeOn, type Ground } from './attribute.ts';
import type { AttributionInput, Context } from './context.ts';
import { firstCandidates, injectionCandidates, type InjectionCandidate } from './makers.ts';

/** The attributions of some namespaces and of what lies in none, and of every other namespace its totals. */
interface Judged {
  readonly attributions: readonly Attribution[];
  readonly totals: ReadonlyMap<string, NamespaceTotals>;
}

/** The same, with what other namespaces may tell more of, see `injectionCandidates`, and how to judge that again. */
interface JudgedFirst extends Judged {
  readonly candidates: readonly InjectionCandidate[];
  readonly again: (elsewhere: readonly Elsewhere[]) => Judged;
}

/**
 * Judges all objects of the inventory, and keeps the attributions of those in a namespace that is wanted. An object
 * derives from others of its namespace or of none, so that every other namespace is judged by itself and its
 * attributions are forgotten with it: of a million objects they would take as much memory as half the inventory.
 */
export function judged(input: AttributionInput, isWanted: (namespace: string) => boolean): JudgedFirst {
  const { objects } = input.inventory;
  const ground = groundOf(input);
  const others = isSeparable(ground.context) ? runsOf(objects).filter(({ namespace }) => !isWanted(namespace)) : [];
  const counted = new Set(others.map(({ namespace }) => namespace));
  const kept = counted.size === 0 ? objects : objects.filter(({ namespace }) => !counted.has(namespace));
  const { attributions, again } = attributedOn(ground, kept);
  const totals = new Map<string, NamespaceTotals>();
  let candidates = injectionCandidates(attributions);
  for (const run of others) {
    const here = judgedRun(objects, run, ground);
    totals.set(run.namespace, here.totals);
    candidates = firstCandidates([...candidates, ...here.candidates]);
  }
  return {
    attributions,
    totals,
    candidates,
    again: (elsewhere) => {
      const next = groundWith(ground, elsewhere);
      const changed = others.filter(mayChange(objects, next.context));
      const after = changed.map((run) => [run.namespace, judgedRun(objects, run, next).totals] as const);
      return { attributions: again(elsewhere), totals: new Map([...totals, ...after]) };
    },
  };
}

/** Objects of one namespace that stand together: from the first to before the last. */
interface Run {
  readonly namespace: string;
  readonly from: number;
  readonly to: number;
}

/** None at all where a namespace's objects do not stand together. */
function runsOf(objects: readonly ClusterObject[]): readonly Run[] {
  const runs: Run[] = [];
  for (let from = 0, to = 0; from < objects.length; from = to) {
    const namespace = objects[from]?.namespace ?? '';
    while (objects[to]?.namespace === namespace) to += 1;
    if (namespace !== '') runs.push({ namespace, from, to });
  }
  return new Set(runs.map(({ namespace }) => namespace)).size === runs.length ? runs : [];
}

/** A volume may belong to a StatefulSet of another namespace only where two objects bear one UID. */
function isSeparable({ inventory, byUid }: Context): boolean {
  return inventory.claimTemplates.every(({ uid, namespace }) => (byUid.get(uid)?.namespace ?? namespace) === namespace);
}

function judgedRun(
  objects: readonly ClusterObject[],
  { from, to }: Run,
  ground: Ground,
): { readonly totals: NamespaceTotals; readonly candidates: readonly InjectionCandidate[] } {
  const attributions = objects.slice(from, to).map(judgeOn(ground));
  const packs = attributions.flatMap(({ owner }) => (owner.kind === 'pack' ? [owner.pack] : []));
  return {
    totals: { resources: to - from, folded: foldedAmong(attributions), packs: [...new Set(packs)] },
    candidates: injectionCandidates(attributions),
  };
}

/** Only where an object is of a type and name that somebody writes everywhere can anything become another's. */
function mayChange(objects: readonly ClusterObject[], { everywhere }: Context): (run: Run) => boolean {
  const written = new Set([...everywhere].filter(([, writers]) => writers.size > 0).map(([key]) => key));
  const names = new Set(Array.from(written, (key) => key.slice(key.indexOf('/') + 1)));
  const isWritten = ({ type, name }: ClusterObject): boolean =>
    names.has(name) && written.has(`${typeName(type)}/${name}`);
  return ({ from, to }) => names.size > 0 && objects.slice(from, to).some(isWritten);
}
