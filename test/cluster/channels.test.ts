import assert from 'node:assert/strict';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { constants, createSecureServer } from 'node:http2';
import type { ServerHttp2Stream } from 'node:http2';
import { createServer as createHttp1 } from 'node:https';
import type { Server } from 'node:net';
import { createServer as createTcp } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chooseTarget } from '../../src/cluster/choose-context.ts';
import { connectionFor } from '../../src/cluster/connection.ts';
import { credentialSource } from '../../src/cluster/credentials.ts';
import { loadKubeconfig } from '../../src/cluster/kubeconfig-files.ts';
import { JSON_TYPE } from '../../src/cluster/media-types.ts';
import type { TransportLimits } from '../../src/cluster/options.ts';
import { createTransport } from '../../src/cluster/transport.ts';
import type { Reply, Transport } from '../../src/cluster/transport.ts';
import { createAuthority } from '../real-cluster/support/certificates.ts';
import type { Identity } from '../real-cluster/support/certificates.ts';
import { optionsFor, portsFor } from '../support/fake-api/reading.ts';

const JSON_HEAD = { ':status': 200, 'content-type': JSON_TYPE };
const BODY = Buffer.from(JSON.stringify({ text: 'x'.repeat(100_000) }));
const PACKED = gzipSync(Buffer.from(JSON.stringify({ list: Array.from({ length: 100_000 }, Math.random) })));

type Handler = (stream: ServerHttp2Stream, asked: { readonly path: string; readonly number: number }) => void;

/** Sends half of a body, and then does something to the rest. */
function halfOf(body: Buffer, head: object, then: (stream: ServerHttp2Stream) => void): Handler {
  return (stream) => {
    stream.respond({ ...JSON_HEAD, ...head });
    stream.write(body.subarray(0, body.length / 2), () => setTimeout(() => then(stream), 20));
  };
}

function whole(stream: ServerHttp2Stream, body: Buffer = BODY): void {
  stream.respond(JSON_HEAD);
  stream.end(body);
}

function anything(value: unknown): { readonly ok: true; readonly value: unknown } {
  return { ok: true, value };
}

function ask(transport: Transport, path = '/version', attempts?: number): Promise<Reply<unknown>> {
  return transport.get({ path, accept: JSON_TYPE, parse: anything, ...(attempts === undefined ? {} : { attempts }) });
}

function reasonOf(reply: Reply<unknown>): string {
  return reply.ok ? 'no failure' : `${reply.failure.kind}: ${reply.failure.reason}`;
}

describe('the way to an https server', () => {
  let folder = '';
  let identity: Identity;
  before(async function () {
    this.timeout(60_000);
    folder = mkdtempSync(join(tmpdir(), 'palette-audit-http2-'));
    const authority = await createAuthority();
    writeFileSync(join(folder, 'ca.crt'), authority.certificate);
    identity = await authority.server(['localhost'], ['127.0.0.1']);
  });
  after(() => rmSync(folder, { recursive: true }));

  interface Run {
    readonly transport: Transport;
    /** How many connections came so far. */
    readonly came: () => number;
  }
  interface Wish {
    readonly limits?: Partial<TransportLimits>;
    readonly env?: Readonly<Record<string, string>>;
  }

  async function against(server: Server, wish: Wish, use: (run: Run) => Promise<void>): Promise<void> {
    const sockets: { destroy: () => void }[] = [];
    server.on('connection', (socket) => sockets.push(socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const url = `https://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
    const options = { ...optionsFor(url), certificateAuthority: join(folder, 'ca.crt') };
    const { ports } = portsFor(wish.env ?? {}, { backoffMs: 1, ...wish.limits });
    try {
      const target = chooseTarget(await loadKubeconfig(options, ports), options);
      const connection = await connectionFor(target, ports);
      const credentials = credentialSource(target, 'https:', ports);
      const transport = createTransport({ connection, credentials, ports, requestTimeoutMs: 0, userAgent: 'test' });
      await use({ transport, came: () => sockets.length });
    } finally {
      for (const socket of sockets) socket.destroy();
      server.close();
    }
  }

  function withHttp2(handler: Handler, use: (run: Run) => Promise<void>, wish: Wish = {}): Promise<void> {
    const server = createSecureServer({ cert: identity.certificate, key: identity.key });
    let number = 0;
    server.on('sessionError', () => {});
    server.on('stream', (stream, headers) => {
      stream.on('error', () => {});
      number += 1;
      handler(stream, { path: headers[':path'] ?? '', number });
    });
    return against(server, wish, use);
  }

  it('is one connection for all requests where the server speaks HTTP/2', () =>
    withHttp2(
      (stream, { path }) => whole(stream, Buffer.from(JSON.stringify({ path }))),
      async ({ transport, came }) => {
        const paths = Array.from({ length: 40 }, (_, number) => `/apis/${String(number)}?limit=${String(number)}`);
        const replies = await Promise.all(paths.map((path) => ask(transport, path)));
        assert.deepEqual(
          replies.map((reply) => reply.ok && reply.value),
          paths.map((path) => ({ path })),
        );
        assert.equal(came(), 1);
      },
    ));

  it('brings a packed answer of megabytes whole', () =>
    withHttp2(
      (stream) => {
        stream.respond({ ...JSON_HEAD, 'content-encoding': 'gzip' });
        stream.end(PACKED);
      },
      async ({ transport }) => {
        const reply = await ask(transport);
        assert.ok(reply.ok && reply.bytes > PACKED.length);
      },
    ));

  const broken: readonly (readonly [string, Handler, RegExp])[] = [
    [
      'the server breaks off',
      halfOf(BODY, {}, (stream) => stream.destroy(new Error('broken'))),
      /^interrupted: the server broke the answer off/,
    ],
    [
      'the server resets without an error',
      halfOf(BODY, {}, (stream) => stream.destroy()),
      /^(?:interrupted|protocol): the answer/,
    ],
    [
      'what is cut looks whole',
      halfOf(BODY, {}, (stream) => stream.close(constants.NGHTTP2_INTERNAL_ERROR)),
      /^protocol: the answer is cut or not JSON$/,
    ],
    [
      'what is cut in the middle of gzip looks whole',
      halfOf(PACKED, { 'content-encoding': 'gzip' }, (stream) => stream.close(constants.NGHTTP2_NO_ERROR)),
      /^(?:interrupted|damaged): the answer ended before its end/,
    ],
    [
      'the answer is shorter than was announced',
      halfOf(BODY, { 'content-length': BODY.length }, (stream) => stream.end()),
      /^(?:interrupted|protocol): /,
    ],
    ['the connection is lost', halfOf(BODY, {}, (stream) => stream.session?.destroy()), /^interrupted: /],
    [
      'the connection ends with an error',
      halfOf(BODY, {}, (stream) => stream.session?.destroy(undefined, constants.NGHTTP2_ENHANCE_YOUR_CALM)),
      /^interrupted: /,
    ],
    [
      'the answer is packed in another way',
      (stream) => {
        stream.respond({ ...JSON_HEAD, 'content-encoding': 'br' });
        stream.end(BODY);
      },
      /^protocol: content encoding br was not asked for$/,
    ],
    [
      'the server resets without an error before it began',
      (stream) => stream.destroy(),
      /^interrupted: the answer ended before its end$/,
    ],
    ['nothing comes', () => {}, /^timeout: no answer within 0.2 s$/],
    ['nothing more comes', halfOf(BODY, {}, () => {}), /^timeout: the answer stood still for 0.2 s$/],
  ];
  const short = { headersMs: 200, idleMs: 200 };
  for (const [what, handler, expected] of broken) {
    it(`fails when ${what}, and works again at the next attempt`, () =>
      withHttp2(
        (stream, asked) => (asked.number === 1 ? handler(stream, asked) : whole(stream)),
        async ({ transport }) => {
          assert.match(reasonOf(await ask(transport, '/version', 1)), expected);
          assert.equal(reasonOf(await ask(transport)), 'no failure');
        },
        { limits: short },
      ));
  }

  it('is another connection after one on which nothing came', () =>
    withHttp2(
      (stream, { number }) => (number === 1 ? undefined : whole(stream)),
      async ({ transport, came }) => {
        assert.equal(reasonOf(await ask(transport)), 'no failure');
        assert.equal(came(), 2);
      },
      { limits: short },
    ));

  it('is another connection after the server said that this one goes away', () => {
    const sessions = new Set<unknown>();
    return withHttp2(
      (stream) => {
        sessions.add(stream.session);
        whole(stream);
        stream.session?.goaway();
      },
      async ({ transport }) => {
        for (let asked = 0; asked < 3; asked += 1) assert.equal(reasonOf(await ask(transport)), 'no failure');
        assert.ok(sessions.size > 1);
      },
    );
  });

  it('tells what the server answers, and how long it wants to wait', () =>
    withHttp2(
      (stream) => {
        stream.respond({ ':status': 429, 'retry-after': '7', 'content-type': JSON_TYPE });
        stream.end('{}');
      },
      async ({ transport }) => {
        const reply = await ask(transport, '/version', 1);
        assert.deepEqual(!reply.ok && [reply.failure.status, reply.failure.retryAfterMs], [429, 7000]);
      },
    ));

  const http1: readonly (readonly [string, (handle: Identity) => Server, Wish])[] = [
    [
      'a server speaks nothing else',
      ({ certificate, key }) => createHttp1({ cert: certificate, key }, tellVersion),
      {},
    ],
    [
      'HTTP/2 is switched off',
      ({ certificate, key }) => {
        const server = createSecureServer({ cert: certificate, key, allowHTTP1: true });
        return server.on('request', (request, response) => tellVersion(request, response));
      },
      { env: { DISABLE_HTTP2: '1' } },
    ],
  ];
  for (const [what, start, wish] of http1) {
    it(`is HTTP/1.1, over the connection that is there, when ${what}`, () =>
      against(start(identity), wish, async ({ transport, came }) => {
        const reply = await ask(transport);
        assert.deepEqual(reply.ok && reply.value, { version: '1.1' });
        assert.equal(came(), 1);
        await Promise.all(Array.from({ length: 10 }, () => ask(transport)));
        assert.ok(came() > 1 && came() <= 8, `${String(came())} connections`);
      }));
  }

  it('is not waited for without end when the handshake is not answered', () =>
    against(createTcp(), { limits: { connectMs: 100 } }, async ({ transport, came }) => {
      const replies = await Promise.all([ask(transport, '/api', 1), ask(transport, '/apis', 1)]);
      assert.deepEqual(replies.map(reasonOf), Array(2).fill('timeout: no connection within 0.1 s'));
      assert.equal(came(), 1);
    }));
});

function tellVersion(request: { readonly httpVersion: string }, response: Told): void {
  response.setHeader('content-type', JSON_TYPE);
  response.end(JSON.stringify({ version: request.httpVersion }));
}

interface Told {
  readonly setHeader: (name: string, value: string) => unknown;
  readonly end: (text: string) => unknown;
}
