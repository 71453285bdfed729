import assert from 'node:assert/strict';
import { chooseTarget } from '../../src/cluster/choose-context.ts';
import { connectionFor } from '../../src/cluster/connection.ts';
import { credentialSource } from '../../src/cluster/credentials.ts';
import { loadKubeconfig } from '../../src/cluster/kubeconfig-files.ts';
import { JSON_TYPE } from '../../src/cluster/media-types.ts';
import type { TransportLimits } from '../../src/cluster/options.ts';
import { createTransport } from '../../src/cluster/transport.ts';
import type { Transport } from '../../src/cluster/transport.ts';
import { CORE_TYPES, fakeNamespaces } from '../support/fake-api/description.ts';
import type { FakeCluster } from '../support/fake-api/description.ts';
import { startFakeApi } from '../support/fake-api/fake-api.ts';
import type { FakeApi } from '../support/fake-api/fake-api.ts';
import type { FaultRule } from '../support/fake-api/fault.ts';
import { optionsFor, portsFor } from '../support/fake-api/reading.ts';

const CLUSTER: FakeCluster = {
  discovery: 'aggregated',
  types: CORE_TYPES,
  objects: new Map([['namespaces', fakeNamespaces('shop')]]),
};

interface Sent {
  readonly transport: Transport;
  readonly api: FakeApi;
  readonly warnings: readonly string[];
}

async function withTransport(
  faults: readonly FaultRule[],
  limits: Partial<TransportLimits>,
  use: (sent: Sent) => Promise<void>,
): Promise<void> {
  const api = await startFakeApi(() => CLUSTER, faults);
  try {
    const { ports, warnings } = portsFor({}, limits);
    const target = chooseTarget(await loadKubeconfig(optionsFor(api.url), ports), optionsFor(api.url));
    const connection = await connectionFor(target, ports);
    const transport = createTransport({
      connection,
      credentials: credentialSource(target, connection.server.protocol, ports),
      ports,
      requestTimeoutMs: 0,
      userAgent: 'test',
    });
    await use({ transport, api, warnings });
  } finally {
    await api.stop();
  }
}

function ask(transport: Transport, path = '/version') {
  return transport.get({ path, accept: JSON_TYPE, parse: (body) => ({ ok: true, value: body }) });
}

const BUSY: FaultRule = { path: '/version', fault: { kind: 'status', status: 429, retryAfter: '3' } };

describe('a request', () => {
  it('is sent at most five times', async () => {
    const fault = { kind: 'status', status: 503, retryAfter: '0' } as const;
    await withTransport([{ path: '/version', fault }], {}, async ({ transport, api }) => {
      const reply = await ask(transport);
      assert.deepEqual([reply.ok, reply.attempts, api.requests.length], [false, 5, 5]);
    });
  });

  it('that is throttled says how long is waited, once for all that wait', async () => {
    const busy = { ...BUSY, times: 2 };
    await withTransport([busy], { maxWaitMs: 2000 }, async ({ transport, warnings }) => {
      const replies = await Promise.all([ask(transport), ask(transport)]);
      assert.ok(replies.every(({ ok, attempts }) => ok && attempts === 2));
      assert.deepEqual(warnings, ['throttled by the server, waiting 2 s']);
    });
  }).timeout(10_000);

  it('waits as long as the server asks', async () => {
    const fault = { kind: 'status', status: 429, retryAfter: '1' } as const;
    await withTransport([{ path: '/version', fault, times: 1 }], {}, async ({ transport }) => {
      const started = performance.now();
      assert.ok((await ask(transport)).ok);
      assert.ok(performance.now() - started >= 990);
    });
  });

  it('does not wait beyond the time it has', async () => {
    await withTransport([BUSY], { runMs: 500 }, async ({ transport, warnings, api }) => {
      const started = performance.now();
      assert.equal((await ask(transport)).ok, false);
      assert.ok(performance.now() - started < 450);
      assert.deepEqual([warnings, api.requests.length], [[], 1]);
    });
  });

  it('is not sent any more once the time of the run is over', async () => {
    await withTransport([], { runMs: 0 }, async ({ transport, api }) => {
      const reply = await ask(transport);
      assert.deepEqual([reply.ok, api.requests.length], [false, 0]);
      assert.match(reply.ok ? '' : reply.failure.reason, /the time for it is over/);
    });
  });

  it('is not repeated any more once the retries of the run are used up', async () => {
    const fault = { kind: 'status', status: 503, retryAfter: '0' } as const;
    await withTransport([{ path: '/version', fault }], {}, async ({ transport, api }) => {
      for (let request = 0; request < 20; request += 1) await ask(transport);
      assert.equal(api.requests.length, 20 + 50);
      const last = await ask(transport);
      assert.deepEqual([last.attempts, last.ok], [1, false]);
      assert.match(last.ok ? '' : last.failure.reason, /used up its retries/);
    });
  });

  const answers: readonly {
    readonly name: string;
    readonly fault: FaultRule['fault'];
    readonly path?: string;
    readonly reason: RegExp;
  }[] = [
    {
      name: 'a login page says whose it is',
      fault: { kind: 'body', body: `<html>\u001b[31mLog in to example.com${'x'.repeat(200)}`, type: 'text/html' },
      reason:
        /^the answer is text\/html, not JSON: a proxy or a login page\? It begins with <html> \[31mLog in to example\.comx+…\(\+152\)$/,
    },
    {
      name: 'nothing of what was asked for as Secrets is quoted',
      fault: { kind: 'body', body: 'CANARY', type: 'text/plain' },
      path: '/api/v1/secrets',
      reason: /^the answer is text\/plain, not JSON: a proxy or a login page\?$/,
    },
    {
      name: 'protobuf is not taken where JSON was asked for',
      fault: { kind: 'body', body: '{}', type: 'application/vnd.kubernetes.protobuf' },
      reason: /^the answer is application\/vnd\.kubernetes\.protobuf, not JSON/,
    },
    {
      name: 'a redirect is not followed',
      fault: { kind: 'redirect', to: 'http://127.0.0.1:1/' },
      reason: /redirects are not followed/,
    },
    {
      name: 'an answer that is too large is given up',
      fault: { kind: 'body', body: `"${'x'.repeat(2 ** 21)}"` },
      reason: /over 1 MiB/,
    },
  ];
  for (const { name, fault, path = '/version', reason } of answers) {
    it(`whose answer is wrong says so: ${name}`, async () => {
      await withTransport([{ path, fault }], { maxBytes: 2 ** 20 }, async ({ transport }) => {
        const reply = await ask(transport, path);
        assert.match(reply.ok ? 'ok' : reply.failure.reason, reason);
      });
    });
  }
});
