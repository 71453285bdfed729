import { writeFileSync } from 'node:fs';
import type { Identity } from './certificates.ts';

/** The server that a kubeconfig leads to. */
export interface Endpoint {
  readonly url: string;
  /** The PEM certificate of the authority that signed the server's. */
  readonly authority: string;
}

/** Writes a kubeconfig that only its owner may read (kubectl and Helm warn about others) and returns its path. */
export function writeKubeconfig(path: string, endpoint: Endpoint, identity: Identity): string {
  const name = 'control-plane';
  const config = {
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': name,
    clusters: [{ name, cluster: { server: endpoint.url, 'certificate-authority-data': base64(endpoint.authority) } }],
    users: [
      {
        name,
        user: { 'client-certificate-data': base64(identity.certificate), 'client-key-data': base64(identity.key) },
      },
    ],
    contexts: [{ name, context: { cluster: name, user: name } }],
  };
  // JSON is YAML.
  writeFileSync(path, JSON.stringify(config, null, 2), { mode: 0o600 });
  return path;
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
