import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { createSecureServer } from 'node:http2';
import { gzipSync } from 'node:zlib';
import { addressOf } from './address.ts';
import { textAnswer } from './answer.ts';
import type { FakeAnswer } from './answer.ts';
import type { FakeCluster } from './description.ts';
import { discoveryAnswer } from './fake-discovery.ts';
import { notServed, objectsAnswer } from './fake-objects.ts';
import type { ServerState } from './fake-objects.ts';
import { forbidden } from './fake-rights.ts';
import type { FakeUser } from './fake-rights.ts';
import { createFaults, sendFault } from './fault.ts';
import type { FaultRule, Outgoing } from './fault.ts';
import { onLoopback, onSecureLoopback } from '../loopback.ts';
import type { LoopbackIdentity } from '../loopback-identity.ts';

/** A request as it came. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
}

/** A request that comes, over whichever protocol. */
interface Incoming extends Omit<SeenRequest, 'method' | 'url'> {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
}

/** A running fake server on loopback. */
export interface FakeApi {
  readonly url: string;
  /** The flags by which the program gets there. */
  readonly flags: readonly string[];
  readonly requests: readonly SeenRequest[];
  readonly stop: () => Promise<void>;
}

/** Bytes from which on the API server packs an answer. */
const PACKED_FROM = 128 * 1024;

function send(response: Outgoing, answer: FakeAnswer, takesGzip: boolean): void {
  const gzip = takesGzip && answer.body.length >= PACKED_FROM;
  const headers = { ...answer.headers, 'Content-Type': answer.type };
  if (gzip) response.writeHead(answer.status, { ...headers, 'Content-Encoding': 'gzip' }).end(gzipSync(answer.body));
  else response.writeHead(answer.status, headers).end(answer.body);
}

/** Somebody else than the administrator: only as whom one acts has limited rights. */
function userOf(headers: IncomingHttpHeaders): FakeUser | undefined {
  const name = headers['impersonate-user'];
  if (typeof name !== 'string') return undefined;
  const groups = [headers['impersonate-group'] ?? []].flat().flatMap((group) => group.split(', '));
  return { name, groups: [...groups, 'system:authenticated'] };
}

const TOO_MANY = textAnswer(429, 'Too many requests, please try again later.', { 'Retry-After': '1' });

interface Asked {
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
}

/** The answer where nothing goes wrong, in the order in which the API server checks. */
function answerTo(cluster: FakeCluster, { url, headers }: Asked, state: ServerState): FakeAnswer {
  const { pathname: path, searchParams: query } = url;
  const accept = headers.accept ?? '';
  const address = addressOf(cluster, path);
  const [, selected = ''] = (query.get('fieldSelector') ?? '').split('metadata.name=');
  const user = userOf(headers);
  const refused = user === undefined ? undefined : forbidden(cluster, user, { path, address, selected });
  if (refused !== undefined) return refused;
  const document = discoveryAnswer(cluster, path, accept);
  if (document !== undefined) return document;
  if (address === undefined) return notServed(cluster, path.startsWith('/apis/') ? (path.split('/')[2] ?? '') : path);
  if ((cluster.down ?? []).includes(`${address.group}/${address.version}`)) {
    return textAnswer(503, 'service unavailable');
  }
  return objectsAnswer(cluster, { address, query, accept }, state);
}

/** What answers each request; `cluster` is asked anew each time, so that it may change meanwhile. */
function createListener(
  cluster: () => FakeCluster,
  rules: readonly FaultRule[],
  requests: SeenRequest[],
): (request: Incoming, response: Outgoing) => void {
  const faultFor = createFaults(rules);
  const state: ServerState = { expired: 0 };
  return (request, response) => {
    const { method = '', url = '', headers, rawHeaders } = request;
    requests.push({ method, url, headers, rawHeaders });
    const now = cluster();
    const isTooMuch = requests.length <= (now.overload ?? 0);
    const answer = isTooMuch ? TOO_MANY : answerTo(now, { url: new URL(url, 'http://fake'), headers }, state);
    const rule = faultFor(url);
    if (rule === undefined) send(response, answer, String(headers['accept-encoding']).includes('gzip'));
    else sendFault(response, rule.fault, answer.body);
  };
}

/**
 * Starts a server for `cluster` on a free port of loopback; `rules` say which answers go wrong. With an identity it
 * speaks HTTP/2 over TLS, and nothing else.
 */
export async function startFakeApi(
  cluster: () => FakeCluster,
  rules: readonly FaultRule[] = [],
  identity?: LoopbackIdentity,
): Promise<FakeApi> {
  const requests: SeenRequest[] = [];
  const listener = createListener(cluster, rules, requests);
  if (identity === undefined) {
    const plain = await onLoopback(createServer(listener));
    return { ...plain, flags: ['--server', plain.url], requests };
  }
  const { certificate, key, authorityFile } = identity;
  const secure = await onSecureLoopback(createSecureServer({ cert: certificate, key }, listener));
  return { ...secure, flags: ['--server', secure.url, '--certificate-authority', authorityFile], requests };
}
