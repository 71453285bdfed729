import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { connect as connectTcp } from 'node:net';
import type { Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { SecureContextOptions } from 'node:tls';
import { bareHost, portOf } from './choose-proxy.ts';
import { wordsOfError } from './failure.ts';
import { errorCode, errorText } from './plain-text.ts';

/** A proxy, and what its own certificate is judged by. */
export interface Proxy {
  readonly url: URL;
  readonly trust: Pick<SecureContextOptions, 'ca'> & { readonly rejectUnauthorized: boolean };
}

/** What a proxy is asked to connect to. */
export interface Destination {
  readonly host: string;
  readonly port: string;
}

/** As long as a direct connection may take. */
const LIMIT_MS = 10_000;

/** Errors begin with the same words, by which they are known not to be the server's; a login is never in them. */
function proxyError({ url }: Proxy, reason: string): Error {
  return new Error(`the proxy ${url.host} ${reason}`);
}

function unreachable(proxy: Proxy, error: unknown): Error {
  return proxyError(proxy, `cannot be reached: ${wordsOfError(errorCode(error), errorText(error))}`);
}

function login({ url }: Proxy): { readonly user: string; readonly password: string } | undefined {
  if (url.username === '' && url.password === '') return undefined;
  return { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) };
}

/** The header that logs in at an http or https proxy; none when its URL has no login. */
export function proxyAuthorization(proxy: Proxy): { readonly 'proxy-authorization'?: string } {
  const given = login(proxy);
  if (given === undefined) return {};
  return { 'proxy-authorization': `Basic ${Buffer.from(`${given.user}:${given.password}`).toString('base64')}` };
}

function throughConnect(proxy: Proxy, to: Destination): Promise<Socket> {
  const { url, trust } = proxy;
  const path = `${to.host.includes(':') ? `[${to.host}]` : to.host}:${to.port}`;
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const tunnel = send({
      method: 'CONNECT',
      host: bareHost(url),
      port: portOf(url),
      path,
      headers: { host: path, ...proxyAuthorization(proxy) },
      agent: false,
      signal: AbortSignal.timeout(LIMIT_MS),
      ...trust,
    });
    tunnel.once('connect', (response, socket: Socket) => {
      if (response.statusCode === 200) return resolve(socket);
      socket.destroy();
      reject(proxyError(proxy, `answered ${response.statusCode}`));
    });
    tunnel.once('response', (response) => {
      response.destroy();
      reject(proxyError(proxy, `answered ${response.statusCode}`));
    });
    tunnel.once('error', (error) => reject(unreachable(proxy, error)));
    tunnel.end();
  });
}

async function throughSocks(proxy: Proxy, to: Destination): Promise<Socket> {
  const asked = {
    ...to,
    proxy: bareHost(proxy.url),
    proxyPort: portOf(proxy.url),
    login: login(proxy),
    limitMs: LIMIT_MS,
  };
  try {
    // Few have such a proxy, and to load what talks to it takes each start its time.
    const { connectSocks } = await import('./socks.ts');
    return await connectSocks(asked);
  } catch (error) {
    throw unreachable(proxy, error);
  }
}

/** Opens a connection to `to` through the proxy. Rejects with an Error that begins with `the proxy`. */
export function openTunnel(proxy: Proxy, to: Destination): Promise<Socket> {
  return proxy.url.protocol.startsWith('socks') ? throughSocks(proxy, to) : throughConnect(proxy, to);
}

/** Opens a connection to the proxy itself. */
export function openToProxy({ url, trust }: Proxy): Socket {
  const at = { host: bareHost(url), port: Number(portOf(url)) };
  return url.protocol === 'https:' ? connectTls({ ...at, servername: at.host, ...trust }) : connectTcp(at);
}
