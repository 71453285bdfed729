import { readFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { UserError } from '../model/errors.ts';
import { homeFolder } from './home-folder.ts';
import { mergeKubeconfigs, parseKubeconfig } from './kubeconfig.ts';
import type { KubeconfigContent } from './kubeconfig.ts';
import type { ClusterOptions, ClusterPorts } from './options.ts';
import { errorCode } from './plain-text.ts';
import { podConfig } from './pod-config.ts';

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
  const home = homeFolder(env);
  return home === '' ? [] : [join(home, '.kube', 'config')];
}

/** Whether kubectl would take the pod's own account: nothing else says which server is meant. */
function namesNoServer({ currentContext }: KubeconfigContent, options: ClusterOptions): boolean {
  const given = [options.context, options.cluster, options.server];
  return currentContext === '' && given.every((flag) => flag === undefined);
}

/**
 * Finds and merges kubeconfigs as kubectl does: `--kubeconfig` alone, else the files of `KUBECONFIG` (missing ones
 * skipped), else `~/.kube/config`; where none of them names a server, the pod's own service account. Throws UserError
 * for an unreadable file.
 */
export async function loadKubeconfig(options: ClusterOptions, ports: ClusterPorts): Promise<KubeconfigContent> {
  const named = options.kubeconfig ?? '';
  const paths = named === '' ? listedFiles(ports.env) : [named];
  const contents: KubeconfigContent[] = [];
  for (const path of paths) {
    const text = await textOfFile(path, named === '');
    if (text !== undefined) contents.push(parseKubeconfig(text, path));
  }
  const merged = mergeKubeconfigs(contents);
  return (namesNoServer(merged, options) ? await podConfig(options, ports) : undefined) ?? merged;
}
