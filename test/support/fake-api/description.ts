/** A further resource under each object of a type, such as `pods/log`. Another group's kind names its group. */
export interface FakeSubresource {
  readonly name: string;
  readonly kind: string;
  readonly group?: string;
  readonly version?: string;
  readonly verbs: readonly string[];
}

/** A type the fake server serves. `columns` are printer columns by name, each reading a cell from the object. */
export interface FakeType {
  readonly group: string;
  readonly version: string;
  readonly otherVersions?: readonly string[];
  readonly resource: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly verbs?: readonly string[];
  readonly singular?: string;
  readonly shortNames?: readonly string[];
  readonly categories?: readonly string[];
  readonly subresources?: readonly FakeSubresource[];
  /** Made by a CustomResourceDefinition: discovery speaks of it a little differently. */
  readonly custom?: boolean;
  readonly columns?: ReadonlyMap<string, (object: FakeObject) => unknown>;
  /** All columns as the API server describes them; where left out, Name and `columns`. */
  readonly columnDefinitions?: readonly unknown[];
  /** Like some aggregated APIs: sends whole objects whatever is asked for. */
  readonly ignoresAccept?: boolean;
  /** By which number the rows of a table page are ordered, where the server does not leave them in the store's order. */
  readonly rowOrder?: (object: FakeObject) => number;
  /** Worked out at each request, not stored: without uid, time, and the store's order and count. */
  readonly computed?: boolean;
  /** Knows neither tables nor metadata: a request that takes nothing else is answered by a 406. */
  readonly wholeOnly?: boolean;
  /** Versions to which no object can be converted, for its webhook does not answer. */
  readonly inconvertibleAt?: readonly string[];
}

/** An object as the API holds it; `metadata.uid` is made from type and name where it is left out. */
export interface FakeObject {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly uid?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly [field: string]: unknown;
  };
  readonly [field: string]: unknown;
}

/** What the fake server serves. Objects lie under the full name of their type: `secrets`, `deployments.apps`. */
export interface FakeCluster {
  readonly discovery: 'aggregated' | 'legacy';
  readonly types: readonly FakeType[];
  readonly objects: ReadonlyMap<string, readonly FakeObject[]>;
  /** Groups' versions whose aggregated entry is stale, as `group/version`. */
  readonly stale?: readonly string[];
  /** Aggregated APIs, as `group/version`, behind which nobody answers. */
  readonly down?: readonly string[];
  /** How many requests are turned away at first, because the server has too many. */
  readonly overload?: number;
  /** How many continue tokens are refused as expired when they come back, the first ones. */
  readonly expired?: number;
  /** Objects per page at most, whatever is asked for. */
  readonly largestPage?: number;
  /** Lists are in the given order, as an aggregated API's may be; the API server's own are by namespace and name. */
  readonly unsorted?: boolean;
  /** The document at `/version`. */
  readonly version?: unknown;
}

const ALL_VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

export function verbsOf(type: FakeType): readonly string[] {
  return type.verbs ?? ALL_VERBS;
}

export function fullName({ group, resource }: FakeType): string {
  return group === '' ? resource : `${resource}.${group}`;
}

export function apiVersion(group: string, version: string): string {
  return group === '' ? version : `${group}/${version}`;
}

/** A type with the usual verbs; `name` is its full name. */
export function fakeType(name: string, kind: string, more: Partial<FakeType> = {}): FakeType {
  const [resource = '', ...group] = name.split('.');
  return { group: group.join('.'), version: 'v1', resource, kind, namespaced: true, ...more };
}

/** The least a cluster serves: namespaces, ConfigMaps, Secrets and the volumes' types. */
export const CORE_TYPES: readonly FakeType[] = [
  fakeType('namespaces', 'Namespace', { namespaced: false }),
  fakeType('configmaps', 'ConfigMap'),
  fakeType('secrets', 'Secret', { columns: new Map([['Type', (secret) => secret['type']]]) }),
  fakeType('persistentvolumeclaims', 'PersistentVolumeClaim', {
    columns: new Map([
      ['Status', () => 'Bound'],
      ['Volume', () => 'pv-1'],
      ['Capacity', () => '1Gi'],
      ['StorageClass', () => '<unset>'],
    ]),
  }),
];

/** Namespaces of these names, and among them always kube-system. */
export function fakeNamespaces(...names: readonly string[]): readonly FakeObject[] {
  return ['kube-system', ...names].map((name) => ({ metadata: { name } }));
}

/** Objects with nothing but namespace and name. */
export function fakeObjects(namespace: string, ...names: readonly string[]): readonly FakeObject[] {
  return names.map((name) => ({ metadata: { name, namespace } }));
}
