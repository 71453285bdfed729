import type { Attribution } from './attribution.ts';
import type { FoldedCounts } from './report.ts';
import { compareText } from './resource.ts';

/** How many of these objects are counted and not listed, by whose they are. */
export function foldedAmong(attributions: readonly Attribution[]): FoldedCounts {
  const count = (kind: string): number => attributions.filter(({ owner }) => owner.kind === kind).length;
  const injectors = attributions.flatMap(({ owner }) => (owner.kind === 'injected' ? [owner.manager] : []));
  return {
    kubernetes: count('kubernetes'),
    palette: count('palette'),
    injected: count('injected'),
    injectedBy: sortedOnce(injectors),
  };
}

/** What several counts come to. */
export function foldedTogether(all: readonly FoldedCounts[]): FoldedCounts {
  const sum = (kind: 'kubernetes' | 'palette' | 'injected'): number => all.reduce((total, one) => total + one[kind], 0);
  return {
    kubernetes: sum('kubernetes'),
    palette: sum('palette'),
    injected: sum('injected'),
    injectedBy: sortedOnce(all.flatMap(({ injectedBy = [] }) => injectedBy)),
  };
}

function sortedOnce(managers: readonly string[]): readonly string[] {
  return [...new Set(managers)].toSorted(compareText);
}
