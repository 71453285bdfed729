import type { RemovalOverview, RemovalRow } from '../model/removal-overview.ts';
import { count, counted, distinct } from './counts.ts';
import { isComplete } from './looked-at.ts';
import { filled, type Block, type Page, type Verdict } from './page.ts';
import type { PageStyle } from './page-style.ts';
import { preambleBlock, unseenBlock } from './preamble.ts';
import { totalCapacity } from './quantity.ts';
import { unseenCounts } from './words/gaps.ts';
import { conflictText, doubtText } from './words/removals.ts';

/** The answer of `removal` without a name as a page: a line for each pack and profile. */
export function removalsPage(overview: RemovalOverview, style: PageStyle): Page {
  const subject = { ...overview, narrowedTo: [] };
  return {
    title: 'Removals',
    verdict: verdict(overview),
    blocks: filled([
      unseenBlock(subject),
      preambleBlock(subject, style.full),
      rowsBlock(overview, style),
      closing(overview, style),
    ]),
  };
}

function ofVerdict({ rows }: RemovalOverview, wanted: RemovalRow['verdict'], kind: RemovalRow['kind']): number {
  return rows.filter((row) => row.verdict === wanted && row.kind === kind).length;
}

/** `CONFLICT for 2 packs and 1 profile, unknown for 1 pack, clear for 3 packs.` */
function verdict(overview: RemovalOverview): Verdict {
  const parts = (['conflict', 'unknown', 'clear'] as const).flatMap((wanted) => {
    const packs = ofVerdict(overview, wanted, 'pack');
    const profiles = ofVerdict(overview, wanted, 'profile');
    const of = counted([
      [packs, 'pack'],
      [profiles, 'profile'],
    ]);
    return of === '' ? [] : [{ wanted, text: `${wanted} for ${of}` }];
  });
  const [first] = parts;
  if (first === undefined) return nothing(overview);
  const tone = first.wanted === 'conflict' ? 'bad' : TONES[first.wanted];
  return { tone, word: 'If each were removed by itself', text: `: ${parts.map(({ text }) => text).join('; ')}.` };
}

function nothing(overview: RemovalOverview): Verdict {
  const found = 'that could be removed was found';
  if (isComplete(overview)) return { tone: 'unsure', word: 'Nothing', text: ` ${found}.` };
  const unseen = unseenCounts(overview.coverage.gaps, overview.packs);
  return { tone: 'unsure', word: 'INCOMPLETE', text: `: nothing ${found}, but ${unseen}. This is not an all-clear.` };
}

const TONES = { unknown: 'unsure', clear: 'good' } as const;

function rowsBlock({ rows }: RemovalOverview, { full }: PageStyle): Block {
  return {
    kind: 'table',
    title: 'Removals',
    columns: [
      { head: 'NAME', shrinks: true, as: 'name' },
      { head: 'VERDICT' },
      { head: 'NAMESPACES', shrinks: true },
      { head: 'OWN', right: true },
      { head: 'NOT ITS OWN', right: true },
      { head: 'DATA' },
      ...(full ? [{ head: 'WHY' }] : []),
    ],
    rows: rows.map((row) => cells(row, full)),
  };
}

function cells(row: RemovalRow, full: boolean): readonly string[] {
  const { kind, name, verdict: judged, layers, namespaces, own, foreign, data } = row;
  const said = judged ?? `not removable (${distinct(layers).join(', ')} layer)`;
  const amount = (number: number): string => (judged === undefined ? '-' : String(number));
  const why = [...row.conflicts.map(conflictText), ...row.doubts.map(doubtText)].join('; ');
  const plain = [`${kind}/${name}`, said, namespaces.join(', '), amount(own), amount(foreign), totalCapacity(data)];
  return full ? [...plain, why] : plain;
}

function closing({ rows }: RemovalOverview, { command, exitCode }: PageStyle): Block {
  const packs = rows.filter(({ kind }) => kind === 'pack').length;
  const total = `${count(packs, 'pack')} and ${count(rows.length - packs, 'profile')}, each by itself`;
  const exit = exitCode === 0 ? '' : ` Exit code ${exitCode}.`;
  const worst =
    rows.find(({ verdict: judged }) => judged === 'conflict') ?? rows.find((row) => row.verdict !== undefined);
  const next = worst === undefined ? [] : [`Next: ${command} removal ${worst.kind}/${shellName(worst.name)}`];
  return { kind: 'closing', parts: [`${total}.${exit}`, ...next] };
}

/** A name that a shell could take for more is left for the reader to fill in. */
function shellName(name: string): string {
  return /^[\w.-]{1,253}$/u.test(name) ? name : 'NAME';
}
