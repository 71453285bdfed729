import type { Finding } from '../model/finding.ts';
import type { RemovalReport } from '../model/removal.ts';
import type { RemovalOverview } from '../model/removal-overview.ts';
import type { VerifyReport } from '../model/verification.ts';
import type { OutputFlags } from './invocation.ts';

/** Every code this program exits with on its own; signals add 130 and 143. Design, decision 8. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 70;

/**
 * The exit code of an audit: 1 as soon as a finding reaches `--fail-on`, also when incomplete; else 3 when anything
 * could not be seen, whatever `--fail-on` says; else 0.
 */
export function auditOutcome(
  report: { readonly complete: boolean; readonly findings: readonly Finding[] },
  failOn: OutputFlags['failOn'],
): ExitCode {
  const failing = failOn === 'warning' ? ['error', 'warning'] : ['error'];
  if (failOn !== 'never' && report.findings.some(({ severity }) => failing.includes(severity))) return 1;
  return report.complete ? 0 : 3;
}

/**
 * The exit code of a named removal: 1 for a conflict, and for what else `--fail-on` names; 3 when it is not known
 * whether the removal is clear, whatever `--fail-on` says. What `--accept` took out makes nothing unknown.
 */
export function removalOutcome(
  { verdict, removals, complete }: Pick<RemovalReport, 'verdict' | 'removals' | 'complete'>,
  failOn: OutputFlags['failOn'],
): ExitCode {
  if (failOn !== 'never' && fails({ verdict, removals }, failOn)) return 1;
  if (verdict === 'clear') return 0;
  return verdict === 'conflict' && complete ? 0 : 3;
}

function fails({ verdict, removals }: Pick<RemovalReport, 'verdict' | 'removals'>, failOn: OutputFlags['failOn']) {
  if (verdict === 'conflict') return true;
  if (failOn === 'data') return removals.some(({ data }) => data.volumes.some(({ fate }) => fate !== 'kept'));
  return failOn === 'warning' && removals.some(({ breakages }) => breakages.length > 0);
}

/** The exit code of the list of removals: only an explicit `--fail-on` makes it judge; what was not seen always shows. */
export function overviewOutcome({ complete, rows }: RemovalOverview, { failOn, failOnGiven }: OutputFlags): ExitCode {
  const failing = rows.some(({ verdict, data }) => verdict === 'conflict' || (failOn === 'data' && data.length > 0));
  if (failOnGiven && failOn !== 'never' && failing) return 1;
  const unknown = failOnGiven && rows.some(({ verdict }) => verdict === 'unknown');
  return complete && !unknown ? 0 : 3;
}

/** The exit code of `verify`: 1 when what is there differs from the prediction; 3 when not all could be seen. */
export function verifyOutcome(report: VerifyReport): ExitCode {
  const { complete, predicted, gone, remaining, namespaces, recreated, unpredicted } = report;
  const differs = remaining.length + namespaces.length + recreated.length + unpredicted.length > 0;
  if (differs) return 1;
  return complete && gone === predicted ? 0 : 3;
}
