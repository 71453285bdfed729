import { versionsOf } from './address.ts';
import { jsonAnswer, textAnswer } from './answer.ts';
import type { FakeAnswer } from './answer.ts';
import { apiVersion, verbsOf } from './description.ts';
import type { FakeCluster, FakeSubresource, FakeType } from './description.ts';
import { takesAggregated } from './negotiation.ts';

const AGGREGATED = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

function allVersions(types: readonly FakeType[]): readonly string[] {
  return [...new Set(types.flatMap(versionsOf))];
}

function groupsOf(cluster: FakeCluster): readonly string[] {
  return [...new Set(cluster.types.map(({ group }) => group))].filter((group) => group !== '');
}

function subresourcesOf({ kind, subresources }: FakeType): readonly FakeSubresource[] {
  return subresources ?? [{ name: 'status', kind, verbs: ['get'] }];
}

function named(key: string, names: readonly string[] | undefined): Readonly<Record<string, unknown>> {
  return names === undefined || names.length === 0 ? {} : { [key]: names };
}

/** A built-in type's kind is of the group around it, which is not repeated; a custom type's is written out. */
function aggregatedType(type: FakeType, version: string): unknown {
  const own = type.custom === true ? { group: type.group, version } : { group: '', version: '' };
  const subresources = subresourcesOf(type).map((one) => ({
    subresource: one.name,
    responseKind: {
      ...own,
      ...(one.group === undefined ? {} : { group: one.group, version: one.version }),
      kind: one.kind,
    },
    verbs: one.verbs,
  }));
  return {
    resource: type.resource,
    responseKind: { ...own, kind: type.kind },
    scope: type.namespaced ? 'Namespaced' : 'Cluster',
    singularResource: type.singular ?? type.kind.toLowerCase(),
    verbs: verbsOf(type),
    ...named('shortNames', type.shortNames),
    ...named('categories', type.categories),
    ...(subresources.length === 0 ? {} : { subresources }),
  };
}

function isStale({ stale = [], down = [] }: FakeCluster, groupVersion: string): boolean {
  return stale.includes(groupVersion) || down.includes(groupVersion);
}

/** The types at a version; those of definitions are sorted by name. */
function typesAt(types: readonly FakeType[], version: string): readonly FakeType[] {
  const served = types.filter((type) => versionsOf(type).includes(version));
  const isCustom = served.some(({ custom }) => custom === true);
  return isCustom ? served.toSorted((a, b) => (a.resource < b.resource ? -1 : 1)) : served;
}

function aggregatedGroup(cluster: FakeCluster, group: string): unknown {
  const types = cluster.types.filter((type) => type.group === group);
  const versions = allVersions(types).map((version) => ({
    version,
    resources: typesAt(types, version).map((type) => aggregatedType(type, version)),
    freshness: isStale(cluster, `${group}/${version}`) ? 'Stale' : 'Current',
  }));
  return { metadata: group === '' ? {} : { name: group }, versions };
}

function aggregated(cluster: FakeCluster, groups: readonly string[]): FakeAnswer {
  const items = groups.map((group) => aggregatedGroup(cluster, group));
  const document = { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', metadata: {}, items };
  return jsonAnswer(document, AGGREGATED);
}

function legacyGroups(cluster: FakeCluster): FakeAnswer {
  const groups = groupsOf(cluster).map((name) => {
    const listed = allVersions(cluster.types.filter(({ group }) => group === name));
    const versions = listed.map((version) => ({ groupVersion: `${name}/${version}`, version }));
    return { name, versions, preferredVersion: versions[0] };
  });
  return jsonAnswer({ kind: 'APIGroupList', apiVersion: 'v1', groups });
}

function legacySubresource({ resource, namespaced }: FakeType, one: FakeSubresource): unknown {
  const { group, version, kind, verbs } = one;
  const elsewhere = group === undefined ? {} : { group, version };
  return { name: `${resource}/${one.name}`, singularName: '', namespaced, ...elsewhere, kind, verbs };
}

function legacyType(type: FakeType): readonly unknown[] {
  const { resource: name, namespaced, kind } = type;
  const own = { name, singularName: type.singular ?? kind.toLowerCase(), namespaced, kind, verbs: verbsOf(type) };
  const below = subresourcesOf(type).map((one) => legacySubresource(type, one));
  return [{ ...own, ...named('shortNames', type.shortNames), ...named('categories', type.categories) }, ...below];
}

function resourceList(cluster: FakeCluster, group: string, version: string): FakeAnswer | undefined {
  const types = cluster.types.filter((type) => type.group === group && versionsOf(type).includes(version));
  if (types.length === 0) return undefined;
  if ((cluster.down ?? []).includes(`${group}/${version}`)) return textAnswer(503, 'service unavailable');
  const resources = types.flatMap(legacyType);
  // The document of the core group is the oldest, and bears no version of its own.
  const own = group === '' ? {} : { apiVersion: 'v1' };
  return jsonAnswer({ kind: 'APIResourceList', ...own, groupVersion: apiVersion(group, version), resources });
}

/** The discovery document at `path`, undefined when there is none. */
export function discoveryAnswer(cluster: FakeCluster, path: string, accept: string): FakeAnswer | undefined {
  const isAggregated = cluster.discovery === 'aggregated' && takesAggregated(accept);
  if (path === '/version') return jsonAnswer(cluster.version ?? { major: '1', minor: '35', gitVersion: 'v1.35.4' });
  if (path === '/api') {
    return isAggregated ? aggregated(cluster, ['']) : jsonAnswer({ kind: 'APIVersions', versions: ['v1'] });
  }
  if (path === '/apis') return isAggregated ? aggregated(cluster, groupsOf(cluster)) : legacyGroups(cluster);
  const [, root, first = '', second = '', ...rest] = path.split('/');
  if (root === 'api' && second === '') return resourceList(cluster, '', first);
  return root === 'apis' && second !== '' && rest.length === 0 ? resourceList(cluster, first, second) : undefined;
}
