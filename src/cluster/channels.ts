import { once } from 'node:events';
import type { Agent } from 'node:http';
import { connect as connectHttp2 } from 'node:http2';
import type { ClientHttp2Session } from 'node:http2';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { NO_CONNECTION } from './failure.ts';

/** What requests go over: one connection for all of them, or an agent with a connection for each that is in flight. */
export type Channel =
  | { readonly protocol: 'HTTP/2'; readonly session: ClientHttp2Session }
  | { readonly protocol: 'HTTP/1.1'; readonly agent: Agent };

/** Gives the channel that is open, or opens one. Rejects with the error of TCP, of TLS, or of the proxy. */
export type OpenChannel = () => Promise<Channel>;

/** Both protocols, of which the server chooses one. Source: IANA's list of ALPN protocol IDs. */
export const PROTOCOLS = ['h2', 'http/1.1'];

/** How to come by a channel to `server`. `agentWith` makes an agent that begins with the given connection. */
interface Negotiation {
  readonly server: URL;
  readonly connect: () => Promise<TLSSocket>;
  readonly agentWith: (first: Socket) => Agent;
  readonly connectMs: number;
  readonly signal: AbortSignal;
}

/** How many bytes of one answer, and of all, may be on their way: for more the server has to wait. */
const ANSWER_WINDOW = 4 * 1024 * 1024;
const WINDOW = 32 * 1024 * 1024;

/** How many bytes of an answer may come in one piece: each piece, of 16 KiB without it, is work of its own. */
const PIECE = 256 * 1024;

/** Megabytes beyond which Node begins no more requests: more than all answers in flight may be. */
const MOST_MEMORY = 4096;

function sessionOver(socket: TLSSocket, { server, signal }: Negotiation): ClientHttp2Session {
  const session = connectHttp2(server.origin, {
    createConnection: () => socket,
    settings: { enablePush: false, initialWindowSize: ANSWER_WINDOW, maxFrameSize: PIECE },
    maxSessionMemory: MOST_MEMORY,
  });
  // Each request in flight hears of an error itself.
  session.on('error', () => {});
  session.once('connect', () => session.setLocalWindowSize(WINDOW));
  session.unref();
  signal.addEventListener('abort', () => session.destroy(), { once: true });
  return session;
}

async function shakeHands(socket: TLSSocket, milliseconds: number): Promise<void> {
  const late = new Error(`${NO_CONNECTION} ${milliseconds / 1000} s`);
  const timer = setTimeout(() => socket.destroy(late), milliseconds);
  try {
    await once(socket, 'secureConnect');
  } finally {
    clearTimeout(timer);
  }
}

async function negotiate(of: Negotiation): Promise<Channel> {
  const socket = await of.connect();
  await shakeHands(socket, of.connectMs);
  if (socket.alpnProtocol === 'h2') return { protocol: 'HTTP/2', session: sessionOver(socket, of) };
  return { protocol: 'HTTP/1.1', agent: of.agentWith(socket) };
}

function isOpen(channel: Channel): boolean {
  return channel.protocol === 'HTTP/1.1' || !(channel.session.closed || channel.session.destroyed);
}

/** Lets the server choose the protocol when the first request is sent, and anew whenever an HTTP/2 connection is over. */
export function negotiated(of: Negotiation): OpenChannel {
  let last: Promise<Channel> | undefined;
  const renewed = (): Promise<Channel> => {
    const next = negotiate(of);
    last = next;
    next.catch(() => {
      if (last === next) last = undefined;
    });
    return next;
  };
  return async () => {
    const before = last;
    if (before === undefined) return renewed();
    const channel = await before;
    if (isOpen(channel)) return channel;
    return last === before ? renewed() : (last ?? renewed());
  };
}
