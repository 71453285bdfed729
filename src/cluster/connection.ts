import { Agent as HttpAgent } from 'node:http';
import type { OutgoingHttpHeaders } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { AgentOptions } from 'node:https';
import { UserError } from '../model/errors.ts';
import type { Target } from './choose-context.ts';
import { dataOrFile } from './credentials.ts';
import type { Credentials } from './credentials.ts';
import type { UserEntry } from './kubeconfig.ts';
import type { ClusterPorts } from './options.ts';
import { proxyFor, tunnelAgent } from './proxy.ts';

/** How to reach the server: its URL, the agent for some credentials, and the headers every request carries. */
export interface Connection {
  readonly server: URL;
  readonly agentFor: (credentials: Credentials) => HttpAgent;
  readonly headers: OutgoingHttpHeaders;
}

/** Impersonation in full, as kubectl sends it: an array becomes one header per entry. */
function impersonation(user: UserEntry): OutgoingHttpHeaders {
  if (typeof user.as !== 'string' || user.as === '') return {};
  const headers: OutgoingHttpHeaders = { 'Impersonate-User': user.as };
  if (user.asGroups.length > 0) headers['Impersonate-Group'] = [...user.asGroups];
  if (user.asUid !== undefined) headers['Impersonate-Uid'] = user.asUid;
  for (const [key, values] of user.asExtra) headers[`Impersonate-Extra-${encodeURIComponent(key)}`] = [...values];
  return headers;
}

function serverUrl(text: string): URL {
  const full = text.includes('://') ? text : `https://${text}`;
  const url = URL.canParse(full) ? new URL(full) : undefined;
  if (url?.protocol === 'https:' || url?.protocol === 'http:') return url;
  throw new UserError('The server of the cluster is not an http or https URL', 'Correct the kubeconfig or --server.');
}

/**
 * Prepares the connection of `target`: one keep-alive agent per credentials, TLS exactly as the kubeconfig says.
 * Certificates are verified whatever NODE_TLS_REJECT_UNAUTHORIZED says; both ways round there is a warning.
 */
export async function connectionFor(target: Target, ports: ClusterPorts): Promise<Connection> {
  const { cluster, user } = target;
  const server = serverUrl(cluster.server);
  const ca = await dataOrFile(cluster.caData, cluster.caFile, 'certificate authority');
  const proxy = proxyFor(server, cluster.proxyUrl ?? undefined, ports.env);
  if (ports.env['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') {
    ports.warn('NODE_TLS_REJECT_UNAUTHORIZED=0 is ignored: certificates are verified.');
  }
  if (cluster.skipTLSVerify) ports.warn('The certificate of the cluster is not verified (insecure-skip-tls-verify).');
  const tls = (credentials: Credentials): AgentOptions => ({
    keepAlive: true,
    maxSockets: 16,
    rejectUnauthorized: !cluster.skipTLSVerify,
    ...(ca === undefined ? {} : { ca }),
    ...(credentials.certificate === undefined ? {} : { cert: credentials.certificate, key: credentials.key }),
    ...(typeof cluster.tlsServerName === 'string' ? { servername: cluster.tlsServerName } : {}),
  });
  const make = (credentials: Credentials): HttpAgent => {
    if (server.protocol === 'http:') return new HttpAgent({ keepAlive: true, maxSockets: 16 });
    return proxy === undefined ? new HttpsAgent(tls(credentials)) : tunnelAgent(server, proxy, tls(credentials));
  };
  const agents = new Map<Credentials, HttpAgent>();
  const agentFor = (credentials: Credentials): HttpAgent => {
    const agent = agents.get(credentials) ?? make(credentials);
    agents.set(credentials, agent);
    return agent;
  };
  return { server, agentFor, headers: impersonation(user) };
}
