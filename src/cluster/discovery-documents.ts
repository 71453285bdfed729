import type { ResourceType } from '../model/resource.ts';
import { at, isRecord, listAt, textAt, textsAt } from './json.ts';
import { plainText } from './plain-text.ts';
import type { Parsed } from './transport.ts';

/** The types one version of a group serves. `stale`: the server could not ask the API behind it. */
export interface VersionTypes {
  readonly group: string;
  readonly version: string;
  readonly stale: boolean;
  readonly types: readonly ResourceType[];
}

/** What `/api` or `/apis` say: all types (aggregated), or only which versions to ask (legacy), preferred first. */
export type DiscoveryDocument =
  | { readonly form: 'aggregated'; readonly versions: readonly VersionTypes[] }
  | { readonly form: 'legacy'; readonly versions: readonly { readonly group: string; readonly version: string }[] };

function aggregatedType(entry: unknown, group: string, version: string): ResourceType | undefined {
  const resource = textAt(entry, 'resource');
  const kind = textAt(entry, 'responseKind', 'kind');
  if (resource === undefined || kind === undefined) return undefined;
  return {
    group,
    version,
    resource,
    kind,
    singular: textAt(entry, 'singularResource') ?? '',
    shortNames: textsAt(entry, 'shortNames'),
    namespaced: at(entry, 'scope') === 'Namespaced',
    verbs: textsAt(entry, 'verbs'),
  };
}

function aggregatedVersion(entry: unknown, group: string): VersionTypes {
  const version = textAt(entry, 'version') ?? '';
  const types = listAt(entry, 'resources').map((resource) => aggregatedType(resource, group, version));
  return {
    group,
    version,
    stale: textAt(entry, 'freshness') === 'Stale',
    types: types.filter((type) => type !== undefined),
  };
}

function aggregatedGroup(item: unknown): readonly VersionTypes[] {
  const group = textAt(item, 'metadata', 'name') ?? '';
  return listAt(item, 'versions').map((entry) => aggregatedVersion(entry, group));
}

function legacyGroup(entry: unknown): readonly { readonly group: string; readonly version: string }[] {
  const group = textAt(entry, 'name') ?? '';
  const preferred = textAt(entry, 'preferredVersion', 'version') ?? '';
  const listed = listAt(entry, 'versions').map((version) => textAt(version, 'version') ?? '');
  const versions = new Set([preferred, ...listed].filter((version) => version !== ''));
  return [...versions].map((version) => ({ group, version }));
}

function documentOf(body: unknown, kind: string): DiscoveryDocument | undefined {
  if (kind === 'APIGroupDiscoveryList' && Array.isArray(at(body, 'items'))) {
    return { form: 'aggregated', versions: listAt(body, 'items').flatMap(aggregatedGroup) };
  }
  if (kind === 'APIVersions' && Array.isArray(at(body, 'versions'))) {
    return { form: 'legacy', versions: textsAt(body, 'versions').map((version) => ({ group: '', version })) };
  }
  if (kind === 'APIGroupList' && Array.isArray(at(body, 'groups'))) {
    return { form: 'legacy', versions: listAt(body, 'groups').flatMap(legacyGroup) };
  }
  return undefined;
}

/** Judges a discovery document; anything but one of the three known kinds is a failure, never an empty one. */
export function parseDiscovery(body: unknown): Parsed<DiscoveryDocument> {
  const kind = textAt(body, 'kind') ?? '';
  const document = documentOf(body, kind);
  if (document !== undefined) return { ok: true, value: document };
  return { ok: false, reason: `the answer is no discovery document but ${plainText(kind, 60) || 'something else'}` };
}

/** Judges a legacy `APIResourceList`; sub-resources are skipped. */
export function parseVersion(body: unknown, group: string, version: string): Parsed<VersionTypes> {
  if (!isRecord(body) || textAt(body, 'kind') !== 'APIResourceList' || !Array.isArray(at(body, 'resources'))) {
    return { ok: false, reason: 'the answer is no list of resource types' };
  }
  const types = listAt(body, 'resources').flatMap((entry): readonly ResourceType[] => {
    const resource = textAt(entry, 'name') ?? '';
    const kind = textAt(entry, 'kind') ?? '';
    if (resource === '' || kind === '' || resource.includes('/')) return [];
    const singular = textAt(entry, 'singularName') ?? '';
    const shortNames = textsAt(entry, 'shortNames');
    const namespaced = at(entry, 'namespaced') === true;
    return [{ group, version, resource, kind, singular, shortNames, namespaced, verbs: textsAt(entry, 'verbs') }];
  });
  return { ok: true, value: { group, version, stale: false, types } };
}
