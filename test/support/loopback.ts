import { once } from 'node:events';
import type { Server } from 'node:http';
import type { Http2SecureServer, ServerHttp2Session } from 'node:http2';
import type { Server as TcpServer } from 'node:net';

/** A server that listens. `stop` ends its connections, too, and comes back when it is closed. */
export interface Listening {
  /** Without a slash at its end. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

async function listening(server: TcpServer, scheme: string, endAll: () => void): Promise<Listening> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const stop = async (): Promise<void> => {
    endAll();
    server.close();
    await once(server, 'close');
  };
  return { url: `${scheme}://127.0.0.1:${String(port)}`, stop };
}

/** Lets an HTTP server listen on a free port of loopback. */
export function onLoopback(server: Server): Promise<Listening> {
  return listening(server, 'http', () => server.closeAllConnections());
}

/** Lets a server of HTTP/2 over TLS listen on a free port of loopback. */
export function onSecureLoopback(server: Http2SecureServer): Promise<Listening> {
  const sessions = new Set<ServerHttp2Session>();
  server.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
  });
  // What a client breaks off is no matter of the test's.
  server.on('sessionError', () => {});
  return listening(server, 'https', () => {
    for (const session of sessions) session.destroy();
  });
}
