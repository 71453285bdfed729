import type { NamespaceLabels } from '../../../src/cluster/references/namespace-selectors.ts';
import { describeDecoders, type DecoderCase } from './taken.ts';

const LABELS: NamespaceLabels = new Map([
  ['shop', new Map([['team', 'a']])],
  ['data', new Map([['team', 'b']])],
  [
    'cache',
    new Map([
      ['team', 'b'],
      ['tier', 'fast'],
    ]),
  ],
  ['bare', new Map<string, string>()],
]);

const POLICIES = 'networkpolicies.networking.k8s.io';

function policy(says: string, namespaceSelector: unknown, ...names: readonly string[]): DecoderCase {
  return {
    says,
    type: POLICIES,
    context: { labels: LABELS },
    object: { spec: { ingress: [{ from: [{ namespaceSelector, podSelector: {} }] }] } },
    found: names.map((name) => `network-peer /Namespace /${name} direction=ingress`),
  };
}

const expression = (operator: string, key: string, ...values: readonly string[]) => ({
  matchExpressions: [{ key, operator, ...(values.length === 0 ? {} : { values }) }],
});

describeDecoders('references of network policies', [
  policy('a label names those that have it', { matchLabels: { team: 'b' } }, 'data', 'cache'),
  policy('two labels name those that have both', { matchLabels: { team: 'b', tier: 'fast' } }, 'cache'),
  policy('its own namespace is no peer', { matchLabels: { team: 'a' } }),
  policy(
    'an expression In names those that have one of the values',
    expression('In', 'team', 'b', 'c'),
    'data',
    'cache',
  ),
  policy('an expression Exists names those that have the key', expression('Exists', 'tier'), 'cache'),
  policy('an expression that only shuts out names nobody', expression('NotIn', 'team', 'a')),
  policy('so does one of a missing key', expression('DoesNotExist', 'team')),
  policy(
    'but beside a label both narrow',
    { matchLabels: { team: 'b' }, matchExpressions: [{ key: 'tier', operator: 'DoesNotExist' }] },
    'data',
  ),
  policy('so does a value shut out', {
    matchLabels: { team: 'b' },
    matchExpressions: [{ key: 'team', operator: 'NotIn', values: ['b'] }],
  }),
  policy('an empty selector names nobody', {}),
  policy('an unknown operator names nobody', expression('Like', 'team', 'b')),
  policy('no selector names nobody', undefined),
  {
    says: 'a selector that takes every namespace names nobody',
    type: POLICIES,
    context: { labels: new Map([...LABELS].filter(([name]) => name === 'data' || name === 'cache')) },
    object: { spec: { ingress: [{ from: [{ namespaceSelector: { matchLabels: { team: 'b' } } }] }] } },
    found: [],
  },
  {
    says: 'what a policy lets out goes to peers too, each named once for each direction',
    type: POLICIES,
    context: { labels: LABELS },
    object: {
      spec: {
        egress: [
          { to: [{ namespaceSelector: { matchLabels: { tier: 'fast' } } }, { ipBlock: { cidr: '10.0.0.0/8' } }] },
          { to: [{ namespaceSelector: { matchLabels: { tier: 'fast' } } }] },
        ],
      },
    },
    found: ['network-peer /Namespace /cache direction=egress'],
  },
]);

const MONITORS = 'servicemonitors.monitoring.coreos.com';
const APPLICATIONS = 'applications.argoproj.io';
const BACKUPS = 'backups.velero.io';

/** How the end of a deployer reaches what it deployed. */
const HOW = 'cascade own/Own shop/web';
const FAR = `${HOW} elsewhere=yes`;
const COMPARED = { sync: { status: 'Synced' } };
const RESOURCES = [
  { group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'data', name: 'web', status: 'Synced' },
  { version: 'v1', kind: 'Namespace', name: 'data' },
  'nonsense',
];

function application(says: string, destination: object, ...found: readonly string[]): DecoderCase {
  return {
    says,
    type: APPLICATIONS,
    object: { spec: { destination, source: { repoURL: 'https://CANARY@example.com' } }, status: COMPARED },
    found,
  };
}

function backup(says: string, spec: object, ...names: readonly string[]): DecoderCase {
  const found = names.map(
    (name) => `backup /Namespace /${name} phase=Completed completedAt=2026-01-01T00:00:00Z storage=default`,
  );
  const status = { phase: 'Completed', completionTimestamp: '2026-01-01T00:00:00Z' };
  const object = { spec: { storageLocation: 'default', ...spec }, status };
  return { says, type: BACKUPS, context: { labels: LABELS }, object, found };
}

describeDecoders('references to namespaces', [
  {
    says: 'a monitor names the namespaces it selects, and not its own',
    type: MONITORS,
    object: { spec: { namespaceSelector: { matchNames: ['data', 'shop', 'data'] } } },
    found: ['monitor /Namespace /data'],
  },
  {
    says: 'a monitor of any namespace names none',
    type: 'podmonitors.monitoring.coreos.com',
    object: { spec: { namespaceSelector: { any: true, matchNames: ['data'] } } },
    found: [],
  },
  application(
    'an application of this cluster names its destination',
    { server: 'https://kubernetes.default.svc', namespace: 'data' },
    'destination /Namespace /data',
    HOW,
  ),
  application(
    'so does one that names this cluster',
    { name: 'in-cluster', namespace: 'data' },
    'destination /Namespace /data',
    HOW,
  ),
  application('an application of another cluster names nothing here', { name: 'edge', namespace: 'data' }, FAR),
  application('nor by its server', { server: 'https://192.0.2.7', namespace: 'data' }, FAR),
  {
    says: 'an application lists what it deployed here',
    type: APPLICATIONS,
    object: { spec: {}, status: { ...COMPARED, resources: RESOURCES } },
    found: [HOW, 'deploys apps/Deployment data/web', 'deploys /Namespace /data', 'deploys / /'],
  },
  ...[{}, { status: 'Unknown' }].map((sync) => ({
    says: `its list may be out of date where Argo CD could not compare: ${JSON.stringify(sync)}`,
    type: APPLICATIONS,
    object: { spec: {}, status: { sync, resources: RESOURCES.slice(0, 1) } },
    found: [`${HOW} outdated=yes`, 'deploys apps/Deployment data/web'],
  })),
  {
    says: 'and not where it has only changed',
    type: APPLICATIONS,
    object: { spec: {}, status: { sync: { status: 'OutOfSync' } } },
    found: [HOW],
  },
  {
    says: 'what it deployed elsewhere is nothing of here',
    type: APPLICATIONS,
    object: { spec: { destination: { name: 'edge' } }, status: { resources: RESOURCES } },
    found: [FAR],
  },
  {
    says: 'a Kustomization names its source',
    type: 'kustomizations.kustomize.toolkit.fluxcd.io',
    object: { spec: { sourceRef: { kind: 'GitRepository', name: 'fleet', namespace: 'flux-system' } } },
    found: ['flux-source source.toolkit.fluxcd.io/GitRepository flux-system/fleet', HOW],
  },
  {
    says: 'a HelmRelease names the source of its chart, in its own namespace unless it says another',
    type: 'helmreleases.helm.toolkit.fluxcd.io',
    object: { spec: { chart: { spec: { sourceRef: { kind: 'HelmRepository', name: 'charts' } } }, values: 'CANARY' } },
    found: ['flux-source source.toolkit.fluxcd.io/HelmRepository shop/charts', HOW, 'deploys helm.sh/Release shop/web'],
  },
  {
    says: 'a HelmRelease by chartRef names that',
    type: 'helmreleases.helm.toolkit.fluxcd.io',
    object: { spec: { chartRef: { kind: 'OCIRepository', name: 'chart', namespace: 'flux-system' } } },
    found: [
      'flux-source source.toolkit.fluxcd.io/OCIRepository flux-system/chart',
      HOW,
      'deploys helm.sh/Release shop/web',
    ],
  },
  {
    says: 'an OperatorGroup names its targets, and not its own namespace or all',
    type: 'operatorgroups.operators.coreos.com',
    object: { spec: { targetNamespaces: ['data', 'shop'] }, status: { namespaces: ['', 'data', 'cache'] } },
    found: ['operator-target /Namespace /data', 'operator-target /Namespace /cache'],
  },
  backup('a backup names its namespaces', { includedNamespaces: ['data', 'gone'] }, 'data'),
  backup(
    'a backup of everything names all that it does not shut out',
    { excludedNamespaces: ['c*'] },
    'shop',
    'data',
    'bare',
  ),
  backup('a star stands for any text', { includedNamespaces: ['*', 'x'], excludedNamespaces: ['*a*e', 's*p'] }, 'data'),
  backup('but for no text twice', { includedNamespaces: ['data*ta', 'b*ar*e'] }, 'bare'),
]);

function kustomization(says: string, spec: object, found: string): DecoderCase {
  return { says, type: 'kustomizations.kustomize.toolkit.fluxcd.io', object: { spec }, found: [found] };
}

function helmRelease(says: string, object: DecoderCase['object'], ...found: readonly string[]): DecoderCase {
  return { says, type: 'helmreleases.helm.toolkit.fluxcd.io', object, found };
}

const RELEASE = 'deploys helm.sh/Release';

describeDecoders('what goes with a deployer', [
  kustomization('a Kustomization prunes', { prune: true }, HOW),
  kustomization('one that does not say so may', {}, HOW),
  kustomization('one that must not leaves all alone', { prune: false }, `${HOW} keeps=yes`),
  kustomization('unless its policy says otherwise', { prune: false, deletionPolicy: 'Delete' }, HOW),
  kustomization('or waits', { prune: false, deletionPolicy: 'WaitForTermination' }, HOW),
  kustomization('mirroring says nothing more', { prune: false, deletionPolicy: 'MirrorPrune' }, `${HOW} keeps=yes`),
  kustomization('orphans stay', { prune: true, deletionPolicy: 'Orphan' }, `${HOW} keeps=yes`),
  kustomization('a policy that nobody knows may delete', { prune: true, deletionPolicy: 'Other' }, HOW),
  kustomization('while it is suspended nothing goes', { prune: true, suspend: true }, `${HOW} keeps=yes`),
  kustomization('words are no switches', { prune: 'false', suspend: 'true' }, HOW),
  kustomization('by a kubeconfig it acts elsewhere', { kubeConfig: { secretRef: {} } }, FAR),
  helmRelease(
    'a release is named after its target namespace',
    { spec: { targetNamespace: 'data' } },
    HOW,
    `${RELEASE} shop/data-web`,
  ),
  helmRelease(
    'or as it says, where it says',
    { spec: { releaseName: 'front', storageNamespace: 'store', targetNamespace: 'data' } },
    HOW,
    `${RELEASE} store/front`,
  ),
  helmRelease(
    'or as it was installed',
    {
      spec: {},
      status: { storageNamespace: 'store', history: [{ name: 'cut-1', namespace: 'data' }, { name: 'cut-1' }] },
    },
    HOW,
    `${RELEASE} shop/web`,
    `${RELEASE} shop/cut-1`,
    `${RELEASE} store/web`,
    `${RELEASE} store/cut-1`,
  ),
  helmRelease(
    'while it is suspended nothing goes',
    { spec: { suspend: true } },
    `${HOW} keeps=yes`,
    `${RELEASE} shop/web`,
  ),
  helmRelease('by a kubeconfig it acts elsewhere', { spec: { kubeConfig: {} } }, FAR, `${RELEASE} shop/web`),
]);
