import type { Command, ConnectionFlags, Run, SubjectFlags } from './invocation.ts';

/** How the program is called, in every text that names a command. */
const COMMAND = 'kubectl palette-audit';

/**
 * What suggested commands begin with: the program, and the flags that decide the answer, such as those that chose the
 * cluster and the definitions. What is secret, or was read from standard input, is left for the reader to fill in, in
 * brackets with which no shell runs the command.
 */
export function suggestedCommand({ command, connection, subject }: Pick<Run, 'command' | 'connection' | 'subject'>) {
  return [COMMAND, ...clusterFlags(connection), ...subjectFlags(subject), ...acceptFlags(command)].join(' ');
}

/** What audits a snapshot, which holds the definitions that it was given. */
export function suggestedAudit(snapshot: string): string {
  return [COMMAND, ...flag('snapshot', snapshot)].join(' ');
}

function clusterFlags(connection: ConnectionFlags): readonly string[] {
  const { kubeconfig, context, cluster, user, as, asGroup, asUid, server, token } = connection;
  return [
    ...flag('kubeconfig', kubeconfig),
    ...flag('context', context),
    ...flag('cluster', cluster),
    ...flag('user', user),
    ...flag('as', as),
    ...asGroup.flatMap((group) => flag('as-group', group)),
    ...flag('as-uid', asUid),
    ...flag('server', server),
    ...(token === undefined ? [] : ['--token=<TOKEN>']),
    ...tlsFlags(connection),
  ];
}

function tlsFlags(connection: ConnectionFlags): readonly string[] {
  const { tlsServerName, certificateAuthority, clientCertificate, clientKey, insecureSkipTlsVerify } = connection;
  return [
    ...flag('tls-server-name', tlsServerName),
    ...flag('certificate-authority', certificateAuthority),
    ...flag('client-certificate', clientCertificate),
    ...flag('client-key', clientKey),
    ...(insecureSkipTlsVerify ? ['--insecure-skip-tls-verify'] : []),
  ];
}

function subjectFlags({
  snapshot,
  filenames,
  packName,
  variables,
  clusterUid,
  withoutReleases,
}: SubjectFlags): readonly string[] {
  return [
    ...flag('snapshot', snapshot),
    ...filenames.flatMap((filename) => (filename === '-' ? ['--filename=<FILE>'] : flag('filename', filename))),
    ...flag('pack-name', packName),
    ...[...variables.keys()].map((name) => `--var=${word(name)}=<VALUE>`),
    ...flag('cluster-uid', clusterUid),
    ...(withoutReleases ? ['--without-releases'] : []),
  ];
}

/** Beside a removal only others are suggested: without the same beliefs they are judged otherwise. */
function acceptFlags(command: Command): readonly string[] {
  return command.name !== 'removal' || command.accept.length === 0 ? [] : flag('accept', command.accept.join(','));
}

/**
 * How Helm is called for the same cluster, as the same user; '' where no flag of Helm says that. A snapshot does not
 * tell by which name its cluster is known where Helm runs.
 */
export function suggestedHelm({ connection, subject }: Pick<Run, 'connection' | 'subject'>): string {
  const { kubeconfig, context, cluster, user, as, asGroup, asUid, clientCertificate, clientKey } = connection;
  if ([cluster, user, asUid, clientCertificate, clientKey].some((given) => given !== undefined)) return '';
  const flags = [
    ...flag('kubeconfig', kubeconfig),
    ...flag('kube-context', context),
    ...(subject.snapshot === undefined ? [] : ['--kube-context=<CONTEXT>']),
    ...flag('kube-as-user', as),
    ...asGroup.flatMap((group) => flag('kube-as-group', group)),
    ...helmServerFlags(connection),
  ];
  return ['helm', ...flags].join(' ');
}

function helmServerFlags(connection: ConnectionFlags): readonly string[] {
  const { server, token, tlsServerName, certificateAuthority, insecureSkipTlsVerify } = connection;
  return [
    ...flag('kube-apiserver', server),
    ...(token === undefined ? [] : ['--kube-token=<TOKEN>']),
    ...flag('kube-tls-server-name', tlsServerName),
    ...flag('kube-ca-file', certificateAuthority),
    ...(insecureSkipTlsVerify ? ['--kube-insecure-skip-tls-verify'] : []),
  ];
}

function flag(name: string, value: string | undefined): readonly string[] {
  return value === undefined ? [] : [`--${name}=${word(value)}`];
}

/** Words that mean themselves in any shell. */
const PLAIN = /^[\w@%+=:,./][\w@%+=:,./-]*$/u;

/** One word of a shell's command line. */
export function word(text: string): string {
  return PLAIN.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
