import type { FakeCluster, FakeType } from './description.ts';

/** A collection or one object of it, as a path names it; `type` is undefined where the group serves no such type. */
export interface Address {
  readonly group: string;
  readonly version: string;
  readonly resource: string;
  readonly namespace: string;
  readonly name: string;
  readonly type: FakeType | undefined;
}

export function versionsOf({ version, otherVersions }: FakeType): readonly string[] {
  return [version, ...(otherVersions ?? [])];
}

/** What a path below a served group and version names; undefined for any other path. */
export function addressOf(cluster: FakeCluster, path: string): Address | undefined {
  const [, root, ...parts] = path.split('/').map(decodeURIComponent);
  if (root !== 'api' && root !== 'apis') return undefined;
  const group = root === 'api' ? '' : (parts.shift() ?? '');
  const version = parts.shift() ?? '';
  const isNamespaced = parts[0] === 'namespaces' && parts.length > 2;
  const namespace = isNamespaced ? (parts[1] ?? '') : '';
  const [resource, name = ''] = isNamespaced ? parts.slice(2) : parts;
  const served = cluster.types.filter((type) => type.group === group && versionsOf(type).includes(version));
  if (resource === undefined || served.length === 0) return undefined;
  const type = served.find((candidate) => candidate.resource === resource);
  return { group, version, resource, namespace, name, type };
}
