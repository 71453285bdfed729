import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAuthority, createKeyPair, type Identity } from './certificates.ts';
import { writeKubeconfig } from './kubeconfig.ts';

/** Who a client certificate makes of its bearer. */
export interface Client {
  readonly user: string;
  readonly groups?: readonly string[];
}

/** What a server on loopback needs to be trusted by this control plane: PEM texts. */
export interface ServingCertificate extends Identity {
  readonly authority: string;
}

/** Everything that proves who somebody is. */
export interface Credentials {
  /** For a server on loopback that also answers to these names. */
  readonly servingFor: (...names: readonly string[]) => Promise<ServingCertificate>;
  /** The path of the admin's kubeconfig. */
  readonly kubeconfig: string;
  /** Writes a kubeconfig `<name>.kubeconfig` for this client and returns its path. */
  readonly kubeconfigFor: (client: Client, name: string) => Promise<string>;
}

/** Writes the files that the server commands name into `folder`, and the kubeconfigs of admin and controllers. */
export async function writeCredentials(folder: string, url: string): Promise<Credentials> {
  const authority = await createAuthority();
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text, { mode: 0o600 });
  const writeIdentity = (name: string, { certificate, key }: Identity): void => {
    write(`${name}.crt`, certificate);
    write(`${name}.key`, key);
  };
  const endpoint = { url, authority: authority.certificate };
  const kubeconfigFor = async ({ user, groups }: Client, name: string): Promise<string> =>
    writeKubeconfig(join(folder, `${name}.kubeconfig`), endpoint, await authority.client(user, groups));
  const servingFor = async (...names: readonly string[]): Promise<ServingCertificate> => ({
    ...(await authority.server(['localhost', ...names], ['127.0.0.1', '10.0.0.1'])),
    authority: authority.certificate,
  });
  const [serving, frontProxy, serviceAccount, kubeconfig] = await Promise.all([
    servingFor('kubernetes.default.svc'),
    authority.client('front-proxy-client'),
    createKeyPair(),
    kubeconfigFor({ user: 'admin', groups: ['system:masters'] }, 'admin'),
    kubeconfigFor({ user: 'system:kube-controller-manager' }, 'controller-manager'),
    kubeconfigFor({ user: 'system:kube-scheduler' }, 'scheduler'),
  ]);
  write('ca.crt', authority.certificate);
  writeIdentity('serving', serving);
  writeIdentity('front-proxy-client', frontProxy);
  write('service-account.pub', serviceAccount.publicKey);
  write('service-account.key', serviceAccount.privateKey);
  return { kubeconfig, kubeconfigFor, servingFor };
}
