import { lastRemembered, rememberedOf } from './remembered.ts';

/** A resource type as API discovery serves it. `group` is '' for the core group; `resource` is the plural. */
export interface ResourceType {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly singular: string;
  readonly kind: string;
  readonly shortNames: readonly string[];
  readonly namespaced: boolean;
  readonly verbs: readonly string[];
}

/** Names one object, whichever version serves it. `namespace` is '' for cluster-scoped objects. */
export interface ObjectRef {
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
}

/** The one key of an object by name; no part of it can hold a "/". */
export function refKey({ group, kind, namespace, name }: ObjectRef): string {
  return `${group}/${kind}/${namespace}/${name}`;
}

/** `TYPE.GROUP`, kubectl's full spelling of a type: `deployments.apps`, `secrets`. */
export function typeName(type: Pick<ResourceType, 'group' | 'resource'>): string {
  return type.group === '' ? type.resource : fullName(type);
}

const fullName = lastRemembered(
  rememberedOf(({ group, resource }: Pick<ResourceType, 'group' | 'resource'>) => `${resource}.${group}`),
);

/** `GROUP/KIND` of a type, as tables of rules are keyed by. */
export const kindKey: (type: Pick<ResourceType, 'group' | 'kind'>) => string = lastRemembered(
  rememberedOf(({ group, kind }) => `${group}/${kind}`),
);

/**
 * A type as one says it before a name: `configmap`, `deployment`, `widget.example.com`. The group is left out where
 * Kubernetes' own groups have no dot, as kubectl takes these.
 */
export function kindName({ group, kind }: Pick<ResourceType, 'group' | 'kind'>): string {
  const name = kind.toLowerCase();
  return group.includes('.') ? `${name}.${group}` : name;
}

/** The group part of an `apiVersion` such as `apps/v1`; '' for the core group's `v1`. */
export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/');
  return slash < 0 ? '' : apiVersion.slice(0, slash);
}

/** Byte order, the same on every machine and locale. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Order of objects in every output: namespace, type, name. */
export function compareRefs(a: ObjectRef, b: ObjectRef): number {
  return (
    compareText(a.namespace, b.namespace) ||
    compareText(a.kind, b.kind) ||
    compareText(a.group, b.group) ||
    compareText(a.name, b.name)
  );
}
