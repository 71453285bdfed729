import { elsewhereIn } from '../attribution/elsewhere.ts';
import { linkReleases } from '../attribution/link-releases.ts';
import type { OwnedNamespaces } from '../attribution/owned-namespaces.ts';
import { namespacesToRead, stakesOf } from '../attribution/stakes.ts';
import { statesOf } from '../attribution/states.ts';
import { judged } from '../attribution/totals.ts';
import { typeScope } from '../model/type-scope.ts';
import { ownedAmong, ownersAmong } from '../cluster/cluster-owners.ts';
import type { ReleaseLink } from '../model/attribution.ts';
import type { PackDefinition } from '../model/definition.ts';
import type { Inventory, Release } from '../model/inventory.ts';
import type { Pack, Stake } from '../model/pack.ts';
import type { Subject } from '../model/subject.ts';
import { isClusterScoped, type Target } from './target.ts';

/** Packs with their releases and claims, before any object is known: enough to know which namespaces to read. */
export interface Claims {
  readonly packs: readonly Pack[];
  readonly links: readonly ReleaseLink[];
  readonly stakes: readonly Stake[];
}

/**
 * Links releases to packs and works out the packs' claims. Discovery's types sharpen them once they are known, and
 * namespaces with an owner add to them.
 */
export function claimsOf(
  packs: readonly Pack[],
  releases: readonly Release[],
  { types = [], owned }: { readonly types?: Inventory['types']; readonly owned?: OwnedNamespaces } = {},
): Claims {
  const links = linkReleases(packs, releases);
  const input = { packs, releases, links, scope: typeScope(types) };
  return { packs, links, stakes: stakesOf(owned === undefined ? input : { ...input, owned }) };
}

/** Namespaces whose contents have to be listed for these claims, narrowed to those that `-n` names. */
export function scopeOf({ stakes }: Claims, narrowedTo: readonly string[]): readonly string[] {
  return narrowedTo.length > 0 ? narrowedTo : namespacesToRead(stakes);
}

/** Label and annotation keys that definitions put on namespaces: the reader keeps these to compare them. */
export function declaredKeys(definitions: readonly PackDefinition[]): {
  readonly declaredLabelKeys: ReadonlySet<string>;
  readonly declaredAnnotationKeys: ReadonlySet<string>;
} {
  const labels = definitions.flatMap(({ namespaceLabels }) => namespaceLabels);
  const annotations = definitions.flatMap(({ namespaceAnnotations }) => namespaceAnnotations);
  return {
    declaredLabelKeys: new Set(labels.flatMap(({ entries }) => entries.map(({ key }) => key))),
    declaredAnnotationKeys: new Set(annotations.flatMap(({ entries }) => entries.map(({ key }) => key))),
  };
}

/** Looks up which of the unexplained objects stand in every namespace. */
export type LookElsewhere = (
  inventory: Inventory,
  candidates: readonly { readonly resource: string; readonly name: string }[],
) => Promise<Inventory>;

/** Looks it up in the inventory itself, which has to hold the whole cluster. */
export const lookWithin: LookElsewhere = (inventory, candidates) =>
  Promise.resolve({ ...inventory, elsewhere: elsewhereIn(inventory, candidates) });

/**
 * Attributes everything and states the packs. Objects that stay unexplained are looked up in the other namespaces
 * and judged again, for only there can be seen what is injected everywhere.
 */
export async function subjectOf(
  packs: readonly Pack[],
  reading: {
    readonly inventory: Inventory;
    readonly narrowedTo: readonly string[];
    readonly allNamespaces: boolean;
    readonly target?: Target | undefined;
    /** Of namespaces that no pack claims nothing is listed: their totals are enough. */
    readonly listsClaimed?: boolean;
  },
  look: LookElsewhere,
): Promise<Subject> {
  const { narrowedTo, allNamespaces, target, listsClaimed = false } = reading;
  const { releases, types } = reading.inventory;
  const claims = claimsOf(packs, releases, { types, owned: ownedIn(reading.inventory) });
  const scope = isClusterScoped(target) ? [] : scopeOf(claims, narrowedTo);
  const relevant = allNamespaces ? reading.inventory : withinScope(reading.inventory, scope, target);
  const listed = new Set([...claims.stakes.map(({ namespace }) => namespace), ...narrowedTo]);
  const first = judged({ inventory: relevant, ...claims }, (namespace) => !listsClaimed || listed.has(namespace));
  const { candidates, attributions, totals } = first;
  const asked = { ...claims, narrowedTo, allNamespaces };
  if (candidates.length === 0) return stated({ ...asked, inventory: relevant, attributions, totals });
  const { elsewhere } = await look(reading.inventory, candidates);
  return stated({ ...asked, inventory: { ...relevant, elsewhere }, ...first.again(elsewhere) });
}

/** Few namespaces have owners, and these few types: the ledger is looked through for them alone. */
function ownedIn({ namespaces, types, objects, coverage }: Inventory): OwnedNamespaces {
  const isListed = (resource: string): boolean =>
    coverage.some((entry) => entry.resource === resource && entry.scope === '' && entry.state === 'complete');
  return { namespaces, types, seen: { objects, isListed } };
}

/** A snapshot of the whole cluster is judged by what a live audit would have read: the same bytes come out. */
function withinScope(inventory: Inventory, scope: readonly string[], target: Target | undefined): Inventory {
  const here = new Set(scope);
  const within = inventory.objects.filter(
    ({ type, namespace, facts }) =>
      here.has(namespace) || (namespace === '' && (type === target?.type || here.has(claimNamespace(facts.claim)))),
  );
  const global = inventory.objects.filter(({ namespace }) => namespace === '');
  const kept = new Set([...within, ...ownersAmong([...within, ...ownedAmong(inventory.namespaces)], global)]);
  return { ...inventory, objects: inventory.objects.filter((object) => kept.has(object)) };
}

/** The namespace of a volume's claim, `namespace/name`. */
function claimNamespace(claim = ''): string {
  return claim.slice(0, Math.max(0, claim.indexOf('/')));
}

function stated(subject: Omit<Subject, 'states'>): Subject {
  return { ...subject, states: statesOf(subject.packs, subject.links, subject) };
}
