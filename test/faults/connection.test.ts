import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { Server } from 'node:net';
import { runCli } from '../support/run-cli.ts';
import type { Ran } from '../support/run-cli.ts';
import type { FakeCluster, FakeObject } from '../support/fake-api/description.ts';
import { ask, assertIncomplete } from './support/ask.ts';
import { CHART, clearWorld } from './support/clear-world.ts';

/** Tries of one document at most; a run asks for two documents at first. */
const MOST_CONNECTIONS = 4;

/** Runs against a port behind which `server` is, and counts who comes. */
async function against(server: Server, argvFor: (port: number) => readonly string[]): Promise<Ran & { came: number }> {
  let came = 0;
  server.on('connection', () => (came += 1));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  try {
    const argv = argvFor(typeof address === 'object' && address !== null ? address.port : 0);
    return { ...(await runCli(argv, { limits: { backoffMs: 1, headersMs: 500 } })), came };
  } finally {
    server.close();
  }
}

describe('a fault of the connection', () => {
  it('F40: a server that refuses connections ends the run', async () => {
    const { code, stdout, stderr } = await runCli(['--server', 'https://127.0.0.1:1'], { limits: { backoffMs: 1 } });
    assert.deepEqual([code, stdout], [4, '']);
    assert.match(stderr, /127\.0\.0\.1:1/);
  });

  it('F40: a server that speaks no TLS ends the run, without a storm of retries', async () => {
    const server = createServer((socket) => socket.on('error', () => {}).end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    const { code, stdout, came } = await against(server, (port) => ['--server', `https://127.0.0.1:${port}`]);
    assert.deepEqual([code, stdout], [4, '']);
    assert.ok(came >= 1 && came <= MOST_CONNECTIONS, `${came} connections`);
  });
});

/** The clear world, in which the chart's namespace is otherwise after so many requests. */
function changing(after: number, change: (namespace: FakeObject) => readonly FakeObject[]): () => FakeCluster {
  const before = clearWorld();
  const namespaces = before.objects.get('namespaces') ?? [];
  const then = namespaces.flatMap((one) => (one.metadata.name === CHART ? change(one) : [one]));
  const changed = { ...before, objects: new Map([...before.objects, ['namespaces', then] as const]) };
  let asked = 0;
  return () => ((asked += 1) > after ? changed : before);
}

describe('a cluster that changes while it is read', () => {
  const cases: readonly (readonly [string, (namespace: FakeObject) => readonly FakeObject[]])[] = [
    ['is made anew', (one) => [{ ...one, metadata: { ...one.metadata, uid: 'another' } }]],
    ['begins to go', (one) => [{ ...one, metadata: { ...one.metadata, deletionTimestamp: '2026-01-02T03:04:05Z' } }]],
    ['goes', () => []],
  ];
  for (const [what, change] of cases) {
    it(`F41: a namespace at stake that ${what} is a gap`, async () => {
      const { requests } = await ask({});
      const outcome = await ask({ cluster: changing(requests.length / 2, change) });
      assertIncomplete(outcome, `namespaces in ${CHART}: vanished`);
    });
  }
});
