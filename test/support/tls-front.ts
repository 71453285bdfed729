import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { createServer } from 'node:tls';

/** A TLS server on loopback that passes everything on to a plain one. */
export interface TlsFront {
  readonly url: string;
  /** How many connections came, whether or not they got as far as a request. */
  readonly came: () => number;
  /** Which plain server is behind it from now on. */
  readonly leadTo: (url: string) => void;
  readonly stop: () => Promise<void>;
}

/** Starts a front with this PEM certificate and key on a free port. */
export async function startTlsFront(identity: {
  readonly certificate: string;
  readonly key: string;
}): Promise<TlsFront> {
  const sockets = new Set<Socket>();
  let came = 0;
  let port = 0;
  const keep = (socket: Socket): void => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => sockets.delete(socket));
  };
  const server = createServer({ cert: identity.certificate, key: identity.key }, (client) => {
    const plain = connect(port, '127.0.0.1');
    for (const [from, to] of [
      [client, plain],
      [plain, client],
    ] as const) {
      keep(from);
      from.once('close', () => to.destroy());
    }
    client.pipe(plain).pipe(client);
  });
  server.on('connection', (socket: Socket) => {
    came += 1;
    keep(socket);
  });
  server.on('tlsClientError', () => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  return {
    url: `https://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    came: () => came,
    leadTo: (url) => {
      port = Number(new URL(url).port);
    },
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
