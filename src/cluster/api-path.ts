import type { ResourceType } from '../model/resource.ts';

/** The path of a group and version: `/api/v1`, `/apis/apps/v1`. */
export function versionPath(group: string, version: string): string {
  const last = encodeURIComponent(version);
  return group === '' ? `/api/${last}` : `/apis/${encodeURIComponent(group)}/${last}`;
}

/** The path of a type's collection; `namespace` '' for all namespaces or a cluster-scoped type. */
export function collectionPath(type: Pick<ResourceType, 'group' | 'version' | 'resource'>, namespace: string): string {
  const within = namespace === '' ? '' : `/namespaces/${encodeURIComponent(namespace)}`;
  return `${versionPath(type.group, type.version)}${within}/${encodeURIComponent(type.resource)}`;
}
