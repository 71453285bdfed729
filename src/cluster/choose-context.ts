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

type Kind = 'context' | 'cluster' | 'user';

/** No such entry, and in which files it is not. */
function missing(content: KubeconfigContent, kind: Kind, name: string): UserError {
  const entries = content[`${kind}s`];
  return new UserError(
    `There is no ${kind} ${name} in ${content.files.join(', ') || 'any kubeconfig'}`,
    `Name one that is there: ${nearNames(name, [...entries.keys()])}.`,
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

function noContext({ files, contexts }: KubeconfigContent): UserError {
  if (files.length === 0) return new UserError('No kubeconfig was found', 'Set KUBECONFIG, or give --kubeconfig.');
  const where = files.join(', ');
  if (contexts.size === 0) return new UserError(`There is no context in ${where}`, 'Name another with --kubeconfig.');
  const remedy = `Choose one with --context: ${nearNames('', [...contexts.keys()])}.`;
  return new UserError(`There is no current-context in ${where}`, remedy);
}

/** A cluster that only the context names may be missing where --server takes its place, as in kubectl. */
function clusterOf(content: KubeconfigContent, name: string, options: ClusterOptions): ClusterEntry {
  const found = content.clusters.get(name);
  if (found !== undefined) return found;
  if (options.cluster === undefined && options.server !== undefined) {
    return { name: '', file: '', server: '', skipTLSVerify: false };
  }
  throw name === '' ? noContext(content) : missing(content, 'cluster', name);
}

function userOf(content: KubeconfigContent, name: string): UserEntry {
  if (name === '') return NOBODY;
  const found = content.users.get(name);
  if (found === undefined) throw missing(content, 'user', name);
  return found;
}

/**
 * Chooses context, cluster and user by the flags and the kubeconfig, with kubectl's precedence. Throws UserError when
 * one of them is not there, naming those that are, or when kubectl would refuse it.
 */
export function chooseTarget(content: KubeconfigContent, options: ClusterOptions): Target {
  const contextName = options.context ?? content.currentContext;
  const blank = { cluster: '', user: '', namespace: '' };
  const context = contextName === '' ? blank : content.contexts.get(contextName);
  if (context === undefined) throw missing(content, 'context', contextName);
  const cluster = clusterOf(content, options.cluster ?? context.cluster, options);
  const user = userOf(content, options.user ?? context.user);
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
