import type { Finding } from '../model/finding.ts';
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
