import type { Owner } from '../model/attribution.ts';
import type { ResourceExplanation } from '../model/explanation.ts';
import { kindName, typeName } from '../model/resource.ts';
import { count, distinct, list } from './counts.ts';
import { isComplete } from './looked-at.ts';
import { filled, type Block, type Page, type Verdict } from './page.ts';
import { explainCommand, type PageStyle } from './page-style.ts';
import { preambleBlock, unseenBlock } from './preamble.ts';
import { explainedStakesBlock } from './stakes.ts';
import { changeText } from './words/answer-changes.ts';
import { unseenCounts } from './words/gaps.ts';
import { lossLines } from './words/losses.ts';
import { whoseText } from './words/resource-owner.ts';

/** The answer of `explain TYPE/NAME` as a page: whose it is, by which evidence, what a removal does, what would change that. */
export function resourceExplanationPage(explanation: ResourceExplanation, style: PageStyle): Page {
  return {
    title: `${kindName(explanation.type)}/${explanation.name}`,
    verdict: verdict(explanation, style.exitCode),
    blocks: filled([
      unseenBlock(explanation),
      { kind: 'facts', rows: evidenceRows(explanation) },
      { kind: 'notes', lines: [...lossLines(explanation), ...asides(explanation)] },
      explainedStakesBlock(explanation.stakes, style.full),
      changesBlock(explanation),
      preambleBlock({ ...explanation, narrowedTo: [] }, style.full),
      closing(explanation, style),
    ]),
  };
}

function verdict(explanation: ResourceExplanation, exitCode: number): Verdict {
  const { type, name, namespace, coverage, packs, resource } = explanation;
  const exit = exitCode === 0 ? '' : ` Exit code ${exitCode}.`;
  const place = namespace === '' ? '' : ` in ${namespace}`;
  const text = `${kindName(type)}/${name}${place} ${whoseText(explanation)}.`;
  if (isComplete(explanation)) return { tone: 'good', word: '', text };
  if (resource === undefined) {
    const unlisted = `${typeName(type)}${place} could not be listed, so it is not known whether ${name} is there`;
    return { tone: 'unsure', word: 'INCOMPLETE', text: `: ${unlisted}.${exit}` };
  }
  const unseen = unseenCounts(coverage.gaps, packs);
  return { tone: 'unsure', word: 'INCOMPLETE', text: `: ${unseen}.${exit} As far as was seen: ${text}` };
}

type Row = readonly [label: string, text: string];

/** The chain of evidence with its sources, what speaks against a pack, and who wrote last. */
function evidenceRows(explanation: ResourceExplanation): readonly Row[] {
  const { evidence, root, lastWrite, resource } = explanation;
  if (resource === undefined) return [];
  const { manager, at } = lastWrite;
  return [
    ...evidence.map(({ strength, text, source }): Row => [
      strength,
      source === undefined ? text : `${text} (${source})`,
    ]),
    ...againstPacks(explanation),
    ...(root === '' ? [] : [['made for', root] as const]),
    ...(manager === '' && at === ''
      ? []
      : [['last write', [manager, at].filter((text) => text !== '').join(', ')] as const]),
  ];
}

/** Owners beside whom it has to be said that no pack is one. */
const FOREIGN: ReadonlySet<Owner['kind']> = new Set(['application', 'person', 'unexplained']);

/** Why no pack owns what somebody else, or nobody, does. */
function againstPacks(explanation: ResourceExplanation): readonly Row[] {
  const { owner, packs, conflict } = explanation;
  if (owner === undefined || !FOREIGN.has(owner.kind) || conflict.length > 0) return [];
  if (owner.kind === 'application' && owner.via === 'helm') return [['no pack', otherReleases(packs)]];
  const unread = isComplete(explanation) ? '' : ', as far as these could be read';
  return [['no pack', `no release and no manifest of ${count(packs.length, 'pack')} contains it${unread}`]];
}

function otherReleases(packs: ResourceExplanation['packs']): string {
  const releases = distinct(packs.flatMap((pack) => pack.releases.map(({ release }) => release)));
  if (releases.length === 0) return 'no release of a pack is known';
  const [only, second] = releases;
  return second === undefined
    ? `the only release of a pack is ${only ?? ''}: not this one`
    : `the packs' releases are ${list(releases)}: not this one`;
}

/** What a reader of the answer should know besides. */
function asides({ otherTypes, type, deletingSince }: ResourceExplanation): readonly string[] {
  const taken = `The type was taken for ${typeName(type)}; it could also be ${list(otherTypes, 'or')}.`;
  return [
    ...(deletingSince === undefined ? [] : [`It is being deleted already, since ${deletingSince}.`]),
    ...(otherTypes.length === 0 ? [] : [taken]),
  ];
}

function changesBlock({ changes }: ResourceExplanation): Block {
  const steps = changes.map((change) => ({ text: changeText(change), snippet: [], notes: [] }));
  return { kind: 'steps', title: 'What would change this answer', intro: '', steps };
}

function closing({ namespace }: ResourceExplanation, { command }: PageStyle): Block {
  return namespace === ''
    ? { kind: 'closing', parts: [`The whole audit: ${command}`] }
    : { kind: 'closing', parts: [`All of the namespace: ${explainCommand(command, namespace)}`] };
}
