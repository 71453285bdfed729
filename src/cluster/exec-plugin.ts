import { spawn } from 'node:child_process';
import { isAbsolute, resolve } from 'node:path';
import { UserError } from '../model/errors.ts';
import { at, listAt, textAt, textsAt } from './json.ts';
import type { ClusterEntry, UserEntry } from './kubeconfig.ts';
import type { ClusterPorts } from './options.ts';
import { errorCode } from './plain-text.ts';

const TIME_LIMIT_MS = 60_000;
const MOST_OUTPUT_BYTES = 1024 * 1024;

/** What an exec plugin hands over. */
export interface PluginCredentials {
  readonly token: string | undefined;
  readonly certificate: string | undefined;
  readonly key: string | undefined;
}

/** How a plugin is run; `terminal` says that it may ask questions. */
interface PluginCall {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Record<string, string | undefined>;
  readonly terminal: boolean;
}

type PluginPorts = Pick<ClusterPorts, 'env' | 'signal'>;

/** As client-go: a command with a path separator is resolved against the kubeconfig's folder, else found in PATH. */
function commandOf(user: UserEntry): string {
  const command = textAt(user.exec, 'command') ?? '';
  const isPath = command.includes('/') || command.includes('\\');
  return isPath && !isAbsolute(command) ? resolve(user.folder, command) : command;
}

function execInfo(user: UserEntry, cluster: ClusterEntry, interactive: boolean): string {
  const wantsCluster = at(user.exec, 'provideClusterInfo') === true;
  const clusterInfo = {
    server: cluster.server,
    'tls-server-name': cluster.tlsServerName,
    'insecure-skip-tls-verify': cluster.skipTLSVerify || undefined,
    'certificate-authority-data': cluster.caData,
    'proxy-url': cluster.proxyUrl,
  };
  return JSON.stringify({
    kind: 'ExecCredential',
    apiVersion: textAt(user.exec, 'apiVersion'),
    spec: { interactive, ...(wantsCluster ? { cluster: clusterInfo } : {}) },
  });
}

function callOf(user: UserEntry, cluster: ClusterEntry, env: PluginPorts['env']): PluginCall {
  const mode = textAt(user.exec, 'interactiveMode') ?? 'IfAvailable';
  const terminal = mode !== 'Never' && process.stdin.isTTY;
  const added = listAt(user.exec, 'env').map((entry) => [textAt(entry, 'name') ?? '', textAt(entry, 'value') ?? '']);
  return {
    command: commandOf(user),
    args: textsAt(user.exec, 'args'),
    env: { ...env, ...Object.fromEntries(added), KUBERNETES_EXEC_INFO: execInfo(user, cluster, terminal) },
    terminal,
  };
}

/** Runs the plugin with its stderr shown; resolves with its stdout, rejects with one sentence part. */
function outputOf(call: PluginCall, signal: AbortSignal): Promise<string> {
  return new Promise((resolveOutput, reject) => {
    const child = spawn(call.command, [...call.args], {
      env: call.env,
      stdio: [call.terminal ? 'inherit' : 'ignore', 'pipe', 'inherit'],
      windowsHide: true,
      signal,
    });
    const chunks: Buffer[] = [];
    let bytes = 0;
    const stop = (reason: string): void => {
      child.kill('SIGKILL');
      reject(new Error(reason));
    };
    const timer = setTimeout(() => stop(`it did not end within ${TIME_LIMIT_MS / 1000} s`), TIME_LIMIT_MS);
    child.stdout.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MOST_OUTPUT_BYTES) stop('it wrote more than a credential');
      else chunks.push(chunk);
    });
    child.once('error', (error) => {
      clearTimeout(timer);
      reject(new Error(errorCode(error) === 'ENOENT' ? 'not found' : errorCode(error)));
    });
    child.once('close', (code, killedBy) => {
      clearTimeout(timer);
      if (code === 0) resolveOutput(Buffer.concat(chunks).toString('utf8'));
      else reject(new Error(code === null ? `it was ended by ${killedBy}` : `it exited with ${code}`));
    });
  });
}

function credentialsOf(output: string, user: UserEntry): PluginCredentials {
  let answer: unknown;
  try {
    answer = JSON.parse(output);
  } catch {
    throw new Error('its output is not JSON');
  }
  if (at(answer, 'kind') !== 'ExecCredential') throw new Error('its output is not an ExecCredential');
  if (at(answer, 'apiVersion') !== at(user.exec, 'apiVersion')) throw new Error('it answers with another apiVersion');
  const token = textAt(answer, 'status', 'token');
  const certificate = textAt(answer, 'status', 'clientCertificateData');
  const key = textAt(answer, 'status', 'clientKeyData');
  if (token === undefined && (certificate === undefined || key === undefined)) throw new Error('it gave no credential');
  return { token, certificate, key };
}

/**
 * Runs the user's exec plugin once, as kubectl does: stderr passes through, stdin only on a terminal, at most 60 s.
 * Throws UserError (exit 4) that names command and reason, never its output.
 */
export async function runExecPlugin(
  user: UserEntry,
  cluster: ClusterEntry,
  ports: PluginPorts,
): Promise<PluginCredentials> {
  const call = callOf(user, cluster, ports.env);
  try {
    if (textAt(user.exec, 'interactiveMode') === 'Always' && !call.terminal) throw new Error('it needs a terminal');
    return credentialsOf(await outputOf(call, ports.signal), user);
  } catch (error) {
    ports.signal.throwIfAborted();
    const reason = error instanceof Error ? error.message : 'unknown';
    const hint = textAt(user.exec, 'installHint');
    const remedy = hint ?? 'Run the plugin by hand, or log in again.';
    throw new UserError(`Credential plugin ${call.command} of user ${user.name} failed: ${reason}`, remedy, 4);
  }
}
