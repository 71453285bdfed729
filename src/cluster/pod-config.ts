import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { KubeconfigContent } from './kubeconfig.ts';
import type { ClusterOptions, ClusterPorts } from './options.ts';

/** Where Kubernetes puts a pod's token and the cluster's certificate. Source: client-go, rest/config.go. */
const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => !found.isDirectory(),
    () => false,
  );
}

function serverIn(env: ClusterPorts['env']): string | undefined {
  const { KUBERNETES_SERVICE_HOST: host = '', KUBERNETES_SERVICE_PORT: port = '' } = env;
  if (host === '' || port === '') return undefined;
  return `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Where a pod lives, as kubectl finds it; '' where nothing says. Source: client-go, inClusterClientConfig.Namespace. */
async function podNamespace(env: ClusterPorts['env'], serviceAccount: string): Promise<string> {
  const { POD_NAMESPACE: given = '' } = env;
  if (given !== '') return given;
  return readFile(join(serviceAccount, 'namespace'), 'utf8').then(
    (text) => text.trim(),
    () => '',
  );
}

/** The configuration of a pod, as kubectl falls back to it; undefined outside a pod. A `--token` replaces its token. */
export async function podConfig(
  { token }: Pick<ClusterOptions, 'token'>,
  { env, serviceAccount = SERVICE_ACCOUNT }: ClusterPorts,
): Promise<KubeconfigContent | undefined> {
  const server = serverIn(env);
  const tokenFile = join(serviceAccount, 'token');
  if (server === undefined || !(await isFile(tokenFile))) return undefined;
  const [name, file] = ['in-cluster', serviceAccount];
  const cluster = { name, file, server, caFile: join(serviceAccount, 'ca.crt'), skipTLSVerify: false };
  const namespace = await podNamespace(env, serviceAccount);
  const own = token === undefined ? { tokenFile } : {};
  return {
    files: [file],
    currentContext: name,
    clusters: new Map([[name, cluster]]),
    users: new Map([[name, { name, file, ...own, asGroups: [], asExtra: new Map() }]]),
    contexts: new Map([[name, { name, cluster: name, user: name, namespace }]]),
  };
}
