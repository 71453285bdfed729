import { linkReleases } from '../../src/attribution/link-releases.ts';
import { stakesOf } from '../../src/attribution/stakes.ts';
import { typeScope } from '../../src/model/type-scope.ts';
import type { AttributionInput } from '../../src/attribution/context.ts';
import type { DefinedObject, NameText, PackDefinition, Place } from '../../src/model/definition.ts';
import type { ClusterObject, Coverage, Inventory, NamespaceRecord, Release } from '../../src/model/inventory.ts';
import type { Pack } from '../../src/model/pack.ts';
import type { ObjectRef, ResourceType } from '../../src/model/resource.ts';
import { cluster, TAKEN_AT } from './builders.ts';

// A small cluster and its packs, as the readers hand them on. A case names only what it is about.

const VERBS = ['create', 'delete', 'deletecollection', 'get', 'list', 'patch', 'update', 'watch'];

function type(group: string, resource: string, kind: string, namespaced = true): ResourceType {
  const singular = kind.toLowerCase();
  return { group, version: 'v1', resource, singular, kind, shortNames: [], namespaced, verbs: VERBS };
}

/** The types this small cluster serves. */
export const TYPES: readonly ResourceType[] = [
  type('', 'configmaps', 'ConfigMap'),
  type('', 'secrets', 'Secret'),
  type('', 'services', 'Service'),
  type('', 'endpoints', 'Endpoints'),
  type('', 'pods', 'Pod'),
  type('', 'persistentvolumeclaims', 'PersistentVolumeClaim'),
  type('', 'serviceaccounts', 'ServiceAccount'),
  type('', 'events', 'Event'),
  type('', 'resourcequotas', 'ResourceQuota'),
  type('', 'namespaces', 'Namespace', false),
  type('', 'nodes', 'Node', false),
  type('apps', 'deployments', 'Deployment'),
  type('apps', 'replicasets', 'ReplicaSet'),
  type('apps', 'statefulsets', 'StatefulSet'),
  type('batch', 'jobs', 'Job'),
  type('coordination.k8s.io', 'leases', 'Lease'),
  type('discovery.k8s.io', 'endpointslices', 'EndpointSlice'),
  type('rbac.authorization.k8s.io', 'rolebindings', 'RoleBinding'),
  type('rbac.authorization.k8s.io', 'clusterroles', 'ClusterRole', false),
  type('apiextensions.k8s.io', 'customresourcedefinitions', 'CustomResourceDefinition', false),
  type('networking.k8s.io', 'ingresses', 'Ingress'),
  type('cert-manager.io', 'certificates', 'Certificate'),
  type('example.com', 'widgets', 'Widget'),
  type('apps', 'daemonsets', 'DaemonSet'),
  type('', 'persistentvolumes', 'PersistentVolume', false),
  type('storage.k8s.io', 'storageclasses', 'StorageClass', false),
  type('storage.k8s.io', 'csidrivers', 'CSIDriver', false),
  type('storage.k8s.io', 'volumeattachments', 'VolumeAttachment', false),
  type('snapshot.storage.k8s.io', 'volumesnapshots', 'VolumeSnapshot'),
  type('snapshot.storage.k8s.io', 'volumesnapshotcontents', 'VolumeSnapshotContent', false),
  type('admissionregistration.k8s.io', 'validatingwebhookconfigurations', 'ValidatingWebhookConfiguration', false),
  type('admissionregistration.k8s.io', 'validatingadmissionpolicybindings', 'ValidatingAdmissionPolicyBinding', false),
  type('apiregistration.k8s.io', 'apiservices', 'APIService', false),
  type('rbac.authorization.k8s.io', 'clusterrolebindings', 'ClusterRoleBinding', false),
  type('networking.k8s.io', 'ingressclasses', 'IngressClass', false),
  type('networking.k8s.io', 'networkpolicies', 'NetworkPolicy'),
  type('gateway.networking.k8s.io', 'httproutes', 'HTTPRoute'),
  type('gateway.networking.k8s.io', 'referencegrants', 'ReferenceGrant'),
  type('gateway.networking.k8s.io', 'gateways', 'Gateway'),
  type('networking.istio.io', 'virtualservices', 'VirtualService'),
  type('cert-manager.io', 'clusterissuers', 'ClusterIssuer', false),
  type('external-secrets.io', 'clustersecretstores', 'ClusterSecretStore', false),
  type('external-secrets.io', 'externalsecrets', 'ExternalSecret'),
  type('monitoring.coreos.com', 'servicemonitors', 'ServiceMonitor'),
  type('argoproj.io', 'applications', 'Application'),
  type('kustomize.toolkit.fluxcd.io', 'kustomizations', 'Kustomization'),
  type('helm.toolkit.fluxcd.io', 'helmreleases', 'HelmRelease'),
  type('cluster.x-k8s.io', 'clusters', 'Cluster'),
  type('cluster.x-k8s.io', 'machines', 'Machine'),
  type('example.org', 'databases', 'Database'),
  type('example.org', 'xdatabases', 'XDatabase', false),
  type('rds.aws.example.org', 'instances', 'Instance', false),
  type('operators.coreos.com', 'operatorgroups', 'OperatorGroup'),
  type('velero.io', 'backups', 'Backup'),
  type('longhorn.io', 'volumes', 'Volume'),
  type('ceph.rook.io', 'cephclusters', 'CephCluster'),
];

interface Given extends Partial<Omit<ClusterObject, 'type' | 'name' | 'namespace' | 'labels' | 'annotations'>> {
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
  readonly manager?: string;
  readonly managers?: readonly string[];
}

/** `object('team/Deployment/web', { manager: 'kubectl-create' })`; its UID is `uid:` and that path. */
export function object(path: string, given: Given = {}): ClusterObject {
  const [namespace = '', kind = '', name = ''] = path.split('/');
  const found = TYPES.find((one) => one.kind === kind);
  if (found === undefined) throw new Error(`no type ${kind}`);
  const { labels = {}, annotations = {}, manager, managers = manager === undefined ? [] : [manager], ...rest } = given;
  return {
    type: found,
    namespace,
    name,
    uid: `uid:${path}`,
    createdAt: '2026-10-29T09:14:00Z',
    deletingSince: undefined,
    finalizers: [],
    owners: [],
    labels: new Map(Object.entries(labels)),
    annotations: new Map(Object.entries(annotations)),
    writers: managers.map((one) => ({
      manager: one,
      operation: 'Update',
      at: '2026-10-29T09:14:00Z',
      subresource: '',
    })),
    facts: {},
    ...rest,
  };
}

/** An owner reference to another object of this world, the controlling one unless said otherwise. */
export function ownedBy(owner: ClusterObject, controller = true): ClusterObject['owners'][number] {
  return { group: owner.type.group, kind: owner.type.kind, name: owner.name, uid: owner.uid, controller };
}

/** Annotations by which Helm marks the objects of a release. */
export function helmMarks(name: string, namespace: string): Readonly<Record<string, string>> {
  return { 'meta.helm.sh/release-name': name, 'meta.helm.sh/release-namespace': namespace };
}

/** `ref('team/Deployment/web')`. */
export function ref(path: string): ObjectRef {
  const [namespace = '', kind = '', name = ''] = path.split('/');
  return { group: TYPES.find((one) => one.kind === kind)?.group ?? '', kind, namespace, name };
}

/** `release('kubecost/cost-analyzer-cost-analyzer', { chart: 'cost-analyzer', has: ['/Deployment/web'] })`. */
export function release(
  path: string,
  given: Partial<Release> & { readonly has?: readonly string[]; readonly hooks?: readonly string[] } = {},
): Release {
  const [namespace = '', name = ''] = path.split('/');
  const { has = [], hooks = [], ...rest } = given;
  return {
    name,
    namespace,
    storageNamespace: namespace,
    storageKind: 'Secret',
    storageName: `sh.helm.release.v1.${name}.v1`,
    revision: 1,
    status: 'deployed',
    chart: name,
    chartVersion: '1.0.0',
    decoded: true,
    objects: [
      ...has.map((one) => ({ ref: ref(one), hook: false, keep: false })),
      ...hooks.map((one) => ({ ref: ref(one), hook: true, keep: false })),
    ],
    ...rest,
  };
}

export const PLACE: Place = { path: 'profile.yaml', line: 1, column: 1 };

/** A name as written; one that holds a macro is unresolved. */
export function nameText(text: string): NameText {
  return { text, resolved: !text.includes('{{'), place: PLACE };
}

/** A pack's definition from the cluster; `namespace` is text, `objects` are paths as for `ref`. */
export function definition(
  name: string,
  given: Partial<Omit<PackDefinition, 'namespace' | 'objects'>> & {
    readonly namespace?: string;
    readonly objects?: readonly string[];
    readonly possible?: readonly string[];
  } = {},
): PackDefinition {
  const { namespace, objects = [], possible = [], ...rest } = given;
  const defined = (path: string, maybe: boolean): DefinedObject => ({
    ref: ref(path),
    manifest: name,
    possible: maybe,
    keep: false,
  });
  return {
    name,
    baseName: name,
    displayName: undefined,
    layer: 'addon',
    type: 'spectro',
    version: '1.0.0',
    tag: '1.0.0',
    reportedState: undefined,
    source: { kind: 'file', path: 'profile.yaml' },
    place: PLACE,
    profile: undefined,
    namespace: namespace === undefined ? undefined : nameText(namespace),
    additionalNamespaces: [],
    manifestNamespaces: [],
    createdNamespaces: [],
    namespaceLabels: [],
    namespaceAnnotations: [],
    installPriority: undefined,
    charts: [],
    valuesDigest: 'same',
    chartKeys: [],
    manifests: [],
    releaseNameOverrides: new Map(),
    objects: [...objects.map((path) => defined(path, false)), ...possible.map((path) => defined(path, true))],
    gaps: [],
    problems: [],
    isPackDirectory: false,
    ...rest,
  };
}

/** A pack of one definition, or of several. */
export function packOf(...definitions: readonly PackDefinition[]): Pack {
  return {
    name: definitions[0]?.name ?? '',
    definitions,
    profiles: definitions.flatMap(({ profile }) => profile ?? []),
    sources: definitions.map(({ source }) => source),
    differences: [],
  };
}

export function namespaceRecord(name: string, given: Partial<NamespaceRecord> = {}): NamespaceRecord {
  return {
    name,
    uid: `uid:namespace/${name}`,
    createdAt: '2026-10-01T00:00:00Z',
    deletingSince: undefined,
    labels: new Map(),
    annotations: new Map(),
    ...given,
  };
}

/** A coverage entry, complete unless said otherwise. */
export function covered(resource: string, given: Partial<Coverage> = {}): Coverage {
  return {
    resource,
    version: 'v1',
    scope: '',
    state: 'complete',
    needs: '',
    reason: '',
    note: '',
    pages: 1,
    items: 0,
    attempts: 1,
    durationMs: 0,
    ...given,
  };
}

/** Everything of every type was listed; the namespaces are those of the objects. */
export function inventory(objects: readonly ClusterObject[], given: Partial<Inventory> = {}): Inventory {
  const names = [...new Set(objects.map(({ namespace }) => namespace).filter((name) => name !== ''))].toSorted();
  return {
    cluster: cluster(),
    takenAt: TAKEN_AT,
    wholeCluster: false,
    scope: names,
    types: TYPES,
    namespaces: names.map((name) => namespaceRecord(name)),
    objects,
    releases: [],
    claimTemplates: [],
    fluxInventories: [],
    elsewhere: [],
    paletteManagers: [],
    otherAgentNamespaces: [],
    customTypes: [],
    unavailableApis: [],
    coverage: TYPES.map(({ group, resource }) => covered(group === '' ? resource : `${resource}.${group}`)),
    ...given,
  };
}

/** The input of an attribution: releases linked and claims worked out as the program does. */
export function attributionInput(packs: readonly Pack[], here: Inventory): AttributionInput {
  const links = linkReleases(packs, here.releases);
  const owned = { namespaces: here.namespaces, types: here.types };
  const stakes = stakesOf({ packs, releases: here.releases, links, scope: typeScope(here.types), owned });
  return { inventory: here, packs, links, stakes };
}
