import type { Report } from '../model/report.ts';
import type { Subject } from '../model/subject.ts';
import { applicationsOf, type Application } from './applications.ts';
import { claimsOf } from './claims.ts';
import { coverageOf } from './coverage.ts';
import { holdingsOf } from './holdings.ts';
import type { Audited } from './rule.ts';
import { findingsOf } from './rules.ts';
import { applicationSummaries, foldedCounts, packSummaries, stakeSummaries } from './summaries.ts';

/** Indexes the subject for the rules. */
export function auditedOf(subject: Subject): Audited {
  const holdings = holdingsOf(subject);
  const known = new Map<string, readonly Application[]>();
  const applications = (namespace: string): readonly Application[] => {
    const here = known.get(namespace) ?? applicationsOf(holdings(namespace).unmanaged);
    known.set(namespace, here);
    return here;
  };
  return { subject, claims: claimsOf(subject), holdings, applications };
}

/**
 * Audits the namespaces at stake: what they hold that is not a pack's own, and what is wrong with the definitions.
 * Everything but the recommendation, which `separation/` adds. The same subject gives the same report.
 */
export function audit(subject: Subject): Omit<Report, 'separations'> {
  const audited = auditedOf(subject);
  const { inventory } = subject;
  const namespaces = subject.allNamespaces === true ? allNamespaces(audited) : namespacesNeeded(audited);
  const coverage = coverageOf(subject, namespaces);
  const packs = packSummaries(subject);
  return {
    cluster: inventory.cluster,
    takenAt: inventory.takenAt,
    complete: coverage.complete && packs.every(({ gaps }) => gaps.length === 0),
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

/** Existing namespaces whose contents the answer rests on. One that does not exist holds nothing. */
export function namespacesNeeded({ claims, subject }: Audited): readonly string[] {
  const live = new Set(subject.inventory.namespaces.map(({ name }) => name));
  const needed = claims.filter(({ fate }) => fate !== 'labelled-only' && fate !== 'unknown');
  const names = [...new Set([...needed.map(({ namespace }) => namespace), ...subject.narrowedTo])];
  return live.size === 0 ? names : names.filter((name) => live.has(name));
}

function allNamespaces({ subject }: Audited): readonly string[] {
  return subject.inventory.namespaces.map(({ name }) => name);
}

/** With `-A`, what the namespaces hold that no removal touches. */
function notAtStake(audited: Audited): NonNullable<Report['notAtStake']> {
  if (audited.subject.allNamespaces !== true) return [];
  const claimed = new Set(audited.claims.map(({ namespace }) => namespace));
  const counts = new Map<string, number>();
  for (const { object } of audited.subject.attributions) {
    counts.set(object.namespace, (counts.get(object.namespace) ?? 0) + 1);
  }
  return allNamespaces(audited)
    .filter((namespace) => !claimed.has(namespace))
    .map((namespace) => ({ namespace, resources: counts.get(namespace) ?? 0 }));
}
