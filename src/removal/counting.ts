import { grouped } from '../model/grouped.ts';
import type { ClusterObject } from '../model/inventory.ts';
import { compareText, type ObjectRef } from '../model/resource.ts';
import type { Owned } from './owner-class.ts';
import type { Aftermath } from './aftermath.ts';

/** `2 of pack shop, 1 of nobody known`: whose these objects are, most first. */
export function ownersText(objects: readonly ClusterObject[], { ownerOf }: Pick<Aftermath, 'ownerOf'>): string {
  const owners = grouped(objects, (object) => ownerName(ownerOf(object)));
  return countsText([...owners].map(([owner, { length }]) => [length, `of ${owner}`]));
}

/** An owner in a sentence: `pack shop`, `kubectl-edit`, `nobody known`. */
export function ownerName({ ownerClass, owner }: Owned): string {
  switch (ownerClass) {
    case 'removed-pack':
    case 'staying-pack':
      return `pack ${owner}`;
    case 'application':
    case 'injected':
    case 'person':
    case 'disputed':
      return owner === '' ? 'nobody known' : owner;
    case 'leftover':
      return `what pack ${owner} left behind`;
    case 'palette':
      return 'Palette itself';
    case 'kubernetes':
      return 'Kubernetes';
    case 'unexplained':
      return 'nobody known';
  }
}

/** `3 Deployment, 1 Pod`: of which kinds these are, most first. */
export function kindsText(refs: readonly ObjectRef[]): string {
  const kinds = grouped(refs, ({ kind }) => kind);
  return countsText([...kinds].map(([kind, { length }]) => [length, kind]));
}

function countsText(counts: readonly (readonly [number, string])[]): string {
  return counts
    .toSorted((a, b) => b[0] - a[0] || compareText(a[1], b[1]))
    .map(([count, what]) => `${count} ${what}`)
    .join(', ');
}

/** The namespaces of these, each once and sorted; '' where there are none. */
export function namespacesText(refs: readonly ObjectRef[]): string {
  const names = refs.map(({ namespace }) => namespace).filter((name) => name !== '');
  return [...new Set(names)].toSorted(compareText).join(', ');
}
