import { BlockList, isIP } from 'node:net';
import { UserError } from '../model/errors.ts';
import { entryText } from './check-entries.ts';
import type { ClusterEntry } from './kubeconfig.ts';
import type { ClusterPorts } from './options.ts';

type Env = ClusterPorts['env'];

/** The host of a URL without the brackets of an IPv6 address, in lower case. */
export function bareHost(url: URL): string {
  return url.hostname.replaceAll(/^\[|\]$/g, '').toLowerCase();
}

const DEFAULT_PORTS: ReadonlyMap<string, string> = new Map([
  ['http:', '80'],
  ['https:', '443'],
  ['socks5:', '1080'],
  ['socks5h:', '1080'],
]);

/** The port of a URL, or its scheme's own. */
export function portOf(url: URL): string {
  return url.port === '' ? (DEFAULT_PORTS.get(url.protocol) ?? '') : url.port;
}

function inSubnet(host: string, entry: string): boolean {
  const [net = '', bits = ''] = entry.split('/');
  const family = isIP(host) === 6 ? 'ipv6' : 'ipv4';
  if (isIP(host) === 0 || isIP(net) !== isIP(host) || !/^\d{1,3}$/.test(bits)) return false;
  const block = new BlockList();
  try {
    block.addSubnet(net, Number.parseInt(bits, 10), family);
  } catch {
    return false;
  }
  return block.check(host, family);
}

/** `host:port`, `[address]:port`, or either without a port. */
function splitPort(entry: string): { readonly host: string; readonly port: string } {
  const [, bracketed, plain, port = ''] = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d+))?$/.exec(entry) ?? [];
  return { host: bracketed ?? plain ?? entry, port };
}

function sameAddress(a: string, b: string): boolean {
  return isIP(a) !== 0 && inSubnet(a, `${b}/${isIP(b) === 6 ? 128 : 32}`);
}

/** `example` stands for itself and all below it, `.example` and `*.example` only for what is below. */
function isDomain(host: string, entry: string): boolean {
  const domain = entry.replace(/^\*\./, '.');
  return domain.startsWith('.') ? host.endsWith(domain) : host === domain || host.endsWith(`.${domain}`);
}

function excludes(entry: string, url: URL): boolean {
  const host = bareHost(url);
  if (entry === '*') return true;
  if (entry.includes('/')) return inSubnet(host, entry);
  const { host: named, port } = splitPort(entry);
  if (named === '' || (port !== '' && port !== portOf(url))) return false;
  return isIP(host) === 0 ? isDomain(host, named) : sameAddress(host, named);
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function either(env: Env, name: string): string {
  return env[name] || env[name.toLowerCase()] || '';
}

function fromEnv(server: URL, env: Env): string {
  if (isLoopback(bareHost(server))) return '';
  const excluded = either(env, 'NO_PROXY').split(',');
  if (excluded.some((entry) => excludes(entry.trim().toLowerCase(), server))) return '';
  return either(env, server.protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY');
}

/** Whether its login can be decoded. */
function hasPlainLogin({ username, password }: URL): boolean {
  try {
    return typeof decodeURIComponent(username + password) === 'string';
  } catch {
    return false;
  }
}

function withScheme(proxy: string, schemes: readonly string[]): URL | undefined {
  const url = URL.canParse(proxy) ? new URL(proxy) : undefined;
  const usable = url !== undefined && schemes.includes(url.protocol) && url.hostname !== '' && hasPlainLogin(url);
  return usable ? url : undefined;
}

/**
 * The proxy for `server`: the cluster's `proxy-url`, else HTTPS_PROXY or HTTP_PROXY unless NO_PROXY excludes it, by
 * Go's rules (golang.org/x/net/http/httpproxy): loopback is direct. Throws UserError, without the proxy's login, for
 * a proxy that kubectl would not take: as proxy-url http, https and socks5, in the environment also socks5h.
 */
export function proxyFor(
  server: URL,
  cluster: Pick<ClusterEntry, 'name' | 'file' | 'proxyUrl'>,
  env: Env,
): URL | undefined {
  if (cluster.proxyUrl !== undefined) {
    const proxy = withScheme(cluster.proxyUrl, ['http:', 'https:', 'socks5:']);
    if (proxy !== undefined) return proxy;
    const what = 'its proxy-url is no address that starts with http://, https:// or socks5://';
    throw new UserError(`${entryText('cluster', cluster)}: ${what}`, 'Correct the kubeconfig.');
  }
  const given = fromEnv(server, env);
  if (given === '') return undefined;
  const schemes = ['http:', 'https:', 'socks5:', 'socks5h:'];
  const proxy = withScheme(given.includes('://') ? given : `http://${given}`, schemes);
  if (proxy !== undefined) return proxy;
  const what = 'The proxy that the environment names for the cluster is neither http, https nor socks5';
  throw new UserError(what, 'Correct HTTPS_PROXY or HTTP_PROXY, or exclude the cluster with NO_PROXY.');
}
