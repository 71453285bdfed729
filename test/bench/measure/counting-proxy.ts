import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { portOf } from '../../real-cluster/support/free-ports.ts';

/** A place between client and server that counts what comes back, encrypted as it is. */
export interface CountingProxy {
  /** On loopback. */
  readonly port: number;
  /** Bytes that the server sent since the last call. */
  readonly take: () => number;
  readonly stop: () => Promise<void>;
}

/** Starts a proxy in front of a server of loopback. Whoever connects sees the server's own certificate. */
export async function startCountingProxy(serverPort: number): Promise<CountingProxy> {
  let bytes = 0;
  const open = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(serverPort, '127.0.0.1');
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      open.add(one);
      one.on('close', () => open.delete(one));
      // Which of both ends first, and how, is theirs to say.
      one.on('error', () => other.destroy());
      one.pipe(other);
    }
    upstream.on('data', (chunk) => {
      bytes += chunk.length;
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    port: portOf(server),
    take: () => {
      const taken = bytes;
      bytes = 0;
      return taken;
    },
    stop: async () => {
      for (const socket of open) socket.destroy();
      await once(server.close(), 'close');
    },
  };
}
