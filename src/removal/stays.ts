import { grouped, type Group } from '../model/grouped.ts';
import type { ClusterObject } from '../model/inventory.ts';
import type { StayingObjects } from '../model/removal.ts';
import { compareText, typeName } from '../model/resource.ts';

/** Types whose objects come and go by themselves. */
const FLEETING: ReadonlySet<string> = new Set([
  'events',
  'events.events.k8s.io',
  'leases.coordination.k8s.io',
  'endpoints',
  'endpointslices.discovery.k8s.io',
  'ipaddresses.networking.k8s.io',
  'volumeattachments.storage.k8s.io',
]);

/**
 * Whether an object only goes when somebody deletes it: no controller replaces it in the ordinary
 * course of things, and Palette does not keep books in it.
 */
function isLasting(object: ClusterObject): boolean {
  const isBookkeeping = object.type.group.endsWith('spectrocloud.com');
  return object.owners.length === 0 && !isBookkeeping && !FLEETING.has(typeName(object.type));
}

/** The lasting objects that are not in `gone`, in output order. */
export function staying(objects: readonly ClusterObject[], gone: ReadonlySet<string>): readonly StayingObjects[] {
  const lasting = objects.filter((object) => isLasting(object) && !gone.has(object.uid));
  const groups = grouped(lasting, (object) => `${object.namespace} ${typeName(object.type)}`);
  return [...groups.values()]
    .map((group) => rowOf(group))
    .toSorted((a, b) => compareText(a.namespace, b.namespace) || compareText(a.type, b.type));
}

function rowOf(group: Group<ClusterObject>): StayingObjects {
  const [{ type, namespace }] = group;
  const objects = group
    .map(({ name, uid }): readonly [string, string] => [name, uid])
    .toSorted(([a], [b]) => compareText(a, b));
  return { type: typeName(type), namespace, objects };
}
