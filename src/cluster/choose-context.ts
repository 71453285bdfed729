import { UserError } from '../model/errors.ts';
import { checkCluster, checkUser } from './check-entries.ts';
import type { ClusterEntry, KubeconfigContent, UserEntry } from './kubeconfig.ts';
import { nearNames } from './near-names.ts';
import type { ClusterOptions } from './options.ts';

/** Which cluster is asked, as whom. */
export interface Target {
  readonly context: string;
  readonly cluster: ClusterEntry;
  readonly user: UserEntry;
  /** The context's namespace; '' when it names none. */
  readonly namespace: string;
}

const NOBODY: UserEntry = { name: '', file: '', asGroups: [], asExtra: new Map() };

function named<Entry>(kind: string, name: string, entries: ReadonlyMap<string, Entry>): Entry {
  const found = entries.get(name);
  if (found !== undefined) return found;
  throw new UserError(
    `The kubeconfig has no ${kind} ${name}`,
    `Name one it has: ${nearNames(name, [...entries.keys()])}.`,
  );
}

/** Flags replace what the entry says; a CA or skip flag replaces both, a server flag also the TLS name. */
function overriddenCluster(cluster: ClusterEntry, options: ClusterOptions): ClusterEntry {
  let result = cluster;
  if (options.certificateAuthority !== undefined || options.insecureSkipTlsVerify) {
    const caFile = options.certificateAuthority;
    result = { ...result, caData: undefined, caFile, skipTLSVerify: options.insecureSkipTlsVerify };
  }
  if (options.server !== undefined) result = { ...result, server: options.server, tlsServerName: undefined };
  if (options.tlsServerName !== undefined) result = { ...result, tlsServerName: options.tlsServerName };
  return result;
}

function overriddenUser(user: UserEntry, options: ClusterOptions): UserEntry {
  let result = user;
  if (options.token !== undefined) result = { ...result, token: options.token };
  if (options.clientCertificate !== undefined) {
    result = { ...result, certData: undefined, certFile: options.clientCertificate };
  }
  if (options.clientKey !== undefined) result = { ...result, keyData: undefined, keyFile: options.clientKey };
  if (options.as !== undefined) result = { ...result, as: options.as };
  if (options.asUid !== undefined) result = { ...result, asUid: options.asUid };
  if (options.asGroup.length > 0) result = { ...result, asGroups: options.asGroup };
  return result;
}

function clusterOf(content: KubeconfigContent, name: string, options: ClusterOptions): ClusterEntry {
  if (name !== '') return named('cluster', name, content.clusters);
  if (options.server !== undefined) return { name: '', file: '', server: '', skipTLSVerify: false };
  throw new UserError(
    content.contexts.size === 0 ? 'No kubeconfig was found' : 'The kubeconfig has no current context',
    content.contexts.size === 0
      ? 'Set KUBECONFIG, or name a file with --kubeconfig.'
      : `Choose one with --context: ${nearNames('', [...content.contexts.keys()])}.`,
  );
}

/**
 * Chooses context, cluster and user by the flags and the kubeconfig, with kubectl's precedence. Throws UserError when
 * one of them is not there, naming those that are, or when kubectl would refuse it.
 */
export function chooseTarget(content: KubeconfigContent, options: ClusterOptions): Target {
  const contextName = options.context ?? content.currentContext;
  const blank = { cluster: '', user: '', namespace: '' };
  const context = contextName === '' ? blank : named('context', contextName, content.contexts);
  const cluster = clusterOf(content, options.cluster ?? context.cluster, options);
  const userName = options.user ?? context.user;
  const user = userName === '' ? NOBODY : named('user', userName, content.users);
  const target: Target = {
    context: contextName,
    cluster: overriddenCluster(cluster, options),
    user: overriddenUser(user, options),
    namespace: context.namespace,
  };
  checkCluster(target.cluster);
  checkUser(target.user);
  return target;
}
