import type { Address } from './address.ts';
import { jsonAnswer, refusal, textAnswer } from './answer.ts';
import type { FakeAnswer } from './answer.ts';
import { apiVersion, fullName, verbsOf } from './description.ts';
import type { FakeCluster, FakeObject, FakeType } from './description.ts';
import { inconsistentToken, pageOf, storeKey, tokenIn } from './fake-pages.ts';
import type { Page, Token } from './fake-pages.ts';
import { negotiated, takesJson } from './negotiation.ts';
import type { Form } from './negotiation.ts';

/** What the server remembers from request to request. */
export interface ServerState {
  expired: number;
}

/** A request for objects of a type that is served. */
interface ObjectsRequest {
  readonly cluster: FakeCluster;
  readonly address: Address & { readonly type: FakeType };
  readonly query: URLSearchParams;
  readonly accept: string;
}

function whole(type: FakeType, object: FakeObject): FakeObject {
  const { name, namespace } = object.metadata;
  const uid = `uid-${type.kind}-${namespace ?? ''}-${name}`;
  const made = type.computed === true ? {} : { uid, creationTimestamp: '2026-01-02T03:04:05Z' };
  const metadata = { ...made, ...object.metadata };
  return { apiVersion: apiVersion(type.group, type.version), kind: type.kind, ...object, metadata };
}

function partial({ metadata }: FakeObject): unknown {
  return { kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata };
}

/** Lists of built-in types leave out what the list itself says. */
function listItem(type: FakeType, object: FakeObject): unknown {
  if (type.custom === true) return object;
  const { apiVersion: _version, kind: _kind, ...rest } = object;
  return rest;
}

function selected(objects: readonly FakeObject[], query: URLSearchParams): readonly FakeObject[] {
  const [key = '', value] = (query.get('labelSelector') ?? '').split('=');
  const [, name] = (query.get('fieldSelector') ?? '').split('metadata.name=');
  return objects.filter(
    ({ metadata }) =>
      (value === undefined || metadata.labels?.[key] === value) && (name === undefined || metadata.name === name),
  );
}

function compareKeys(a: FakeObject, b: FakeObject): number {
  return storeKey(a) < storeKey(b) ? -1 : 1;
}

/** The objects of a type in a namespace or all, in the order of the store. */
function stored({ cluster, address }: ObjectsRequest): readonly FakeObject[] {
  const { type, namespace } = address;
  const all = (cluster.objects.get(fullName(type)) ?? [])
    .map((object) => whole(type, object))
    .filter(({ metadata }) => namespace === '' || metadata.namespace === namespace);
  return cluster.unsorted === true || type.computed === true ? all : all.toSorted(compareKeys);
}

function nameOf(definition: unknown): string {
  return typeof definition === 'object' && definition !== null && 'name' in definition ? String(definition.name) : '';
}

/** Of pods that are over the server says so beside their cells. */
function conditionsOf(type: FakeType, { status }: FakeObject): Readonly<Record<string, unknown>> {
  const phase = typeof status === 'object' && status !== null && 'phase' in status ? status.phase : undefined;
  if (type.kind !== 'Pod' || (phase !== 'Succeeded' && phase !== 'Failed')) return {};
  const message = phase === 'Succeeded' ? 'The pod has completed successfully.' : 'The pod failed.';
  return { conditions: [{ type: 'Completed', status: 'True', reason: phase, message }] };
}

function table({ address, query }: ObjectsRequest, page: Page): unknown {
  const { columns = new Map<string, (object: FakeObject) => unknown>(), columnDefinitions } = address.type;
  const definitions = columnDefinitions ?? ['Name', ...columns.keys()].map((name) => ({ name }));
  const cellsOf = (object: FakeObject): readonly unknown[] =>
    definitions.map(nameOf).map((name) => (name === 'Name' ? object.metadata.name : columns.get(name)?.(object)));
  const { rowOrder } = address.type;
  const rows = rowOrder === undefined ? page.objects : page.objects.toSorted((a, b) => rowOrder(a) - rowOrder(b));
  const inRow = query.get('includeObject') === 'Object' ? (object: FakeObject) => object : partial;
  const rowOf = (object: FakeObject, cells: readonly unknown[]): unknown =>
    Object.assign({ cells }, conditionsOf(address.type, object), { object: inRow(object) });
  return {
    kind: 'Table',
    apiVersion: 'meta.k8s.io/v1',
    metadata: page.metadata,
    columnDefinitions: definitions,
    rows: rows.map((object) => rowOf(object, cellsOf(object))),
  };
}

function listOf(request: ObjectsRequest, page: Page, form: Form): unknown {
  const { type, version } = request.address;
  if (form === 'table') return table(request, page);
  if (form === 'metadata') {
    const items = page.objects.length === 0 ? null : page.objects.map(partial);
    return { kind: 'PartialObjectMetadataList', apiVersion: 'meta.k8s.io/v1', metadata: page.metadata, items };
  }
  const items = page.objects.map((object) => listItem(type, object));
  const metadata = type.custom === true ? { continue: '', ...page.metadata } : page.metadata;
  return { kind: `${type.kind}List`, apiVersion: apiVersion(type.group, version), metadata, items };
}

const TOO_OLD =
  'The provided continue parameter is too old to display a consistent list result. You can start a new list without ' +
  'the continue parameter, or use the continue token in this response to retrieve the remainder of the results. ' +
  'Continuing with the provided token results in an inconsistent list - objects that were created, modified, or ' +
  'deleted between the time the first chunk was returned and now may show up in the list.';

function expiredToken(token: Token): FakeAnswer {
  const metadata = { continue: inconsistentToken(token) };
  return refusal({ code: 410, reason: 'Expired', message: TOO_OLD, metadata });
}

/** Refuses a token that is none, and one whose state the server no longer has. */
function refusedToken({ cluster, query }: ObjectsRequest, state: ServerState): FakeAnswer | undefined {
  const text = query.get('continue');
  if (text === null) return undefined;
  const token = tokenIn(text);
  if (token === undefined) return refusal({ code: 400, reason: 'BadRequest', message: 'invalid continue token' });
  if (token.rv < 0 || state.expired >= (cluster.expired ?? 0)) return undefined;
  state.expired += 1;
  return expiredToken(token);
}

function notFound({ address }: ObjectsRequest): FakeAnswer {
  const { type, name } = address;
  const details = { name, group: type.group, kind: type.resource };
  return refusal({ code: 404, reason: 'NotFound', message: `${fullName(type)} "${name}" not found`, details });
}

const ACCEPTED = 'application/json, application/yaml, application/vnd.kubernetes.protobuf';

/** Built-in types are served by a part of the server that looks at the media types before. */
function notAcceptable(type: FakeType, accept: string): FakeAnswer {
  if (type.custom === true || takesJson(accept)) {
    const message = `only the following media types are accepted: ${ACCEPTED}`;
    return refusal({ code: 406, reason: 'NotAcceptable', message });
  }
  const streams = 'application/json;stream=watch, application/vnd.kubernetes.protobuf;stream=watch';
  const message = `406: Not Acceptable\n\nAvailable representations: ${ACCEPTED}, ${streams}`;
  return refusal({ code: 406, reason: 'NotAcceptable', message, details: {} });
}

function inconvertible({ type, version }: ObjectsRequest['address']): FakeAnswer | undefined {
  if (!(type.inconvertibleAt ?? []).includes(version)) return undefined;
  const message =
    `conversion webhook for ${apiVersion(type.group, version)}, Kind=${type.kind} failed: ` +
    'Post "https://converter.example.svc:443/convert": dial tcp 10.0.0.9:443: connect: connection refused';
  return refusal({ code: 500, reason: '', message });
}

function answered(request: ObjectsRequest, form: Form): FakeAnswer {
  const { address, query } = request;
  const objects = stored(request);
  if (address.name === '') {
    const keyOf = (object: FakeObject): string => (address.namespace === '' ? storeKey(object) : object.metadata.name);
    const page = pageOf(selected(objects, query), query, { keyOf, largest: request.cluster.largestPage });
    const unversioned = { ...page, metadata: {} };
    return jsonAnswer(listOf(request, address.type.computed === true ? unversioned : page, form));
  }
  const found = objects.find(({ metadata }) => metadata.name === address.name);
  if (found === undefined) return notFound(request);
  return jsonAnswer(form === 'metadata' ? partial(found) : found);
}

/** A version or type that a group does not serve; groups of custom types are of another part of the server. */
export function notServed(cluster: FakeCluster, group: string): FakeAnswer {
  const types = cluster.types.filter((type) => type.group === group);
  if (types.length === 0 || types.some(({ custom }) => custom === true)) return textAnswer(404, '404 page not found');
  const message = 'the server could not find the requested resource';
  return refusal({ code: 404, reason: 'NotFound', message, details: {} });
}

/** What the server answers to a GET of a list or an object of a served group. */
export function objectsAnswer(
  cluster: FakeCluster,
  of: { readonly address: Address; readonly query: URLSearchParams; readonly accept: string },
  state: ServerState,
): FakeAnswer {
  const { type } = of.address;
  if (type === undefined) return notServed(cluster, of.address.group);
  const request = { ...of, cluster, address: { ...of.address, type } };
  const one = of.address.name !== '';
  if (!verbsOf(type).includes(one ? 'get' : 'list')) {
    const message = 'the server does not allow this method on the requested resource';
    return refusal({ code: 405, reason: 'MethodNotAllowed', message, details: {} });
  }
  const form = type.ignoresAccept === true ? 'whole' : negotiated(of.accept, one, type.wholeOnly === true);
  if (form === undefined) return notAcceptable(type, of.accept);
  return inconvertible(request.address) ?? refusedToken(request, state) ?? answered(request, form);
}
