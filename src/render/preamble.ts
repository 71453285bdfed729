import type { ClusterIdentity } from '../model/inventory.ts';
import type { PackState } from '../model/pack.ts';
import type { PackSummary } from '../model/report.ts';
import { count, distinct, list } from './counts.ts';
import { isComplete, type Subject } from './looked-at.ts';
import type { Block } from './page.ts';
import { unseenLines } from './words/gaps.ts';
import { sourceText } from './words/place.ts';

/** What the head of every page needs. */
export interface Preamble extends Subject {
  readonly cluster: ClusterIdentity;
  readonly takenAt: string;
  readonly narrowedTo: readonly string[];
}

type Row = readonly [label: string, text: string];

/** What was not seen, directly below the verdict: every cause, in whichever format. */
export function unseenBlock({ coverage, packs }: Subject): Block {
  const lines = unseenLines(coverage.gaps, packs);
  return { kind: 'facts', rows: lines.map((line, at): Row => [at === 0 ? 'Not seen' : '', line]) };
}

/** What `-l` leaves of the lists, said aloud, for the counts stay those of everything. */
export function listedRows({ selector }: { readonly selector?: string }): readonly Row[] {
  return selector === undefined ? [] : [['Listed', `only resources that match -l ${selector}; the counts are of all`]];
}

/** Cluster, packs and coverage: what the answer rests on. `extra` are further rows of one command. */
export function preambleBlock(preamble: Preamble, full: boolean, extra: readonly Row[] = []): Block {
  const rows: readonly Row[] = [
    ['Cluster', clusterText(preamble.cluster)],
    ...(full ? uidRows(preamble.cluster) : []),
    ['Packs', packsText(preamble.packs)],
    ['Covered', coveredText(preamble)],
    ...extra,
    ...preamble.coverage.notes.map((note, at): Row => [at === 0 ? 'Notes' : '', note]),
  ];
  return { kind: 'facts', rows };
}

/** What tells clusters of one name apart. */
function uidRows({ uid }: ClusterIdentity): readonly Row[] {
  return uid === '' ? [] : [['UID', `${uid} (of namespace kube-system)`]];
}

/** Context, server and what Palette calls the cluster. */
export function clusterText({ context, server, paletteUid, paletteName }: ClusterIdentity): string {
  const name = context === '' ? server : `${context} (${server})`;
  if (paletteUid === undefined) return `${name}, no Palette cluster UID known`;
  return `${name}, Palette cluster ${paletteName === undefined ? paletteUid : `${paletteName} (${paletteUid})`}`;
}

const STATES: readonly (readonly [PackState, string])[] = [
  ['installed', 'installed'],
  ['failing', 'failing'],
  ['being removed', 'being removed'],
  ['planned', 'planned (only in a file)'],
];

/** `5 installed, 1 planned (only in a file), read from the cluster and profile.yaml`. */
function packsText(packs: readonly PackSummary[]): string {
  if (packs.length === 0) return 'none found';
  const states = STATES.map(([state, word]) => [packs.filter((pack) => pack.state === state).length, word] as const)
    .filter(([number]) => number > 0)
    .map(([number, word]) => `${number} ${word}`);
  const sources = distinct(packs.flatMap((pack) => pack.sources.map(sourceText)));
  return `${states.join(', ')}${sources.length === 0 ? '' : `, read from ${list(sources)}`}`;
}

/** How much was covered, and every gap, for what has no room for it in the answer itself. */
export function coverageLines(preamble: Preamble): readonly string[] {
  const unseen = unseenLines(preamble.coverage.gaps, preamble.packs);
  return [`Covered: ${coveredText(preamble)}`, ...unseen.map((line) => `Not seen: ${line}`)];
}

function coveredText(preamble: Preamble): string {
  const { types, completeTypes, namespaces, resources } = preamble.coverage;
  const narrowed = preamble.narrowedTo.length === 0 ? '' : `, only ${list(preamble.narrowedTo)} (-n)`;
  return [
    `${completeTypes} of ${count(types, 'resource type')} in ${count(namespaces, 'namespace')}${narrowed}`,
    count(resources, 'resource'),
    ...(isComplete(preamble) ? [] : ['incomplete']),
    `at ${preamble.takenAt}`,
  ].join(', ');
}
