import type { Finding } from '../model/finding.ts';
import type { FoldedCounts, Report } from '../model/report.ts';
import { applicationsBlock } from './applications.ts';
import { counted, list } from './counts.ts';
import { findingsBlock } from './findings.ts';
import { isComplete, severityCounts } from './looked-at.ts';
import type { Block, Page } from './page.ts';
import { explainCommand, explainResourceCommand, type PageStyle } from './page-style.ts';
import { listedRows, preambleBlock, unseenBlock } from './preamble.ts';
import { recommendationBlocks } from './recommendation.ts';
import { findingResourcesBlock, resourcesBlock } from './resources.ts';
import { claimedLines, stakesBlock } from './stakes.ts';
import { auditVerdict } from './verdict.ts';
import { filled } from './page.ts';

/** The answer of `audit` as a page. */
export function auditPage(report: Report, style: PageStyle): Page {
  const { full, labelColumns } = style;
  const lists = full
    ? [resourcesBlock(report, labelColumns), findingResourcesBlock(otherFindings(report), { ...report, labelColumns })]
    : [];
  return {
    title: 'Palette audit',
    verdict: auditVerdict(report, style.exitCode),
    blocks: filled([
      unseenBlock(report),
      preambleBlock(report, full, listedRows(report)),
      stakesBlock(report.stakes, full),
      { kind: 'notes', lines: claimedLines(report.stakes) },
      findingsBlock(report.findings, full),
      applicationsBlock(report, full),
      ...lists,
      notAtStakeBlock(report),
      { kind: 'notes', lines: foldedLines(report.folded) },
      ...recommendationBlocks(report, style.helm),
      closing(report, style),
    ]),
  };
}

/** Unmanaged resources are listed with their applications. */
function otherFindings({ findings }: Report): readonly Finding[] {
  return findings.filter(({ rule }) => rule !== 'unmanaged-resource');
}

/** With `-A`: the namespaces that no removal touches. */
function notAtStakeBlock({ notAtStake = [] }: Report): Block {
  return {
    kind: 'table',
    title: 'Not at stake',
    columns: [
      { head: 'NOT AT STAKE', shrinks: true, as: 'name' },
      { head: 'RESOURCES', right: true },
    ],
    rows: notAtStake.map(({ namespace, resources }) => [namespace, String(resources)]),
  };
}

/** `31 made by Kubernetes, not listed; 4 injected into every namespace by x; 2 of Palette itself.` */
function foldedLines({ kubernetes, injected, palette, injectedBy = [] }: FoldedCounts): readonly string[] {
  const by = injectedBy.length === 0 ? '' : ` by ${list(injectedBy)}`;
  const parts = [
    kubernetes === 0 ? '' : `${kubernetes} made by Kubernetes`,
    injected === 0 ? '' : `${injected} injected into every namespace${by}`,
    palette === 0 ? '' : `${palette} of Palette itself`,
  ].filter((text) => text !== '');
  return parts.length === 0 ? [] : [`Not listed: ${parts.join('; ')}.`];
}

/** Counts, the exit code where it says something, and the command that helps next. */
function closing(report: Report, style: PageStyle): Block {
  const { error, warning, info } = severityCounts(report);
  const found = counted([
    [error, 'error'],
    [warning, 'warning'],
    [info, 'info finding'],
  ]);
  const exit = style.exitCode === 0 ? '' : ` Exit code ${style.exitCode}.`;
  const more = info === 0 ? '' : ` and says the ${info === 1 ? 'info finding' : 'info findings'}`;
  const wide = style.full ? [] : [`-o wide lists every resource${more}.`];
  const nothing = isComplete(report) ? 'No findings' : 'Incomplete, no findings';
  const counts = `${found === '' ? nothing : found}.${exit}`;
  return { kind: 'closing', parts: [counts, ...(found === '' ? [] : wide), ...nextCommand(report, style)] };
}

function nextCommand(report: Report, { command }: PageStyle): readonly string[] {
  const worst = report.findings.find(({ severity, namespace }) => severity === 'error' && namespace !== '');
  const listed = report.findings.find(({ rule, severity }) => rule === 'unmanaged-resource' && severity === 'error');
  const why = explainResourceCommand(command, listed?.resources ?? []);
  if (why !== undefined) return [`Why one is listed: ${why}`];
  if (worst !== undefined) return [`Next: ${explainCommand(command, worst.namespace)}`];
  if (!isComplete(report)) return ['Next: get the rights or mend the faults named above, then run it again.'];
  const unclaimed = onlyUnclaimed(report);
  if (unclaimed !== undefined) return [`What of it may go all the same: ${explainCommand(command, unclaimed)}`];
  return [`Where others may deploy: ${command} namespaces`];
}

/** The one namespace that was asked about and that no pack claims: it may lose resources with their type, or have an owner. */
function onlyUnclaimed({ narrowedTo, stakes }: Report): string | undefined {
  return narrowedTo.length === 1 && stakes.length === 0 ? narrowedTo[0] : undefined;
}
