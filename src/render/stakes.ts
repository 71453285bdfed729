import type { ExplainedStake, StakeSummary } from '../model/report.ts';
import type { Block, Column } from './page.ts';
import { basisText, FATES, fateCell, SHORT_FATES } from './words/fates.ts';

const WHO: readonly Column[] = [
  { head: 'NAMESPACE', shrinks: true, as: 'name' },
  { head: 'PACK', shrinks: true, as: 'name' },
  { head: 'STATE' },
];
const OWN: Column = { head: 'OWN', right: true };
const CLAIMED: Column = { head: 'CLAIMED', right: true };
const OTHERS: readonly Column[] = [
  { head: 'OTHER PACKS', right: true },
  { head: "NOT PALETTE'S", right: true },
];
const REASON: readonly Column[] = [{ head: 'IF REMOVED' }];
const FULL_REASON: readonly Column[] = [...REASON, { head: 'BASIS' }, { head: 'SOURCE' }];

/** How much a table says. `claimed`: what is only claimed stands apart from what is proven. */
interface Extent {
  readonly full: boolean;
  readonly claimed: boolean;
}

function columnsOf({ full, claimed }: Extent): readonly Column[] {
  return [...WHO, ...(full ? FULL_REASON : REASON), OWN, ...(claimed ? [CLAIMED] : []), ...OTHERS];
}

function number(count: number): string {
  return count === 0 ? '-' : String(count);
}

function row(stake: StakeSummary, extent: Extent): readonly string[] {
  const { namespace, pack, state, fate, basis, sources, own, claimed = 0, otherPacks, unmanaged } = stake;
  const reasons = extent.full ? [FATES[fate], basisText(basis), sources.join(', ')] : [fateCell(fate, basis)];
  const owned = extent.claimed ? [String(own - claimed), number(claimed)] : [String(own)];
  return [namespace, pack, state, ...reasons, ...owned, number(otherPacks), number(unmanaged)];
}

function anyClaimed(stakes: readonly StakeSummary[]): boolean {
  return stakes.some(({ claimed = 0 }) => claimed > 0);
}

/** Every stake: what goes with the namespace if the pack is removed. */
export function stakesBlock(stakes: readonly StakeSummary[], full: boolean): Block {
  const extent = { full, claimed: anyClaimed(stakes) };
  return {
    kind: 'table',
    title: 'Stakes',
    columns: columnsOf(extent),
    rows: stakes.map((stake) => row(stake, extent)),
  };
}

/** What the column of claims means; nothing where everything is proven. */
export function claimedLines(stakes: readonly StakeSummary[]): readonly string[] {
  if (!anyClaimed(stakes)) return [];
  return [
    "Claimed: marked as the pack's, but the proof, such as its Helm release, could not be read. Marks can be copied, so whose these are is not proven, nor that the pack has nothing elsewhere.",
  ];
}

/** The stakes on one namespace, with the fields or releases that make them. */
export function explainedStakesBlock(stakes: readonly ExplainedStake[], full: boolean): Block {
  return {
    kind: 'table',
    title: 'Stakes',
    columns: [
      { head: 'PACK', shrinks: true, as: 'name' },
      { head: 'STATE' },
      { head: 'IF REMOVED' },
      { head: 'BASIS' },
      { head: 'SOURCE', shrinks: true },
      { head: 'VIA', shrinks: true },
    ],
    rows: stakes.map(({ pack, state, fate, basis, sources, via }) => [
      pack,
      state,
      full ? FATES[fate] : SHORT_FATES[fate],
      basisText(basis),
      sources.join(', '),
      via.join(', '),
    ]),
  };
}
