import type { Socket } from 'node:net';
import { SocksClient } from 'socks';

/** What a SOCKS proxy is asked. */
export interface SocksRequest {
  readonly host: string;
  readonly port: string;
  /** The proxy's own host, an IPv6 address without brackets. */
  readonly proxy: string;
  readonly proxyPort: string;
  readonly login: { readonly user: string; readonly password: string } | undefined;
  readonly limitMs: number;
}

/**
 * Opens a connection through a SOCKS 5 proxy, which finds the host's address: in Go, socks5 means what others call
 * socks5h. Rejects with the library's Error.
 */
export async function connectSocks({ host, port, proxy, proxyPort, login, limitMs }: SocksRequest): Promise<Socket> {
  const { socket } = await SocksClient.createConnection({
    command: 'connect',
    timeout: limitMs,
    destination: { host, port: Number(port) },
    proxy: {
      type: 5,
      host: proxy,
      port: Number(proxyPort),
      ...(login === undefined ? {} : { userId: login.user, password: login.password }),
    },
  });
  return socket;
}
