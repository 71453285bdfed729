import { byNamespace, type Attribution } from '../model/attribution.ts';
import type { CoverageSummary, PackSummary, Report } from '../model/report.ts';
import type { Subject } from '../model/subject.ts';
import { applicationsOf, type Application } from './applications.ts';
import { claimsOf } from './claims.ts';
import { coverageOf } from './coverage.ts';
import { holdingsOf } from './holdings.ts';
import type { Audited } from './rule.ts';
import { findingsOf } from './rules.ts';
import { applicationSummaries, foldedCounts, claimingPacks, stakeSummaries } from './summaries.ts';

/** Indexes the subject for the rules. */
export function auditedOf(subject: Subject): Audited {
  const held = byNamespace(subject.attributions);
  const holdings = holdingsOf(held);
  const known = new Map<string, readonly Application[]>();
  const applications = (namespace: string): readonly Application[] => {
    const here = known.get(namespace) ?? applicationsOf(holdings(namespace).unmanaged);
    known.set(namespace, here);
    return here;
  };
  const attributions = (namespace: string): readonly Attribution[] => held.get(namespace) ?? [];
  return { subject, claims: claimsOf(subject), holdings, attributions, applications };
}

/**
 * Audits the namespaces at stake: what they hold that is not a pack's own, and what is wrong with the definitions.
 * Everything but the recommendation, which `separation/` adds. The same subject gives the same report.
 */
export function audit(subject: Subject): Omit<Report, 'separations'> {
  return reportOf(auditedOf(subject));
}

/** The report of what was indexed already. */
export function reportOf(audited: Audited): Omit<Report, 'separations'> {
  const { subject } = audited;
  const { inventory } = subject;
  const namespaces = subject.allNamespaces === true ? allNamespaces(audited) : namespacesNeeded(audited);
  const coverage = coverageOf(subject, namespaces);
  const packs = claimingPacks(subject);
  return {
    cluster: inventory.cluster,
    takenAt: inventory.takenAt,
    complete: isComplete(subject, coverage, packs),
    coverage,
    packs,
    stakes: stakeSummaries(audited),
    findings: findingsOf(audited),
    applications: applicationSummaries(audited),
    folded: foldedCounts(audited, namespaces),
    narrowedTo: subject.narrowedTo,
    notAtStake: notAtStake(audited),
  };
}

/** Nothing unseen, neither in the cluster nor in the definitions; a claim on an unknown namespace is unseen, too. */
export function isComplete({ stakes }: Subject, coverage: CoverageSummary, packs: readonly PackSummary[]): boolean {
  const claimsKnown = stakes.every(({ fate }) => fate !== 'unknown');
  return coverage.complete && claimsKnown && packs.every(({ gaps }) => gaps.length === 0);
}

/**
 * Namespaces whose contents the answer rests on. One that does not exist holds nothing, but that only the list of all
 * namespaces can tell.
 */
export function namespacesNeeded({ claims, subject }: Audited): readonly string[] {
  const { namespaces, coverage } = subject.inventory;
  const needed = claims.filter(({ fate }) => fate !== 'labelled-only' && fate !== 'unknown');
  const names = [...new Set([...needed.map(({ namespace }) => namespace), ...subject.narrowedTo])];
  const listed = coverage.some(
    ({ resource, scope, state }) => resource === 'namespaces' && scope === '' && state === 'complete',
  );
  if (!listed) return names;
  const live = new Set(namespaces.map(({ name }) => name));
  return names.filter((name) => live.has(name));
}

function allNamespaces({ subject }: Audited): readonly string[] {
  return subject.inventory.namespaces.map(({ name }) => name);
}

/** With `-A`, what the namespaces hold that no removal touches. */
function notAtStake(audited: Audited): NonNullable<Report['notAtStake']> {
  if (audited.subject.allNamespaces !== true) return [];
  const claimed = new Set(audited.claims.map(({ namespace }) => namespace));
  return allNamespaces(audited)
    .filter((namespace) => !claimed.has(namespace))
    .map((namespace) => ({ namespace, resources: resourcesIn(namespace, audited) }));
}

function resourcesIn(namespace: string, { subject, attributions }: Audited): number {
  return subject.totals?.get(namespace)?.resources ?? attributions(namespace).length;
}
