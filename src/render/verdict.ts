import type { Finding, FindingOf, ListedResource } from '../model/finding.ts';
import type { Report } from '../model/report.ts';
import { count, counted, distinct, list } from './counts.ts';
import { isComplete, lookedAt, severityCounts } from './looked-at.ts';
import type { Verdict } from './page.ts';
import { totalCapacity } from './quantity.ts';
import { unseenCounts } from './words/gaps.ts';

/** The first line of an audit: at risk, incomplete, both, or what was looked at without an error. */
export function auditVerdict(report: Report, exitCode: number): Verdict {
  const unseen = isComplete(report) ? '' : unseenCounts(report.coverage.gaps, report.packs);
  if (severityCounts(report).error > 0) return atRisk(report, unseen);
  return unseen === '' ? allSeen(report) : incomplete(report, { unseen, exitCode });
}

function atRisk(report: Report, unseen: string): Verdict {
  const risk = riskText(report);
  return unseen === ''
    ? { tone: 'bad', word: 'AT RISK', text: `: ${risk}.` }
    : { tone: 'bad', word: 'AT RISK and INCOMPLETE', text: `: ${risk}. There may be more: ${unseen}.` };
}

type Sharing = FindingOf<'unmanaged-resource'> | FindingOf<'shared-namespace'>;

function isSharing(finding: Finding): finding is Sharing {
  return finding.severity === 'error' && (finding.rule === 'unmanaged-resource' || finding.rule === 'shared-namespace');
}

/** `1 of 3 pack namespaces holds what is not its pack's own: 2 packs, 2 outside applications, 32Gi`. */
function riskText(report: Report): string {
  const sharing = report.findings.filter(isSharing);
  if (sharing.length === 0) return `${count(severityCounts(report).error, 'error')} in ${lookedAt(report)}`;
  const atStake = distinct(sharing.map(({ namespace }) => namespace));
  const all = distinct([...packNamespaces(report), ...atStake]).length;
  const holds = atStake.length === 1 ? "holds what is not its pack's own" : "hold what is not their pack's own";
  const what = [
    counted([
      [sharingPacks(sharing), 'pack'],
      [applications(sharing), 'outside application'],
    ]),
    dataAtStake(report, sharing),
  ].filter((text) => text !== '');
  return `${atStake.length} of ${count(all, 'pack namespace')} ${holds}: ${what.join(', ')}`;
}

function packNamespaces({ stakes }: Report): readonly string[] {
  return stakes.filter(({ fate }) => fate !== 'labelled-only').map(({ namespace }) => namespace);
}

function sharingPacks(sharing: readonly Sharing[]): number {
  const packs = sharing.flatMap((finding) =>
    finding.rule === 'shared-namespace' ? finding.facts.packs.map(({ pack }) => pack) : [],
  );
  return distinct(packs).length;
}

function applications(sharing: readonly Sharing[]): number {
  const outside = sharing.flatMap((finding) =>
    finding.rule === 'unmanaged-resource' ? [`${finding.namespace}/${finding.application}`] : [],
  );
  return distinct(outside).length;
}

/** Capacity of the volumes that these findings list, each volume once. */
function dataAtStake(report: Report, sharing: readonly Sharing[]): string {
  const namespaces = new Set(sharing.map(({ namespace }) => namespace));
  const listed = report.applications.filter(
    (application) => application.listed && namespaces.has(application.namespace),
  );
  // A finding and its application share one list: it counts where it comes last.
  const lists = new Set([...sharing, ...listed].map((holder) => holder.resources).toReversed());
  return totalCapacity([...capacities([...lists].toReversed()).values()]);
}

/** The capacity of each volume, by UID; of those of one UID the last one counts. */
function capacities(lists: readonly (readonly ListedResource[])[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const resources of lists) {
    for (const { uid, data } of resources) if (data !== '' || found.has(uid)) found.set(uid, data);
  }
  return found;
}

function incomplete(report: Report, { unseen, exitCode }: { unseen: string; exitCode: number }): Verdict {
  const { warning } = severityCounts(report);
  const found = warning === 0 ? nothingFound(report) : `no errors, ${count(warning, 'warning')}`;
  const exit = exitCode === 0 ? '' : ` Exit code ${exitCode}.`;
  return { tone: 'unsure', word: 'INCOMPLETE', text: `: ${found}, but ${unseen}. This is not an all-clear.${exit}` };
}

function nothingFound(report: Report): string {
  if (report.packs.length === 0) return 'no packs found';
  return report.findings.length === 0 ? 'nothing found' : 'no errors or warnings';
}

/** Asked only about namespaces that no pack claims. */
function untouched(report: Report): Verdict {
  const text = ` in ${list(report.narrowedTo)}. Looked at ${lookedAt(report)}; what follows from a pack's removal, "removal" tells.`;
  return { tone: 'good', word: 'No pack has a stake', text };
}

function allSeen(report: Report): Verdict {
  const { warning, info } = severityCounts(report);
  if (report.packs.length === 0) {
    const place = report.cluster.context === '' ? 'the cluster' : report.cluster.context;
    return {
      tone: 'good',
      word: 'No packs found',
      text: ` in ${place}: nothing is at stake. Looked at ${lookedAt(report)}.`,
    };
  }
  if (report.narrowedTo.length > 0 && report.stakes.length === 0 && warning === 0) return untouched(report);
  if (warning > 0) {
    return { tone: 'unsure', word: 'No errors', text: `, ${count(warning, 'warning')} in ${lookedAt(report)}.` };
  }
  if (info > 0) {
    const notes = count(info, 'info finding');
    return { tone: 'good', word: 'No errors', text: ` or warnings, ${notes} in ${lookedAt(report)}.` };
  }
  return { tone: 'good', word: 'No findings', text: ` in ${lookedAt(report)}.` };
}
