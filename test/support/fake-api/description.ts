/** A type the fake server serves. `columns` are printer columns by name, each reading a cell from the object. */
export interface FakeType {
  readonly group: string;
  readonly version: string;
  readonly otherVersions?: readonly string[];
  readonly resource: string;
  readonly kind: string;
  readonly namespaced: boolean;
  readonly verbs?: readonly string[];
  readonly columns?: ReadonlyMap<string, (object: FakeObject) => unknown>;
  /** Like some aggregated APIs: sends whole objects whatever is asked for. */
  readonly ignoresAccept?: boolean;
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
