import type { NamespaceRow, NamespacesReport } from '../model/report.ts';
import { count } from './counts.ts';
import { isComplete } from './looked-at.ts';
import { type Block, type Column, filled, type Page, type Verdict } from './page.ts';
import { explainCommand, type PageStyle } from './page-style.ts';
import { preambleBlock, unseenBlock } from './preamble.ts';
import { FATES, SHORT_FATES } from './words/fates.ts';
import { unseenCounts } from './words/gaps.ts';

const SHORT: readonly Column[] = [
  { head: 'NAMESPACE', shrinks: true, as: 'name' },
  { head: 'CLAIMED BY', shrinks: true },
  { head: 'IF REMOVED' },
  { head: 'FREE FOR OTHERS', shrinks: true },
];
const FULL: readonly Column[] = [...SHORT, { head: 'EXISTS' }];

/** The answer of `namespaces` as a page: where may a team deploy? */
export function namespacesPage(report: NamespacesReport, style: PageStyle): Page {
  return {
    title: 'Palette namespaces',
    verdict: verdict(report, style.exitCode),
    blocks: filled([
      unseenBlock(report),
      preambleBlock({ ...report, narrowedTo: [] }, style.full),
      table(report.rows, style.full),
      closing(report, style),
    ]),
  };
}

function freeRows({ rows }: NamespacesReport, free: NamespaceRow['free']): readonly NamespaceRow[] {
  return rows.filter(({ free: own }) => own === free);
}

function verdict(report: NamespacesReport, exitCode: number): Verdict {
  const unknown = freeRows(report, 'unknown').length;
  const open = unknown === 0 ? '' : `; of ${count(unknown, 'namespace')} it is unknown`;
  const answer = `${freeText(report)}${open}`;
  if (isComplete(report)) return { tone: 'good', word: '', text: `${answer}.` };
  const exit = exitCode === 0 ? '' : ` Exit code ${exitCode}.`;
  const unseen = unseenCounts(report.coverage.gaps, report.packs);
  return { tone: 'unsure', word: 'INCOMPLETE', text: `: ${answer}, but ${unseen}. This is not an all-clear.${exit}` };
}

function freeText(report: NamespacesReport): string {
  const all = count(report.rows.length, 'namespace');
  const free = freeRows(report, 'yes').length;
  if (free === 0) return `None of ${all} is free for others`;
  return `${free} of ${all} ${free === 1 ? 'is' : 'are'} free for others: no pack's claim destroys ${free === 1 ? 'it' : 'them'}`;
}

function row({ namespace, claimedBy, fate, free, why, exists }: NamespaceRow, full: boolean): readonly string[] {
  // The column before says already that it is destroyed.
  const reason = why === '' || (fate === 'destroyed' && !full) ? free : `${free}: ${why}`;
  const cells = [namespace, claimedBy.join(', '), full ? FATES[fate] : SHORT_FATES[fate], reason];
  return full ? [...cells, exists ? 'yes' : 'no'] : cells;
}

function table(rows: readonly NamespaceRow[], full: boolean): Block {
  const columns = full ? FULL : SHORT;
  return { kind: 'table', title: 'Namespaces', columns, rows: rows.map((each) => row(each, full)) };
}

const COUNTED = { yes: 'free', no: 'not free', unknown: 'unknown' } as const;

function closing(report: NamespacesReport, { command }: PageStyle): Block {
  const counts = (['yes', 'no', 'unknown'] as const)
    .map((free) => [freeRows(report, free).length, COUNTED[free]] as const)
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${number} ${word}`)
    .join(', ');
  const claimed = report.rows.find(({ claimedBy, free }) => claimedBy.length > 0 && free !== 'yes');
  const next = claimed === undefined ? [] : [`Why: ${explainCommand(command, claimed.namespace)}`];
  return { kind: 'closing', parts: [counts === '' ? 'No namespaces.' : `Namespaces: ${counts}.`, ...next] };
}
