import type { Attribution } from '../model/attribution.ts';
import { grouped } from '../model/grouped.ts';

/** What a namespace holds, sorted by whose it is. */
export interface Holdings {
  readonly byPack: ReadonlyMap<string, readonly Attribution[]>;
  /** Foreign to every pack: the resources "not owned by Palette packs". */
  readonly unmanaged: readonly Attribution[];
  /** Of Kubernetes, Palette, an injector, or left over: counted, not listed. */
  readonly folded: readonly Attribution[];
  /** Those of all these whose marks or proofs disagree. */
  readonly contested: readonly Attribution[];
}

const NOTHING: Holdings = { byPack: new Map(), unmanaged: [], folded: [], contested: [] };

/** Sorts the attributions of every namespace. A lookup for a namespace without objects yields empty holdings. */
export function holdingsOf(byNamespace: ReadonlyMap<string, readonly Attribution[]>): (namespace: string) => Holdings {
  const sorted = new Map([...byNamespace].map(([namespace, here]) => [namespace, sortOut(here)]));
  return (namespace) => sorted.get(namespace) ?? NOTHING;
}

function sortOut(attributions: readonly Attribution[]): Holdings {
  const unmanaged: Attribution[] = [];
  const folded: Attribution[] = [];
  const contested: Attribution[] = [];
  for (const attribution of attributions) {
    if (attribution.refuted !== undefined || attribution.conflict.length > 0) contested.push(attribution);
    if (isUnmanaged(attribution)) unmanaged.push(attribution);
    else if (attribution.owner.kind !== 'pack') folded.push(attribution);
  }
  const byPack = grouped(attributions, ({ owner }) => (owner.kind === 'pack' ? owner.pack : undefined));
  return { byPack, unmanaged, folded, contested };
}

/** Whether a resource is foreign to every pack and nobody's automatic making. */
export function isUnmanaged({ owner }: Attribution): boolean {
  return owner.kind === 'application' || owner.kind === 'person' || owner.kind === 'unexplained';
}
