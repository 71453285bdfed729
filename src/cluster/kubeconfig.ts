import { dirname, isAbsolute, join } from 'node:path';
import { KubeConfig } from '@kubernetes/client-node';
import type { Cluster, User } from '@kubernetes/client-node';
import { UserError } from '../model/errors.ts';
import { at, isRecord, listAt } from './json.ts';
import type { JsonRecord } from './json.ts';
import { errorText } from './plain-text.ts';
import { typedDocument } from './yaml-documents.ts';

/** A cluster entry of a kubeconfig; file paths are absolute or relative to the working directory. */
export interface ClusterEntry {
  readonly name: string;
  /** The kubeconfig it stands in; '' when flags alone name the cluster. */
  readonly file: string;
  /** '' when the entry has none. */
  readonly server: string;
  readonly caData?: string | undefined;
  readonly caFile?: string | undefined;
  readonly tlsServerName?: string | undefined;
  readonly skipTLSVerify: boolean;
  readonly proxyUrl?: string | undefined;
  /** What the cluster's extension `client.authentication.k8s.io/exec` holds, for exec plugins. */
  readonly execExtension?: unknown;
}

/** A user entry; `file` is its kubeconfig, against whose folder an exec plugin's command is resolved. */
export interface UserEntry {
  readonly name: string;
  readonly file: string;
  readonly certData?: string | undefined;
  readonly certFile?: string | undefined;
  readonly keyData?: string | undefined;
  readonly keyFile?: string | undefined;
  readonly token?: string | undefined;
  readonly tokenFile?: string | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly exec?: unknown;
  readonly authProvider?: unknown;
  readonly as?: string | undefined;
  readonly asUid?: string | undefined;
  readonly asGroups: readonly string[];
  readonly asExtra: ReadonlyMap<string, readonly string[]>;
}

/** A context entry; `cluster`, `user` and `namespace` are '' when it names none. */
interface ContextEntry {
  readonly name: string;
  readonly cluster: string;
  readonly user: string;
  readonly namespace: string;
}

/** One kubeconfig, or several merged. */
export interface KubeconfigContent {
  /** The files that were read. */
  readonly files: readonly string[];
  readonly currentContext: string;
  readonly clusters: ReadonlyMap<string, ClusterEntry>;
  readonly users: ReadonlyMap<string, UserEntry>;
  readonly contexts: ReadonlyMap<string, ContextEntry>;
}

/** The extension that kubectl hands to exec plugins. Source: client-go, tools/clientcmd/client_config.go. */
const EXEC_EXTENSION = 'client.authentication.k8s.io/exec';

/** A text, or undefined for none. kubectl, too, refuses a number where a text belongs: it may be written otherwise. */
function text(value: unknown, field: string): string | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  if (typeof value === 'string') return value;
  throw new Error(`its ${field} is not a text`);
}

/** Fields, or undefined for none. A text where fields belong would leave a user without what it logs in with. */
function fields(value: unknown, field: string): JsonRecord | undefined {
  if (value === undefined || value === null) return undefined;
  if (isRecord(value)) return value;
  throw new Error(`its ${field} holds no fields`);
}

function texts(value: unknown, field: string): readonly string[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new Error(`its ${field} is not a list`);
  return value.map((entry) => text(entry, field) ?? '');
}

/** The entries of a list by name. Of two with one name in one file kubectl refuses the file: either may be meant. */
function entriesOf(document: unknown, kind: string): ReadonlyMap<string, unknown> {
  const entries = new Map<string, unknown>();
  for (const entry of listAt(document, kind)) {
    const name = text(at(entry, 'name'), `${kind}[].name`);
    if (name === undefined) continue;
    if (entries.has(name)) throw new Error(`its ${kind} have two entries named ${name}`);
    fields(at(entry, kind.slice(0, -1)), `${kind}[].${kind.slice(0, -1)}`);
    entries.set(name, entry);
  }
  return entries;
}

function clusterOf(read: Cluster, entry: unknown, file: string): ClusterEntry {
  const extension = listAt(entry, 'cluster', 'extensions').find((one) => at(one, 'name') === EXEC_EXTENSION);
  const skip = at(entry, 'cluster', 'insecure-skip-tls-verify') ?? false;
  if (typeof skip !== 'boolean') throw new Error('its insecure-skip-tls-verify is neither true nor false');
  return {
    name: read.name,
    file,
    server: text(at(entry, 'cluster', 'server'), 'server') ?? '',
    caData: text(read.caData, 'certificate-authority-data'),
    caFile: text(read.caFile, 'certificate-authority'),
    tlsServerName: text(read.tlsServerName, 'tls-server-name'),
    skipTLSVerify: skip,
    proxyUrl: text(read.proxyUrl, 'proxy-url'),
    execExtension: at(extension, 'extension'),
  };
}

/** The library drops a cluster without a server, which a flag may give. */
function clustersOf(config: KubeConfig, document: unknown, file: string): readonly ClusterEntry[] {
  return [...entriesOf(document, 'clusters')].map(([name, entry]) => {
    const read = config.clusters.find((cluster) => cluster.name === name);
    return read === undefined ? { name, file, server: '', skipTLSVerify: false } : clusterOf(read, entry, file);
  });
}

/** What the library drops or reads otherwise than kubectl is read from `entry`: it makes another identity. */
function userOf(read: User, entry: unknown, file: string): UserEntry {
  const own = (field: string): unknown => at(entry, 'user', field);
  const tokenFile = text(own('tokenFile'), 'tokenFile');
  const extras = Object.entries(fields(own('as-user-extra'), 'as-user-extra') ?? {});
  return {
    name: read.name,
    file,
    certData: text(read.certData, 'client-certificate-data'),
    certFile: text(read.certFile, 'client-certificate'),
    keyData: text(read.keyData, 'client-key-data'),
    keyFile: text(read.keyFile, 'client-key'),
    token: text(own('token'), 'token'),
    tokenFile: tokenFile === undefined || isAbsolute(tokenFile) ? tokenFile : join(dirname(file), tokenFile),
    username: text(read.username, 'username'),
    password: text(read.password, 'password'),
    exec: fields(own('exec'), 'exec'),
    authProvider: fields(own('auth-provider'), 'auth-provider'),
    as: text(own('as'), 'as'),
    asUid: text(own('as-uid'), 'as-uid'),
    asGroups: texts(own('as-groups'), 'as-groups'),
    asExtra: new Map(extras.map(([key, values]) => [key, texts(values, 'as-user-extra')])),
  };
}

function usersOf(config: KubeConfig, document: unknown, file: string): readonly UserEntry[] {
  const entries = entriesOf(document, 'users');
  return config.users.map((user) => userOf(user, entries.get(user.name), file));
}

function contextsOf(document: unknown): readonly ContextEntry[] {
  return [...entriesOf(document, 'contexts')].map(([name, entry]) => ({
    name,
    cluster: text(at(entry, 'context', 'cluster'), 'context.cluster') ?? '',
    user: text(at(entry, 'context', 'user'), 'context.user') ?? '',
    namespace: text(at(entry, 'context', 'namespace'), 'context.namespace') ?? '',
  }));
}

function byName<Entry extends { readonly name: string }>(entries: readonly Entry[]): ReadonlyMap<string, Entry> {
  const found = new Map<string, Entry>();
  for (const entry of entries) if (!found.has(entry.name)) found.set(entry.name, entry);
  return found;
}

function contentOf(kubeconfig: string, file: string): KubeconfigContent {
  const document = typedDocument(kubeconfig) ?? {};
  if (!isRecord(document)) throw new Error('it holds no fields');
  const config = new KubeConfig();
  config.loadFromString(Object.keys(document).length === 0 ? '{}' : kubeconfig, { onInvalidEntry: 'filter' });
  config.makePathsAbsolute(dirname(file));
  return {
    files: [file],
    currentContext: text(document['current-context'], 'current-context') ?? '',
    clusters: byName(clustersOf(config, document, file)),
    users: byName(usersOf(config, document, file)),
    contexts: byName(contextsOf(document)),
  };
}

/** Reasons of our own and of the YAML parser are fit to be shown; the library's might quote the file. */
const OWN_REASON = /^(not YAML|it |its )/;

/**
 * Reads the text of the kubeconfig at `path`. Throws UserError when it is none, or when kubectl would refuse it; the
 * message never quotes a value of it.
 */
export function parseKubeconfig(kubeconfig: string, path: string): KubeconfigContent {
  try {
    if (kubeconfig.includes('\0')) throw new Error('not YAML: it is binary');
    return contentOf(kubeconfig, path);
  } catch (error) {
    const reason = OWN_REASON.test(errorText(error)) ? errorText(error) : 'it has not the form of one';
    throw new UserError(`${path} cannot be read as a kubeconfig: ${reason}`, 'Correct the file, or name another one.');
  }
}

/** Merges as kubectl does: of entries with one name, and of current contexts, the first wins. */
export function mergeKubeconfigs(contents: readonly KubeconfigContent[]): KubeconfigContent {
  return {
    files: contents.flatMap(({ files }) => files),
    currentContext: contents.map(({ currentContext }) => currentContext).find((name) => name !== '') ?? '',
    clusters: byName(contents.flatMap(({ clusters }) => [...clusters.values()])),
    users: byName(contents.flatMap(({ users }) => [...users.values()])),
    contexts: byName(contents.flatMap(({ contexts }) => [...contexts.values()])),
  };
}
