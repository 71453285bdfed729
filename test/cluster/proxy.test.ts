import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { proxyFor } from '../../src/cluster/choose-proxy.ts';
import { openCluster } from '../../src/cluster/open.ts';
import { UserError } from '../../src/model/errors.ts';
import { optionsFor, portsFor } from '../support/fake-api/reading.ts';

const PROXY = 'http://proxy.example:3128';

describe('the proxy', () => {
  const cases: readonly {
    readonly name: string;
    readonly server: string;
    readonly own?: string;
    readonly env: Readonly<Record<string, string>>;
    readonly expected: string | undefined;
  }[] = [
    { name: 'is none by default', server: 'https://a.example', env: {}, expected: undefined },
    { name: 'is HTTPS_PROXY', server: 'https://a.example', env: { HTTPS_PROXY: PROXY }, expected: PROXY },
    {
      name: 'is https_proxy, without a scheme',
      server: 'https://a.example',
      env: { https_proxy: 'p:1' },
      expected: 'http://p:1',
    },
    {
      name: 'is proxy-url before all',
      server: 'https://a.example',
      own: 'http://own',
      env: { HTTPS_PROXY: PROXY },
      expected: 'http://own',
    },
    {
      name: 'is none for loopback',
      server: 'https://127.0.0.1:6443',
      env: { HTTPS_PROXY: PROXY },
      expected: undefined,
    },
    {
      name: 'is none for IPv6 loopback',
      server: 'https://[::1]:6443',
      env: { HTTPS_PROXY: PROXY },
      expected: undefined,
    },
    {
      name: 'is none for a name',
      server: 'https://a.example',
      env: { HTTPS_PROXY: PROXY, NO_PROXY: 'b, a.example' },
      expected: undefined,
    },
    {
      name: 'is none for a domain',
      server: 'https://a.b.example',
      env: { HTTPS_PROXY: PROXY, NO_PROXY: '.example' },
      expected: undefined,
    },
    {
      name: 'is none for a subnet',
      server: 'https://10.1.2.3',
      env: { HTTPS_PROXY: PROXY, NO_PROXY: '10.0.0.0/8' },
      expected: undefined,
    },
    {
      name: 'is none for a name and port',
      server: 'https://a.example:6443',
      env: { HTTPS_PROXY: PROXY, NO_PROXY: 'a.example:6443' },
      expected: undefined,
    },
    {
      name: 'is there for a name that only ends alike',
      server: 'https://an-example',
      env: { HTTPS_PROXY: PROXY, NO_PROXY: 'example' },
      expected: PROXY,
    },
    {
      name: 'is none for what is below a domain',
      server: 'https://x.a.example',
      env: { HTTPS_PROXY: PROXY, NO_PROXY: 'a.example' },
      expected: undefined,
    },
    {
      name: 'is there for the domain whose lower ones are excluded',
      server: 'https://a.example',
      env: { HTTPS_PROXY: PROXY, NO_PROXY: '*.a.example,.a.example' },
      expected: PROXY,
    },
    {
      name: 'is there for another port',
      server: 'https://a.example:6443',
      env: { HTTPS_PROXY: PROXY, NO_PROXY: 'a.example:443' },
      expected: PROXY,
    },
    {
      name: 'is none for an IPv6 address, however it is written',
      server: 'https://[2001:db8::1]:6443',
      env: { HTTPS_PROXY: PROXY, NO_PROXY: '[2001:db8:0::1]:6443' },
      expected: undefined,
    },
    {
      name: 'is none for an IPv6 subnet',
      server: 'https://[2001:db8::1]',
      env: { HTTPS_PROXY: PROXY, NO_PROXY: '2001:db8::/32' },
      expected: undefined,
    },
    {
      name: 'is HTTP_PROXY for http',
      server: 'http://a.example',
      env: { HTTPS_PROXY: 'http://other', HTTP_PROXY: PROXY },
      expected: PROXY,
    },
    {
      name: 'is one of SOCKS, by either name',
      server: 'https://a.example',
      env: { HTTPS_PROXY: 'socks5h://p:1080' },
      expected: 'socks5h://p:1080',
    },
    {
      name: 'is there beside a malformed subnet',
      server: 'https://10.1.2.3',
      env: { HTTPS_PROXY: PROXY, NO_PROXY: '10.0.0.0/99' },
      expected: PROXY,
    },
  ];
  for (const { name, server, own, env, expected } of cases) {
    it(name, () => {
      const found = proxyFor(new URL(server), { name: 'c', file: 'f', proxyUrl: own }, env);
      assert.equal(found?.href.replace(/\/$/, ''), expected);
    });
  }

  it('of another kind is refused', () => {
    assert.throws(
      () => proxyFor(new URL('https://a.example'), { name: 'c', file: 'f', proxyUrl: 'socks4://CANARY:x@p' }, {}),
      (error: unknown) => {
        assert.ok(error instanceof UserError);
        assert.doesNotMatch(error.message, /CANARY/);
        return true;
      },
    );
  });

  it('is asked for a tunnel with its login, and its refusal is told', async () => {
    const asked: unknown[] = [];
    const server = createServer();
    server.on('connect', (request, socket) => {
      asked.push(request.url, request.headers['proxy-authorization']);
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    const { ports } = portsFor({ HTTPS_PROXY: `http://me:CANARY@127.0.0.1:${port}` });
    try {
      await assert.rejects(openCluster(optionsFor('https://api.invalid:6443'), ports), (error: unknown) => {
        assert.ok(error instanceof UserError);
        assert.equal(error.exitCode, 4);
        assert.match(error.message, /the proxy 127\.0\.0\.1:\d+ answered 407/);
        assert.doesNotMatch(error.message, /CANARY/);
        return true;
      });
    } finally {
      server.closeAllConnections();
      server.close();
    }
    assert.deepEqual(asked.slice(0, 2), ['api.invalid:6443', `Basic ${Buffer.from('me:CANARY').toString('base64')}`]);
  });
});
