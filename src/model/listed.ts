import type { ListedResource } from './finding.ts';
import { lastWriter, type ClusterObject } from './inventory.ts';
import { typeName } from './resource.ts';

/** An object as reports list it. */
export function listed(object: ClusterObject): ListedResource {
  return {
    namespace: object.namespace,
    type: typeName(object.type),
    kind: object.type.kind,
    name: object.name,
    uid: object.uid,
    createdAt: object.createdAt,
    lastWriter: lastWriter(object),
    data: object.type.kind === 'PersistentVolumeClaim' ? (object.facts.capacity ?? '') : '',
    labels: object.labels,
    finalizers: object.finalizers,
  };
}
