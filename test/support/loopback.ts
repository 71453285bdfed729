import { once } from 'node:events';
import type { Server } from 'node:http';

/** A server that listens. `stop` ends its connections, too, and comes back when it is closed. */
export interface Listening {
  /** Without a slash at its end. */
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** Lets an HTTP server listen on a free port of loopback. */
export async function onLoopback(server: Server): Promise<Listening> {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const stop = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await once(server, 'close');
  };
  return { url: `http://127.0.0.1:${String(port)}`, stop };
}
