import { BASES, FATES, type Basis, type Fate, type Stake, type StakeSource } from '../model/pack.ts';
import { compareText } from '../model/resource.ts';
import type { Subject } from '../model/subject.ts';
import { grouped } from '../model/grouped.ts';

/** All claims of one pack on one namespace, the strongest fate first. */
export interface Claim {
  readonly namespace: string;
  readonly pack: string;
  readonly fate: Fate;
  readonly basis: Basis;
  readonly sources: readonly StakeSource[];
  readonly via: readonly string[];
}

/** Folds the stakes to one claim per (namespace, pack): the worst fate, on the best basis for it. Sorted. */
export function claimsOf({ stakes, narrowedTo }: Pick<Subject, 'stakes' | 'narrowedTo'>): readonly Claim[] {
  const asked = stakes.filter(({ namespace }) => narrowedTo.length === 0 || narrowedTo.includes(namespace));
  const groups = grouped(asked, ({ namespace, pack }) => JSON.stringify([namespace, pack]));
  return [...groups.values()]
    .flatMap((group) => fold(group))
    .toSorted((a, b) => compareText(a.namespace, b.namespace) || compareText(a.pack, b.pack));
}

function fold(stakes: readonly Stake[]): readonly Claim[] {
  const [worst] = stakes.toSorted(
    (a, b) => FATES.indexOf(a.fate) - FATES.indexOf(b.fate) || BASES.indexOf(a.basis) - BASES.indexOf(b.basis),
  );
  if (worst === undefined) return [];
  const { namespace, pack, fate, basis } = worst;
  const telling = stakes.filter((stake) => stake.fate === fate);
  return [
    {
      namespace,
      pack,
      fate,
      basis,
      sources: [...new Set(telling.map(({ source }) => source))].toSorted(compareText),
      via: [...new Set(telling.map(({ via }) => via))].toSorted(compareText),
    },
  ];
}

/** Claims that a removal turns into the destruction of the whole namespace, by namespace. */
export function destroyedBy(claims: readonly Claim[]): ReadonlyMap<string, readonly string[]> {
  const packs = new Map<string, string[]>();
  for (const { namespace, pack, fate } of claims) {
    if (fate !== 'destroyed') continue;
    packs.set(namespace, [...(packs.get(namespace) ?? []), pack]);
  }
  return packs;
}
