import { grouped } from './grouped.ts';
import type { ClusterObject } from './inventory.ts';
import { rememberedOf } from './remembered.ts';

export type Strength = 'verified' | 'claimed' | 'inferred' | 'refuted';

/** One reason for or against an owner. `text` is a sentence part made of names only, e.g. `in the manifest of …`. `source` says where it was read. */
export interface Evidence {
  readonly strength: Strength;
  readonly text: string;
  readonly source?: string;
}

export type ApplicationVia = 'helm' | 'argocd' | 'flux' | 'olm' | 'label' | 'object';

/** Whose an object is. */
export type Owner =
  | { readonly kind: 'pack'; readonly pack: string }
  | { readonly kind: 'application'; readonly via: ApplicationVia; readonly name: string; readonly namespace: string }
  | { readonly kind: 'person'; readonly manager: string }
  | { readonly kind: 'palette'; readonly by: string }
  | { readonly kind: 'kubernetes' }
  | { readonly kind: 'injected'; readonly manager: string }
  | { readonly kind: 'leftover'; readonly pack: string }
  | { readonly kind: 'unexplained' };

/**
 * An object, its owner and the chain of evidence, strongest first. `root` is the object at the top of the owner
 * references or the object itself. `refuted` names the owner that marks claim and the proof denies.
 */
export interface Attribution {
  readonly object: ClusterObject;
  readonly owner: Owner;
  readonly strength: Strength | 'none';
  readonly evidence: readonly Evidence[];
  readonly root: ClusterObject;
  readonly refuted: string | undefined;
  readonly conflict: readonly string[];
}

/** The attributions of each namespace, grouped once for one list of them. */
export const byNamespace: (attributions: readonly Attribution[]) => ReadonlyMap<string, readonly Attribution[]> =
  rememberedOf((attributions: readonly Attribution[]) => grouped(attributions, ({ object }) => object.namespace));

/** Which pack a Helm release belongs to, and why. `release` is its key, see `releaseKey`. */
export interface ReleaseLink {
  readonly release: string;
  readonly pack: string;
  readonly strength: 'verified' | 'inferred';
  readonly reason: string;
}

/** The one key of a release: `namespace/name` of the release itself, not of its storage. */
export function releaseKey(release: { readonly namespace: string; readonly name: string }): string {
  return `${release.namespace}/${release.name}`;
}
