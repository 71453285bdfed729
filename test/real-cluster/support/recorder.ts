import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import { Agent, request } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { textAt, listAt } from '../../../src/cluster/json.ts';
import type { ControlPlane } from './control-plane.ts';
import { portOf } from './free-ports.ts';

/** A GET as the program sent it: all that the server's answer rests on. */
export interface Recorded {
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** An answer, decoded. */
export interface Answered {
  readonly status: number;
  readonly type: string;
  readonly body: Buffer;
}

/** Sends a request to the real server as its administrator, or as whom that one acts. */
export type Ask = (recorded: Recorded) => Promise<Answered>;

/** Where the program is sent instead of to the server, and what it asked there. */
export interface Recorder {
  readonly url: string;
  readonly recorded: readonly Recorded[];
  readonly stop: () => Promise<void>;
}

function decoded(from: unknown, ...path: readonly string[]): Buffer {
  return Buffer.from(textAt(from, ...path) ?? '', 'base64');
}

/** An {@link Ask} with the client certificate of the control plane's kubeconfig. */
export function askOf({ kubeconfig, url }: Pick<ControlPlane, 'kubeconfig' | 'url'>): Ask {
  const config: unknown = JSON.parse(readFileSync(kubeconfig, 'utf8'));
  const [user] = listAt(config, 'users');
  const [cluster] = listAt(config, 'clusters');
  const agent = new Agent({
    cert: decoded(user, 'user', 'client-certificate-data'),
    key: decoded(user, 'user', 'client-key-data'),
    ca: decoded(cluster, 'cluster', 'certificate-authority-data'),
  });
  return async ({ method, path, headers }) => {
    const sent = request(new URL(path, url), { method, agent, headers });
    sent.end();
    const [response] = await once(sent, 'response');
    const body = await buffer(response);
    return { status: response.statusCode, type: response.headers['content-type'] ?? '', body };
  };
}

/** Headers on which an answer rests: the form that is wanted, and as whom somebody acts. */
const TELLING: ReadonlySet<string> = new Set(['accept', 'impersonate-user', 'impersonate-group', 'impersonate-uid']);

function telling(headers: IncomingHttpHeaders): Recorded['headers'] {
  const entries = Object.entries(headers).filter(([name]) => TELLING.has(name));
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

/** Starts a server on loopback that passes every request on and keeps it. */
export async function startRecorder(ask: Ask): Promise<Recorder> {
  const recorded: Recorded[] = [];
  const server = createServer((incoming, response) => {
    const one = { method: incoming.method ?? '', path: incoming.url ?? '', headers: telling(incoming.headers) };
    recorded.push(one);
    ask(one).then(
      ({ status, type, body }) => response.writeHead(status, { 'Content-Type': type }).end(body),
      () => response.destroy(),
    );
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    await once(server.close(), 'close');
  };
  return { url: `http://127.0.0.1:${portOf(server)}`, recorded, stop };
}
