import type { DefinitionSource, PackDefinition, ProfileRef } from './definition.ts';

/** A difference between two definitions of one pack. `field` is the values path; texts are names only. */
export interface DefinitionDifference {
  readonly field: string;
  readonly file: string;
  readonly cluster: string;
}

/**
 * One pack after the definitions of all sources were joined (design decision 5): claims are the union of
 * `definitions`, `differences` are what file and cluster disagree about.
 */
export interface Pack {
  readonly name: string;
  readonly definitions: readonly PackDefinition[];
  readonly profiles: readonly ProfileRef[];
  readonly sources: readonly DefinitionSource[];
  readonly differences: readonly DefinitionDifference[];
}

export type PackState = 'installed' | 'planned' | 'failing' | 'being removed';

export type StakeSource =
  | 'pack.namespace'
  | 'additionalNamespaces'
  | 'manifest.namespace'
  | 'Namespace object'
  | 'former namespace'
  | 'namespace owner'
  | 'objects seen'
  | 'namespaceLabels'
  | 'namespaceAnnotations';

/** What a removal of the pack does to the namespace. `unknown` when its name holds an unresolved macro. */
export type Fate = 'destroyed' | 'protected' | 'objects-only' | 'labelled-only' | 'unknown';

export type Basis = 'documented' | 'assumed' | 'seen' | 'none';

/** Worst first: of several claims the worst fate counts, on the best basis for it. */
export const FATES: readonly Fate[] = ['destroyed', 'unknown', 'protected', 'objects-only', 'labelled-only'];
export const BASES: readonly Basis[] = ['documented', 'assumed', 'seen', 'none'];

/** A pack's claim on a namespace. `via` names the manifest, release or field that makes it. */
export interface Stake {
  readonly pack: string;
  readonly namespace: string;
  readonly source: StakeSource;
  readonly fate: Fate;
  readonly basis: Basis;
  readonly via: string;
}
