import type { ReleaseLink } from '../model/attribution.ts';
import type { Pack, PackState } from '../model/pack.ts';
import type { Subject } from '../model/subject.ts';

/**
 * Each pack's state: what its Pack resource reports, else installed when a release or a live object is its own, else
 * planned. Keyed by pack name.
 */
export function statesOf(
  packs: readonly Pack[],
  links: readonly ReleaseLink[],
  { attributions, totals = NO_TOTALS }: Pick<Subject, 'attributions' | 'totals'>,
): ReadonlyMap<string, PackState> {
  const seen = new Set(links.map(({ pack }) => pack));
  let last = '';
  for (const { owner } of attributions) {
    // Neighbours are mostly of one pack.
    if (owner.kind !== 'pack' || owner.pack === last) continue;
    last = owner.pack;
    seen.add(last);
  }
  for (const here of totals.values()) for (const pack of here.packs) seen.add(pack);
  return new Map(packs.map((pack) => [pack.name, stateOf(pack, seen.has(pack.name))]));
}

const NO_TOTALS: NonNullable<Subject['totals']> = new Map();

function stateOf(pack: Pack, seen: boolean): PackState {
  const reported = new Set(pack.definitions.flatMap(({ reportedState }) => reportedState ?? []));
  if (reported.has('being removed')) return 'being removed';
  if (reported.has('failing')) return 'failing';
  return reported.size > 0 || seen ? 'installed' : 'planned';
}
