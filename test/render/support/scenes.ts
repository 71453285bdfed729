import type { Report } from '../../../src/model/report.ts';
import type { Style } from '../../../src/render/formats.ts';
import { application, coverage, coverageGap, finding, pack, report, resource, stake } from '../../support/builders.ts';

export function style(given: Partial<Style> = {}): Style {
  return {
    format: 'table',
    color: false,
    noHeaders: false,
    labelColumns: [],
    exitCode: 1,
    command: 'kubectl palette-audit',
    helm: 'helm',
    ...given,
  };
}

const FILE = 'profile.yaml';
const PLACE = { path: FILE, line: 12, column: 3 };
const PROFILE_FILE = { kind: 'file', path: FILE } as const;
const CLUSTER = { kind: 'cluster', namespace: 'cluster-69af4d3e45baa7b0b501055a' } as const;
export const BOTH = ['cost-analyzer', 'hello-universe'];

const DASHBOARD = [
  resource('deployments.apps', 'Deployment', { name: 'dashboard-api' }),
  resource('deployments.apps', 'Deployment', { name: 'dashboard-web' }),
  resource('ingresses.networking.k8s.io', 'Ingress', { name: 'dashboard' }),
  resource('networkpolicies.networking.k8s.io', 'NetworkPolicy', { name: 'dashboard' }),
  resource('persistentvolumeclaims', 'PersistentVolumeClaim', {
    name: 'dashboard-cache',
    data: '512Mi',
    finalizers: ['kubernetes.io/pvc-protection'],
    labels: new Map([['app.kubernetes.io/name', 'dashboard']]),
  }),
  resource('secrets', 'Secret', { name: 'dashboard-csrf' }),
  resource('services', 'Service', { name: 'dashboard-api' }),
  resource('services', 'Service', { name: 'dashboard-web' }),
];
const FLAGS = [
  resource('configmaps', 'ConfigMap', {
    name: 'feature-flags',
    lastWriter: 'kubectl-edit',
    createdAt: '2026-11-10T10:41:00Z',
  }),
];

export const PACKS = [
  pack({
    sources: [CLUSTER, PROFILE_FILE],
    releases: [{ release: 'cost-analyzer-cost-analyzer', namespace: 'hello-universe', strength: 'verified' }],
  }),
  pack({ name: 'csi-driver-nfs', profiles: ['infra'], layer: 'csi' }),
  pack({ name: 'hello-universe', profiles: ['apps 2.1.0'] }),
  pack({ name: 'kubewatch' }),
  pack({ name: 'vault', state: 'planned', sources: [PROFILE_FILE] }),
];

const STAKES = [
  stake({ otherPacks: 3, unmanaged: 9 }),
  stake({
    pack: 'hello-universe',
    basis: 'assumed',
    sources: ['Namespace object'],
    own: 3,
    otherPacks: 47,
    unmanaged: 9,
  }),
  stake({ namespace: 'kube-system', pack: 'csi-driver-nfs', fate: 'protected', basis: 'none', own: 11, unmanaged: 84 }),
  stake({ namespace: 'monitoring', pack: 'kubewatch', own: 9 }),
  stake({ namespace: 'shared-labels', pack: 'kubewatch', fate: 'labelled-only', sources: ['namespaceLabels'], own: 0 }),
  stake({
    namespace: 'tools',
    pack: 'kubewatch',
    fate: 'objects-only',
    basis: 'seen',
    sources: ['objects seen'],
    own: 2,
  }),
  stake({ namespace: 'vault', pack: 'vault', state: 'planned', own: 0 }),
];

const FINDINGS = [
  finding(
    'shared-namespace',
    {
      packs: [
        { pack: 'cost-analyzer', profiles: ['monitoring 1.0.0'] },
        { pack: 'hello-universe', profiles: ['apps 2.1.0'] },
      ],
    },
    {
      resources: [resource('persistentvolumeclaims', 'PersistentVolumeClaim', { name: 'cost-analyzer', data: '32Gi' })],
    },
  ),
  finding(
    'unmanaged-resource',
    { application: 'kubernetes-dashboard', owner: 'helm', packs: BOTH },
    { application: 'kubernetes-dashboard', resources: DASHBOARD },
  ),
  finding(
    'unmanaged-resource',
    { application: 'feature-flags', owner: 'unexplained', packs: BOTH },
    { application: 'feature-flags', resources: FLAGS },
  ),
  finding(
    'protected-namespace',
    { packs: ['csi-driver-nfs'], foreign: 84 },
    { namespace: 'kube-system', severity: 'warning' },
  ),
  finding(
    'leftover',
    { mark: 'release cost-analyzer-cost-analyzer, revision 1' },
    {
      severity: 'info',
      pack: 'cost-analyzer',
      resources: [resource('configmaps', 'ConfigMap', { name: 'old-dashboards' })],
    },
  ),
];

/** The documented example, with a pack in kube-system and one that is only planned. */
export const AT_RISK: Report = report({
  packs: PACKS,
  stakes: STAKES,
  findings: FINDINGS,
  applications: [
    application({ resources: DASHBOARD, data: '512Mi' }),
    application({
      name: 'feature-flags',
      owner: 'unexplained',
      strength: 'none',
      lastWriter: 'kubectl-edit',
      createdAt: '2026-11-10T10:41:00Z',
      resources: FLAGS,
    }),
    application({ namespace: 'kube-system', name: 'coredns', listed: false, owner: 'object' }),
  ],
  folded: { kubernetes: 31, palette: 2, injected: 4, injectedBy: ['istiod'] },
  separations: [
    {
      namespace: 'hello-universe',
      stays: 'cost-analyzer',
      why: 'state',
      steps: [
        {
          kind: 'move-application',
          application: 'kubernetes-dashboard',
          to: 'kubernetes-dashboard',
          chart: 'kubernetes-dashboard',
          chartVersion: '7.10.0',
          release: 'kubernetes-dashboard',
          cautions: [
            { code: 'volumes', subjects: ['dashboard-cache 512Mi'] },
            { code: 'services', subjects: ['dashboard-api', 'dashboard-web'] },
            { code: 'cluster-scoped-names', subjects: ['clusterrole/kubernetes-dashboard'] },
          ],
        },
        {
          kind: 'move-application',
          application: 'feature-flags',
          to: 'feature-flags',
          chart: '',
          chartVersion: '',
          release: '',
          cautions: [{ code: 'ownership-not-verified', subjects: [] }],
        },
        {
          kind: 'move-pack',
          pack: 'hello-universe',
          to: 'hello-universe-app',
          snippet: 'manifests:\n  hello-universe:\n    namespace: hello-universe-app\n',
          cautions: [{ code: 'namespace-change-is-removal', subjects: ['hello-universe'] }],
        },
      ],
    },
  ],
});

export const BLIND = coverage({
  gaps: [
    coverageGap({ reason: 'Ownership by Helm releases is only claimed' }),
    coverageGap({
      state: 'failed',
      resources: ['widgets.example.com'],
      needs: '',
      reason: 'server error: conversion webhook widgets/convert did not answer',
    }),
  ],
});
const HOLE = pack({
  name: 'vault',
  gaps: [{ reason: 'macro-unresolved', subject: 'pack.namespace', place: PLACE }],
});

/** Nothing found, but not everything seen. */
export const INCOMPLETE: Report = report({ coverage: BLIND });

/** Every reason for doubt at once: at risk, types not seen, a definition with a hole, narrowed to one namespace. */
export const AT_RISK_AND_INCOMPLETE: Report = report({
  ...AT_RISK,
  complete: false,
  coverage: BLIND,
  packs: [...PACKS.slice(0, 4), HOLE],
  narrowedTo: ['hello-universe'],
});

const NOTE = 'widgets.example.com: read in version v1beta1, v1 did not answer';

/** All that was looked at is in order. */
export const CLEAN: Report = report({
  coverage: coverage({ resources: 214, namespaces: 9, notes: [NOTE] }),
  packs: [...PACKS, pack({ name: 'istio' })],
  stakes: [STAKES[3] ?? stake()],
});
