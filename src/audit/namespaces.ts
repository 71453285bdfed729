import { isAgentNamespace, PROTECTED_NAMESPACES } from '../model/namespace.ts';
import type { Fate } from '../model/pack.ts';
import type { NamespaceRow, NamespacesReport, PackSummary } from '../model/report.ts';
import { compareText } from '../model/resource.ts';
import type { Subject } from '../model/subject.ts';
import { auditedOf, namespacesNeeded } from './audit.ts';
import type { Claim } from './claims.ts';
import { coverageOf } from './coverage.ts';
import { packSummaries } from './summaries.ts';

/**
 * Answers where a team may deploy: every namespace of the cluster and every declared one, who claims it, and whether
 * it is free for others. `free` is `unknown` while any pack's namespaces are not known.
 */
export function namespacesReport(subject: Subject): NamespacesReport {
  const audited = auditedOf(subject);
  const coverage = coverageOf(subject, namespacesNeeded(audited));
  const packs = packSummaries(subject);
  const live = new Set(subject.inventory.namespaces.map(({ name }) => name));
  const known = audited.claims.filter(({ fate }) => fate !== 'unknown').map(({ namespace }) => namespace);
  const names = [...new Set([...live, ...known, ...subject.narrowedTo])].toSorted(compareText);
  const shown = subject.narrowedTo.length === 0 ? names : names.filter((name) => subject.narrowedTo.includes(name));
  const doubt = packsInDoubt(packs, audited.claims);
  return {
    cluster: subject.inventory.cluster,
    takenAt: subject.inventory.takenAt,
    complete: coverage.complete && packs.every(({ gaps }) => gaps.length === 0),
    coverage,
    packs,
    rows: shown.map((name) => row(name, { claims: audited.claims, exists: live.has(name), doubt })),
  };
}

/** Packs that may have a claim nobody knows: their name or values could not be read. */
function packsInDoubt(packs: readonly PackSummary[], claims: readonly Claim[]): readonly string[] {
  const unresolved = new Set(claims.filter(({ fate }) => fate === 'unknown').map(({ pack }) => pack));
  return packs.filter(({ name, gaps }) => gaps.length > 0 || unresolved.has(name)).map(({ name }) => name);
}

const ORDER: readonly Fate[] = ['destroyed', 'unknown', 'protected', 'objects-only', 'labelled-only'];

function row(
  namespace: string,
  about: { claims: readonly Claim[]; exists: boolean; doubt: readonly string[] },
): NamespaceRow {
  const claims = about.claims.filter((claim) => claim.namespace === namespace);
  const fate = ORDER.find((one) => claims.some((claim) => claim.fate === one)) ?? 'untouched';
  const claimedBy = [...new Set(claims.map(({ pack }) => pack))];
  return { namespace, claimedBy, fate, exists: about.exists, ...freedom(namespace, fate, about.doubt) };
}

function freedom(
  namespace: string,
  fate: NamespaceRow['fate'],
  doubt: readonly string[],
): Pick<NamespaceRow, 'free' | 'why'> {
  if (isAgentNamespace(namespace)) return { free: 'no', why: "Palette's own components live here" };
  if (PROTECTED_NAMESPACES.has(namespace)) return { free: 'no', why: 'a namespace of Kubernetes itself' };
  if (fate === 'destroyed')
    return { free: 'no', why: 'destroyed with everything in it when a claiming pack is removed' };
  if (doubt.length > 0) return { free: 'unknown', why: `not all namespaces are known of: ${doubt.join(', ')}` };
  return { free: 'yes', why: fate === 'untouched' ? '' : 'packs only have objects or labels here' };
}
