import type { Reference } from './reference.ts';
import type { ObjectRef, ResourceType } from './resource.ts';
import type { UnseenPack } from './unseen-pack.ts';

/** An entry of `metadata.ownerReferences`. */
export interface OwnerReference {
  readonly group: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly controller: boolean;
}

/** One field manager of an object. `at` is RFC 3339 or ''; `subresource` is '' for the object itself. */
export interface Writer {
  readonly manager: string;
  readonly operation: string;
  readonly at: string;
  readonly subresource: string;
}

/** Printer columns that serve as facts, each present only for the kinds that have it. */
export interface ObjectFacts {
  /** Secret: its type. Service: its type. */
  readonly type?: string;
  /** PersistentVolumeClaim: phase, volume name (also of a VolumeAttachment), capacity such as `32Gi`, storage class. */
  readonly status?: string;
  readonly volume?: string;
  readonly capacity?: string;
  readonly storageClass?: string;
  /** PersistentVolume: reclaim policy and `namespace/name` of its claim. */
  readonly reclaimPolicy?: string;
  readonly claim?: string;
  /** Lease: the holder's identity. */
  readonly holder?: string;
  /** IPAddress: what it is allocated to, as the server's table shows it. */
  readonly parent?: string;
  /** Deployment, StatefulSet, DaemonSet: ready of wanted, such as `1/1`. */
  readonly ready?: string;
}

/**
 * The metadata of one live object. Times are RFC 3339. Of labels and annotations only the keys of the evidence table
 * survive parsing; `writers` come from managedFields, newest last.
 */
export interface ClusterObject {
  readonly type: ResourceType;
  readonly namespace: string;
  readonly name: string;
  readonly uid: string;
  readonly createdAt: string;
  readonly deletingSince: string | undefined;
  readonly finalizers: readonly string[];
  readonly owners: readonly OwnerReference[];
  readonly labels: ReadonlyMap<string, string>;
  readonly annotations: ReadonlyMap<string, string>;
  readonly writers: readonly Writer[];
  readonly facts: ObjectFacts;
}

/** A custom resource definition, `crd` by name. `versions` are those it serves, sorted; absent where nobody noted them. */
export interface CustomType {
  readonly group: string;
  readonly kind: string;
  readonly crd: string;
  readonly versions?: readonly string[];
}

/** What Kubernetes says of a namespace's deletion, such as `NamespaceContentRemaining`; `at` is RFC 3339 or ''. */
export interface NamespaceCondition {
  readonly type: string;
  readonly status: string;
  readonly reason: string;
  readonly message: string;
  readonly at: string;
}

/** A namespace; `labels` and `annotations` hold only the keys that a definition declares or the evidence table names. */
export interface NamespaceRecord {
  readonly name: string;
  readonly uid: string;
  readonly createdAt: string;
  readonly deletingSince: string | undefined;
  readonly labels: ReadonlyMap<string, string>;
  readonly annotations: ReadonlyMap<string, string>;
  /** What the namespace goes with; absent where nothing owns it. */
  readonly owners?: readonly OwnerReference[];
  /** Sorted by type; absent for a namespace that is not being deleted, or where they could not be read. */
  readonly conditions?: readonly NamespaceCondition[];
}

/** One object that a release's manifest or hooks contain; `namespace` is '' where the manifest leaves it out. */
export interface ReleasedObject {
  readonly ref: ObjectRef;
  readonly hook: boolean;
  readonly keep: boolean;
  /** Of a hook: the events it runs at, such as `pre-delete`. */
  readonly events?: readonly string[];
}

/**
 * A Helm release, decoded from its newest revision (for failed and pending ones together with the last deployed).
 * `namespace` is the release's, `storageNamespace` where its record lies. `decoded` is false when the record could not
 * be read: then chart and objects are unknown, and a coverage entry says why. `older` holds objects of superseded
 * revisions only where they were read.
 */
export interface Release {
  readonly name: string;
  readonly namespace: string;
  readonly storageNamespace: string;
  readonly storageKind: 'Secret' | 'ConfigMap';
  readonly storageName: string;
  readonly revision: number;
  readonly status: string;
  readonly chart: string;
  readonly chartVersion: string;
  readonly objects: readonly ReleasedObject[];
  readonly decoded: boolean;
}

/** The volume claim templates of a StatefulSet in a namespace at stake. */
export interface ClaimTemplates {
  readonly namespace: string;
  readonly statefulSet: string;
  readonly uid: string;
  readonly templates: readonly string[];
}

/** What a Flux Kustomization says it applied. `ids` are keys of objects, see `refKey`. */
export interface FluxInventory {
  readonly kind: 'Kustomization';
  readonly namespace: string;
  readonly name: string;
  readonly ids: readonly string[];
}

export type CoverageState =
  | 'complete'
  | 'forbidden'
  | 'failed'
  | 'vanished'
  | 'unknown-discovery'
  | 'not-listable'
  | 'excluded';

/**
 * How much of one (resource, scope) was seen. `scope` is a namespace, or '' for the whole cluster.
 * `resource` is `TYPE.GROUP`, or `release/NAME` in a namespace for a release record that could not be decoded;
 * `discovery/TYPE.GROUP` for what discovery says of a type, `witness/TYPE.GROUP` for a reading that checks discovery.
 * `reason` is the server's or the transport's word, free of control characters; '' when complete. `note` says how a
 * complete entry became so when not on the plain way. Durations are milliseconds and never part of a report.
 */
export interface Coverage {
  readonly resource: string;
  readonly version: string;
  readonly scope: string;
  readonly state: CoverageState;
  readonly needs: string;
  readonly reason: string;
  readonly note: string;
  readonly pages: number;
  readonly items: number;
  readonly attempts: number;
  readonly durationMs: number;
}

/** Which cluster answered. `uid` is the UID of namespace kube-system; `paletteUid` the `<uid>` of `cluster-<uid>`. */
export interface ClusterIdentity {
  readonly context: string;
  readonly server: string;
  readonly version: string;
  readonly uid: string;
  readonly paletteUid: string | undefined;
  readonly paletteName: string | undefined;
}

/** Objects of one type and name in every namespace, read to recognise what is injected everywhere. */
export interface Elsewhere {
  readonly resource: string;
  readonly name: string;
  readonly writers: readonly { readonly namespace: string; readonly manager: string }[];
}

/**
 * An API that does not answer the API server. `name` is that of its APIService, `service` the `namespace/name` of the
 * Service behind it, '' where there is none or it is not known. `reason` is one word, `message` the server's own text.
 */
export interface UnavailableApi {
  readonly name: string;
  readonly group: string;
  readonly version: string;
  readonly service: string;
  readonly reason: string;
  readonly message: string;
}

/**
 * Everything read from the cluster. `scope` lists the namespaces whose objects were listed; `wholeCluster` says that
 * every type was listed cluster-wide. Objects are unique by UID and sorted; `takenAt` is RFC 3339 in UTC.
 */
export interface Inventory {
  readonly cluster: ClusterIdentity;
  readonly takenAt: string;
  readonly wholeCluster: boolean;
  readonly scope: readonly string[];
  readonly types: readonly ResourceType[];
  /** API groups in the order of discovery, by which kubectl settles a name that several of them serve. */
  readonly groupOrder?: readonly string[];
  readonly namespaces: readonly NamespaceRecord[];
  readonly objects: readonly ClusterObject[];
  readonly releases: readonly Release[];
  readonly claimTemplates: readonly ClaimTemplates[];
  readonly fluxInventories: readonly FluxInventory[];
  readonly elsewhere: readonly Elsewhere[];
  /** Field managers that write Pack status and `namespace-labeler-labels`: Palette's own. */
  readonly paletteManagers: readonly string[];
  /** Agent namespaces of other clusters whose Pack resources were seen, not used. */
  readonly otherAgentNamespaces: readonly string[];
  /** Absent for none. */
  readonly unseenPacks?: readonly UnseenPack[];
  /** CRD names by the release-independent key `kind.group`; witnesses, and the maker rule needs them. */
  readonly customTypes: readonly CustomType[];
  /** While one of these does not answer, Kubernetes does not finish the deletion of any namespace. Sorted by name. */
  readonly unavailableApis: readonly UnavailableApi[];
  readonly coverage: readonly Coverage[];
  /**
   * What objects say of each other beside owner references; read for a removal and for a snapshot, absent otherwise.
   * For each source type that the cluster serves there is a coverage entry `references/TYPE.GROUP`.
   */
  readonly references?: readonly Reference[];
  /** Label keys kept on every object beside those of the evidence table, sorted; absent when there are none. */
  readonly extraLabelKeys?: readonly string[];
}

/** The name of a live object, in the form that definitions and releases use. */
export function refOf(object: ClusterObject): ObjectRef {
  return { group: object.type.group, kind: object.type.kind, namespace: object.namespace, name: object.name };
}

const wroteItself = ({ subresource }: Writer): boolean => subresource === '';

/** Who wrote the object itself, not only a subresource such as its status; newest last. */
export function ownWriters({ writers }: ClusterObject): readonly Writer[] {
  return writers.every(wroteItself) ? writers : writers.filter(wroteItself);
}

/** The newest write of the object itself, or of a part of it where nobody wrote the object. */
export function lastWrite({ writers }: Pick<ClusterObject, 'writers'>): Writer | undefined {
  return writers.findLast(wroteItself) ?? writers.at(-1);
}

/** The manager of the newest write of the object itself, or ''. */
export const lastWriter = (object: ClusterObject): string => lastWrite(object)?.manager ?? '';
