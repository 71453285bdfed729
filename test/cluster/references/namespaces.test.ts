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

function application(says: string, destination: object, ...found: readonly string[]): DecoderCase {
  return {
    says,
    type: APPLICATIONS,
    object: { spec: { destination, source: { repoURL: 'https://CANARY@example.com' } } },
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
  ),
  application(
    'so does one that names this cluster',
    { name: 'in-cluster', namespace: 'data' },
    'destination /Namespace /data',
  ),
  application('an application of another cluster names nothing here', { name: 'edge', namespace: 'data' }),
  application('nor by its server', { server: 'https://192.0.2.7', namespace: 'data' }),
  {
    says: 'a Kustomization names its source',
    type: 'kustomizations.kustomize.toolkit.fluxcd.io',
    object: { spec: { sourceRef: { kind: 'GitRepository', name: 'fleet', namespace: 'flux-system' } } },
    found: ['flux-source source.toolkit.fluxcd.io/GitRepository flux-system/fleet'],
  },
  {
    says: 'a HelmRelease names the source of its chart, in its own namespace unless it says another',
    type: 'helmreleases.helm.toolkit.fluxcd.io',
    object: { spec: { chart: { spec: { sourceRef: { kind: 'HelmRepository', name: 'charts' } } }, values: 'CANARY' } },
    found: ['flux-source source.toolkit.fluxcd.io/HelmRepository shop/charts'],
  },
  {
    says: 'a HelmRelease by chartRef names that',
    type: 'helmreleases.helm.toolkit.fluxcd.io',
    object: { spec: { chartRef: { kind: 'OCIRepository', name: 'chart', namespace: 'flux-system' } } },
    found: ['flux-source source.toolkit.fluxcd.io/OCIRepository flux-system/chart'],
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
