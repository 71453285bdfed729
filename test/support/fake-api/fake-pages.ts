import type { FakeObject } from './description.ts';

/** The state of the whole server, as lists tell it. */
const RESOURCE_VERSION = '1000';

/** A part of a list, with what the list says of the rest. */
export interface Page {
  readonly objects: readonly FakeObject[];
  readonly metadata: Readonly<Record<string, unknown>>;
}

/** What a continue token holds: the state of the server then, and the key from which to go on. */
export interface Token {
  readonly rv: number;
  readonly start: string;
}

/** Where an object lies in a list of one namespace or of all: what tokens speak of. */
type KeyOf = (object: FakeObject) => string;

/** The key under which the store holds an object, below its type's. */
export function storeKey({ metadata }: FakeObject): string {
  return metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;
}

function tokenText({ rv, start }: Token): string {
  return Buffer.from(JSON.stringify({ v: 'meta.k8s.io/v1', rv, start })).toString('base64url');
}

/** A token as the API server writes it; undefined when it is none. */
export function tokenIn(text: string): Token | undefined {
  try {
    const held: unknown = JSON.parse(Buffer.from(text, 'base64url').toString());
    if (typeof held !== 'object' || held === null || !('rv' in held) || !('start' in held)) return undefined;
    return typeof held.rv === 'number' && typeof held.start === 'string'
      ? { rv: held.rv, start: held.start }
      : undefined;
  } catch {
    return undefined;
  }
}

/** The token that an expired one's refusal offers: it goes on from there in whatever state the server now is. */
export function inconsistentToken(token: Token): string {
  return tokenText({ ...token, rv: -1 });
}

/** A first page's token holds the whole key, a later one's leaves out the slash before it. */
function nextStart(last: FakeObject | undefined, keyOf: KeyOf, isFirst: boolean): string {
  return last === undefined ? '' : `${isFirst ? '/' : ''}${keyOf(last)}\0`;
}

function isAt(object: FakeObject, keyOf: KeyOf, start: string): boolean {
  return `${keyOf(object)}\0` === (start.startsWith('/') ? start.slice(1) : start);
}

/** How a list is cut into pages: by the key of each object, and into pages of at most so many. */
interface Cut {
  readonly keyOf: KeyOf;
  readonly largest: number | undefined;
}

/** The page that `limit` and `continue` ask for. With a selector the server does not know how much is left. */
export function pageOf(objects: readonly FakeObject[], query: URLSearchParams, { keyOf, largest }: Cut): Page {
  const asked = Number(query.get('limit') ?? 0);
  const limit = largest === undefined ? asked : Math.min(asked === 0 ? largest : asked, largest);
  const token = tokenIn(query.get('continue') ?? '');
  const start = token === undefined ? 0 : objects.findIndex((object) => isAt(object, keyOf, token.start)) + 1;
  const end = limit === 0 ? objects.length : Math.min(start + limit, objects.length);
  const remaining = objects.length - end;
  const last = objects[end - 1];
  const isSelected = query.has('labelSelector') || query.has('fieldSelector');
  const next = { rv: Number(RESOURCE_VERSION), start: nextStart(last, keyOf, token === undefined) };
  const more = { continue: tokenText(next), ...(isSelected ? {} : { remainingItemCount: remaining }) };
  const metadata = { resourceVersion: RESOURCE_VERSION, ...(remaining > 0 ? more : {}) };
  return { objects: objects.slice(start, end), metadata };
}
