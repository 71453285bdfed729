import { access, readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { UserError } from '../model/errors.ts';
import { mergeKubeconfigs, parseKubeconfig } from './kubeconfig.ts';
import type { KubeconfigContent } from './kubeconfig.ts';
import type { ClusterOptions, ClusterPorts } from './options.ts';
import { errorCode } from './plain-text.ts';

const SERVICE_ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

type Env = ClusterPorts['env'];

async function textOfFile(path: string, mayBeMissing: boolean): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    const code = errorCode(error);
    if (mayBeMissing && code === 'ENOENT') return undefined;
    const reason = code === 'ENOENT' ? 'there is no such file' : code;
    throw new UserError(`The kubeconfig ${path} cannot be read: ${reason}`, 'Name a readable kubeconfig.');
  }
}

function listedFiles(env: Env): readonly string[] {
  const listed = env['KUBECONFIG'] ?? '';
  if (listed !== '') return [...new Set(listed.split(delimiter).filter((path) => path !== ''))];
  const home = env['HOME'] ?? env['USERPROFILE'] ?? '';
  return home === '' ? [] : [join(home, '.kube', 'config')];
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path);
    return true;
  } catch {
    return false;
  }
}

/** The configuration of a pod, as kubectl falls back to it; undefined outside a pod. */
async function podConfig(env: Env): Promise<KubeconfigContent | undefined> {
  const host = env['KUBERNETES_SERVICE_HOST'] ?? '';
  const port = env['KUBERNETES_SERVICE_PORT'] ?? '';
  if (host === '' || port === '' || !(await exists(`${SERVICE_ACCOUNT}/token`))) return undefined;
  const name = 'in-cluster';
  const server = `https://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const caFile = `${SERVICE_ACCOUNT}/ca.crt`;
  const user = { name, folder: '', tokenFile: `${SERVICE_ACCOUNT}/token`, asGroups: [], asExtra: new Map() };
  return {
    currentContext: name,
    clusters: new Map([[name, { name, server, caFile, skipTLSVerify: false }]]),
    users: new Map([[name, user]]),
    contexts: new Map([[name, { name, cluster: name, user: name }]]),
  };
}

/**
 * Finds and merges kubeconfigs as kubectl does: `--kubeconfig` alone, else the files of `KUBECONFIG` (missing ones
 * skipped), else `~/.kube/config`, else the pod's own service account. Throws UserError for an unreadable file.
 */
export async function loadKubeconfig(options: ClusterOptions, env: Env): Promise<KubeconfigContent> {
  const named = options.kubeconfig ?? '';
  const paths = named === '' ? listedFiles(env) : [named];
  const contents: KubeconfigContent[] = [];
  for (const path of paths) {
    const text = await textOfFile(path, named === '');
    if (text !== undefined) contents.push(parseKubeconfig(text, path));
  }
  const merged = mergeKubeconfigs(contents);
  if (merged.clusters.size > 0 || merged.contexts.size > 0) return merged;
  return (await podConfig(env)) ?? merged;
}
