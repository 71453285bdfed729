import type { Finding, FindingOf, RuleId } from '../../../src/model/finding.ts';
import { finding, resource } from '../../support/builders.ts';

const place = { path: 'profile.yaml', line: 12, column: 3 };
const ONE = [resource('configmaps', 'ConfigMap', { name: 'settings' })];
const TWO = [...ONE, resource('secrets', 'Secret', { name: 'token' })];

/** One finding of each rule; a new rule is asked for by the compiler. */
const FINDINGS: { readonly [Id in RuleId]: FindingOf<Id> } = {
  'unmanaged-resource': finding(
    'unmanaged-resource',
    { application: 'grafana', owner: 'helm', packs: ['kubewatch'] },
    { application: 'grafana', resources: TWO },
  ),
  'shared-namespace': finding('shared-namespace', {
    packs: [
      { pack: 'a', profiles: [] },
      { pack: 'b', profiles: ['p'] },
      { pack: 'c', profiles: ['p', 'q'] },
    ],
  }),
  'agent-namespace': finding(
    'agent-namespace',
    { source: 'pack.namespace' },
    { namespace: 'palette-system', pack: 'dex' },
  ),
  'former-namespace': finding(
    'former-namespace',
    { release: 'dex-dex', declared: 'dex' },
    { namespace: 'auth', pack: 'dex', severity: 'warning' },
  ),
  'protected-namespace': finding(
    'protected-namespace',
    { packs: ['calico', 'nfs'], foreign: 1 },
    { namespace: 'kube-system', severity: 'warning' },
  ),
  'claim-refuted': finding(
    'claim-refuted',
    { claimed: 'Helm release dex-dex' },
    { severity: 'warning', resources: TWO },
  ),
  'owner-conflict': finding(
    'owner-conflict',
    { owners: ['pack dex', 'Helm release auth'] },
    { severity: 'warning', resources: ONE },
  ),
  'labels-not-applied': finding(
    'labels-not-applied',
    { keys: ['owner', 'team'] },
    { pack: 'dex', severity: 'warning' },
  ),
  'annotations-not-applied': finding(
    'annotations-not-applied',
    { keys: ['scheduler.alpha.kubernetes.io/node-selector'] },
    { pack: 'dex', severity: 'warning' },
  ),
  'label-not-checked': finding(
    'label-not-checked',
    { keys: ['team'], place },
    { namespace: '', pack: 'dex', severity: 'info' },
  ),
  'stray-label-key': finding('stray-label-key', { field: 'namespaceLabels', place }, { pack: 'dex', severity: 'info' }),
  'invalid-namespace-name': finding(
    'invalid-namespace-name',
    { field: 'pack.namespace', place },
    { namespace: '', pack: 'dex', severity: 'warning' },
  ),
  'invalid-label-text': finding(
    'invalid-label-text',
    { field: 'namespaceLabels.auth', detail: 'part 2 has no "="', place },
    { namespace: '', pack: 'dex', severity: 'warning' },
  ),
  'name-not-text': finding(
    'name-not-text',
    { field: 'pack.namespace', detail: 'an unquoted number', place: { ...place, column: 0 } },
    { namespace: '', pack: 'dex', severity: 'warning' },
  ),
  'definition-unreadable': finding(
    'definition-unreadable',
    { field: 'values', detail: 'duplicate key', place: { ...place, line: 0 } },
    { namespace: '', pack: 'dex', severity: 'warning' },
  ),
  'draft-only': finding(
    'draft-only',
    { profile: 'infra', place: { path: '-', line: 0, column: 0 } },
    { namespace: '', severity: 'info' },
  ),
  'duplicate-pack': finding(
    'duplicate-pack',
    { places: [place, { ...place, line: 40 }] },
    { namespace: '', pack: 'dex', severity: 'warning' },
  ),
  'definitions-differ': finding(
    'definitions-differ',
    { field: 'pack.namespace', file: 'auth', cluster: '' },
    { namespace: '', pack: 'dex', severity: 'warning' },
  ),
  'namespace-missing': finding(
    'namespace-missing',
    { source: 'pack.namespace' },
    { namespace: 'auth', pack: 'dex', severity: 'warning' },
  ),
  'namespace-terminating': finding(
    'namespace-terminating',
    { since: '2026-11-10T13:00:00Z' },
    { namespace: 'auth', severity: 'warning' },
  ),
  'namespace-deletion-blocked': finding(
    'namespace-deletion-blocked',
    { api: 'v1beta1.metrics.k8s.io', service: 'kube-system/metrics-server', reason: 'MissingEndpoints' },
    { namespace: '', severity: 'warning' },
  ),
  leftover: finding(
    'leftover',
    { mark: 'release dex-dex, revision 1' },
    { pack: 'dex', severity: 'info', resources: TWO },
  ),
  'owner-missing': finding('owner-missing', { owners: ['Deployment web'] }, { severity: 'info', resources: TWO }),
  'other-cluster': finding('other-cluster', { packs: 0 }, { namespace: 'cluster-0123', severity: 'info' }),
};

export const EVERY_RULE: readonly Finding[] = Object.values(FINDINGS);
