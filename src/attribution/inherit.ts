import type { Attribution, Evidence } from '../model/attribution.ts';
import { ownWriters, type ClusterObject } from '../model/inventory.ts';
import { typeName } from '../model/resource.ts';
import { attributionTo, conflicting, ownerKey, type Verdict } from './decision.ts';
import { creatingPerson } from './managers.ts';
import { isForAccounts, type Parent } from './parents.ts';

/** A parent with what was decided about it. */
export interface DecidedParent {
  readonly parent: Parent;
  readonly attribution: Attribution;
}

/** Links of evidence that an object keeps: real chains are three or four long, a hostile one is as long as it likes. */
const MOST_EVIDENCE = 12;

/** Children follow their parents, if these agree; a child of what nobody explains is decided by its own marks. */
export function byParents(
  object: ClusterObject,
  all: readonly DecidedParent[],
  inherit: (from: DecidedParent) => Verdict,
): Attribution | undefined {
  if (all.length === 0) return undefined;
  const tells = (one: DecidedParent): boolean => tellsOwner(object, one);
  const parents = all.every(tells) ? all : all.filter(tells);
  const first = parents.at(0);
  if (first === undefined) return undefined;
  if (parents.length === 1 && creatingPerson(object) === undefined)
    return isExplained(first) ? attributionTo(object, inherit(first), first.attribution.root) : undefined;
  return bySeveral(object, [first, ...parents.slice(1)]);
}

/** Several parents, or one of what a person created. */
function bySeveral(
  object: ClusterObject,
  parents: readonly [DecidedParent, ...DecidedParent[]],
): Attribution | undefined {
  const [first, ...others] = parents;
  const creator = creatingPerson(object);
  const owners = new Map(parents.map(({ attribution }) => [ownerKey(attribution.owner), attribution.owner]));
  const links = [linkTo(first), ...others.map(linkTo)] as const;
  if (owners.size > 1) return conflicting(object, [...owners.values()], links);
  if (!isExplained(first)) return undefined;
  const chain = creator === undefined ? links : ([createdBy(creator), ...links] as const);
  return attributionTo(object, inherited(first, chain), first.attribution.root);
}

function linkTo({ parent: { strength, text } }: DecidedParent): Evidence {
  return { strength, text };
}

function isExplained({ attribution }: DecidedParent): boolean {
  return attribution.owner.kind !== 'unexplained';
}

function createdBy(creator: string): Evidence {
  return { strength: 'inferred', text: `created by ${creator}, which people use` };
}

/** What a child takes over from its parent, with its own links of the chain of evidence, the deciding one first. */
function inherited({ attribution }: DecidedParent, links: readonly [Evidence, ...Evidence[]]): Verdict {
  return {
    owner: attribution.owner,
    strength: links[0].strength === 'inferred' ? 'inferred' : attribution.strength,
    evidence: [...links, ...attribution.evidence].slice(0, MOST_EVIDENCE),
  };
}

/** What children take over from one parent, worked out once for all that are linked to it in the same way. */
export function inheritance(): (from: DecidedParent) => Verdict {
  const known = new Map<Attribution, Verdict>();
  return (from) => {
    const before = known.get(from.attribution);
    if (before?.evidence[0]?.text === from.parent.text) return before;
    const verdict = inherited(from, [linkTo(from)]);
    known.set(from.attribution, verdict);
    return verdict;
  };
}

/**
 * A Namespace owns what any controller hangs on it, and what Kubernetes makes everywhere, such as the default
 * ServiceAccount, may be named as owner by anybody. Neither tells whose the object is, but for what controllers make for
 * each ServiceAccount: a token that somebody had made for the default one is not made again.
 */
function tellsOwner(object: ClusterObject, { parent, attribution }: DecidedParent): boolean {
  const owner = typeName(parent.object.type);
  if (owner === 'namespaces') return false;
  const isEverywhere = attribution.owner.kind === 'kubernetes' && MADE_EVERYWHERE.has(owner);
  return !isEverywhere || (isForAccounts(object) && ownWriters(object).every(({ manager }) => FILLERS.has(manager)));
}

/** The controllers that make such Secrets by themselves, and fill those that others make. */
const FILLERS: ReadonlySet<string> = new Set([
  'kube-controller-manager',
  'openshift-controller-manager',
  'cluster-openshift-controller-manager-operator',
]);

const MADE_EVERYWHERE: ReadonlySet<string> = new Set(['serviceaccounts', 'configmaps']);
