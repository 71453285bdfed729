import { destroyedGroups } from '../model/destroyed.ts';
import type { OwnerClass, Removal, RemovalReport, Verdict } from '../model/removal.ts';
import { count, list } from './counts.ts';
import type { Verdict as VerdictLine } from './page.ts';
import { totalCapacity } from './quantity.ts';
import { conflictText, doubtText, targetsText } from './words/removals.ts';

const WORDS: Readonly<Record<Verdict, Pick<VerdictLine, 'tone' | 'word'>>> = {
  conflict: { tone: 'bad', word: 'CONFLICT' },
  unknown: { tone: 'unsure', word: 'UNKNOWN' },
  clear: { tone: 'good', word: "CLEAR by Palette's documentation" },
};

/** The first and last line of an answer about one removal; the last one repeats it with the exit code. */
export function removalVerdict(removal: Removal, report: RemovalReport): VerdictLine {
  const { verdict } = removal;
  const place = report.cluster.context === '' ? report.cluster.server : report.cluster.context;
  const verb = removal.targets.some(({ kind }) => kind === 'upgrade') ? 'applying' : 'removing';
  const what = `${verb} ${targetsText(removal.targets)} ${verb === 'applying' ? 'to' : 'from'} ${place}`;
  return { ...WORDS[verdict], text: `: ${TEXTS[verdict](what, removal)}${laterText(report)}${acceptedText(removal)}` };
}

const TEXTS: Readonly<Record<Verdict, (what: string, removal: Removal) => string>> = {
  conflict: (what, { conflicts, doubts }) => {
    const more = doubts.length === 0 ? '' : ` There may be more: ${doubts.map(doubtText).join('; ')}.`;
    return `${what} destroys ${list(conflicts.map(conflictText))}.${more}`;
  },
  unknown: (what, { doubts }) =>
    `whether ${what} is clear cannot be told: ${doubts.map(doubtText).join('; ')}. This is not an all-clear.`,
  clear: (what, removal) => `${what} destroys ${ownText(removal)}. ${volumesText(removal)}`,
};

function ownText(removal: Removal): string {
  const groups = destroyedGroups(removal);
  const of = (isWanted: (ownerClass: OwnerClass) => boolean): number =>
    groups.filter(({ ownerClass }) => isWanted(ownerClass)).reduce((sum, { resources }) => sum + resources.length, 0);
  const own = of((ownerClass) => ownerClass === 'removed-pack');
  const others = of((ownerClass) => ownerClass !== 'removed-pack' && ownerClass !== 'kubernetes');
  if (others > 0) return `its own ${count(own, 'resource')} and ${others} more, accepted as asked`;
  return own === 0 ? 'nothing that is there' : `only its own ${count(own, 'resource')}`;
}

function volumesText({ data }: Removal): string {
  const gone = data.volumes.filter(({ fate }) => fate !== 'kept');
  if (gone.length === 0) return 'It deletes no volume.';
  const size = totalCapacity(gone.map(({ capacity }) => capacity));
  return `It deletes ${count(gone.length, 'volume')} of its own${size === '' ? '' : ` (${size})`}: ${gone.length === 1 ? 'its' : 'their'} data is lost.`;
}

/** What destroys nothing today may be what makes a later removal dangerous. */
function laterText({ movesIn }: Pick<RemovalReport, 'movesIn'>): string {
  const packs = [...new Set(movesIn.map(({ pack }) => pack))];
  if (packs.length === 0) return '';
  return ` It also puts ${packs.length === 1 ? 'pack' : 'packs'} ${list(packs)} where things of others are: a later removal destroys them.`;
}

function acceptedText({ accepted }: Removal): string {
  return accepted.length === 0 ? '' : ` Accepted as asked (--accept): ${accepted.map(doubtText).join('; ')}.`;
}
