import { once } from 'node:events';
import { createServer as createHttpServer, request as httpRequest } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, createServer as createTcpServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { listening } from './recording-server.ts';

/** A proxy on loopback that brings everybody to one server, and remembers what it was asked. */
export interface RecordingProxy {
  readonly url: string;
  /** `CONNECT host:port login`, `GET url login`, or `SOCKS host:port login`. */
  readonly asked: readonly string[];
  readonly forget: () => void;
  readonly stop: () => Promise<void>;
}

/** Names in tests lead nowhere: whatever is asked for, the connection goes to this port of loopback. */
export interface ProxyOptions {
  readonly to: number;
  readonly tls?: { readonly certificate: string; readonly key: string };
  /** Answers CONNECT with this status instead. */
  readonly refuses?: number;
}

function login(request: IncomingMessage): string {
  const given = request.headers['proxy-authorization'] ?? '';
  return Buffer.from(given.replace(/^Basic /, ''), 'base64').toString('utf8');
}

function join(a: Duplex, b: Duplex): void {
  for (const [from, other] of [
    [a, b],
    [b, a],
  ] as const) {
    from.on('error', () => other.destroy());
    from.on('close', () => other.destroy());
  }
  a.pipe(b).pipe(a);
}

function tunnel(client: Duplex, port: number, greeting: string | Uint8Array): void {
  const server = connect(port, '127.0.0.1', () => {
    client.write(greeting);
    join(client, server);
  });
  server.on('error', () => client.destroy());
}

function forward(request: IncomingMessage, response: ServerResponse, port: number): void {
  const { pathname, search } = new URL(request.url ?? '');
  const { headers, method } = request;
  const onward = httpRequest({ host: '127.0.0.1', port, path: pathname + search, method, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  onward.on('error', () => response.destroy());
  onward.end();
}

async function running(server: Server, scheme: string, asked: string[]): Promise<RecordingProxy> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
  });
  const port = await listening(server, '127.0.0.1');
  return {
    url: `${scheme}://127.0.0.1:${port}`,
    asked,
    forget: () => {
      asked.length = 0;
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}

/** An http proxy, or with `tls` an https one: tunnels for https, forwarded requests for http. */
export function startHttpProxy({ to, tls, refuses }: ProxyOptions): Promise<RecordingProxy> {
  const asked: string[] = [];
  const server = tls === undefined ? createHttpServer() : createHttpsServer({ cert: tls.certificate, key: tls.key });
  server.on('request', (request, response) => {
    asked.push(`GET ${request.url} ${login(request)}`.trim());
    forward(request, response, to);
  });
  server.on('connect', (request, client) => {
    asked.push(`CONNECT ${request.url} ${login(request)}`.trim());
    client.on('error', () => client.destroy());
    if (refuses === undefined) tunnel(client, to, 'HTTP/1.1 200 OK\r\n\r\n');
    else client.end(`HTTP/1.1 ${refuses} No\r\n\r\n`);
  });
  return running(server, tls === undefined ? 'http' : 'https', asked);
}

/** The next message of a client; SOCKS messages are short enough to come whole. */
async function message(socket: Socket): Promise<Buffer> {
  const [chunk]: unknown[] = await once(socket, 'data');
  return Buffer.isBuffer(chunk) ? chunk : Buffer.alloc(0);
}

/** The destination in a SOCKS request. Source: RFC 1928, section 4. */
function destinationIn(request: Buffer): string {
  const port = request.readUInt16BE(request.length - 2);
  if (request[3] === 1) return `${[...request.subarray(4, 8)].join('.')}:${port}`;
  if (request[3] === 4) return `[${request.subarray(4, 20).toString('hex')}]:${port}`;
  return `${request.subarray(5, 5 + (request[4] ?? 0)).toString()}:${port}`;
}

/** Asks for a login where one is offered. Source: RFC 1929. */
async function loginBySocks(socket: Socket, offered: Buffer): Promise<string> {
  if (!offered.subarray(2).includes(2)) {
    socket.write(Buffer.from([5, 0]));
    return '';
  }
  socket.write(Buffer.from([5, 2]));
  const given = await message(socket);
  const user = given.subarray(2, 2 + (given[1] ?? 0));
  socket.write(Buffer.from([1, 0]));
  return `${user.toString()}:${given.subarray(3 + user.length).toString()}`;
}

/** A SOCKS 5 proxy. */
export function startSocksProxy({ to }: ProxyOptions): Promise<RecordingProxy> {
  const asked: string[] = [];
  const serve = async (socket: Socket): Promise<void> => {
    const given = await loginBySocks(socket, await message(socket));
    asked.push(`SOCKS ${destinationIn(await message(socket))} ${given}`.trim());
    tunnel(socket, to, Buffer.from([5, 0, 0, 1, 0, 0, 0, 0, 0, 0]));
  };
  return running(
    createTcpServer((socket) => void serve(socket).catch(() => socket.destroy())),
    'socks5',
    asked,
  );
}
