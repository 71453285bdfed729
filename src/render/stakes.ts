import type { StakeSummary } from '../model/report.ts';
import type { Block, Column } from './page.ts';
import { basisText, FATES, fateCell } from './words/fates.ts';

const WHO: readonly Column[] = [
  { head: 'NAMESPACE', shrinks: true, as: 'name' },
  { head: 'PACK', shrinks: true, as: 'name' },
  { head: 'STATE' },
];
const COUNTS: readonly Column[] = [
  { head: 'OWN', right: true },
  { head: 'OTHER PACKS', right: true },
  { head: "NOT PALETTE'S", right: true },
];

const SHORT: readonly Column[] = [...WHO, { head: 'IF REMOVED' }, ...COUNTS];
const FULL: readonly Column[] = [...WHO, { head: 'IF REMOVED' }, { head: 'BASIS' }, { head: 'SOURCE' }, ...COUNTS];

function number(count: number): string {
  return count === 0 ? '-' : String(count);
}

function row(stake: StakeSummary, full: boolean): readonly string[] {
  const { namespace, pack, state, fate, basis, sources, own, otherPacks, unmanaged } = stake;
  const reasons = full ? [FATES[fate], basisText(basis), sources.join(', ')] : [fateCell(fate, basis)];
  return [namespace, pack, state, ...reasons, String(own), number(otherPacks), number(unmanaged)];
}

/** Every stake: what goes with the namespace if the pack is removed. */
export function stakesBlock(stakes: readonly StakeSummary[], full: boolean): Block {
  return {
    kind: 'table',
    title: 'Stakes',
    columns: full ? FULL : SHORT,
    rows: stakes.map((stake) => row(stake, full)),
  };
}
