import { UserError } from '../model/errors.ts';
import { parseExec } from './exec-config.ts';
import { isRecord } from './json.ts';
import type { ClusterEntry, UserEntry } from './kubeconfig.ts';
import { plainText } from './plain-text.ts';

/** An entry as errors name it: which one, and in which file. */
export function entryText(kind: 'cluster' | 'user', { name, file }: Pick<ClusterEntry, 'name' | 'file'>): string {
  const entry = name === '' ? `The ${kind} of the flags` : `${kind === 'user' ? 'User' : 'Cluster'} ${plainText(name)}`;
  return file === '' ? entry : `${entry} of ${plainText(file)}`;
}

function refuse(where: string, what: string, remedy: string): never {
  throw new UserError(`${where} ${what}`, remedy);
}

/** Refuses fields of which kubectl allows one, if several are there. */
function refuseSeveral(where: string, fields: Readonly<Record<string, unknown>>): void {
  const given = Object.keys(fields).filter((name) => fields[name] !== undefined);
  if (given.length > 1) refuse(where, `has both ${given.join(' and ')}`, 'Leave one of them out.');
}

/** Refuses what kubectl refuses. Source: client-go, tools/clientcmd/validation.go and transport/transport.go. */
export function checkCluster(cluster: ClusterEntry): void {
  const where = entryText('cluster', cluster);
  const { server, caData, caFile, skipTLSVerify } = cluster;
  if (server === '') refuse(where, 'has no server', 'Add its server, or give --server.');
  refuseSeveral(where, { 'certificate-authority': caFile, 'certificate-authority-data': caData });
  if (skipTLSVerify && (caData ?? caFile) !== undefined) {
    const what = 'has both a certificate authority and insecure-skip-tls-verify';
    refuse(where, what, 'Leave out insecure-skip-tls-verify.');
  }
}

function checkCertificate(where: string, { certData, certFile, keyData, keyFile }: UserEntry): void {
  if ((certData ?? certFile) === undefined) return;
  refuseSeveral(where, { 'client-certificate': certFile, 'client-certificate-data': certData });
  refuseSeveral(where, { 'client-key': keyFile, 'client-key-data': keyData });
  if ((keyData ?? keyFile) === undefined)
    refuse(where, 'has a client certificate and no client key', 'Add client-key.');
}

/** Refuses what kubectl refuses, so that nobody else than kubectl's user is asked for. */
export function checkUser(user: UserEntry): void {
  const where = entryText('user', user);
  const { token, username, password, exec, authProvider } = user;
  refuseSeveral(where, { token, 'username or password': username ?? password });
  refuseSeveral(where, { exec, 'auth-provider': authProvider });
  checkCertificate(where, user);
  if (isRecord(exec)) parseExec(user);
  if (user.as === undefined && (user.asGroups.length > 0 || user.asUid !== undefined || user.asExtra.size > 0)) {
    refuse(where, 'is to impersonate groups, a UID or extra fields, but no user', 'Add --as USER.');
  }
}
