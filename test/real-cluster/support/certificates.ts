import { generateKeyPair, randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import forge from 'node-forge';

const newKeyPair = promisify(generateKeyPair);

/** A PEM certificate and its PEM key. */
export interface Identity {
  readonly certificate: string;
  readonly key: string;
}

/** Signs for one control plane; its own key is never written to a file. */
export interface Authority {
  /** The authority's own certificate, PEM. */
  readonly certificate: string;
  /** A client: `user` is who Kubernetes takes it for, `groups` what it belongs to. */
  readonly client: (user: string, groups?: readonly string[]) => Promise<Identity>;
  /** A server that answers to these DNS names and IP addresses, for a day or until `end`. */
  readonly server: (names: readonly string[], addresses: readonly string[], end?: Date) => Promise<Identity>;
}

/** An RSA key pair, PEM: what the service account tokens are signed with. */
export async function createKeyPair(): Promise<{ readonly publicKey: string; readonly privateKey: string }> {
  return newKeyPair('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  });
}

/** A new authority, good for a day: a control plane never lives longer. */
export async function createAuthority(): Promise<Authority> {
  const subject = [nameField('commonName', 'kubectl-palette-audit test authority')];
  const pair = await createKeyPair();
  const signer = forge.pki.privateKeyFromPem(pair.privateKey);
  const sign = (request: CertificateRequest): string => signCertificate({ ...request, issuer: subject, signer });
  const issue = async (name: Name[], extensions: Extension[], end?: Date): Promise<Identity> => {
    const { publicKey, privateKey } = await createKeyPair();
    return { certificate: sign({ subject: name, publicKey, extensions, end }), key: privateKey };
  };
  return {
    certificate: sign({ subject, publicKey: pair.publicKey, extensions: AUTHORITY_EXTENSIONS }),
    client: (user, groups = []) =>
      issue(
        [...groups.map((group) => nameField('organizationName', group)), nameField('commonName', user)],
        [...LEAF_EXTENSIONS, { name: 'extKeyUsage', clientAuth: true }],
      ),
    server: (names, addresses, end) =>
      issue(
        [nameField('commonName', names[0] ?? 'localhost')],
        [
          ...LEAF_EXTENSIONS,
          { name: 'extKeyUsage', serverAuth: true },
          { name: 'subjectAltName', altNames: [...names.map(dnsName), ...addresses.map(ipAddress)] },
        ],
        end,
      ),
  };
}

type Name = forge.pki.CertificateField;
type Extension = Readonly<Record<string, unknown>>;

interface CertificateRequest {
  readonly subject: Name[];
  readonly publicKey: string;
  readonly extensions: Extension[];
  readonly end?: Date | undefined;
}

const AUTHORITY_EXTENSIONS: Extension[] = [
  { name: 'basicConstraints', cA: true, critical: true },
  { name: 'keyUsage', keyCertSign: true, digitalSignature: true, critical: true },
  { name: 'subjectKeyIdentifier' },
];

const LEAF_EXTENSIONS: Extension[] = [
  { name: 'basicConstraints', cA: false, critical: true },
  { name: 'keyUsage', digitalSignature: true, keyEncipherment: true, critical: true },
];

const HOUR = 60 * 60 * 1000;

function signCertificate(
  request: CertificateRequest & { readonly issuer: Name[]; readonly signer: forge.pki.rsa.PrivateKey },
): string {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.publicKeyFromPem(request.publicKey);
  // A first byte of 01 keeps the serial number positive and in its shortest form: Go refuses a needless zero byte.
  certificate.serialNumber = `01${randomBytes(16).toString('hex')}`;
  const end = request.end?.getTime() ?? Date.now() + 24 * HOUR;
  certificate.validity.notBefore = new Date(Math.min(Date.now(), end) - HOUR);
  certificate.validity.notAfter = new Date(end);
  certificate.setSubject(request.subject);
  certificate.setIssuer(request.issuer);
  certificate.setExtensions([...request.extensions]);
  certificate.sign(request.signer, forge.md.sha256.create());
  return forge.pki.certificateToPem(certificate);
}

/** Go refuses an `@` and much else in the string type that is the default here. */
function nameField(name: string, value: string): Name {
  const utf8: number = forge.asn1.Type.UTF8;
  // oxlint-disable-next-line typescript/no-unsafe-enum-assignment -- the typings call the ASN.1 type its class
  return { name, value, valueTagClass: utf8 };
}

// The type numbers are those of a GeneralName in RFC 5280.
const dnsName = (value: string) => ({ type: 2, value });
const ipAddress = (ip: string) => ({ type: 7, ip });
