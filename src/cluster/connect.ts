import { chooseTarget } from './choose-context.ts';
import { connectionFor } from './connection.ts';
import { credentialSource } from './credentials.ts';
import { loadKubeconfig } from './kubeconfig-files.ts';
import type { ClusterOptions, ClusterPorts } from './options.ts';
import { createTransport } from './transport.ts';
import type { Transport } from './transport.ts';

const USER_AGENT = 'kubectl-palette-audit';

/** The way to a server of which nothing was asked yet. */
export interface Connected {
  readonly transport: Transport;
  /** Its address, without a slash at the end. */
  readonly server: string;
  readonly context: string;
  /** The namespace that kubectl would look in where none is named. */
  readonly namespace: string;
}

/**
 * Prepares the way to the cluster that flags and kubeconfig name; sends nothing. Throws UserError with exit code 2 when
 * kubeconfig or context are wrong.
 */
export async function connect(options: ClusterOptions, ports: ClusterPorts): Promise<Connected> {
  const target = chooseTarget(await loadKubeconfig(options, ports), options);
  const connection = await connectionFor(target, ports);
  const transport = createTransport({
    connection,
    credentials: credentialSource(target, connection.server.protocol, ports),
    ports,
    requestTimeoutMs: options.requestTimeoutMs,
    userAgent: USER_AGENT,
  });
  const server = `${connection.server.origin}${connection.server.pathname.replace(/\/$/, '')}`;
  return { transport, server, context: target.context, namespace: target.namespace || 'default' };
}
