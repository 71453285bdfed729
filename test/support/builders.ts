import type { FactsByRule, Finding, FindingOf, ListedResource, RuleId } from '../../src/model/finding.ts';
import type { ResourceExplanation } from '../../src/model/explanation.ts';
import type { ClusterIdentity } from '../../src/model/inventory.ts';
import type {
  ApplicationSummary,
  CoverageGap,
  CoverageSummary,
  NamespaceExplanation,
  NamespaceRow,
  NamespacesReport,
  PackSummary,
  Report,
  StakeSummary,
} from '../../src/model/report.ts';

// Each builder makes an ordinary thing; a case names only what it is about.

export const TAKEN_AT = '2026-11-10T14:02:11Z';

export function cluster(given: Partial<ClusterIdentity> = {}): ClusterIdentity {
  return {
    context: 'prod-eu',
    server: 'https://10.0.0.1:6443',
    version: 'v1.33.4',
    uid: '7d0b61b5-37cb-4b80-93b1-3a9b0c1d2e3f',
    paletteUid: '69af4d3e45baa7b0b501055a',
    paletteName: undefined,
    ...given,
  };
}

export function coverage(given: Partial<CoverageSummary> = {}): CoverageSummary {
  const gaps = given.gaps ?? [];
  return {
    complete: gaps.length === 0,
    types: 82,
    completeTypes: 82 - gaps.length,
    namespaces: 3,
    resources: 204,
    gaps,
    notes: [],
    ...given,
  };
}

export function coverageGap(given: Partial<CoverageGap> = {}): CoverageGap {
  return {
    state: 'forbidden',
    resources: ['secrets'],
    scopes: [''],
    needs: 'list secrets in all namespaces',
    reason: '',
    ...given,
  };
}

export function pack(given: Partial<PackSummary> = {}): PackSummary {
  return {
    name: 'cost-analyzer',
    layer: 'addon',
    version: '1.103.3',
    state: 'installed',
    profiles: ['monitoring 1.0.0'],
    sources: [{ kind: 'cluster', namespace: 'cluster-69af4d3e45baa7b0b501055a' }],
    releases: [],
    gaps: [],
    ...given,
  };
}

export function stake(given: Partial<StakeSummary> = {}): StakeSummary {
  return {
    namespace: 'hello-universe',
    pack: 'cost-analyzer',
    state: 'installed',
    sources: ['pack.namespace'],
    fate: 'destroyed',
    basis: 'documented',
    own: 47,
    otherPacks: 0,
    unmanaged: 0,
    ...given,
  };
}

/** `resource('deployments.apps', 'Deployment', 'web')`; its UID follows from type and name. */
export function resource(
  type: string,
  kind: string,
  given: Partial<ListedResource> & { readonly name: string },
): ListedResource {
  return {
    namespace: 'hello-universe',
    type,
    kind,
    uid: `uid-${type}-${given.name}`,
    createdAt: '2026-10-29T09:14:00Z',
    lastWriter: 'helm',
    data: '',
    ...given,
  };
}

export function finding<Id extends RuleId>(
  rule: Id,
  facts: FactsByRule[Id],
  given: Partial<Omit<FindingOf<Id>, 'rule' | 'facts'>> = {},
): FindingOf<Id> {
  return {
    id: `id-${rule}-${given.namespace ?? ''}-${given.application ?? ''}`,
    rule,
    severity: 'error',
    namespace: 'hello-universe',
    pack: '',
    application: '',
    facts,
    resources: [],
    ...given,
  };
}

export function application(given: Partial<ApplicationSummary> = {}): ApplicationSummary {
  return {
    namespace: 'hello-universe',
    name: 'kubernetes-dashboard',
    owner: 'helm',
    packs: ['cost-analyzer', 'hello-universe'],
    listed: true,
    movable: true,
    createdAt: '2026-10-29T09:14:00Z',
    lastWriter: 'helm',
    strength: 'verified',
    data: '',
    resources: [],
    ...given,
  };
}

/** A report in which nothing was found; `complete` follows the coverage when it is not given. */
export function report(given: Partial<Report> = {}): Report {
  const seen = given.coverage ?? coverage();
  return {
    cluster: cluster(),
    takenAt: TAKEN_AT,
    complete: seen.complete,
    coverage: seen,
    packs: [pack()],
    stakes: [stake()],
    findings: [],
    applications: [],
    folded: { kubernetes: 0, palette: 0, injected: 0 },
    separations: [],
    narrowedTo: [],
    ...given,
  };
}

export function namespaceRow(given: Partial<NamespaceRow> = {}): NamespaceRow {
  return { namespace: 'payments', claimedBy: [], fate: 'untouched', free: 'yes', why: '', exists: true, ...given };
}

export function namespacesReport(given: Partial<NamespacesReport> = {}): NamespacesReport {
  const seen = given.coverage ?? coverage();
  return {
    cluster: cluster(),
    takenAt: TAKEN_AT,
    complete: seen.complete,
    coverage: seen,
    packs: [pack()],
    rows: [namespaceRow()],
    ...given,
  };
}

/** A Deployment of an outside release, in a namespace that nobody claims. */
export function resourceExplanation(given: Partial<ResourceExplanation> = {}): ResourceExplanation {
  const seen = given.coverage ?? coverage();
  return {
    cluster: cluster(),
    takenAt: TAKEN_AT,
    complete: seen.complete,
    coverage: seen,
    packs: [pack()],
    type: {
      group: 'apps',
      version: 'v1',
      resource: 'deployments',
      singular: 'deployment',
      kind: 'Deployment',
      shortNames: ['deploy'],
      namespaced: true,
      verbs: ['delete', 'list'],
    },
    otherTypes: [],
    namespace: 'payments',
    name: 'web',
    resource: resource('deployments.apps', 'Deployment', { name: 'web', namespace: 'payments' }),
    deletingSince: undefined,
    owner: { kind: 'application', via: 'helm', name: 'web', namespace: 'payments' },
    strength: 'verified',
    evidence: [{ strength: 'verified', text: 'in the manifest of release web in payments, revision 1' }],
    conflict: [],
    root: '',
    lastWrite: { manager: 'helm', at: '2026-10-29T09:14:00Z' },
    stakes: [],
    losses: [],
    changes: [],
    ...given,
  };
}

export function explanation(given: Partial<NamespaceExplanation> = {}): NamespaceExplanation {
  const seen = given.coverage ?? coverage();
  const findings: readonly Finding[] = [];
  return {
    cluster: cluster(),
    takenAt: TAKEN_AT,
    complete: seen.complete,
    coverage: seen,
    packs: [pack()],
    namespace: 'payments',
    exists: true,
    ownedBy: [],
    takenBy: [],
    stakes: [],
    owners: [],
    findings,
    ...given,
  };
}
