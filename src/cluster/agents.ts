import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { AgentOptions } from 'node:https';
import { Socket, isIP } from 'node:net';
import { connect } from 'node:tls';
import type { ConnectionOptions } from 'node:tls';
import { bareHost, portOf } from './choose-proxy.ts';
import { openToProxy, openTunnel } from './tunnel.ts';
import type { Destination, Proxy } from './tunnel.ts';

const KEPT = { keepAlive: true, maxSockets: 16 } as const;

type Opened = (error: Error | null, socket: Socket) => void;

async function open(socket: () => Promise<Socket>, opened: Opened): Promise<void> {
  try {
    opened(null, await socket());
  } catch (error) {
    opened(error instanceof Error ? error : new Error(String(error)), new Socket());
  }
}

/** Lets an agent open its connections through the proxy. */
function tunnelled<Agent extends HttpAgent>(agent: Agent, socket: () => Promise<Socket>): Agent {
  agent.createConnection = (_, opened) => {
    void open(socket, (error, connection) => opened?.(error, connection));
    return undefined;
  };
  return agent;
}

function destination(server: URL): Destination {
  return { host: bareHost(server), port: portOf(server) };
}

/** An agent that reaches an `https:` server, through the proxy if there is one. `tls` judges the server itself. */
export function httpsAgent(server: URL, tls: AgentOptions, proxy: Proxy | undefined): HttpsAgent {
  const agent = new HttpsAgent({ ...KEPT, ...tls });
  if (proxy === undefined) return agent;
  const host = bareHost(server);
  const servername = tls.servername ?? (isIP(host) === 0 ? host : undefined);
  const options: ConnectionOptions = { ...tls, host, ...(servername === undefined ? {} : { servername }) };
  return tunnelled(agent, async () => connect({ ...options, socket: await openTunnel(proxy, destination(server)) }));
}

/** An agent that reaches an `http:` server. An http or https proxy is sent the requests themselves, in absolute form. */
export function httpAgent(server: URL, proxy: Proxy | undefined): HttpAgent {
  const agent = new HttpAgent(KEPT);
  if (proxy === undefined) return agent;
  if (proxy.url.protocol.startsWith('socks')) return tunnelled(agent, () => openTunnel(proxy, destination(server)));
  agent.createConnection = () => openToProxy(proxy);
  return agent;
}
