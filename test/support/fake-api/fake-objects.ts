import { apiVersion, fullName } from './description.ts';
import type { FakeCluster, FakeObject, FakeType } from './description.ts';

/** A collection or one object of it, as a path names it. */
interface Address {
  readonly type: FakeType;
  readonly version: string;
  readonly namespace: string;
  readonly name: string;
}

const RESOURCE_VERSION = '1000';

function addressOf(cluster: FakeCluster, path: string): Address | undefined {
  const [, root, ...parts] = path.split('/').map(decodeURIComponent);
  const group = root === 'api' ? '' : (parts.shift() ?? '');
  const version = parts.shift() ?? '';
  const isNamespaced = parts[0] === 'namespaces' && parts.length > 2;
  const namespace = isNamespaced ? (parts[1] ?? '') : '';
  const [resource, name = ''] = isNamespaced ? parts.slice(2) : parts;
  const type = cluster.types.find((candidate) => candidate.group === group && candidate.resource === resource);
  const versions = type === undefined ? [] : [type.version, ...(type.otherVersions ?? [])];
  return type === undefined || !versions.includes(version) ? undefined : { type, version, namespace, name };
}

function whole(type: FakeType, object: FakeObject): FakeObject {
  const { name, namespace } = object.metadata;
  const uid = `uid-${type.kind}-${namespace ?? ''}-${name}`;
  const metadata = { uid, creationTimestamp: '2026-01-02T03:04:05Z', ...object.metadata };
  return { apiVersion: apiVersion(type.group, type.version), kind: type.kind, ...object, metadata };
}

function partial({ metadata }: FakeObject): unknown {
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata };
}

function selected(objects: readonly FakeObject[], query: URLSearchParams): readonly FakeObject[] {
  const [key = '', value] = (query.get('labelSelector') ?? '').split('=');
  const [, name] = (query.get('fieldSelector') ?? '').split('metadata.name=');
  return objects.filter(
    ({ metadata }) =>
      (value === undefined || metadata.labels?.[key] === value) && (name === undefined || metadata.name === name),
  );
}

interface Page {
  readonly objects: readonly FakeObject[];
  readonly metadata: Readonly<Record<string, unknown>>;
}

function pageOf(objects: readonly FakeObject[], query: URLSearchParams): Page {
  const limit = Number(query.get('limit') ?? 0);
  const start = Number(query.get('continue') ?? 0);
  const end = limit === 0 ? objects.length : start + limit;
  const remaining = objects.length - end;
  const more = remaining > 0 ? { continue: String(end), remainingItemCount: remaining } : {};
  return { objects: objects.slice(start, end), metadata: { resourceVersion: RESOURCE_VERSION, ...more } };
}

function table(type: FakeType, page: Page): unknown {
  const columns = [...(type.columns ?? new Map<string, (object: FakeObject) => unknown>()).entries()];
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: page.metadata,
    columnDefinitions: [{ name: 'Name' }, ...columns.map(([name]) => ({ name }))],
    rows: page.objects.map((object) => ({
      cells: [object.metadata.name, ...columns.map(([, cell]) => cell(object))],
      object: partial(object),
    })),
  };
}

function listOf(address: Address, page: Page, accept: string): unknown {
  const { type, version } = address;
  if (type.ignoresAccept !== true && accept.includes('as=Table')) return table(type, page);
  if (type.ignoresAccept !== true && accept.includes('as=PartialObjectMetadataList')) {
    const items = page.objects.length === 0 ? null : page.objects.map(partial);
    return { kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1', metadata: page.metadata, items };
  }
  const kind = `${type.kind}List`;
  return { kind, apiVersion: apiVersion(type.group, version), metadata: page.metadata, items: page.objects };
}

/** The list or object at `url`, undefined when there is none. */
export function objectsDocument(cluster: FakeCluster, url: URL, accept: string): unknown {
  const address = addressOf(cluster, url.pathname);
  if (address === undefined) return undefined;
  const { type, namespace, name } = address;
  const all = (cluster.objects.get(fullName(type)) ?? [])
    .map((object) => whole(type, object))
    .filter(({ metadata }) => namespace === '' || metadata.namespace === namespace);
  if (name === '') return listOf(address, pageOf(selected(all, url.searchParams), url.searchParams), accept);
  const found = all.find(({ metadata }) => metadata.name === name);
  return found !== undefined && accept.includes('as=PartialObjectMetadata') ? partial(found) : found;
}
