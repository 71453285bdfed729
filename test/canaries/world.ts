import { gzipSync } from 'node:zlib';
import { stringify } from 'yaml';
import { CORE_TYPES, fakeNamespaces, fakeType } from '../support/fake-api/description.ts';
import type { FakeCluster, FakeObject } from '../support/fake-api/description.ts';
import { canary } from './canaries.ts';

const AGENT = 'cluster-69af4d3e45baa7b0b501055a';

/** The marks and free texts that any object may bear. */
function metadata(name: string, more: Readonly<Record<string, unknown>> = {}): FakeObject['metadata'] {
  return {
    name,
    namespace: 'shop',
    labels: { team: canary('free label') },
    annotations: { 'example.com/note': canary('free annotation') },
    managedFields: [
      {
        manager: 'kubectl-create',
        operation: 'Update',
        time: '2026-01-01T00:00:00Z',
        fieldsV1: { [canary('managed fields')]: {} },
      },
    ],
    ...more,
  };
}

const secret: FakeObject = {
  metadata: metadata('password', {
    annotations: {
      'kubectl.kubernetes.io/last-applied-configuration': `{"stringData":{"a":"${canary('last-applied annotation of a Secret')}"}}`,
    },
  }),
  type: 'Opaque',
  data: { password: Buffer.from(canary('Secret data')).toString('base64') },
};

function record(): string {
  const released = { apiVersion: 'v1', kind: 'Secret', metadata: { name: 'released' } };
  const manifest = stringify({ ...released, stringData: { a: canary('Secret in a release manifest') } });
  const hook = stringify({ ...released, metadata: { name: 'hook' }, stringData: { a: canary('hook of a release') } });
  const body = {
    name: 'web-web',
    namespace: 'shop',
    version: 1,
    info: { status: 'deployed', notes: canary('release notes') },
    chart: { metadata: { name: 'web', version: '1.0.0' }, values: { a: canary('chart values') } },
    config: { a: canary('release values') },
    manifest,
    hooks: [{ manifest: hook, events: ['pre-install'] }],
  };
  return Buffer.from(gzipSync(JSON.stringify(body)).toString('base64')).toString('base64');
}

const storage: FakeObject = {
  metadata: metadata('sh.helm.release.v1.web-web.v1', {
    labels: { owner: 'helm', name: 'web-web', status: 'deployed', version: '1', team: canary('free label') },
  }),
  type: 'helm.sh/release.v1',
  data: { release: record() },
};

const PACK_VALUES = stringify({
  pack: { namespace: 'shop' },
  charts: { web: { password: canary('pack values of a Pack resource') } },
  manifests: { extra: { token: canary('manifest values of a Pack resource') } },
});

const WHOLE = fakeType('widgets.example.com', 'Widget', { ignoresAccept: true });
const PACK = fakeType('packs.cluster.spectrocloud.com', 'Pack', { version: 'v1alpha1' });
const DEPLOYMENT = fakeType('deployments.apps', 'Deployment');

/** A Palette cluster with a secret at every place that the server can show. */
export const CLUSTER: FakeCluster = {
  discovery: 'aggregated',
  types: [...CORE_TYPES, WHOLE, PACK, DEPLOYMENT],
  objects: new Map<string, readonly FakeObject[]>([
    ['namespaces', fakeNamespaces('shop', AGENT)],
    ['secrets', [secret, storage]],
    ['configmaps', [{ metadata: metadata('settings'), data: { a: canary('ConfigMap data') } }]],
    [
      'deployments.apps',
      [
        {
          metadata: metadata('worker'),
          spec: {
            template: {
              spec: { containers: [{ name: 'a', env: [{ name: 'A', value: canary('env of a workload') }] }] },
            },
          },
        },
      ],
    ],
    [
      'widgets.example.com',
      [
        {
          metadata: metadata('whole', { annotations: { 'example.com/note': canary('annotation of a whole object') } }),
          spec: { password: canary('spec of a whole object') },
        },
      ],
    ],
    [
      'packs.cluster.spectrocloud.com',
      [
        {
          metadata: { name: 'web', namespace: AGENT },
          spec: {
            packRef: { layer: 'addon', type: 'spectro', version: '1.0.0', tag: '1.0.0', values: PACK_VALUES },
            charts: [{ name: 'web', version: '1.0.0' }],
          },
        },
      ],
    ],
  ]),
};

/** A profile in a file: values, a variable with a default, a manifest. */
export const PROFILE = JSON.stringify({
  metadata: { name: 'profile' },
  spec: {
    version: '1.0.0',
    variables: [{ name: 'password', defaultValue: canary('variable default of a profile') }],
    published: {
      packs: [
        {
          name: 'filed',
          type: 'spectro',
          layer: 'addon',
          version: '1.0.0',
          values: stringify({
            pack: { namespace: 'filed' },
            charts: { filed: { a: canary('values in a file'), b: '{{ .spectro.var.password }}' } },
          }),
          manifests: [
            {
              name: 'm',
              content: stringify({
                apiVersion: 'v1',
                kind: 'Secret',
                metadata: { name: 'filed' },
                stringData: { a: canary('manifest in a file') },
              }),
            },
          ],
        },
      ],
    },
  },
});

/** A profile whose line with the secret is no YAML. */
export const BROKEN_YAML = `pack:\n  namespace: shop\n  password: "${canary('broken line of a YAML file')}" oops: [\n`;
