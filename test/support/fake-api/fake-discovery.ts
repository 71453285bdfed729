import { apiVersion, verbsOf } from './description.ts';
import type { FakeCluster, FakeType } from './description.ts';

function versionsOf(types: readonly FakeType[]): readonly string[] {
  return [...new Set(types.flatMap(({ version, otherVersions }) => [version, ...(otherVersions ?? [])]))];
}

function serves(type: FakeType, version: string): boolean {
  return type.version === version || (type.otherVersions ?? []).includes(version);
}

function groupsOf(cluster: FakeCluster): readonly string[] {
  return [...new Set(cluster.types.map(({ group }) => group))].filter((group) => group !== '');
}

function aggregatedGroup(cluster: FakeCluster, group: string): unknown {
  const types = cluster.types.filter((type) => type.group === group);
  const versions = versionsOf(types).map((version) => ({
    version,
    freshness: (cluster.stale ?? []).includes(`${group}/${version}`) ? 'Stale' : 'Current',
    resources: types
      .filter((type) => serves(type, version))
      .map((type) => ({
        resource: type.resource,
        responseKind: { group, version, kind: type.kind },
        scope: type.namespaced ? 'Namespaced' : 'Cluster',
        singularResource: type.kind.toLowerCase(),
        verbs: verbsOf(type),
        subresources: [{ subresource: 'status', verbs: ['get'] }],
      })),
  }));
  return { metadata: { name: group }, versions };
}

function aggregated(cluster: FakeCluster, groups: readonly string[]): unknown {
  const items = groups.map((group) => aggregatedGroup(cluster, group));
  return { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', metadata: {}, items };
}

function legacyGroups(cluster: FakeCluster): unknown {
  const groups = groupsOf(cluster).map((name) => {
    const listed = versionsOf(cluster.types.filter(({ group }) => group === name));
    const versions = listed.map((version) => ({ groupVersion: `${name}/${version}`, version }));
    return { name, versions, preferredVersion: versions[0] };
  });
  return { kind: 'APIGroupList', apiVersion: 'v1', groups };
}

function resourceList(cluster: FakeCluster, group: string, version: string): unknown {
  const types = cluster.types.filter((type) => type.group === group && serves(type, version));
  if (types.length === 0) return undefined;
  const resources = types.flatMap((type) => {
    const { resource: name, namespaced, kind } = type;
    const own = { name, singularName: kind.toLowerCase(), namespaced, kind, verbs: verbsOf(type) };
    return [own, { ...own, name: `${name}/status`, verbs: ['get'] }];
  });
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: apiVersion(group, version), resources };
}

/** The discovery document at `path`, undefined when there is none. */
export function discoveryDocument(cluster: FakeCluster, path: string, accept: string): unknown {
  const isAggregated = cluster.discovery === 'aggregated' && accept.includes('as=APIGroupDiscoveryList');
  if (path === '/version') return { major: '1', minor: '35', gitVersion: 'v1.35.4' };
  if (path === '/api') {
    return isAggregated ? aggregated(cluster, ['']) : { kind: 'APIVersions', versions: ['v1'] };
  }
  if (path === '/apis') return isAggregated ? aggregated(cluster, groupsOf(cluster)) : legacyGroups(cluster);
  const [, root, first = '', second = '', ...rest] = path.split('/');
  if (root === 'api' && second === '') return resourceList(cluster, '', first);
  return root === 'apis' && second !== '' && rest.length === 0 ? resourceList(cluster, first, second) : undefined;
}
