import type { Fate } from '../model/pack.ts';
import type { NamespaceExplanation } from '../model/report.ts';
import { count, counted, distinct, list } from './counts.ts';
import { findingsBlock } from './findings.ts';
import { isComplete, severityCounts } from './looked-at.ts';
import { type Block, filled, type Page, type Verdict } from './page.ts';
import type { PageStyle } from './page-style.ts';
import { preambleBlock, unseenBlock } from './preamble.ts';
import { findingResourcesBlock } from './resources.ts';
import { explainedStakesBlock } from './stakes.ts';
import { FATES } from './words/fates.ts';
import { unseenCounts } from './words/gaps.ts';
import { ownerText } from './words/owners.ts';

/** The answer of `explain namespace/NAME` as a page. */
export function explanationPage(explanation: NamespaceExplanation, style: PageStyle): Page {
  const { full, labelColumns } = style;
  return {
    title: `Namespace ${explanation.namespace}`,
    verdict: verdict(explanation, style.exitCode),
    blocks: filled([
      unseenBlock(explanation),
      preambleBlock({ ...explanation, narrowedTo: [] }, full),
      explainedStakesBlock(explanation.stakes, full),
      owners(explanation),
      evidence(explanation),
      findingsBlock(explanation.findings, true),
      ...(full ? [findingResourcesBlock(explanation.findings, { ...explanation, labelColumns })] : []),
      closing(explanation, style),
    ]),
  };
}

function verdict(explanation: NamespaceExplanation, exitCode: number): Verdict {
  const { coverage, packs } = explanation;
  const besides = besidesText(explanation);
  const text = `${stakeText(explanation, besides)}${besides}${absenceText(explanation)}`;
  if (isComplete(explanation)) return { tone: besides === '' ? 'good' : 'unsure', word: '', text };
  const exit = exitCode === 0 ? '' : ` Exit code ${exitCode}.`;
  const unseen = unseenCounts(coverage.gaps, packs);
  return { tone: 'unsure', word: 'INCOMPLETE', text: `: ${unseen}.${exit} As far as was seen: ${text}` };
}

/** Of namespaces that were not read nobody knows whether they exist. */
function absenceText({ namespace, exists, coverage }: NamespaceExplanation): string {
  if (exists) return '';
  const isRead = coverage.gaps.every(({ resources }) => !resources.includes('namespaces'));
  return isRead ? ` ${namespace} does not exist in the cluster.` : ` Whether ${namespace} exists is not known.`;
}

/** How the namespace or a part of it goes all the same, though no pack has a stake that destroys it. */
function besidesText({ namespace, ownedBy, takenBy, stakes }: NamespaceExplanation): string {
  if (stakes.some(({ fate }) => fate === 'destroyed' || fate === 'unknown')) return '';
  const which = ownedBy.length === 1 ? 'its owner' : 'the last of its owners';
  const owned = ownedBy.length === 0 ? '' : ` But ${namespace} goes with ${which}, ${list(ownedBy, 'or')}.`;
  const packs = distinct(takenBy.map(({ pack }) => pack));
  const taken = packs.map((pack) => {
    const here = takenBy.filter((one) => one.pack === pack);
    const total = here.reduce((sum, { resources }) => sum + resources, 0);
    const verb = total === 1 ? 'goes' : 'go';
    return ` But ${count(total, 'resource')} in it (${list(here.map(({ type }) => type))}) ${verb} with pack ${pack}, which brought the type.`;
  });
  return `${owned}${taken.join('')}`;
}

/** Who takes the namespace along, or that nobody does; without an all-clear where something was not seen. */
function stakeText(explanation: NamespaceExplanation, besides: string): string {
  const { namespace, stakes } = explanation;
  const destroyers = packsOf(stakes.filter(({ fate }) => fate === 'destroyed' || fate === 'unknown'));
  if (destroyers.length > 0) {
    return `${namespace} is destroyed when pack ${list(destroyers, 'or')} is removed: ${haveStakes(destroyers.length)} in it.`;
  }
  const worstFirst: readonly Fate[] = ['protected', 'objects-only', 'labelled-only'];
  const fate = worstFirst.find((each) => stakes.some((stake) => stake.fate === each));
  return fate === undefined
    ? untouchedText(explanation, besides)
    : `${namespace}, claimed by ${list(packsOf(stakes))}: ${FATES[fate]}.`;
}

function haveStakes(packs: number): string {
  if (packs === 1) return 'it has a stake';
  return packs === 2 ? 'both have a stake' : 'each has a stake';
}

function untouchedText(explanation: NamespaceExplanation, besides: string): string {
  const { namespace, packs } = explanation;
  const read = `${count(packs.length, 'pack')} read`;
  const further = besides === '' ? '; what follows from a removal, "removal" tells' : '';
  return isComplete(explanation)
    ? `No pack has a stake in ${namespace} (${read}, complete)${further}.`
    : `no pack is known to have a stake in ${namespace} (${read}). This is not an all-clear.`;
}

function packsOf(claims: NamespaceExplanation['stakes']): readonly string[] {
  return distinct(claims.map(({ pack }) => pack));
}

function owners(explanation: NamespaceExplanation): Block {
  return {
    kind: 'table',
    title: 'What it holds',
    columns: [{ head: 'IT HOLDS', right: true }, { head: 'OF', shrinks: true }, { head: 'STRENGTH' }],
    rows: explanation.owners.map(({ owner, strength, resources }) => [String(resources), ownerText(owner), strength]),
  };
}

/** Why each owner is believed, strongest first. */
function evidence(explanation: NamespaceExplanation): Block {
  const rows = explanation.owners.flatMap(({ owner, evidence: reasons }) =>
    reasons.map(({ strength, text }) => [ownerText(owner), strength, text] as const),
  );
  return { kind: 'reasons', title: 'Evidence', heads: ['Owner', 'Strength', 'Why'], rows };
}

function closing(explanation: NamespaceExplanation, { command, exitCode }: PageStyle): Block {
  const { error, warning, info } = severityCounts(explanation);
  const found = counted([
    [error, 'error'],
    [warning, 'warning'],
    [info, 'info finding'],
  ]);
  const exit = exitCode === 0 ? '' : ` Exit code ${exitCode}.`;
  return {
    kind: 'closing',
    parts:
      found === ''
        ? [`No findings about it.${exit}`, `The whole audit: ${command}`]
        : [`${found}.${exit}`, `What to do about it: ${command}`],
  };
}
