import { hash } from 'node:crypto';
import type { Attribution } from '../model/attribution.ts';
import { labelOf } from '../model/evidence-keys.ts';
import type { ListedResource } from '../model/finding.ts';
import { lastWrite, type ClusterObject, type Writer } from '../model/inventory.ts';
import { listed } from '../model/listed.ts';
import { compareText } from '../model/resource.ts';
import { isUnmanaged } from './holdings.ts';
import { grouped } from '../model/grouped.ts';

/**
 * Unmanaged resources of one namespace that belong together. `key` is stable and unique within the namespace; `name`
 * is what people call it; `owner` is `helm`, `argocd`, `flux`, `olm`, `person` or `unexplained`.
 */
export interface Application {
  readonly key: string;
  readonly name: string;
  readonly owner: string;
  readonly namespace: string;
  readonly members: readonly Attribution[];
  /** The members as reports list them, one list for all that lists them. */
  readonly resources: readonly ListedResource[];
  /** False for what was made at run time or is nobody's known making: never advised to move. */
  readonly movable: boolean;
}

/**
 * Groups unmanaged resources: by Helm release or GitOps application, else by part-of or instance label, else by root
 * object with its children, where roots of one name, such as a Deployment and its Service, are one application. Sorted by name, then key.
 */
export function applicationsOf(attributions: readonly Attribution[]): readonly Application[] {
  const keyOf = keys();
  return [...grouped(attributions.filter(isUnmanaged), keyOf)]
    .flatMap(([key, members]) => applicationOf(key, members))
    .toSorted((a, b) => compareText(a.name, b.name) || compareText(a.key, b.key));
}

/** The key of an attribution's application. Neighbours with one owner or root in one namespace have the same. */
function keys(): (attribution: Attribution) => string {
  let last: Attribution | undefined;
  let key = '';
  return (attribution) => {
    const isAlike =
      last?.root === attribution.root &&
      last.owner === attribution.owner &&
      last.object.namespace === attribution.object.namespace;
    if (!isAlike) key = `${attribution.object.namespace} ${identity(attribution).key}`;
    last = attribution;
    return key;
  };
}

function applicationOf(key: string, members: readonly Attribution[]): readonly Application[] {
  const [first] = members;
  if (first === undefined) return [];
  const { name, owner } = identity(first);
  const resources = members.map(({ object }) => listed(object));
  return [{ key, name, namespace: first.object.namespace, members, resources, ...judged(owner, members) }];
}

/** A group without an owner is somebody's as soon as a person wrote one of its members. */
function judged(owner: string, members: readonly Attribution[]): { owner: string; movable: boolean } {
  if (owner !== '') return { owner, movable: true };
  const byPerson = members.some((member) => member.owner.kind === 'person');
  return byPerson ? { owner: 'person', movable: true } : { owner: 'unexplained', movable: false };
}

function identity({ owner, root }: Attribution): { key: string; name: string; owner: string } {
  if (owner.kind === 'application') {
    return { key: `${owner.via} ${owner.namespace}/${owner.name}`, name: owner.name, owner: owner.via };
  }
  const label = groupLabel(root);
  if (label !== undefined) return { key: `label ${label}`, name: label, owner: '' };
  return { key: `object ${root.name}`, name: root.name, owner: '' };
}

function groupLabel(object: ClusterObject): string | undefined {
  const label = labelOf(object, 'app.kubernetes.io/part-of') ?? labelOf(object, 'app.kubernetes.io/instance');
  return label === '' ? undefined : label;
}

/**
 * The newest writer among the members that nothing else made (controllers write the rest), and the oldest creation:
 * whom to ask, and since when it is there.
 */
export function provenance(members: readonly Attribution[]): {
  readonly lastWriter: string;
  readonly createdAt: string;
} {
  const roots = members.filter(({ object, root }) => object === root);
  let createdAt = members[0]?.object.createdAt ?? '';
  for (const { object } of members) if (object.createdAt < createdAt) createdAt = object.createdAt;
  return { lastWriter: newestWrite(roots.length > 0 ? roots : members).manager, createdAt };
}

function newestWrite(members: readonly Attribution[]): Write {
  let newest: Write = NO_WRITE;
  for (const { object } of members) {
    const write = lastWrite(object);
    if (write !== undefined && isNewer(write, newest)) newest = write;
  }
  return newest;
}

function isNewer(one: Write, other: Write): boolean {
  return (compareText(one.at, other.at) || compareText(one.manager, other.manager)) > 0;
}

type Write = Pick<Writer, 'at' | 'manager'>;

const NO_WRITE: Write = { at: '', manager: '' };

/** Stable id of a finding: a hash of its rule, namespace, pack and application, 12 hexadecimal digits. */
export function findingId(
  parts: readonly [rule: string, namespace: string, pack: string, application: string],
): string {
  return hash('sha256', parts.join('\0')).slice(0, 12);
}
