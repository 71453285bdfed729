import { X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createSecureContext } from 'node:tls';
import { UserError } from '../model/errors.ts';
import { entryText } from './check-entries.ts';
import type { ClusterEntry, UserEntry } from './kubeconfig.ts';
import { errorCode } from './plain-text.ts';

/** Where a field's value comes from: inline base64, or a file. */
interface Source {
  readonly data: string | undefined;
  readonly file: string | undefined;
  /** The entry, as errors name it, and the field. */
  readonly where: string;
  readonly field: string;
}

const CORRECT = 'Correct the kubeconfig or the flag.';

/** Go's decoder takes line breaks, and nothing else that is not base64; Node's would skip anything. */
function decoded(data: string, { where, field }: Source): Buffer {
  const packed = data.replaceAll(/[\r\n]/g, '');
  if (packed.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(packed)) return Buffer.from(packed, 'base64');
  throw new UserError(`${where}: its ${field}-data is not base64`, CORRECT);
}

async function contentOf(source: Source): Promise<Buffer | undefined> {
  if (source.data !== undefined) return decoded(source.data, source);
  if (source.file === undefined) return undefined;
  try {
    return await readFile(source.file);
  } catch (error) {
    const reason = errorCode(error) === 'ENOENT' ? 'there is no such file' : errorCode(error);
    throw new UserError(`${source.where}: its ${source.field} ${source.file} cannot be read: ${reason}`, CORRECT);
  }
}

const CERTIFICATE = /-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g;

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).raw.length > 0;
  } catch {
    return false;
  }
}

/**
 * The certificates that vouch for the server, PEM; undefined when the cluster names none. Throws UserError when they
 * cannot be read, or when there is none in them: Node would pass that over and trust the public ones.
 */
export async function readAuthority(cluster: ClusterEntry): Promise<Buffer | undefined> {
  const where = entryText('cluster', cluster);
  const field = 'certificate-authority';
  const authority = await contentOf({ data: cluster.caData, file: cluster.caFile, where, field });
  if (authority === undefined) return undefined;
  const certificates = authority.toString('latin1').match(CERTIFICATE) ?? [];
  if (certificates.some(isCertificate)) return authority;
  throw new UserError(`${where}: its ${field} holds no certificate`, CORRECT);
}

/** A client certificate and its key, PEM. */
export interface ClientCertificate {
  readonly certificate: Buffer;
  readonly key: Buffer;
}

/** The user's client certificate; undefined when it has none. Throws UserError when it cannot be used. */
export async function readClientCertificate(user: UserEntry): Promise<ClientCertificate | undefined> {
  const where = entryText('user', user);
  const certificate = await contentOf({ data: user.certData, file: user.certFile, where, field: 'client-certificate' });
  if (certificate === undefined) return undefined;
  const key = await contentOf({ data: user.keyData, file: user.keyFile, where, field: 'client-key' });
  try {
    createSecureContext({ cert: certificate, key });
  } catch {
    throw new UserError(`${where}: its client-certificate and client-key cannot be used together`, CORRECT);
  }
  return key === undefined ? undefined : { certificate, key };
}
