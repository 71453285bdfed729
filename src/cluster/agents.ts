import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { AgentOptions } from 'node:https';
import { Socket, isIP } from 'node:net';
import { connect } from 'node:tls';
import type { ConnectionOptions, TLSSocket } from 'node:tls';
import { negotiated, PROTOCOLS } from './channels.ts';
import type { OpenChannel } from './channels.ts';
import { bareHost, portOf } from './choose-proxy.ts';
import { openToProxy, openTunnel } from './tunnel.ts';
import type { Destination, Proxy } from './tunnel.ts';

/** `isHttp1`: whether HTTP/2 is not to be offered. */
interface Bounds {
  readonly connectMs: number;
  readonly signal: AbortSignal;
  readonly isHttp1: boolean;
}

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

/** Opens a connection to an `https:` server, through the proxy if there is one. Its handshake is still to come. */
async function openTls(server: URL, tls: AgentOptions, proxy: Proxy | undefined): Promise<TLSSocket> {
  const host = bareHost(server);
  const servername = tls.servername ?? (isIP(host) === 0 ? host : undefined);
  const options: ConnectionOptions = { ...tls, host, ...(servername === undefined ? {} : { servername }) };
  if (proxy === undefined) return connect({ ...options, port: Number(portOf(server)) });
  return connect({ ...options, socket: await openTunnel(proxy, destination(server)) });
}

/** An agent that reaches an `https:` server, and begins with a connection that is there already. */
function httpsAgent({ server, tls, proxy }: ToServer, first: Socket): HttpsAgent {
  const agent = new HttpsAgent({ ...KEPT, ...tls });
  const another = agent.createConnection.bind(agent);
  const through = proxy && tunnelled(agent, () => openTls(server, tls, proxy)).createConnection.bind(agent);
  const spare = [first];
  agent.createConnection = (options, opened) => {
    const kept = spare.pop();
    return kept === undefined || kept.destroyed ? (through ?? another)(options, opened) : kept;
  };
  return agent;
}

/** An `https:` server, how it is judged, and the proxy to go through, if any. */
interface ToServer {
  readonly server: URL;
  readonly tls: AgentOptions;
  readonly proxy: Proxy | undefined;
}

/** Reaches an `https:` server in the protocol that it chooses; in HTTP/1.1 where that is all that may be offered. */
export function overTls(to: ToServer, bounds: Bounds): OpenChannel {
  const { server, tls, proxy } = to;
  const offered = bounds.isHttp1 ? tls : { ...tls, ALPNProtocols: PROTOCOLS };
  const connectIt = (): Promise<TLSSocket> => openTls(server, offered, proxy);
  return negotiated({ server, connect: connectIt, agentWith: (first) => httpsAgent(to, first), ...bounds });
}

/** An agent that reaches an `http:` server. An http or https proxy is sent the requests themselves, in absolute form. */
export function httpAgent(server: URL, proxy: Proxy | undefined): HttpAgent {
  const agent = new HttpAgent(KEPT);
  if (proxy === undefined) return agent;
  if (proxy.url.protocol.startsWith('socks')) return tunnelled(agent, () => openTunnel(proxy, destination(server)));
  agent.createConnection = () => openToProxy(proxy);
  return agent;
}
