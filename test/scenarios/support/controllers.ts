import { at, listAt, textAt } from './documents.ts';
import type { Document } from './documents.ts';

const CREATED = '2026-10-29T09:15:00Z';

function made(apiVersion: string, kind: string, metadata: Document['metadata']): Document {
  const managedFields = [{ manager: 'kube-controller-manager', operation: 'Update', time: CREATED }];
  return { apiVersion, kind, metadata: { managedFields, ...metadata } };
}

function child(apiVersion: string, kind: string, of: { owner: Document; name: string }): Document {
  const { owner, name } = of;
  const reference = { apiVersion: owner.apiVersion, kind: owner.kind, name: owner.metadata.name, controller: true };
  const labels = owner.metadata.labels ?? {};
  const { 'app.kubernetes.io/managed-by': _helm, ...rest } = labels;
  const namespace = owner.metadata.namespace ?? '';
  return made(apiVersion, kind, { name, namespace, labels: rest, ownerReferences: [reference] });
}

function ofDeployment(owner: Document): readonly Document[] {
  const replicaSet = child('apps/v1', 'ReplicaSet', { owner, name: `${owner.metadata.name}-6d8f7c9b5` });
  return [replicaSet, child('v1', 'Pod', { owner: replicaSet, name: `${replicaSet.metadata.name}-x2k4p` })];
}

function ofService(service: Document): readonly Document[] {
  const { name, namespace = '' } = service.metadata;
  const labels = { 'kubernetes.io/service-name': name };
  const slice = child('discovery.k8s.io/v1', 'EndpointSlice', { owner: service, name: `${name}-7h5tq` });
  const managedBy = { 'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io' };
  return [
    made('v1', 'Endpoints', { name, namespace }),
    { ...slice, metadata: { ...slice.metadata, labels: { ...labels, ...managedBy } } },
  ];
}

function volumeOf(owner: Document, template: unknown): readonly Document[] {
  const size = textAt(template, 'spec', 'resources', 'requests', 'storage') ?? '1Gi';
  const name = `${textAt(template, 'metadata', 'name') ?? ''}-${owner.metadata.name}-0`;
  const namespace = owner.metadata.namespace ?? '';
  return volumeClaim(made('v1', 'PersistentVolumeClaim', { name, namespace }), size);
}

/** A bound claim with its volume. */
function volumeClaim(claim: Document, size: string): readonly Document[] {
  const { name, namespace = '' } = claim.metadata;
  const volume = `pvc-${namespace}-${name}`;
  return [
    {
      ...claim,
      spec: { volumeName: volume, storageClassName: 'standard' },
      status: { phase: 'Bound', capacity: { storage: size } },
    },
    {
      ...made('v1', 'PersistentVolume', { name: volume }),
      spec: {
        capacity: { storage: size },
        persistentVolumeReclaimPolicy: 'Delete',
        claimRef: { namespace, name },
        storageClassName: 'standard',
      },
      status: { phase: 'Bound' },
    },
  ];
}

function ofStatefulSet(owner: Document): readonly Document[] {
  return [
    child('apps/v1', 'ControllerRevision', { owner, name: `${owner.metadata.name}-5c8d4f9d6b` }),
    child('v1', 'Pod', { owner, name: `${owner.metadata.name}-0` }),
    ...listAt(owner, 'spec', 'volumeClaimTemplates').flatMap((template) => volumeOf(owner, template)),
  ];
}

function ofNamespace({ metadata: { name } }: Document): readonly Document[] {
  return [
    made('v1', 'ConfigMap', { name: 'kube-root-ca.crt', namespace: name }),
    made('v1', 'ServiceAccount', { name: 'default', namespace: name }),
  ];
}

/** What Kubernetes' own controllers make of an object, and the object itself as they leave it. */
export function withMade(object: Document): readonly Document[] {
  if (object.kind === 'Deployment') return [object, ...ofDeployment(object)];
  if (object.kind === 'DaemonSet') {
    return [object, child('v1', 'Pod', { owner: object, name: `${object.metadata.name}-9wz5c` })];
  }
  if (object.kind === 'Service') return [object, ...ofService(object)];
  if (object.kind === 'StatefulSet') return [object, ...ofStatefulSet(object)];
  if (object.kind === 'Namespace') return [object, ...ofNamespace(object)];
  const size = textAt(object, 'spec', 'resources', 'requests', 'storage');
  if (object.kind === 'PersistentVolumeClaim' && size !== undefined && at(object, 'status') === undefined) {
    return volumeClaim(object, size);
  }
  return [object];
}
