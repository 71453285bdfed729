import type { Severity } from '../model/finding.ts';
import type { CoverageSummary, PackSummary, Report } from '../model/report.ts';
import { count } from './counts.ts';

/** What every answer rests on, of whichever command. */
export interface Subject {
  readonly complete: boolean;
  readonly coverage: CoverageSummary;
  readonly packs: readonly PackSummary[];
}

/** What was looked at: `214 resources, 9 namespaces, 6 packs`. */
export function lookedAt({ coverage, packs }: Subject): string {
  return [
    count(coverage.resources, 'resource'),
    count(coverage.namespaces, 'namespace'),
    count(packs.length, 'pack'),
  ].join(', ');
}

/** True when nothing was left unseen: only then may an answer sound like an all-clear. */
export function isComplete({ complete, coverage }: Subject): boolean {
  return complete && coverage.complete;
}

/** How many findings of each severity a report has. */
export function severityCounts({ findings }: Pick<Report, 'findings'>): Readonly<Record<Severity, number>> {
  const of = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  return { error: of('error'), warning: of('warning'), info: of('info') };
}
