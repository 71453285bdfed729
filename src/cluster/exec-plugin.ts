import { createSecureContext } from 'node:tls';
import { isatty } from 'node:tty';
import { UserError } from '../model/errors.ts';
import { entryText } from './check-entries.ts';
import type { Target } from './choose-context.ts';
import { parseExec } from './exec-config.ts';
import type { ExecConfig } from './exec-config.ts';
import { findCommand } from './find-command.ts';
import { at, textAt } from './json.ts';
import type { ClusterEntry } from './kubeconfig.ts';
import { refuseUnlessAllowed } from './kuberc.ts';
import { DEFAULT_LIMITS } from './options.ts';
import type { ClusterPorts } from './options.ts';
import { plainText } from './plain-text.ts';
import { runPlugin } from './run-plugin.ts';
import { readAuthority } from './tls-files.ts';

/** What an exec plugin hands over; `expiresAt` in milliseconds since the epoch, undefined when it does not say. */
export interface PluginCredentials {
  readonly token: string | undefined;
  readonly certificate: string | undefined;
  readonly key: string | undefined;
  readonly expiresAt: number | undefined;
}

/** The cluster as plugins are told of it. Source: client-go, rest/exec.go and clientauthentication/v1/types.go. */
async function clusterInfo(cluster: ClusterEntry): Promise<unknown> {
  const authority = await readAuthority(cluster);
  return {
    server: cluster.server,
    'tls-server-name': cluster.tlsServerName,
    'insecure-skip-tls-verify': cluster.skipTLSVerify || undefined,
    'certificate-authority-data': authority?.toString('base64'),
    'proxy-url': cluster.proxyUrl,
    config: cluster.execExtension,
  };
}

async function execInfo(exec: ExecConfig, cluster: ClusterEntry, interactive: boolean): Promise<string> {
  const told = exec.provideClusterInfo ? { cluster: await clusterInfo(cluster) } : {};
  return JSON.stringify({ kind: 'ExecCredential', apiVersion: exec.apiVersion, spec: { ...told, interactive } });
}

function expiryOf(answer: unknown): number | undefined {
  const stamp = textAt(answer, 'status', 'expirationTimestamp');
  if (stamp === undefined) return undefined;
  const time = Date.parse(stamp);
  if (Number.isNaN(time)) throw new Error('its expirationTimestamp is no time');
  return time;
}

function checkPair(certificate: string | undefined, key: string | undefined): void {
  if ((certificate === undefined) !== (key === undefined)) throw new Error('it gave a certificate or a key, not both');
  if (certificate === undefined || key === undefined) return;
  try {
    createSecureContext({ cert: certificate, key });
  } catch {
    throw new Error('its certificate and key cannot be used together');
  }
}

function credentialsOf(output: string, { apiVersion }: ExecConfig): PluginCredentials {
  let answer: unknown;
  try {
    answer = JSON.parse(output);
  } catch {
    throw new Error('its output is not JSON');
  }
  if (at(answer, 'kind') !== 'ExecCredential') throw new Error('its output is not an ExecCredential');
  if (at(answer, 'apiVersion') !== apiVersion) throw new Error(`it does not answer with apiVersion ${apiVersion}`);
  const token = textAt(answer, 'status', 'token');
  const certificate = textAt(answer, 'status', 'clientCertificateData');
  const key = textAt(answer, 'status', 'clientKeyData');
  if (token === undefined && certificate === undefined && key === undefined) throw new Error('it gave no credential');
  checkPair(certificate, key);
  return { token, certificate, key, expiresAt: expiryOf(answer) };
}

async function run(
  exec: ExecConfig & { readonly path: string },
  target: Target,
  ports: ClusterPorts,
): Promise<PluginCredentials> {
  const attended = ports.unattended !== true;
  const terminal = attended && exec.interactiveMode !== 'Never' && isatty(0);
  if (exec.interactiveMode === 'Always' && !terminal) throw new Error('it needs a terminal to ask on');
  const info = await execInfo(exec, target.cluster, terminal);
  const output = await runPlugin({
    path: exec.path,
    args: exec.args,
    env: { ...ports.env, ...Object.fromEntries(exec.env), KUBERNETES_EXEC_INFO: info },
    terminal,
    silent: !attended,
    limitMs: ports.limits?.pluginMs ?? DEFAULT_LIMITS.pluginMs,
    signal: ports.signal,
  });
  return credentialsOf(output, exec);
}

/**
 * Runs the user's exec plugin once, as kubectl does: allowed by the kuberc, found in PATH or beside the kubeconfig,
 * stderr passed through, stdin only on a terminal. Unlike kubectl's it has 60 s. Throws UserError (exit 4) that names
 * plugin, user, file and reason, never what the plugin wrote.
 */
export async function runExecPlugin(target: Target, ports: ClusterPorts): Promise<PluginCredentials> {
  const { user } = target;
  const exec = parseExec(user);
  const failed = (reason: string, remedy: string): UserError =>
    new UserError(`Credential plugin ${exec.command} of ${entryText('user', user)} failed: ${reason}`, remedy, 4);
  const path = await findCommand(exec.command, ports.env);
  await refuseUnlessAllowed({ command: exec.command, path: path ?? exec.command }, ports);
  if (path === undefined) {
    throw failed('there is no such program', plainText(exec.installHint ?? 'Install it, or log in another way.', 500));
  }
  try {
    return await run({ ...exec, path }, target, ports);
  } catch (error) {
    ports.signal.throwIfAborted();
    if (error instanceof UserError) throw error;
    throw failed(error instanceof Error ? error.message : 'unknown', 'Run the plugin by hand, or log in again.');
  }
}
