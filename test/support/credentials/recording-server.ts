import { once } from 'node:events';
import { createServer as createHttpServer } from 'node:http';
import type { IncomingMessage, RequestListener } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { Server } from 'node:net';
import { TLSSocket } from 'node:tls';
import { jsonAnswer } from '../fake-api/answer.ts';
import { CORE_TYPES } from '../fake-api/description.ts';
import { discoveryAnswer } from '../fake-api/fake-discovery.ts';

/** As whom a request came: all that an API server could take an identity from, and the name it was called by. */
export interface Caller {
  readonly authorization: readonly string[];
  /** Impersonation headers in lower case, with their values in order. */
  readonly impersonation: Readonly<Record<string, readonly string[]>>;
  /** The subject of the client certificate, '' without one. */
  readonly certificate: string;
  /** The name asked for by SNI, '' without one. */
  readonly serverName: string;
}

interface SeenCall {
  readonly method: string;
  readonly path: string;
  readonly caller: Caller;
}

/** A server on loopback that answers discovery and remembers who asked. */
export interface RecordingServer {
  readonly url: string;
  readonly port: number;
  readonly calls: readonly SeenCall[];
  /** Forgets the calls, and answers the next ones so: with a status other than 200, or a redirect. */
  readonly reset: (answer?: Answer) => void;
  readonly stop: () => Promise<void>;
}

/** The status for a caller; 200 answers discovery. `location` makes a redirect of it. */
export type Answer = (caller: Caller) => { readonly status: number; readonly location?: string };

const WELL: Answer = () => ({ status: 200 });

/** How to listen. With `tls` client certificates are asked for, and taken whoever signed them. */
export interface Listening {
  readonly host?: '127.0.0.1' | '::1';
  readonly tls?: { readonly certificate: string; readonly key: string };
}

function headerValues({ rawHeaders }: IncomingMessage, name: string): readonly string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name);
}

function subjectOf(socket: TLSSocket): string {
  const { subject } = socket.getPeerCertificate();
  if (typeof subject !== 'object') return '';
  return [`CN=${String(subject.CN)}`, ...[subject.O ?? []].flat().map((group) => `O=${group}`)].join(',');
}

function callerOf(request: IncomingMessage): Caller {
  const names = Object.keys(request.headers).filter((name) => name.startsWith('impersonate-'));
  const { socket } = request;
  const isTls = socket instanceof TLSSocket;
  return {
    authorization: headerValues(request, 'authorization'),
    impersonation: Object.fromEntries(names.toSorted().map((name) => [name, headerValues(request, name)])),
    certificate: isTls ? subjectOf(socket) : '',
    serverName: isTls && typeof socket.servername === 'string' ? socket.servername : '',
  };
}

/** The free port that a server was given. */
export async function listening(server: Server, host: string): Promise<number> {
  server.listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

const CLUSTER = { discovery: 'aggregated', types: CORE_TYPES, objects: new Map() } as const;

/** Starts a recording server on a free port. */
export async function startRecordingServer({ host = '127.0.0.1', tls }: Listening): Promise<RecordingServer> {
  const calls: SeenCall[] = [];
  let answer: Answer = WELL;
  const listener: RequestListener = (request, response) => {
    const caller = callerOf(request);
    const path = new URL(request.url ?? '', 'http://any').pathname;
    calls.push({ method: request.method ?? '', path, caller });
    const { status, location } = answer(caller);
    const refused = { kind: 'Status', apiVersion: 'v1', code: status, message: 'no' };
    const well = status === 200 ? discoveryAnswer(CLUSTER, path, request.headers.accept ?? '') : undefined;
    const { type, body } = well ?? jsonAnswer(refused);
    const headers = { 'Content-Type': type, ...(location === undefined ? {} : { Location: location }) };
    response.writeHead(status, headers).end(body);
  };
  const trust = { requestCert: true, rejectUnauthorized: false };
  const server =
    tls === undefined
      ? createHttpServer(listener)
      : createHttpsServer({ ...trust, cert: tls.certificate, key: tls.key }, listener);
  const port = await listening(server, host);
  const name = host === '::1' ? '[::1]' : host;
  return {
    url: `${tls === undefined ? 'http' : 'https'}://${name}:${port}`,
    port,
    calls,
    reset: (next = WELL) => {
      calls.length = 0;
      answer = next;
    },
    stop: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
