import { nearNames } from '../cluster/near-names.ts';
import { UserError } from '../model/errors.ts';
import type { ResourceExplanation } from '../model/explanation.ts';
import { kindName, type ResourceType } from '../model/resource.ts';
import type { Subject } from '../model/subject.ts';
import { quoted } from './quoted.ts';
import { namedType, type Served } from './resource-type.ts';
import type { ResourceWords } from './resource-words.ts';

/** The resource that `explain` is asked about; `namespace` is '' for a type without namespaces. */
export interface Target {
  readonly type: ResourceType;
  readonly others: readonly ResourceType[];
  readonly namespace: string;
  readonly name: string;
}

/** Where to look: `given` are the namespaces of `-n`, `current` that of the context, undefined where there is none. */
export interface Where {
  readonly served: Served;
  readonly given: readonly string[];
  readonly current: string | undefined;
}

/**
 * Looks up what the command line names: its type, and the namespace that kubectl would look in.
 *
 * @throws {UserError} for an unknown type, or a namespace that is missing or one too many.
 */
export function targetOf({ type: word, name }: ResourceWords, { served, given, current }: Where): Target {
  const { type, others } = namedType(word, served);
  const [first, second] = given;
  if (second !== undefined) throw new UserError('explain takes one namespace', 'Give -n once, with one name.');
  if (!type.namespaced && first !== undefined)
    throw new UserError(`${kindName(type)}/${name} lies in no namespace, and -n names one`, 'Leave -n out.');
  const namespace = type.namespaced ? (first ?? current) : '';
  if (namespace === undefined)
    throw new UserError(`a snapshot has no current namespace to look for ${quoted(name)} in`, 'Name it with -n.');
  return { type, others, namespace, name };
}

/** Whether the target lies in no namespace, so that none has to be read for it. */
export function isClusterScoped(target: Target | undefined): boolean {
  return target !== undefined && !target.type.namespaced;
}

/** The namespaces that the answer is narrowed to: that of the target, if there is one. */
export function narrowing(target: Target | undefined, given: readonly string[]): readonly string[] {
  if (target === undefined) return given;
  return isClusterScoped(target) ? [] : [target.namespace];
}

/**
 * Refuses a resource that is not there, once its type was listed: a slip of the fingers must not read as an
 * answer.
 *
 * @throws {UserError} that names type, name and namespace, and the nearest names.
 */
export function refuseMissing(explanation: ResourceExplanation, { inventory, packs }: Subject): void {
  const { type, namespace, name, resource } = explanation;
  if (resource !== undefined) return;
  const here = inventory.objects.filter((object) => object.type === type && object.namespace === namespace);
  const place = namespace === '' ? 'in the cluster' : `in namespace ${namespace}`;
  const names = here.map((object) => object.name);
  if (type.kind === 'Pack' && packs.some((pack) => pack.name === name))
    throw new UserError(
      `there is no ${kindName(type)} ${quoted(name)} ${place}: Pack resources lie in Palette's own namespace`,
      `Name that with -n; what the pack's removal destroys is told by removal pack/${name}.`,
    );
  throw new UserError(
    `there is no ${kindName(type)} ${quoted(name)} ${place}`,
    names.length === 0 ? `There is no ${kindName(type)} at all ${place}.` : `Nearest are: ${nearNames(name, names)}.`,
  );
}
