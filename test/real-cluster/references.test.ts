import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureAssets } from '../../scripts/assets/ensure-assets.ts';
import { run } from '../../src/cli/run.ts';
import { isRecord } from '../../src/cluster/json.ts';
import { openCluster } from '../../src/cluster/open.ts';
import { DEFAULT_LIMITS } from '../../src/cluster/options.ts';
import { decodeSnapshot, encodeSnapshot } from '../../src/cluster/snapshot.ts';
import type { Inventory } from '../../src/model/inventory.ts';
import { typeName } from '../../src/model/resource.ts';
import { optionsFor, portsFor } from '../support/fake-api/reading.ts';
import { startControlPlane, type ControlPlane } from './support/control-plane.ts';
import * as make from './world/objects.ts';
import { must } from './world/palette.ts';

const HOOK = { service: { namespace: 'guard', name: 'hook', path: '/x' } };

const WEBHOOK = make.object('admissionregistration.k8s.io/v1', 'ValidatingWebhookConfiguration', 'guard', {
  webhooks: [
    {
      name: 'v.guard.example.com',
      admissionReviewVersions: ['v1'],
      sideEffects: 'None',
      clientConfig: HOOK,
      namespaceSelector: { matchLabels: { tier: 'data' } },
      rules: [
        { apiGroups: ['x.example.com'], apiVersions: ['v1'], operations: ['CREATE', 'DELETE'], resources: ['xs'] },
      ],
    },
  ],
});

const API = make.object('apiregistration.k8s.io/v1', 'APIService', 'v1.gone.example.com', {
  spec: {
    group: 'gone.example.com',
    version: 'v1',
    groupPriorityMinimum: 100,
    versionPriority: 10,
    service: { namespace: 'guard', name: 'gone' },
    insecureSkipTLSVerify: true,
  },
});

function convertingType() {
  const type = make.customType('example.com', 'Board', 'boards');
  const conversion = {
    strategy: 'Webhook',
    webhook: { clientConfig: HOOK, conversionReviewVersions: ['v1'] },
  };
  const spec = type['spec'];
  return { ...type, spec: { ...(isRecord(spec) ? spec : {}), conversion } };
}

const POLICY = make.placed(
  make.object('networking.k8s.io/v1', 'NetworkPolicy', 'from-data', {
    spec: {
      podSelector: {},
      ingress: [{ from: [{ namespaceSelector: { matchLabels: { tier: 'data' } } }] }],
      egress: [{ to: [{ namespaceSelector: {} }] }],
    },
  }),
  { namespace: 'shop' },
);

const INGRESS_CLASS = make.object('networking.k8s.io/v1', 'IngressClass', 'edge', {
  spec: { controller: 'example.com/edge' },
});

const INGRESS = make.placed(
  make.object('networking.k8s.io/v1', 'Ingress', 'web', {
    spec: {
      ingressClassName: 'edge',
      rules: [{ host: 'shop.example.com' }],
      defaultBackend: { service: { name: 'web', port: { number: 80 } } },
    },
  }),
  { namespace: 'shop' },
);

const BINDING = make.object('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', 'guard', {
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'view' },
  subjects: [{ kind: 'ServiceAccount', name: 'guard', namespace: 'guard' }],
});

const CLASS = make.object('storage.k8s.io/v1', 'StorageClass', 'engine', { provisioner: 'engine.example.com' });

/** Says in its environment whom it calls, and a secret beside. */
function talking() {
  const template = {
    metadata: { labels: { app: 'web' } },
    spec: {
      priorityClassName: 'system-cluster-critical',
      containers: [
        {
          name: 'web',
          image: 'web:1',
          args: ['--driver=engine.example.com'],
          env: [{ name: 'STORE', value: `redis://:${make.CANARY}@db.data.svc.cluster.local:6379` }],
        },
      ],
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'claim' } }],
    },
  };
  const spec = { replicas: 1, selector: { matchLabels: { app: 'web' } }, template };
  return make.placed(make.object('apps/v1', 'Deployment', 'web', { spec }), { namespace: 'shop' });
}

function within(namespace: string, ...objects: readonly make.KubeObject[]): readonly make.KubeObject[] {
  return objects.map((one) => make.placed(one, { namespace }));
}

async function build(plane: ControlPlane): Promise<void> {
  await plane.apply(
    make.namespace('shop'),
    make.namespace('guard'),
    make.namespace('data', { tier: 'data' }),
    ...within('data', make.service('db')),
    ...within('guard', make.service('hook'), make.daemonSet('agent')),
    ...within('shop', make.volumeClaim('claim', '1Gi')),
    make.volume('volume', '1Gi', { claimRef: { namespace: 'shop', name: 'claim' } }),
    API,
    BINDING,
    CLASS,
    INGRESS_CLASS,
    INGRESS,
    POLICY,
    WEBHOOK,
    convertingType(),
    talking(),
  );
  const rollout = ['rollout', 'status', '--timeout=60s'];
  await must(plane.kubectl, ...rollout, 'deployment/web', '--namespace=shop');
  await must(plane.kubectl, ...rollout, 'daemonset/agent', '--namespace=guard');
}

/** The program in this process, with this kubeconfig and nothing else of the environment. */
async function program(kubeconfig: string, ...argv: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await run(argv, {
    env: { KUBECONFIG: kubeconfig },
    stdout: (text) => out.push(text),
    stderr: (text) => err.push(text),
    readStdin: () => Promise.resolve(new Uint8Array()),
    now: () => Date.UTC(2026, 5, 1),
    stdoutIsTerminal: false,
    runtime: { node: 'v20.19.0', platform: 'linux/amd64' },
    stderrIsTerminal: false,
    signal: new AbortController().signal,
  });
  return { code, stdout: out.join(''), stderr: err.join('') };
}

async function readAll(kubeconfig: string): Promise<Inventory> {
  const reader = await openCluster({ ...optionsFor(undefined), kubeconfig }, portsFor({}, DEFAULT_LIMITS).ports);
  return reader.readInventory({
    scope: [],
    wholeCluster: true,
    references: true,
    declaredLabelKeys: new Set(),
    declaredAnnotationKeys: new Set(),
  });
}

const OURS: ReadonlySet<string> = new Set(['shop', 'guard', 'data']);

/** The references that touch these namespaces, without UIDs. */
function told({ references = [] }: Inventory): readonly string[] {
  return references
    .filter(({ from, to }) => [from.namespace, to.namespace, to.name].some((name) => OURS.has(name)))
    .filter(({ kind }) => kind !== 'cluster-address')
    .map(({ kind, from, to, facts }) => {
      const said = [...facts].filter(([key]) => key !== 'uid').map(([key, text]) => ` ${key}=${text}`);
      return `${kind} ${from.namespace}/${from.kind}/${from.name} > ${to.namespace}/${to.kind}/${to.name}${said.join('')}`;
    });
}

function states({ coverage }: Inventory) {
  return coverage.map(({ resource, scope, state }) => [resource, scope, state]);
}

describe('references in a real cluster', () => {
  let plane: ControlPlane;
  let inventory: Inventory;

  before(async () => {
    plane = await startControlPlane({ assets: await ensureAssets() });
    await build(plane);
    inventory = await readAll(plane.kubeconfig);
  });
  after(() => plane.stop());

  it('are read from the objects as the server holds them', () => {
    assert.deepEqual(told(inventory), [
      'address shop/Ingress/web > shop/Ingress/web hosts=shop.example.com',
      'api-service /APIService/v1.gone.example.com > guard/Service/gone group=gone.example.com version=v1 available=False reason=ServiceNotFound',
      'class shop/Deployment/web > /PriorityClass/system-cluster-critical',
      'class shop/Ingress/web > /IngressClass/edge',
      'class shop/PersistentVolumeClaim/claim > /StorageClass/standard',
      'conversion-webhook /CustomResourceDefinition/boards.example.com > guard/Service/hook kind=Board',
      'driver-mention shop/Deployment/web > /CSIDriver/engine.example.com',
      'mention shop/Deployment/web > data/Service/db in=environment',
      'mount shop/Deployment/web > shop/PersistentVolumeClaim/claim',
      'network-peer shop/NetworkPolicy/from-data > /Namespace/data direction=ingress',
      'subject /ClusterRoleBinding/guard > guard/ServiceAccount/guard role=ClusterRole/view',
      'volume-claim /PersistentVolume/volume > shop/PersistentVolumeClaim/claim reclaimPolicy=Delete driver=hostPath capacity=1Gi storageClass=standard',
      'webhook /ValidatingWebhookConfiguration/guard > guard/Service/hook webhook=v.guard.example.com failurePolicy=Fail operations=CREATE, DELETE resources=xs.x.example.com narrowed=yes',
    ]);
    const others = new Set(inventory.references?.map(({ kind, from, to }) => `${kind} ${from.name} ${to.name}`));
    assert.ok(others.has('provisioner engine engine.example.com'));
    assert.ok(others.has('class-controller edge edge'));
    assert.ok(others.has('cluster-address db db'));
  });

  it('are covered for every referring type that the server has', () => {
    const covered = inventory.coverage.filter(({ resource }) => resource.startsWith('references/'));
    assert.deepEqual(
      covered.filter(({ state }) => state !== 'complete'),
      [],
    );
    assert.ok(covered.length >= 20, String(covered.length));
  });

  it('come back from a snapshot, which holds nothing of what workloads are told', () => {
    const text = encodeSnapshot({ inventory, definitions: [], palette: { served: false, agentNamespace: undefined } });
    assert.ok(!text.includes(make.CANARY));
    assert.deepEqual(decodeSnapshot(text, 's.json').inventory.references, inventory.references);
  });

  it('are complete in a snapshot by a user who has just the rights that rbac prints for removals', async () => {
    const { code, stdout, stderr } = await program(plane.kubeconfig, 'rbac', '--removal');
    assert.equal(code, 3, stderr);
    assert.match(stdout, /MISSING.*gone\.example\.com/);
    const path = join(plane.folder, 'rights.yaml');
    writeFileSync(path, stdout);
    await must(plane.kubectl, 'apply', `--filename=${path}`);
    const binding = ['create', 'clusterrolebinding', 'remover', '--clusterrole=palette-audit', '--user=remover'];
    await must(plane.kubectl, ...binding);
    const kubeconfig = await plane.clientFor({ user: 'remover' });
    await plane.waitFor('the rights count', async () => {
      const { coverage } = await readAll(kubeconfig);
      return coverage.every(({ state }) => state !== 'forbidden');
    });
    const theirs = await readAll(kubeconfig);
    assert.deepEqual(theirs.references, inventory.references);
    assert.deepEqual(states(theirs), states(inventory));
  });

  it('stand beside the facts that printer columns tell', () => {
    const facts = (type: string, name?: string) =>
      inventory.objects.find((one) => typeName(one.type) === type && (name ?? one.name) === one.name)?.facts;
    assert.deepEqual(facts('deployments.apps', 'web'), { ready: '1/1' });
    assert.deepEqual(facts('daemonsets.apps', 'agent'), { ready: '1/1' });
    const parents = inventory.objects
      .filter(({ type }) => typeName(type) === 'ipaddresses.networking.k8s.io')
      .map((one) => one.facts.parent);
    assert.ok(parents.includes('services/data/db'), parents.join(' '));
  });
});
