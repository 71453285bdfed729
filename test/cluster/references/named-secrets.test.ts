import { describeDecoders } from './taken.ts';

const ISSUERS = 'clusterissuers.cert-manager.io';
const STORES = 'clustersecretstores.external-secrets.io';

describeDecoders('references to Secrets', [
  {
    says: 'an ACME issuer names its account key and the tokens of its solvers',
    type: ISSUERS,
    object: {
      spec: {
        acme: {
          email: 'CANARY',
          server: 'https://acme.example.com',
          privateKeySecretRef: { name: 'account' },
          solvers: [
            { dns01: { cloudflare: { apiTokenSecretRef: { name: 'token', key: 'CANARY' } } } },
            { dns01: { route53: { secretAccessKeySecretRef: { name: 'aws' }, region: 'CANARY' } } },
          ],
        },
      },
    },
    found: ['issuer-secret /Secret /account', 'issuer-secret /Secret /token', 'issuer-secret /Secret /aws'],
  },
  {
    says: 'an issuer of its own authority names its Secret',
    type: ISSUERS,
    object: { spec: { ca: { secretName: 'root-ca' } } },
    found: ['issuer-secret /Secret /root-ca'],
  },
  {
    says: 'an issuer that logs in to Vault names the Secret it does so with',
    type: ISSUERS,
    object: { spec: { vault: { path: 'CANARY', auth: { appRole: { roleId: 'CANARY', secretRef: { name: 'v' } } } } } },
    found: ['issuer-secret /Secret /v'],
  },
  { says: 'a self-signed issuer names none', type: ISSUERS, object: { spec: { selfSigned: {} } }, found: [] },
  {
    says: 'a store names the Secrets and accounts it logs in with',
    type: STORES,
    object: {
      spec: {
        provider: {
          aws: {
            service: 'SecretsManager',
            auth: {
              secretRef: {
                accessKeyIDSecretRef: { name: 'aws', namespace: 'vault', key: 'CANARY' },
                secretAccessKeySecretRef: { name: 'aws-secret', namespace: 'vault', key: 'CANARY' },
              },
            },
          },
          vault: {
            caProvider: { type: 'ConfigMap', name: 'ca', namespace: 'vault', key: 'CANARY' },
            auth: { kubernetes: { role: 'CANARY', serviceAccountRef: { name: 'eso', namespace: 'eso' } } },
          },
        },
      },
    },
    found: [
      'store-secret /Secret vault/aws',
      'store-secret /Secret vault/aws-secret',
      'store-secret /ConfigMap vault/ca',
      'store-secret /ServiceAccount eso/eso',
    ],
  },
  {
    says: 'what a store does not say the namespace of is looked for where it is used',
    type: STORES,
    object: { spec: { provider: { gitlab: { auth: { SecretRef: { accessToken: { name: 'x' } } } } } } },
    found: [],
  },
]);
