import type { Finding, FindingOf, Severity } from '../model/finding.ts';
import type { Block } from './page.ts';
import { sentence } from './words.ts';
import { unmanagedSentence } from './words/sharing.ts';

const RANKS: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** Findings of one line: several only when they are applications of one namespace that go with the same packs. */
type Group = readonly [Finding, ...Finding[]];

function isUnmanaged(finding: Finding): finding is FindingOf<'unmanaged-resource'> {
  return finding.rule === 'unmanaged-resource';
}

function groupKey(finding: Finding): string {
  if (!isUnmanaged(finding)) return `id ${finding.id}`;
  return JSON.stringify([finding.severity, finding.namespace, finding.facts.packs]);
}

/** Applications of one namespace share a line; everything else has its own. */
function grouped(findings: readonly Finding[]): readonly Group[] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const group = groups.get(groupKey(finding));
    if (group === undefined) groups.set(groupKey(finding), [finding]);
    else group.push(finding);
  }
  return [...groups.values()];
}

function groupSentence(group: Group): string {
  return group.length === 1 ? sentence(group[0]) : unmanagedSentence(group.filter(isUnmanaged));
}

/** Findings as lines, most severe first, otherwise in the report's order; info only on the full page. */
export function findingsBlock(findings: readonly Finding[], full: boolean): Block {
  const shown = findings
    .filter(({ severity }) => full || severity !== 'info')
    .toSorted((a, b) => RANKS[a.severity] - RANKS[b.severity]);
  return {
    kind: 'reasons',
    title: 'Findings',
    heads: ['Rule', 'Severity', 'Finding'],
    rows: grouped(shown).map((group) => [group[0].rule, group[0].severity, groupSentence(group)]),
  };
}
