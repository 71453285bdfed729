import * as make from '../../real-cluster/world/objects.ts';
import type { KubeObject } from '../../real-cluster/world/objects.ts';
import { sideBySide } from '../../../src/cluster/concurrency.ts';
import { AT_ONCE, type Api } from './api.ts';
import type { RenderedChart } from './charts.ts';
import { releaseSecrets } from './releases.ts';

/** A namespace with one pack of one release, and with what others put beside it. */
export interface BenchNamespace {
  readonly name: string;
  readonly pack: string;
  readonly release: string;
  readonly rendered: RenderedChart;
  readonly status: 'deployed' | 'failed' | 'pending-upgrade';
}

const REVISIONS = 10;
const WORKLOADS = 4;

/** The first namespaces of every world, by number: the same in each. One failed, and one is being upgraded. */
export function benchNamespaces(count: number, charts: readonly RenderedChart[]): readonly BenchNamespace[] {
  return Array.from({ length: count }, (_, index) => {
    const rendered = charts[index % charts.length];
    if (rendered === undefined) throw new Error('there is no chart');
    const name = `bench-${String(index + 1).padStart(2, '0')}`;
    const pack = `${name}-pack`;
    const status = index === 3 ? 'failed' : index === 7 ? 'pending-upgrade' : 'deployed';
    return { name, pack, release: `${pack}-${rendered.chart}`, rendered, status };
  });
}

/** Makes the namespace and all that is in it, but for what controllers then make. */
export async function seedNamespace(api: Api, one: BenchNamespace): Promise<void> {
  const { name, release, rendered, status } = one;
  const objects = workloads(one);
  await api.send('POST', '/api/v1/namespaces', make.namespace(name));
  const secrets = await releaseSecrets({
    name: release,
    namespace: name,
    rendered,
    objects,
    revisions: REVISIONS,
    status,
  });
  await create(api, name, [...secrets, ...objects, ...others(one)]);
}

/** The pack's own: Helm marks what it makes. */
function workloads({ name, release }: BenchNamespace): readonly KubeObject[] {
  const marks = {
    namespace: name,
    labels: { 'app.kubernetes.io/managed-by': 'Helm', 'app.kubernetes.io/instance': release },
    annotations: { 'meta.helm.sh/release-name': release, 'meta.helm.sh/release-namespace': name },
  };
  const parts = Array.from({ length: WORKLOADS }, (_, index) => `app-${String(index)}`);
  return parts
    .flatMap((part) => [
      make.deployment(part, { replicas: 2, account: part }),
      headless(part),
      make.serviceAccount(part),
      make.configMap(part, { settings: 'x'.repeat(2000) }),
      make.secret(part),
    ])
    .map((object) => make.placed(object, marks));
}

/** Without an address, of which there are only 254. */
function headless(name: string): KubeObject {
  return make.object('v1', 'Service', name, {
    spec: { clusterIP: 'None', selector: { app: name }, ports: [{ name: 'web', port: 80, protocol: 'TCP' }] },
  });
}

/** Not the pack's own: of nobody who says so. */
function others({ name: namespace }: BenchNamespace): readonly KubeObject[] {
  const names = Array.from({ length: 5 }, (_, index) => `${namespace}-other-${String(index)}`);
  return names.flatMap((name) => [make.configMap(name, { settings: 'x'.repeat(4000) }), make.secret(name)]);
}

const PATHS: ReadonlyMap<string, string> = new Map([
  ['Deployment', '/apis/apps/v1/namespaces/NAMESPACE/deployments'],
  ['Service', '/api/v1/namespaces/NAMESPACE/services'],
  ['ServiceAccount', '/api/v1/namespaces/NAMESPACE/serviceaccounts'],
  ['ConfigMap', '/api/v1/namespaces/NAMESPACE/configmaps'],
  ['Secret', '/api/v1/namespaces/NAMESPACE/secrets'],
]);

async function create(api: Api, namespace: string, objects: readonly object[]): Promise<void> {
  await sideBySide(
    objects,
    (object) => {
      const path = PATHS.get('kind' in object ? String(object.kind) : '');
      if (path === undefined) throw new Error(`no path for ${JSON.stringify(object).slice(0, 80)}`);
      return api.send('POST', path.replace('NAMESPACE', namespace), object);
    },
    AT_ONCE,
  );
}

/** Adds so many ConfigMaps to each of these namespaces, side by side, none larger than it needs to be. */
export async function addConfigMaps(
  api: Api,
  namespaces: readonly string[],
  { count, size }: { readonly count: number; readonly size: number },
): Promise<void> {
  const data = { settings: 'x'.repeat(size) };
  const all = namespaces.flatMap((name) => Array.from({ length: count }, (_, index) => ({ name, index })));
  await sideBySide(
    all,
    ({ name, index }) =>
      api.send('POST', `/api/v1/namespaces/${name}/configmaps`, make.configMap(`filling-${String(index)}`, data)),
    AT_ONCE,
  );
}
