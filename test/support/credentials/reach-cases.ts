import { anonymous, withToken } from './case.ts';
import type { CredentialCase } from './case.ts';
import { base64, trusted, using } from './kubeconfigs.ts';
import { HIDDEN_NAME } from './world.ts';
import type { CredentialWorld } from './world.ts';

/** The server by a name that only a proxy finds. */
function hidden(world: CredentialWorld, more: Readonly<Record<string, unknown>> = {}) {
  return trusted(world, { server: `https://${HIDDEN_NAME}:${world.https.port}`, ...more });
}

/** An address of this host that is not loopback by its digits: only such a one goes through a proxy of the environment. */
function anyAddress(world: CredentialWorld) {
  return trusted(world, { server: `https://0.0.0.0:${world.https.port}`, 'tls-server-name': 'localhost' });
}

const T = withToken('t');
const NAMED = { ...T, serverName: HIDDEN_NAME };
const ASKED_BY_NAME = [`CONNECT ${HIDDEN_NAME}:PORT`];
const LOCAL = { ...T, serverName: 'localhost' };

/** How one gets there: certificates, addresses, proxies. */
export const REACH_CASES: readonly CredentialCase[] = [
  {
    name: 'a certificate authority in a file beside the kubeconfig',
    setting: (world) => {
      world.write('kubeconfigs/ca.crt', world.authority);
      return { env: using(world, { cluster: { server: world.https.url, 'certificate-authority': 'ca.crt' } }) };
    },
    outcome: { kind: 'same', caller: T },
  },
  {
    name: '--certificate-authority before that of the kubeconfig',
    setting: (world) => ({
      env: using(world, {
        cluster: trusted(world, { 'certificate-authority-data': base64(world.stranger) }),
        user: { token: 't' },
      }),
      flags: [`--certificate-authority=${world.write('ca.crt', world.authority)}`],
    }),
    outcome: { kind: 'same', caller: T },
  },
  {
    name: '--certificate-authority before insecure-skip-tls-verify of the kubeconfig',
    setting: (world) => ({
      env: using(world, { cluster: { server: world.https.url, 'insecure-skip-tls-verify': true } }),
      flags: [`--certificate-authority=${world.write('ca.crt', world.stranger)}`],
    }),
    outcome: { kind: 'refused', says: /The TLS connection .* failed/ },
  },
  {
    name: 'an authority that the system trusts',
    setting: (world) => ({
      env: {
        ...using(world, { cluster: { server: world.https.url }, user: { token: 't' } }),
        SSL_CERT_FILE: world.write('system.pem', world.authority),
      },
    }),
    outcome: { kind: 'same', caller: T },
  },
  {
    name: 'no authority for a certificate that nobody trusts',
    setting: (world) => ({ env: using(world, { cluster: { server: world.https.url }, user: { token: 'CANARY' } }) }),
    outcome: { kind: 'refused', says: /The TLS connection to .* failed/ },
  },
  {
    name: 'the wrong authority, whatever NODE_TLS_REJECT_UNAUTHORIZED says',
    setting: (world) => ({
      env: {
        ...using(world, { cluster: trusted(world, { 'certificate-authority-data': base64(world.stranger) }) }),
        NODE_TLS_REJECT_UNAUTHORIZED: '0',
      },
    }),
    outcome: { kind: 'refused', says: /NODE_TLS_REJECT_UNAUTHORIZED=0 is ignored[^]*The TLS connection to .* failed/ },
  },
  {
    name: 'an authority that is not base64',
    setting: (world) => ({
      env: using(world, { cluster: trusted(world, { 'certificate-authority-data': 'CANARY!' }) }),
    }),
    outcome: { kind: 'refused', says: /Cluster c of .*config: its certificate-authority-data is not base64/ },
  },
  {
    name: 'an authority without a certificate in it',
    setting: (world) => ({
      env: using(world, { cluster: trusted(world, { 'certificate-authority-data': base64('CANARY') }) }),
    }),
    outcome: { kind: 'refused', says: /its certificate-authority holds no certificate/ },
  },
  {
    name: 'an authority whose file is missing',
    setting: (world) => ({
      env: using(world, { cluster: { server: world.https.url, 'certificate-authority': 'no.crt' } }),
    }),
    outcome: { kind: 'refused', says: /its certificate-authority .*no\.crt cannot be read: there is no such file/ },
  },
  {
    name: 'an authority both as data and as a file',
    setting: (world) => ({
      env: using(world, {
        cluster: trusted(world, { 'certificate-authority': world.write('ca.crt', world.authority) }),
      }),
    }),
    outcome: { kind: 'refused', says: /has both certificate-authority and certificate-authority-data/ },
  },
  {
    name: 'insecure-skip-tls-verify in the kubeconfig',
    setting: (world) => ({
      env: using(world, {
        cluster: { server: world.https.url, 'insecure-skip-tls-verify': true },
        user: { token: 't' },
      }),
    }),
    outcome: { kind: 'same', caller: T, warns: /THE CERTIFICATE OF THE CLUSTER IS NOT VERIFIED/ },
  },
  {
    name: '--insecure-skip-tls-verify before the authority of the kubeconfig',
    setting: (world) => ({
      env: using(world, { cluster: trusted(world, { 'certificate-authority-data': base64(world.stranger) }) }),
      flags: ['--insecure-skip-tls-verify'],
    }),
    outcome: { kind: 'same', caller: T, warns: /NOT VERIFIED/ },
  },
  {
    name: 'insecure-skip-tls-verify with an authority',
    setting: (world) => ({ env: using(world, { cluster: trusted(world, { 'insecure-skip-tls-verify': true }) }) }),
    outcome: { kind: 'refused', says: /has both a certificate authority and insecure-skip-tls-verify/ },
  },
  {
    name: 'tls-server-name',
    setting: (world) => ({ env: using(world, { cluster: trusted(world, { 'tls-server-name': HIDDEN_NAME }) }) }),
    outcome: { kind: 'same', caller: NAMED },
  },
  {
    name: 'tls-server-name that the certificate has not',
    setting: (world) => ({ env: using(world, { cluster: trusted(world, { 'tls-server-name': 'other.invalid' }) }) }),
    outcome: { kind: 'refused', says: /The TLS connection to .* failed: .*other\.invalid/ },
  },
  {
    name: '--tls-server-name before that of the kubeconfig',
    setting: (world) => ({
      env: using(world, { cluster: trusted(world, { 'tls-server-name': 'other.invalid' }) }),
      flags: [`--tls-server-name=${HIDDEN_NAME}`],
    }),
    outcome: { kind: 'same', caller: NAMED },
  },
  {
    name: '--server, which also takes tls-server-name away',
    setting: (world) => ({
      env: using(world, {
        cluster: trusted(world, { server: 'https://127.0.0.1:1', 'tls-server-name': 'other.invalid' }),
        user: { token: 't' },
      }),
      flags: [`--server=${world.https.url}`],
    }),
    outcome: { kind: 'same', caller: T },
  },
  {
    name: 'a server by its name',
    setting: (world) => ({
      env: using(world, { cluster: trusted(world, { server: `https://localhost:${world.https.port}` }) }),
    }),
    outcome: { kind: 'same', caller: LOCAL },
  },
  {
    name: 'a server with a slash at its end',
    setting: (world) => ({ env: using(world, { cluster: trusted(world, { server: `${world.https.url}/` }) }) }),
    outcome: { kind: 'same', caller: T },
  },
  {
    name: 'a server by its IPv6 address',
    setting: (world) => ({
      env: using(world, { cluster: trusted(world, { server: world.ipv6.url }), user: { token: 't' } }),
    }),
    outcome: { kind: 'same', caller: T, sight: { server: 'ipv6' } },
  },
  {
    name: 'a server without a scheme: it is asked over http',
    setting: (world) => ({
      env: using(world, { cluster: { server: `127.0.0.1:${world.http.port}` }, user: { token: 'CANARY' } }),
    }),
    outcome: { kind: 'same', caller: anonymous, sight: { server: 'http' } },
  },
  {
    name: 'a server that does not listen',
    setting: (world) => ({ env: using(world, { cluster: trusted(world, { server: 'https://127.0.0.1:1' }) }) }),
    outcome: {
      kind: 'refused',
      says: /https:\/\/127\.0\.0\.1:1 \(\/apis?\) cannot be read: nothing listens there \(ECONNREFUSED\)/,
    },
  },
  {
    name: 'a server of another scheme',
    setting: (world) => ({ env: using(world, { cluster: { server: 'ftp://127.0.0.1' } }) }),
    outcome: { kind: 'refused', says: /Cluster c of .*config: its server is not an https:\/\/ or http:\/\/ address/ },
  },
  {
    name: 'a server with a login in its address',
    setting: (world) => ({
      env: using(world, { cluster: trusted(world, { server: `https://a:CANARY@127.0.0.1:${world.https.port}` }) }),
    }),
    outcome: { kind: 'stricter', says: /its server has a login in it/ },
  },
  {
    name: 'a redirect',
    setting: (world) => ({
      env: using(world, { user: { token: 't' } }),
      answer: () => () => ({ status: 302, location: world.http.url }),
    }),
    outcome: { kind: 'stricter', says: /HTTP 302: redirects are not followed/ },
  },
  {
    name: 'proxy-url http',
    setting: (world) => ({
      env: using(world, { cluster: hidden(world, { 'proxy-url': world.httpProxy.url }), user: { token: 't' } }),
    }),
    outcome: { kind: 'same', caller: NAMED, sight: { asked: ASKED_BY_NAME } },
  },
  {
    name: 'proxy-url http with a login',
    setting: (world) => ({
      env: using(world, { cluster: hidden(world, { 'proxy-url': withLogin(world.httpProxy.url) }) }),
    }),
    outcome: { kind: 'same', caller: NAMED, sight: { asked: [`${ASKED_BY_NAME[0]} me:p@ss`] } },
  },
  {
    name: 'proxy-url http for loopback, too, and whatever NO_PROXY says',
    setting: (world) => ({
      env: { ...using(world, { cluster: trusted(world, { 'proxy-url': world.httpProxy.url }) }), NO_PROXY: '*' },
    }),
    outcome: { kind: 'same', caller: T, sight: { asked: ['CONNECT 127.0.0.1:PORT'] } },
  },
  {
    name: 'proxy-url https, judged by the authority of the cluster',
    setting: (world) => ({ env: using(world, { cluster: hidden(world, { 'proxy-url': world.httpsProxy.url }) }) }),
    outcome: { kind: 'same', caller: NAMED, sight: { asked: ASKED_BY_NAME } },
  },
  {
    name: 'proxy-url socks5, which finds the name',
    setting: (world) => ({ env: using(world, { cluster: hidden(world, { 'proxy-url': world.socksProxy.url }) }) }),
    outcome: { kind: 'same', caller: NAMED, sight: { asked: [`SOCKS ${HIDDEN_NAME}:PORT`] } },
  },
  {
    name: 'proxy-url socks5 with a login',
    setting: (world) => ({
      env: using(world, { cluster: hidden(world, { 'proxy-url': withLogin(world.socksProxy.url) }) }),
    }),
    outcome: { kind: 'same', caller: NAMED, sight: { asked: [`SOCKS ${HIDDEN_NAME}:PORT me:p@ss`] } },
  },
  {
    name: 'proxy-url socks5h',
    setting: (world) => ({
      env: using(world, { cluster: hidden(world, { 'proxy-url': world.socksProxy.url.replace('socks5', 'socks5h') }) }),
    }),
    outcome: { kind: 'refused', says: /Cluster c of .*config: its proxy-url is no address that starts with http/ },
  },
  {
    name: 'proxy-url without a scheme',
    setting: (world) => ({
      env: using(world, { cluster: hidden(world, { 'proxy-url': 'CANARY:CANARY@proxy.invalid:3128' }) }),
    }),
    outcome: { kind: 'refused', says: /its proxy-url is no address/ },
  },
  {
    name: 'proxy-url with a login that cannot be decoded',
    setting: (world) => ({
      env: using(world, { cluster: hidden(world, { 'proxy-url': 'http://CANARY:%zz@proxy.invalid:3128' }) }),
    }),
    outcome: { kind: 'refused', says: /its proxy-url is no address/ },
  },
  {
    name: 'a proxy that does not listen',
    setting: (world) => ({
      env: using(world, { cluster: hidden(world, { 'proxy-url': 'http://me:CANARY@127.0.0.1:1' }) }),
    }),
    outcome: {
      kind: 'refused',
      says: /the proxy 127\.0\.0\.1:1 cannot be reached: nothing listens there \(ECONNREFUSED\)/,
    },
  },
  {
    name: 'HTTPS_PROXY',
    setting: (world) => ({
      env: { ...using(world, { cluster: anyAddress(world) }), HTTPS_PROXY: world.httpProxy.url },
    }),
    outcome: { kind: 'same', caller: LOCAL, sight: { asked: ['CONNECT 0.0.0.0:PORT'] } },
  },
  {
    name: 'https_proxy without a scheme, beside an empty HTTPS_PROXY',
    setting: (world) => ({
      env: {
        ...using(world, { cluster: anyAddress(world) }),
        HTTPS_PROXY: '',
        https_proxy: new URL(world.httpProxy.url).host,
      },
    }),
    outcome: { kind: 'same', caller: LOCAL, sight: { asked: ['CONNECT 0.0.0.0:PORT'] } },
  },
  {
    name: 'HTTPS_PROXY beside an empty proxy-url',
    setting: (world) => ({
      env: {
        ...using(world, { cluster: { ...anyAddress(world), 'proxy-url': '' } }),
        HTTPS_PROXY: world.httpProxy.url,
      },
    }),
    outcome: { kind: 'same', caller: LOCAL, sight: { asked: ['CONNECT 0.0.0.0:PORT'] } },
  },
  {
    name: 'HTTPS_PROXY socks5h',
    setting: (world) => ({
      env: {
        ...using(world, { cluster: hidden(world) }),
        HTTPS_PROXY: world.socksProxy.url.replace('socks5', 'socks5h'),
      },
    }),
    outcome: { kind: 'same', caller: NAMED, sight: { asked: [`SOCKS ${HIDDEN_NAME}:PORT`] } },
  },
  {
    name: 'HTTPS_PROXY is not for loopback',
    setting: (world) => ({ env: { ...using(world), HTTPS_PROXY: world.httpProxy.url } }),
    outcome: { kind: 'same', caller: T, sight: { asked: [] } },
  },
  ...['0.0.0.0', 'x, 0.0.0.0/8', '*', '0.0.0.0:PORT', ' 0.0.0.0 ,'].map((excluded): CredentialCase => ({
    name: `HTTPS_PROXY with NO_PROXY "${excluded}" that excludes the server`,
    setting: (world) => ({
      env: {
        ...using(world, { cluster: anyAddress(world) }),
        HTTPS_PROXY: world.httpProxy.url,
        NO_PROXY: excluded.replace('PORT', String(world.https.port)),
      },
    }),
    outcome: { kind: 'same', caller: LOCAL, sight: { asked: [] } },
  })),
  ...['x 0.0.0.0', '0.0.0.0:1', '0.0.0', '0.0.0.0/99'].map((excluded): CredentialCase => ({
    name: `HTTPS_PROXY with NO_PROXY "${excluded}" that does not`,
    setting: (world) => ({
      env: {
        ...using(world, { cluster: anyAddress(world) }),
        HTTPS_PROXY: world.httpProxy.url,
        NO_PROXY: excluded,
      },
    }),
    outcome: { kind: 'same', caller: LOCAL, sight: { asked: ['CONNECT 0.0.0.0:PORT'] } },
  })),
  {
    name: 'an http server through an http proxy, which is sent the request itself',
    setting: (world) => ({
      env: using(world, {
        cluster: { server: 'http://cluster.invalid:8080', 'proxy-url': withLogin(world.plainProxy.url) },
        user: { token: 'CANARY' },
      }),
    }),
    outcome: {
      kind: 'same',
      caller: anonymous,
      sight: { server: 'http' },
    },
  },
  {
    name: 'an http server through a SOCKS proxy',
    setting: (world) => ({
      env: using(world, {
        cluster: { server: 'http://cluster.invalid:8080', 'proxy-url': world.plainSocks.url },
      }),
    }),
    outcome: { kind: 'same', caller: anonymous, sight: { server: 'http', asked: ['SOCKS cluster.invalid:8080'] } },
  },
];

function withLogin(proxy: string): string {
  return proxy.replace('://', '://me:p%40ss@');
}
