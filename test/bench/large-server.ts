import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import { constants, gzipSync } from 'node:zlib';
import { addressOf } from '../support/fake-api/address.ts';
import type { Address } from '../support/fake-api/address.ts';
import { jsonAnswer } from '../support/fake-api/answer.ts';
import type { FakeAnswer } from '../support/fake-api/answer.ts';
import { fakeType, fullName } from '../support/fake-api/description.ts';
import type { FakeCluster, FakeObject } from '../support/fake-api/description.ts';
import { discoveryAnswer } from '../support/fake-api/fake-discovery.ts';
import { notServed, objectsAnswer } from '../support/fake-api/fake-objects.ts';
import { negotiated } from '../support/fake-api/negotiation.ts';
import { BUILT_IN_TYPES } from '../scenarios/support/kinds.ts';
import { AGENT, largeTypes, namespaceName, packName } from './large-world.ts';
import type { LargeType, WorldSize } from './large-world.ts';
import { storedRecord } from './large-releases.ts';
import { onLoopback } from '../support/loopback.ts';

// An API server for a large world: each page is made when it is asked for, so that the server itself stays small.

/** A running server on loopback, and what it sent so far. */
export interface LargeServer {
  readonly url: string;
  readonly sent: () => { readonly requests: number; readonly bytes: number };
  readonly stop: () => Promise<void>;
}

const PACKS = fakeType('packs.cluster.spectrocloud.com', 'Pack', { version: 'v1alpha1', custom: true });

function packOf(size: WorldSize, number: number): FakeObject {
  const additional = Array.from({ length: size.claimed }, (_, namespace) => namespace)
    .filter((namespace) => namespace >= size.packs && namespace % size.packs === number)
    .map(namespaceName);
  const more = additional.length === 0 ? '' : `\n  additionalNamespaces: ${additional.join(', ')}`;
  const values = `pack:\n  namespace: ${namespaceName(number)}${more}\ncharts:\n  app: {}\n`;
  return {
    metadata: {
      name: packName(number),
      namespace: AGENT,
      uid: `pack-${String(number)}`,
      managedFields: [{ manager: 'palette-controller', operation: 'Update', subresource: 'status' }],
    },
    spec: { packRef: { name: packName(number), layer: 'addon', tag: '1.0.0', values } },
    status: { conditions: [{ type: 'Ready', status: 'True' }] },
  };
}

/** What there is little of, which the ordinary fake server serves. */
function smallCluster(size: WorldSize): FakeCluster {
  const large = largeTypes(size).map(({ type }) => type);
  const names = new Set(large.map(fullName));
  const custom = [...large.filter((type) => type.custom === true), PACKS];
  const every = Array.from({ length: size.namespaces }, (_, number) => namespaceName(number));
  const namespaces = ['default', 'kube-system', AGENT, ...every].map((name) => ({ metadata: { name } }));
  const packs = Array.from({ length: size.packs }, (_, number) => packOf(size, number));
  const definitions = custom.map((type) => ({
    metadata: { name: fullName(type) },
    spec: { group: type.group, names: { kind: type.kind }, versions: [{ name: type.version, served: true }] },
    status: { conditions: [{ type: 'Established', status: 'True' }] },
  }));
  return {
    discovery: 'aggregated',
    types: [...BUILT_IN_TYPES.filter((type) => !names.has(fullName(type))), ...large, PACKS],
    objects: new Map<string, readonly FakeObject[]>([
      ['namespaces', namespaces],
      [fullName(PACKS), packs],
      ['customresourcedefinitions.apiextensions.k8s.io', definitions],
    ]),
  };
}

/** The part of a list that was asked for: objects of `large` from one number up to another, in one namespace or all. */
interface Slice {
  readonly size: WorldSize;
  readonly large: LargeType;
  readonly first: number;
  readonly end: number;
  readonly total: number;
  readonly objectAt: (index: number) => FakeObject;
}

/** With a selector only Helm's records are meant, the last of each namespace's Secrets. */
function sliceOf(size: WorldSize, large: LargeType, asked: { address: Address; query: URLSearchParams }): Slice {
  const { address, query } = asked;
  const each = Math.max(0, large.perNamespace(size));
  const isSelected = query.has('labelSelector');
  const [only] = address.namespace === '' ? [] : [Number(address.namespace.slice(namespaceName(0).length - 5))];
  const isNowhere = only !== undefined && namespaceName(only) !== address.namespace;
  const isRecords = isSelected && address.resource === 'secrets';
  const perNamespace = isNowhere || (isSelected && !isRecords) ? 0 : isRecords ? 1 : each;
  const total = perNamespace * (only === undefined ? size.namespaces : 1);
  const first = Number(query.get('continue') ?? 0);
  const limit = Number(query.get('limit') ?? 0);
  const end = limit === 0 ? total : Math.min(total, first + limit);
  const objectAt = (index: number): FakeObject => {
    const namespace = only ?? Math.floor(index / perNamespace);
    return large.objectOf({ size, namespace, number: isRecords ? each - 1 : index % perNamespace });
  };
  return { size, large, first, end, total, objectAt };
}

function listAnswer({ large, first, end, total, objectAt }: Slice, accept: string): FakeAnswer {
  const isTable = negotiated(accept, false, false) === 'table';
  const columns = [...(large.type.columns ?? new Map<string, (object: FakeObject) => unknown>())];
  const entries = Array.from({ length: end - first }, (_, at): unknown => {
    const object = objectAt(first + at);
    const partial = { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata: object.metadata };
    return isTable
      ? { cells: [object.metadata.name, ...columns.map(([, cell]) => cell(object))], object: partial }
      : partial;
  });
  const more = end < total ? { continue: String(end), remainingItemCount: total - end } : {};
  const head = { apiVersion: 'meta.k8s.io/v1', metadata: { resourceVersion: '1000', ...more } };
  const names = ['Name', ...columns.map(([name]) => name)].map((name) => ({ name }));
  return isTable
    ? jsonAnswer({ kind: 'Table', ...head, columnDefinitions: names, rows: entries })
    : jsonAnswer({ kind: 'PartialObjectMetadataList', ...head, items: entries });
}

/** Bytes from which on the API server packs an answer; it packs as fast as it can. */
const PACKED_FROM = 128 * 1024;

function send(response: ServerResponse, answer: FakeAnswer): number {
  const isPacked = answer.body.length >= PACKED_FROM;
  const body = isPacked ? gzipSync(answer.body, { level: constants.Z_BEST_SPEED }) : Buffer.from(answer.body);
  const packed = isPacked ? { 'Content-Encoding': 'gzip' } : {};
  response.writeHead(answer.status, { ...answer.headers, 'Content-Type': answer.type, ...packed }).end(body);
  return body.length;
}

/** Starts a server for a world of this size on a free port of loopback. */
export async function startLargeServer(size: WorldSize): Promise<LargeServer> {
  const cluster = smallCluster(size);
  const large = new Map(largeTypes(size).map((one) => [fullName(one.type), one]));
  const sent = { requests: 0, bytes: 0 };
  const answerTo = (url: URL, accept: string): FakeAnswer => {
    const { pathname: path, searchParams: query } = url;
    if (query.get('continue') === '') query.delete('continue');
    const address = addressOf(cluster, path);
    const document = discoveryAnswer(cluster, path, accept);
    if (document !== undefined) return document;
    if (address?.type === undefined) return notServed(cluster, path.split('/')[2] ?? '');
    const found = large.get(fullName(address.type));
    if (found === undefined) return objectsAnswer(cluster, { address, query, accept }, { expired: 0 });
    if (address.name === '') return listAnswer(sliceOf(size, found, { address, query }), accept);
    return storedRecord(size, address) ?? objectsAnswer(cluster, { address, query, accept }, { expired: 0 });
  };
  const server = createServer(({ url = '', headers }, response) => {
    sent.requests += 1;
    sent.bytes += send(response, answerTo(new URL(url, 'http://fake'), headers.accept ?? ''));
  });
  return { ...(await onLoopback(server)), sent: () => sent };
}
