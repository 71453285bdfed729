import { once } from 'node:events';
import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import type { FakeCluster } from './description.ts';
import { discoveryDocument } from './fake-discovery.ts';
import { objectsDocument } from './fake-objects.ts';
import { createFaults, sendFault } from './fault.ts';
import type { FaultRule } from './fault.ts';

/** A request as it came. */
export interface SeenRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingMessage['headers'];
  readonly rawHeaders: readonly string[];
}

/** A running fake server on loopback. */
export interface FakeApi {
  readonly url: string;
  readonly requests: readonly SeenRequest[];
  readonly stop: () => Promise<void>;
}

function send(response: ServerResponse, body: string, gzip: boolean): void {
  const headers = { 'Content-Type': 'application/json' };
  if (gzip) response.writeHead(200, { ...headers, 'Content-Encoding': 'gzip' }).end(gzipSync(body));
  else response.writeHead(200, headers).end(body);
}

const NOT_FOUND: FaultRule['fault'] = { kind: 'status', status: 404, message: 'not found' };

/** What answers each request; `cluster` is asked anew each time, so that it may change meanwhile. */
function createListener(
  cluster: () => FakeCluster,
  rules: readonly FaultRule[],
  requests: SeenRequest[],
): RequestListener {
  const faultFor = createFaults(rules);
  return (request, response) => {
    const { method = '', url = '', headers, rawHeaders } = request;
    requests.push({ method, url, headers, rawHeaders });
    const parsed = new URL(url, 'http://fake');
    const accept = headers.accept ?? '';
    const document =
      discoveryDocument(cluster(), parsed.pathname, accept) ?? objectsDocument(cluster(), parsed, accept);
    const body = JSON.stringify(document ?? {});
    const rule = faultFor(url);
    if (rule !== undefined) sendFault(response, rule.fault, body);
    else if (document === undefined) sendFault(response, NOT_FOUND, body);
    else send(response, body, String(headers['accept-encoding']).includes('gzip'));
  };
}

/** Starts a server for `cluster` on a free port of loopback; `rules` say which answers go wrong. */
export async function startFakeApi(cluster: () => FakeCluster, rules: readonly FaultRule[] = []): Promise<FakeApi> {
  const requests: SeenRequest[] = [];
  const server = createServer(createListener(cluster, rules, requests));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { url: `http://127.0.0.1:${port}`, requests, stop };
}
