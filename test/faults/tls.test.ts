import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createAuthority } from '../real-cluster/support/certificates.ts';
import type { Identity } from '../real-cluster/support/certificates.ts';
import { startHttpProxy } from '../support/credentials/recording-proxy.ts';
import { runCli } from '../support/run-cli.ts';
import type { Ran } from '../support/run-cli.ts';
import { startTlsFront } from '../support/tls-front.ts';
import { assertNothing } from './support/ask.ts';

/** Discovery begins with two documents, and each is asked for once at most: nothing here passes by itself. */
function assertOnce(came: number): void {
  assert.ok(came === 1 || came === 2, `${came} connections`);
}

const LOOPBACK = '127.0.0.1';

function assertTold(ran: Ran, says: readonly RegExp[]): void {
  assertNothing({ ...ran, requests: [] });
  assert.equal(ran.stderr.trimEnd().split('\n').length, 2, ran.stderr);
  assert.doesNotMatch(ran.stderr, /insecure|skip|CANARY/i);
  for (const one of says) assert.match(ran.stderr, one);
}

describe('a connection that is not made', () => {
  let folder = '';
  let identities: Readonly<Record<'good' | 'strange' | 'expired' | 'other', Identity>>;

  before(async function () {
    this.timeout(60_000);
    folder = mkdtempSync(join(tmpdir(), 'palette-audit-tls-'));
    const [authority, stranger] = await Promise.all([createAuthority(), createAuthority()]);
    writeFileSync(join(folder, 'ca.crt'), authority.certificate);
    const [good, strange, expired, other] = await Promise.all([
      authority.server(['localhost'], [LOOPBACK]),
      stranger.server(['localhost'], [LOOPBACK]),
      authority.server(['localhost'], [LOOPBACK], new Date(Date.now() - 60_000)),
      authority.server(['elsewhere.example'], ['127.0.0.9']),
    ]);
    identities = { good, strange, expired, other };
  });
  after(() => rmSync(folder, { recursive: true }));

  /** Runs against an address, through a proxy if one is named. */
  async function run(server: string, proxy?: string): Promise<Ran> {
    const argv = ['--server', server, '--certificate-authority', join(folder, 'ca.crt'), '--token', 'CANARY'];
    return runCli(argv, { env: proxy === undefined ? {} : { HTTPS_PROXY: proxy }, limits: { backoffMs: 1 } });
  }

  const cases = [
    {
      what: 'an authority that nobody knows',
      identity: 'strange',
      says: [/CERT_SIGNATURE_FAILURE|UNABLE_TO_VERIFY_LEAF_SIGNATURE/, /\nCorrect the cluster's certificate authority/],
    },
    {
      what: 'a certificate that has expired',
      identity: 'expired',
      says: [/has expired/, /\nHave the server's certificate renewed/],
    },
    {
      what: 'a certificate for another name',
      identity: 'other',
      says: [/127\.0\.0\.9/, /\nCall the server by a name of its certificate, or set tls-server-name/],
    },
  ] as const;
  for (const { what, identity, says } of cases) {
    it(`F40: ${what} ends the run at once, and what to do is said`, async () => {
      const front = await startTlsFront(identities[identity]);
      try {
        const ran = await run(front.url);
        assertTold(ran, [/^error: The TLS connection to https:\/\/127\.0\.0\.1:\d+ failed: /, ...says]);
        assertOnce(front.came());
      } finally {
        await front.stop();
      }
    });
  }

  it('F40: a proxy that wants a login ends the run at once, and what to do is said', async () => {
    const proxy = await startHttpProxy({ to: 1, refuses: 407 });
    try {
      const ran = await run('https://api.invalid:6443', proxy.url.replace('//', '//me:CANARY@'));
      assertTold(ran, [/the proxy 127\.0\.0\.1:\d+ answered 407\n/, /\nCorrect the login in proxy-url/]);
      assertOnce(proxy.asked.length);
    } finally {
      await proxy.stop();
    }
  });

  it('F40: a proxy that does not listen ends the run at once, and what to do is said', async () => {
    const ran = await run('https://api.invalid:6443', 'http://me:CANARY@127.0.0.1:1');
    assertTold(ran, [
      /the proxy 127\.0\.0\.1:1 cannot be reached: nothing listens there \(ECONNREFUSED\)\n/,
      /\nCorrect proxy-url in the kubeconfig, or HTTPS_PROXY/,
    ]);
  });

  it('F40: a proxy that takes nothing ends the run at once, without a storm of retries', async () => {
    let came = 0;
    const proxy = createServer((socket) => {
      came += 1;
      socket.on('error', () => {}).destroy();
    });
    await new Promise<void>((resolve) => proxy.listen(0, LOOPBACK, resolve));
    const address = proxy.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    try {
      const ran = await run('https://api.invalid:6443', `http://${LOOPBACK}:${port}`);
      assertTold(ran, [/the proxy 127\.0\.0\.1:\d+ cannot be reached: the connection was reset/]);
      assertOnce(came);
    } finally {
      proxy.close();
    }
  });
});
