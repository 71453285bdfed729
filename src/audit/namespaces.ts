import type { NamespaceRecord } from '../model/inventory.ts';
import { isAgentNamespace, PROTECTED_NAMESPACES } from '../model/namespace.ts';
import type { CoverageSummary, NamespaceRow, NamespacesReport, PackSummary } from '../model/report.ts';
import { compareText, type ResourceType } from '../model/resource.ts';
import { namespaceAbove } from '../model/subnamespace.ts';
import type { Subject } from '../model/subject.ts';
import { auditedOf, isComplete, namespacesNeeded } from './audit.ts';
import { FATES } from '../model/pack.ts';
import type { Claim } from './claims.ts';
import { coverageOf } from './coverage.ts';
import { claimingPacks } from './summaries.ts';

/**
 * Answers where a team may deploy: every namespace of the cluster and every declared one, who claims it, and whether
 * it is free for others. `free` is `unknown` while any pack's namespaces are not known.
 */
export function namespacesReport(subject: Subject): NamespacesReport {
  const audited = auditedOf(subject);
  const coverage = coverageOf(subject, namespacesNeeded(audited));
  const packs = claimingPacks(subject);
  const { types } = subject.inventory;
  const live = new Map(subject.inventory.namespaces.map((record) => [record.name, record]));
  const known = audited.claims.filter(({ fate }) => fate !== 'unknown').map(({ namespace }) => namespace);
  const names = [...new Set([...live.keys(), ...known, ...subject.narrowedTo])].toSorted(compareText);
  const shown = subject.narrowedTo.length === 0 ? names : names.filter((name) => subject.narrowedTo.includes(name));
  const doubt = [...packsInDoubt(packs, audited.claims), ...(claimsUnseen(coverage) ? ['packs not seen'] : [])];
  return {
    cluster: subject.inventory.cluster,
    takenAt: subject.inventory.takenAt,
    complete: isComplete(subject, coverage, packs),
    coverage,
    packs,
    rows: shown.map((name) =>
      row(name, { claims: audited.claims, owners: ownedBy(live.get(name), types), exists: live.has(name), doubt }),
    ),
  };
}

/** Packs that may have a claim nobody knows: their name or values could not be read. */
function packsInDoubt(packs: readonly PackSummary[], claims: readonly Claim[]): readonly string[] {
  const unresolved = new Set(claims.filter(({ fate }) => fate === 'unknown').map(({ pack }) => pack));
  return packs.filter(({ name, gaps }) => gaps.length > 0 || unresolved.has(name)).map(({ name }) => name);
}

/** Whether the packs, or the releases that show where packs lie, could not all be read. */
function claimsUnseen({ gaps }: CoverageSummary): boolean {
  return gaps.some(({ state, resources }) => state === 'unknown-discovery' || resources.some(tellsClaims));
}

function tellsClaims(resource: string): boolean {
  return ['definitions/', 'release/'].some((prefix) => resource.startsWith(prefix));
}

function row(
  namespace: string,
  about: { claims: readonly Claim[]; owners: readonly string[]; exists: boolean; doubt: readonly string[] },
): NamespaceRow {
  const claims = about.claims.filter((claim) => claim.namespace === namespace);
  const fate = FATES.find((one) => claims.some((claim) => claim.fate === one)) ?? 'untouched';
  const claimedBy = [...new Set(claims.map(({ pack }) => pack))];
  const doubt = [...goesWith(about.owners), ...claimsIn(about.doubt)];
  return { namespace, claimedBy, fate, exists: about.exists, ...freedom(namespace, fate, doubt) };
}

/** Whoever deletes the owner, a pack's removal among them, deletes the namespace. */
function goesWith(owners: readonly string[]): readonly string[] {
  return owners.length === 0 ? [] : [`goes with ${owners.join(', ')}`];
}

function claimsIn(doubt: readonly string[]): readonly string[] {
  return doubt.length === 0 ? [] : [`claims of ${doubt.join(', ')}`];
}

/** The owners of a namespace by kind and name, and the namespace above a subnamespace. */
export function ownedBy(record: NamespaceRecord | undefined, types: readonly ResourceType[]): readonly string[] {
  if (record === undefined) return [];
  const above = namespaceAbove(types)(record);
  const owners = (record.owners ?? []).map(({ kind, name }) => `${kind} ${name}`);
  return [...owners, ...(above === undefined ? [] : [`Namespace ${above}`])].toSorted(compareText);
}

function freedom(
  namespace: string,
  fate: NamespaceRow['fate'],
  doubt: readonly string[],
): Pick<NamespaceRow, 'free' | 'why'> {
  if (isAgentNamespace(namespace)) return { free: 'no', why: 'of Palette itself' };
  if (PROTECTED_NAMESPACES.has(namespace) || namespace === 'kube-node-lease')
    return { free: 'no', why: 'of Kubernetes itself' };
  if (fate === 'destroyed') return { free: 'no', why: 'goes with a pack' };
  if (doubt.length > 0) return { free: 'unknown', why: doubt.join('; ') };
  return { free: 'yes', why: fate === 'untouched' ? '' : 'packs have objects or labels here' };
}
