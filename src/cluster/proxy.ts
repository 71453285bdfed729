import { request as httpRequest } from 'node:http';
import { Agent, request as httpsRequest } from 'node:https';
import type { AgentOptions } from 'node:https';
import { BlockList, Socket, isIP } from 'node:net';
import { connect } from 'node:tls';
import type { ConnectionOptions } from 'node:tls';
import { UserError } from '../model/errors.ts';
import type { ClusterPorts } from './options.ts';

type Env = ClusterPorts['env'];

function bareHost(url: URL): string {
  return url.hostname.replaceAll(/^\[|\]$/g, '').toLowerCase();
}

function inSubnet(host: string, entry: string): boolean {
  const [net = '', bits = ''] = entry.split('/');
  const family = isIP(host) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(host) === 0 || isIP(net) !== isIP(host)) return false;
  const block = new BlockList();
  try {
    block.addSubnet(net, Number.parseInt(bits, 10), family);
  } catch {
    return false;
  }
  return block.check(host, family);
}

function isUnder(host: string, domain: string): boolean {
  const suffix = domain.replace(/^\*?\.?/, '.');
  return isIP(host) === 0 && suffix !== '.' && host.endsWith(suffix);
}

function matches(url: URL, entry: string): boolean {
  const host = bareHost(url);
  if (entry === '*' || entry === host) return true;
  if (entry.includes('/')) return inSubnet(host, entry);
  const port = `:${url.port === '' ? '443' : url.port}`;
  const domain = entry.endsWith(port) ? entry.slice(0, -port.length) : entry;
  return domain === host || isUnder(host, domain);
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function either(env: Env, name: string): string {
  return env[name] ?? env[name.toLowerCase()] ?? '';
}

function fromEnv(server: URL, env: Env): string {
  const excluded = either(env, 'NO_PROXY')
    .toLowerCase()
    .split(/[\s,]+/);
  if (isLoopback(bareHost(server))) return '';
  if (excluded.some((entry) => entry !== '' && matches(server, entry))) return '';
  return either(env, server.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY');
}

function parsedUrl(text: string): URL | undefined {
  const full = text.includes('://') ? text : `http://${text}`;
  return URL.canParse(full) ? new URL(full) : undefined;
}

/**
 * The proxy for `server`: the cluster's `proxy-url`, else HTTPS_PROXY or HTTP_PROXY unless NO_PROXY excludes it;
 * loopback is always direct, as in Go. Throws UserError for a proxy of another kind than http or https.
 */
export function proxyFor(server: URL, proxyUrl: string | undefined, env: Env): URL | undefined {
  const given = proxyUrl ?? fromEnv(server, env);
  if (given === '') return undefined;
  const proxy = parsedUrl(given);
  if (proxy?.protocol === 'http:' || proxy?.protocol === 'https:') return proxy;
  throw new UserError('The proxy for the cluster is neither http:// nor https://', 'Use such a proxy, or none.', 4);
}

function tunnelHeaders(proxy: URL, host: string): Record<string, string> {
  if (proxy.username === '' && proxy.password === '') return { host };
  const login = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  return { host, 'proxy-authorization': `Basic ${Buffer.from(login).toString('base64')}` };
}

type Tunnelled = (error: Error | null, socket: Socket) => void;

function openTunnel(proxy: URL, host: string, done: Tunnelled): void {
  const send = proxy.protocol === 'https:' ? httpsRequest : httpRequest;
  const tunnel = send({
    method: 'CONNECT',
    host: bareHost(proxy),
    port: proxy.port || (proxy.protocol === 'https:' ? 443 : 80),
    path: host,
    headers: tunnelHeaders(proxy, host),
    agent: false,
    rejectUnauthorized: true,
  });
  tunnel.once('connect', (response, socket) => {
    if (response.statusCode === 200) done(null, socket);
    else {
      socket.destroy();
      done(new Error(`the proxy answered ${response.statusCode}`), new Socket());
    }
  });
  tunnel.once('error', (error) => done(error, new Socket()));
  tunnel.end();
}

/** An agent whose TLS connections to `server` go through an http or https proxy's CONNECT. */
export function tunnelAgent(server: URL, proxy: URL, options: AgentOptions): Agent {
  const agent = new Agent(options);
  const target = `${server.hostname}:${server.port === '' ? '443' : server.port}`;
  const host = bareHost(server);
  const tls: ConnectionOptions = { ...options, host, ...(isIP(host) === 0 ? { servername: host } : {}) };
  if (options.servername !== undefined) tls.servername = options.servername;
  agent.createConnection = (_, callback) => {
    openTunnel(proxy, target, (error, socket) => callback?.(error, error ? socket : connect({ ...tls, socket })));
    return undefined;
  };
  return agent;
}
