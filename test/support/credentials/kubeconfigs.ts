import type { CredentialWorld } from './world.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What a kubeconfig of one context says; `context` and `user` name the entries. */
export interface KubeconfigParts {
  readonly cluster?: Fields;
  /** A token `t` where nothing is said: kubectl asks those for a name who have nothing. */
  readonly user?: Fields;
  readonly context?: string;
  /** What the context says of its user: null names none. */
  readonly userName?: string | null;
  readonly current?: string;
}

export function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

/** The https server with its authority. */
export function trusted(world: CredentialWorld, more: Fields = {}): Fields {
  return { server: world.https.url, 'certificate-authority-data': base64(world.authority), ...more };
}

/** The text of a kubeconfig: JSON, which is YAML. */
export function kubeconfigText(world: CredentialWorld, parts: KubeconfigParts = {}): string {
  const { cluster = trusted(world), user = { token: 't' }, context = 'one', userName = 'u', current = context } = parts;
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': current,
    clusters: [{ name: 'c', cluster }],
    contexts: [{ name: context, context: { cluster: 'c', ...(userName === null ? {} : { user: userName }) } }],
    users: [{ name: 'u', user }],
  });
}

/** Writes a kubeconfig and gives the environment that names it. */
export function using(world: CredentialWorld, parts: KubeconfigParts = {}): { readonly KUBECONFIG: string } {
  return { KUBECONFIG: world.write('kubeconfigs/config', kubeconfigText(world, parts)) };
}

/** A user with an exec plugin that runs `script`; fields of `exec` may be replaced. */
export function plugin(world: CredentialWorld, script: string, exec: Fields = {}): Fields {
  world.write('kubeconfigs/plugin.sh', `#!/bin/sh\nprintf x >> "${world.folder}/runs"\n${script}\n`, 0o755);
  const command = './plugin.sh';
  return { exec: { apiVersion: EXEC_V1, command, interactiveMode: 'Never', ...exec } };
}

export const EXEC_V1 = 'client.authentication.k8s.io/v1';
export const EXEC_V1BETA1 = 'client.authentication.k8s.io/v1beta1';

/** A line of shell that answers with this status. */
export function answers(status: Fields, apiVersion: string = EXEC_V1): string {
  return `cat <<'END'\n${JSON.stringify({ kind: 'ExecCredential', apiVersion, status })}\nEND`;
}
