import { UserError } from '../model/errors.ts';
import type { RequestFailure } from './failure.ts';

/** What to do about a TLS error, by how Node's reason for it begins. Not to verify is never among it. */
const TLS_REMEDIES: readonly (readonly [start: string, remedy: string])[] = [
  ['CERT_HAS_EXPIRED', "Have the server's certificate renewed, or set this machine's clock right."],
  ['CERT_NOT_YET_VALID', "Set this machine's clock right, or have the server's certificate made anew."],
  [
    'ERR_TLS_CERT_ALTNAME_INVALID',
    "Call the server by a name of its certificate, or set tls-server-name to one of the cluster's entry in the kubeconfig.",
  ],
];
const TLS_REMEDY = "Correct the cluster's certificate authority or tls-server-name in the kubeconfig.";

function tlsRemedy(reason: string): string {
  return TLS_REMEDIES.find(([start]) => reason.startsWith(start))?.[1] ?? TLS_REMEDY;
}

function proxyRemedy(reason: string): string {
  return reason.endsWith('answered 407')
    ? 'Correct the login in proxy-url of the kubeconfig, or in HTTPS_PROXY.'
    : 'Correct proxy-url in the kubeconfig, or HTTPS_PROXY, or name the server in NO_PROXY.';
}

/** Why a server cannot be asked anything: exit code 4. */
export function tellConnection(failure: RequestFailure, path: string, server: string): UserError {
  const where = `${server} (${path})`;
  const { kind, reason } = failure;
  if (kind === 'unauthorized') {
    return new UserError(`${where} does not accept the credentials: ${reason}`, 'Log in again.', 4);
  }
  if (kind === 'forbidden') {
    return new UserError(`${where} may not be read: ${reason}`, 'Ask for the role system:discovery.', 4);
  }
  if (kind === 'tls') {
    return new UserError(`The TLS connection to ${server} failed: ${reason}`, tlsRemedy(reason), 4);
  }
  const remedy =
    kind === 'proxy' ? proxyRemedy(reason) : 'Check that the context names the right cluster and that it is up.';
  return new UserError(`${where} cannot be read: ${reason}`, remedy, 4);
}
