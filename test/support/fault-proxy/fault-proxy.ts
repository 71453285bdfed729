import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Socket } from 'node:net';
import { createFaults } from '../fake-api/fault.ts';
import type { FaultRule } from '../fake-api/fault.ts';
import { askUpstream } from './http-answer.ts';
import { sendFaulty, sendWhole } from './wire-fault.ts';
import type { WireFault } from './wire-fault.ts';

/** A proxy on loopback that passes requests on and damages single answers. */
export interface FaultProxy {
  readonly url: string;
  readonly stop: () => Promise<void>;
}

/** The heads of the requests that come over one connection. A GET has no body. */
async function* requestHeads(client: Socket): AsyncGenerator<string> {
  let held = '';
  for await (const chunk of client) {
    held += String(chunk);
    for (let end = held.indexOf('\r\n\r\n'); end >= 0; end = held.indexOf('\r\n\r\n')) {
      yield held.slice(0, end);
      held = held.slice(end + 4);
    }
  }
}

type FaultFor = (url: string) => FaultRule<WireFault> | undefined;

async function serve(client: Socket, port: number, faultFor: FaultFor): Promise<void> {
  for await (const head of requestHeads(client)) {
    const answer = await askUpstream(port, head);
    const rule = faultFor(head.split(' ')[1] ?? '');
    if (rule === undefined) sendWhole(client, answer);
    else await sendFaulty(client, answer, rule.fault);
  }
}

/** Starts a proxy before the plain HTTP server at `target`; `rules` say which answers are damaged. */
export async function startFaultProxy(target: string, rules: readonly FaultRule<WireFault>[]): Promise<FaultProxy> {
  const faultFor = createFaults(rules);
  const clients = new Set<Socket>();
  const server = createServer((client) => {
    clients.add(client);
    client.setEncoding('latin1').once('close', () => clients.delete(client));
    // A client that gave up, or was reset, is no news here.
    serve(client, Number(new URL(target).port), faultFor).catch(() => client.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const stop = async (): Promise<void> => {
    for (const client of clients) client.destroy();
    server.close();
    await once(server, 'close');
  };
  return { url: `http://127.0.0.1:${port}`, stop };
}
