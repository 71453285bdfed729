import type { Inventory } from '../model/inventory.ts';
import type { CoverageGap } from '../model/report.ts';
import { logLine, terminalProse, terminalText } from '../render/escape.ts';
import { unseenLines } from '../render/words/gaps.ts';
import { suggestedAudit } from './suggested-command.ts';

/** What `snapshot` says when it is done: what the file holds, and everything that is missing in it. */
export function snapshotSummary(file: string, inventory: Inventory, gaps: readonly CoverageGap[]): string {
  const { cluster, objects, namespaces, takenAt, coverage } = inventory;
  const read = coverage.filter(({ state }) => state === 'complete').length;
  const covered = `Covered: ${read} of ${coverage.length} readings.`;
  const held = `${objects.length} resources in ${namespaces.length} namespaces of ${cluster.context || cluster.server}, at ${takenAt}`;
  const lines =
    gaps.length === 0
      ? [terminalText(`Snapshot written to ${file}: ${held}.`)]
      : [
          terminalText(`INCOMPLETE: snapshot written to ${file}: ${held}, but not everything could be read.`),
          ...unseenLines(gaps, []).map((line) => `Not seen: ${terminalProse(line)}`),
        ];
  const next = terminalText(`Audit it with: ${suggestedAudit(file)}`);
  return `${[...lines, covered, next].map(logLine).join('\n')}\n`;
}
