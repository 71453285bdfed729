import { UserError } from '../model/errors.ts';
import type { Inventory } from '../model/inventory.ts';
import { typeName, type ResourceType } from '../model/resource.ts';
import { nearest } from './nearest.ts';
import { quoted } from './quoted.ts';

/** The type that a word names, and the others that it could have meant, best first. */
export interface NamedType {
  readonly type: ResourceType;
  readonly others: readonly ResourceType[];
}

/** Types as discovery told them; where the order of the groups is not known, that of their names counts. */
export type Served = Pick<Inventory, 'types' | 'groupOrder'> & {
  /** Groups that did not answer when they were asked for their types. */
  readonly unanswered?: readonly string[];
};

/**
 * Finds the type that a word names, as kubectl does: plural, singular, kind or short name, each also as `TYPE.GROUP`
 * and `TYPE.VERSION.GROUP`; a group may be cut. Of several groups the core group counts, then the one that
 * discovery names first; a full name goes before a short one. The version does not matter, for an object is the same
 * in each. Source: kubectl, `resource.Builder` and its shortcut expander; k8s.io/apimachinery `DefaultRESTMapper`.
 *
 * @throws {UserError} that names the word and the nearest type; exit code 4 when parts of the API did not answer.
 */
export function namedType(word: string, served: Served): NamedType {
  const [type, ...others] = matches(word.toLowerCase(), served);
  if (type !== undefined) return { type, others };
  const names = served.types.flatMap((one) => [one.resource, singularOf(one), ...one.shortNames, typeName(one)]);
  const meant = nearest(word.toLowerCase(), [...new Set(names)]);
  throw new UserError(
    `the server does not have a resource type ${quoted(word)}${silence(served)}`,
    meant === undefined ? 'See which there are with "kubectl api-resources".' : `Did you mean ${meant}?`,
    served.unanswered?.length ? 4 : 2,
  );
}

function silence({ unanswered = [] }: Served): string {
  return unanswered.length === 0 ? '' : `, as far as is known: ${unanswered.join(', ')} did not answer`;
}

/** Some APIs leave the singular out; then it is the kind in small letters. Source: apimachinery, UnsafeGuessKindToResource. */
function singularOf({ singular, kind }: ResourceType): string {
  return singular === '' ? kind.toLowerCase() : singular;
}

function matches(word: string, served: Served): readonly ResourceType[] {
  const [name = '', ...rest] = word.split('.');
  const ofGroup = inOrder(served).filter((type) => rest.length === 0 || isInGroup(type, rest));
  const exact = rest.length === 0 ? ofGroup : preferExact(ofGroup, rest);
  const whole = exact.filter((type) => [type.resource, singularOf(type), type.kind.toLowerCase()].includes(name));
  return whole.length > 0 ? whole : exact.filter(({ shortNames }) => shortNames.includes(name));
}

function inOrder({ types, groupOrder = [] }: Served): readonly ResourceType[] {
  const rank = new Map(['', ...groupOrder.filter((group) => group !== '')].map((group, at) => [group, at]));
  const last = rank.size;
  return types.toSorted((a, b) => (rank.get(a.group) ?? last) - (rank.get(b.group) ?? last));
}

const VERSION = /^v\d+(?:(?:alpha|beta)\d+)?$/;

/** The groups that the parts behind the type may mean: with a version before it, or without. */
function groupsMeant([first = '', ...more]: readonly string[]): readonly string[] {
  const whole = [first, ...more].join('.');
  return VERSION.test(first) && more.length > 0 ? [more.join('.'), whole] : [whole];
}

function isInGroup({ group }: ResourceType, parts: readonly string[]): boolean {
  return groupsMeant(parts).some((meant) => group === meant || (meant !== '' && group.startsWith(meant)));
}

function preferExact(types: readonly ResourceType[], parts: readonly string[]): readonly ResourceType[] {
  const exact = types.filter(({ group }) => groupsMeant(parts).includes(group));
  return exact.length > 0 ? exact : types;
}
