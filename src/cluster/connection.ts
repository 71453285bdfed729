import type { OutgoingHttpHeaders } from 'node:http';
import type { AgentOptions } from 'node:https';
import { UserError } from '../model/errors.ts';
import { httpAgent, overTls } from './agents.ts';
import type { Channel, OpenChannel } from './channels.ts';
import { entryText } from './check-entries.ts';
import type { Target } from './choose-context.ts';
import { proxyFor } from './choose-proxy.ts';
import type { Credentials } from './credentials.ts';
import { headerNamePart, headerValue } from './header-text.ts';
import type { ClusterEntry, UserEntry } from './kubeconfig.ts';
import { DEFAULT_LIMITS } from './options.ts';
import type { ClusterPorts } from './options.ts';
import { systemAuthorities } from './system-authorities.ts';
import { readAuthority } from './tls-files.ts';
import { proxyAuthorization } from './tunnel.ts';
import type { Proxy } from './tunnel.ts';

/** How to reach the server: its URL, the channel for some credentials, and the headers every request carries. */
export interface Connection {
  readonly server: URL;
  readonly channelFor: (credentials: Credentials) => OpenChannel;
  readonly headers: OutgoingHttpHeaders;
  /** Whether requests name the whole URL, as a proxy for http wants it. */
  readonly absoluteForm: boolean;
}

/** Impersonation in full, as kubectl sends it: an array becomes one header per entry. */
function impersonation(user: UserEntry): OutgoingHttpHeaders {
  if (user.as === undefined) return {};
  const value = (text: string): string => headerValue(text, `impersonation of ${entryText('user', user)}`);
  const headers: OutgoingHttpHeaders = { 'Impersonate-User': value(user.as) };
  if (user.asGroups.length > 0) headers['Impersonate-Group'] = user.asGroups.map(value);
  if (user.asUid !== undefined) headers['Impersonate-Uid'] = value(user.asUid);
  for (const [key, values] of user.asExtra) {
    headers[`Impersonate-Extra-${headerNamePart(key)}`] = values.map(value);
  }
  return headers;
}

/** Without a scheme it is http, and no path may follow, as in kubectl (client-go, rest/url_utils.go). */
function parsedServer(server: string): URL | undefined {
  if (server.includes('://')) return URL.canParse(server) ? new URL(server) : undefined;
  const url = URL.canParse(`http://${server}`) ? new URL(`http://${server}`) : undefined;
  return url?.pathname === '/' ? url : undefined;
}

function serverUrl(cluster: ClusterEntry): URL {
  const url = parsedServer(cluster.server);
  const hasLogin = url !== undefined && `${url.username}${url.password}` !== '';
  if (!hasLogin && (url?.protocol === 'https:' || url?.protocol === 'http:')) return url;
  const what = hasLogin ? 'its server has a login in it' : 'its server is not an https:// or http:// address';
  throw new UserError(`${entryText('cluster', cluster)}: ${what}`, 'Correct the kubeconfig or --server.');
}

/** What the server's certificate is judged by, whatever NODE_TLS_REJECT_UNAUTHORIZED says. */
async function trustOf(cluster: ClusterEntry, env: ClusterPorts['env']): Promise<Proxy['trust']> {
  if (cluster.skipTLSVerify) return { rejectUnauthorized: false };
  const ca = (await readAuthority(cluster)) ?? (await systemAuthorities(env));
  return { rejectUnauthorized: true, ...(ca === undefined ? {} : { ca: typeof ca === 'string' ? ca : [ca].flat() }) };
}

function warnOf(cluster: ClusterEntry, { env, warn }: ClusterPorts): void {
  if (env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') {
    warn('NODE_TLS_REJECT_UNAUTHORIZED=0 is ignored: certificates are verified.');
  }
  if (!cluster.skipTLSVerify) return;
  warn('THE CERTIFICATE OF THE CLUSTER IS NOT VERIFIED (insecure-skip-tls-verify).');
  warn('Whoever is in between can take the credentials and forge the answer.');
}

/** Channels by client certificate: other tokens need no other connections. */
function channelsOf(make: (credentials: Credentials) => OpenChannel): Connection['channelFor'] {
  const channels = new Map<string, OpenChannel>();
  return (credentials) => {
    const key = String(credentials.certificate ?? '');
    const channel = channels.get(key) ?? make(credentials);
    channels.set(key, channel);
    return channel;
  };
}

function tlsOf({ cluster }: Target, trust: Proxy['trust'], credentials: Credentials): AgentOptions {
  const { certificate, key } = credentials;
  return {
    ...trust,
    ...(certificate === undefined ? {} : { cert: certificate, key }),
    ...(cluster.tlsServerName === undefined ? {} : { servername: cluster.tlsServerName }),
  };
}

async function proxyOf(server: URL, { cluster }: Target, env: ClusterPorts['env']): Promise<Proxy | undefined> {
  const url = proxyFor(server, cluster, env);
  if (url === undefined) return undefined;
  return { url, trust: url.protocol === 'https:' ? await trustOf(cluster, env) : { rejectUnauthorized: true } };
}

async function encrypted(server: URL, target: Target, ports: ClusterPorts): Promise<Connection> {
  const trust = await trustOf(target.cluster, ports.env);
  const proxy = await proxyOf(server, target, ports.env);
  const bounds = {
    connectMs: ports.limits?.connectMs ?? DEFAULT_LIMITS.connectMs,
    signal: ports.signal,
    isHttp1: (ports.env['DISABLE_HTTP2'] ?? '') !== '',
  };
  const channelFor = channelsOf((credentials) =>
    overTls({ server, tls: tlsOf(target, trust, credentials), proxy }, bounds),
  );
  return { server, channelFor, headers: impersonation(target.user), absoluteForm: false };
}

async function inTheClear(server: URL, target: Target, env: ClusterPorts['env']): Promise<Connection> {
  const proxy = await proxyOf(server, target, env);
  const channel: Channel = { protocol: 'HTTP/1.1', agent: httpAgent(server, proxy) };
  const channelFor = (): OpenChannel => () => Promise.resolve(channel);
  const headers = impersonation(target.user);
  if (proxy === undefined || proxy.url.protocol.startsWith('socks')) {
    return { server, channelFor, headers, absoluteForm: false };
  }
  return { server, channelFor, headers: { ...headers, ...proxyAuthorization(proxy) }, absoluteForm: true };
}

/**
 * Prepares the connection of `target`: TLS, protocol and proxy exactly as kubectl's. An https proxy is
 * judged as the server is, as in Go. Throws UserError for what the kubeconfig names and cannot be used.
 */
export async function connectionFor(target: Target, ports: ClusterPorts): Promise<Connection> {
  const server = serverUrl(target.cluster);
  warnOf(target.cluster, ports);
  return server.protocol === 'https:' ? encrypted(server, target, ports) : inTheClear(server, target, ports.env);
}
