import type { Tools } from '../support/tools.ts';

/** The objects that charts, manifests and people of the tests make. Images are names only: nothing is pulled. */

type Labels = Readonly<Record<string, string>>;

interface Metadata {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Labels;
  readonly annotations?: Labels;
  readonly ownerReferences?: readonly object[];
  readonly finalizers?: readonly string[];
}

export interface KubeObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: Metadata;
  readonly [key: string]: unknown;
}

/** An object of any kind; `body` is all beside its identity. */
export function object(apiVersion: string, kind: string, name: string, body: object = {}): KubeObject {
  return { apiVersion, kind, metadata: { name }, ...body };
}

/** The same object in this namespace, with these labels and annotations added. */
export function placed(one: KubeObject, more: Omit<Metadata, 'name'>): KubeObject {
  const { metadata } = one;
  const labels = more.labels && { labels: { ...metadata.labels, ...more.labels } };
  const annotations = more.annotations && { annotations: { ...metadata.annotations, ...more.annotations } };
  return { ...one, metadata: { ...metadata, ...more, ...labels, ...annotations } };
}

/** `claim` is mounted where given. */
export function deployment(name: string, options: { replicas?: number; account?: string; claim?: string } = {}) {
  const { replicas = 1, account, claim } = options;
  return object('apps/v1', 'Deployment', name, {
    spec: { replicas, selector: { matchLabels: { app: name } }, template: pod(name, { account, claim }) },
  });
}

/** With one volume per pod, `<template>-<name>-<n>`. */
export function statefulSet(name: string, options: { replicas?: number; template?: string } = {}) {
  const { replicas = 1, template = 'data' } = options;
  const claim = { metadata: { name: template }, spec: claimSpec('1Gi') };
  return object('apps/v1', 'StatefulSet', name, {
    spec: {
      replicas,
      serviceName: name,
      selector: { matchLabels: { app: name } },
      template: pod(name, {}),
      volumeClaimTemplates: [claim],
    },
  });
}

export function daemonSet(name: string) {
  const spec = { selector: { matchLabels: { app: name } }, template: pod(name, {}) };
  return object('apps/v1', 'DaemonSet', name, { spec });
}

/** A Job that completes at once. */
export function job(name: string) {
  const containers = [{ name, image: `${name}:1` }];
  return object('batch/v1', 'Job', name, { spec: { template: { spec: { restartPolicy: 'Never', containers } } } });
}

function pod(name: string, { account, claim }: { account?: string | undefined; claim?: string | undefined }) {
  const volumes = claim === undefined ? [] : [{ name: 'data', persistentVolumeClaim: { claimName: claim } }];
  const containers = [{ name, image: `${name}:1` }];
  return {
    metadata: { labels: { app: name } },
    spec: { serviceAccountName: account ?? 'default', containers, volumes },
  };
}

export function service(name: string, options: { app?: string; type?: string; port?: number } = {}) {
  const { app = name, type = 'ClusterIP', port = 80 } = options;
  return object('v1', 'Service', name, {
    spec: { type, selector: { app }, ports: [{ name: 'web', port, protocol: 'TCP' }] },
  });
}

export function configMap(name: string, data: Labels = {}) {
  return object('v1', 'ConfigMap', name, { data });
}

/** What every Secret of the tests holds, and nothing may show. */
export const CANARY = 'never to be seen';

export function secret(name: string) {
  return object('v1', 'Secret', name, { type: 'Opaque', stringData: { canary: CANARY } });
}

export function serviceAccount(name: string) {
  return object('v1', 'ServiceAccount', name);
}

export function namespace(name: string, labels: Labels = {}): KubeObject {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } };
}

const RBAC = 'rbac.authorization.k8s.io';
const READS = { rules: [{ apiGroups: [''], resources: ['services'], verbs: ['get', 'list', 'watch'] }] };

/** A role and its binding to a ServiceAccount of the same namespace; for the cluster where that namespace is named. */
export function role(name: string, account: string, clusterWideFrom?: string): readonly KubeObject[] {
  const kind = clusterWideFrom === undefined ? 'Role' : 'ClusterRole';
  const subject = { kind: 'ServiceAccount', name: account, ...(clusterWideFrom && { namespace: clusterWideFrom }) };
  return [
    object(`${RBAC}/v1`, kind, name, READS),
    object(`${RBAC}/v1`, `${kind}Binding`, name, { roleRef: { apiGroup: RBAC, kind, name }, subjects: [subject] }),
  ];
}

function claimSpec(storage: string) {
  return { accessModes: ['ReadWriteOnce'], storageClassName: 'standard', resources: { requests: { storage } } };
}

export function volumeClaim(name: string, storage: string) {
  return object('v1', 'PersistentVolumeClaim', name, { spec: claimSpec(storage) });
}

/** A volume, for one claim or for any. The volume controller removes nothing outside /tmp; this folder nobody made. */
export function volume(
  name: string,
  storage: string,
  options: { claimRef?: { namespace: string; name: string }; class?: string; policy?: string } = {},
) {
  const { claimRef, class: storageClassName = 'standard', policy = 'Delete' } = options;
  return object('v1', 'PersistentVolume', name, {
    spec: {
      capacity: { storage },
      accessModes: ['ReadWriteOnce'],
      storageClassName,
      persistentVolumeReclaimPolicy: policy,
      hostPath: { path: `/tmp/palette-audit-volume-that-nobody-made/${name}` },
      ...(claimRef && { claimRef }),
    },
  });
}

/** The same object in its owner's namespace, with an owner reference to the live one. */
export async function ownedBy({ kubectl }: Tools, owner: KubeObject, one: KubeObject): Promise<KubeObject> {
  const { name, namespace: home = '' } = owner.metadata;
  const where = [owner.kind, name, `--namespace=${home}`];
  const { stdout: uid } = await kubectl('get', ...where, '--output=jsonpath={.metadata.uid}');
  const ownerReferences = [{ apiVersion: owner.apiVersion, kind: owner.kind, name, uid, controller: true }];
  return { ...one, metadata: { ...one.metadata, namespace: home, ownerReferences } };
}

/** A custom type that takes any content, with a status of its own. */
export function customType(group: string, kind: string, plural: string, scope = 'Namespaced') {
  const anything = { type: 'object', 'x-kubernetes-preserve-unknown-fields': true };
  return object('apiextensions.k8s.io/v1', 'CustomResourceDefinition', `${plural}.${group}`, {
    spec: {
      group,
      scope,
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: [
        {
          name: 'v1',
          served: true,
          storage: true,
          schema: { openAPIV3Schema: anything },
          subresources: { status: {} },
        },
      ],
    },
  });
}
