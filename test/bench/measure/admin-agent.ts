import { readFileSync } from 'node:fs';
import { Agent } from 'node:https';
import { listAt, textAt } from '../../../src/cluster/json.ts';

/** The server of a kubeconfig in JSON, as those of the cluster tests are, and connections to it that stay open. */
export function adminAgent(
  kubeconfig: string,
  maxSockets = Number.POSITIVE_INFINITY,
): { readonly server: string; readonly agent: Agent } {
  const config: unknown = JSON.parse(readFileSync(kubeconfig, 'utf8'));
  const [user] = listAt(config, 'users');
  const [cluster] = listAt(config, 'clusters');
  const agent = new Agent({
    keepAlive: true,
    maxSockets,
    cert: decoded(user, 'user', 'client-certificate-data'),
    key: decoded(user, 'user', 'client-key-data'),
    ca: decoded(cluster, 'cluster', 'certificate-authority-data'),
  });
  return { server: textAt(cluster, 'cluster', 'server') ?? '', agent };
}

function decoded(from: unknown, ...path: readonly string[]): Buffer {
  return Buffer.from(textAt(from, ...path) ?? '', 'base64');
}
