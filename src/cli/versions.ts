import { readServerVersion, type ServerVersion } from '../cluster/server-version.ts';
import { terminalText } from '../render/escape.ts';
import { jsonText, yamlText } from '../render/structured.ts';
import { clusterPorts, verboseLog } from './cluster-ports.ts';
import { failureOf } from './failure.ts';
import type { Command, Run } from './invocation.ts';
import type { ExitCode } from './outcome.ts';
import type { Ports } from './ports.ts';
import { PROGRAM } from './version.ts';

/** The server's part of the answer. */
type Server = { readonly version: ServerVersion } | { readonly error: unknown } | undefined;

/**
 * Says the versions of program and server, as `kubectl version` does: in its words and keys, and what is known of the
 * program also when the server does not answer. The exit code is then that of the failure.
 */
export async function printVersions(
  { client }: Extract<Command, { name: 'version' }>,
  { connection, subject, output }: Run,
  ports: Ports,
): Promise<ExitCode> {
  const options = { ...connection, chunkSize: subject.chunkSize, withoutReleases: false };
  const on = clusterPorts(ports, { log: verboseLog(output, ports), progress: () => {} });
  const server: Server = client
    ? undefined
    : await readServerVersion(options, on).then(
        (version) => ({ version }),
        (error: unknown) => ({ error }),
      );
  ports.stdout(versionsText(output, ports, server && 'version' in server ? server.version : undefined));
  if (server === undefined || 'version' in server) return 0;
  const { code, text } = failureOf(server.error);
  ports.stderr(text);
  return code;
}

function versionsText({ output }: Run['output'], { runtime }: Ports, server: ServerVersion | undefined): string {
  const clientVersion = {
    gitVersion: `v${PROGRAM.version}`,
    gitCommit: PROGRAM.commit,
    nodeVersion: runtime.node,
    platform: runtime.platform,
  };
  const document = server === undefined ? { clientVersion } : { clientVersion, serverVersion: server };
  if (output === 'json') return jsonText(document);
  if (output === 'yaml') return yamlText(document);
  const lines = [
    `Client Version: ${clientVersion.gitVersion}`,
    `Client Commit: ${clientVersion.gitCommit || 'unknown'}`,
    `Node.js Version: ${clientVersion.nodeVersion}`,
    `Platform: ${clientVersion.platform}`,
    ...(server === undefined ? [] : [`Server Version: ${terminalText(server.gitVersion)}`]),
  ];
  return `${lines.join('\n')}\n`;
}
