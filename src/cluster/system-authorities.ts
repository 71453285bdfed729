import { readFile } from 'node:fs/promises';
import * as tls from 'node:tls';
import type { ClusterPorts } from './options.ts';

/** Where Linux systems and BSDs keep them. Source: Go, crypto/x509/root_linux.go and root_bsd.go. */
const BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/pki/tls/cacert.pem',
  '/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem',
  '/etc/ssl/cert.pem',
  '/usr/local/share/certs/ca-root-nss.crt',
];

/** Newer releases of Node can ask macOS and Windows. */
function fromSystem(): readonly string[] | undefined {
  const ask: unknown = Reflect.get(tls, 'getCACertificates');
  if (typeof ask !== 'function') return undefined;
  const given: unknown = ask('system');
  return Array.isArray(given) && given.length > 0 ? given.map(String) : undefined;
}

async function firstReadable(paths: readonly string[]): Promise<Buffer | undefined> {
  for (const path of paths) {
    const bundle = await readFile(path).catch(() => undefined);
    if (bundle !== undefined) return bundle;
  }
  return undefined;
}

/**
 * The authorities that this system trusts, or SSL_CERT_FILE names, as kubectl trusts them where the kubeconfig names
 * none; Node would trust its own list. Undefined where none are found: then Node's list has to do.
 */
export async function systemAuthorities(env: ClusterPorts['env']): Promise<Buffer | readonly string[] | undefined> {
  if (process.platform === 'darwin' || process.platform === 'win32') return fromSystem();
  const named = env['SSL_CERT_FILE'] ?? '';
  return firstReadable(named === '' ? BUNDLES : [named]);
}
