import type { Basis, Fate } from '../../model/pack.ts';

/** What a removal does to a namespace, in full. */
export const FATES: Readonly<Record<Fate | 'untouched', string>> = {
  destroyed: 'destroyed',
  protected: 'namespace stays; the fate of its contents is unknown',
  'objects-only': 'namespace stays; only the objects of the pack go',
  'labelled-only': 'namespace stays; the pack only labels it',
  unknown: 'unknown: its name holds an unresolved macro',
  untouched: 'untouched',
};

/** The same for a column of 100-column tables. */
export const SHORT_FATES: Readonly<Record<Fate | 'untouched', string>> = {
  destroyed: 'destroyed',
  protected: 'stays; contents unknown',
  'objects-only': 'stays; own objects go',
  'labelled-only': 'stays; only labelled',
  unknown: 'unknown (macro)',
  untouched: 'untouched',
};

const BASES: Readonly<Record<Basis, string>> = {
  documented: 'documented',
  assumed: 'assumed',
  seen: 'seen',
  none: '-',
};

/** Why a fate is believed; `-` where nobody knows. */
export function basisText(basis: Basis): string {
  return BASES[basis];
}

/** Fate and basis in one cell: `destroyed (assumed)`. */
export function fateCell(fate: Fate, basis: Basis): string {
  return basis === 'none' || fate !== 'destroyed' ? SHORT_FATES[fate] : `${SHORT_FATES[fate]} (${basisText(basis)})`;
}
