import type { Attribution, ReleaseLink } from './attribution.ts';
import type { Inventory } from './inventory.ts';
import type { Pack, PackState, Stake } from './pack.ts';
import type { FoldedCounts } from './report.ts';

/** What is told of a namespace that a question counts and does not list: `packs` are those that have objects in it. */
export interface NamespaceTotals {
  readonly resources: number;
  readonly folded: FoldedCounts;
  readonly packs: readonly string[];
}

/**
 * Everything the audit judges. `states` is keyed by pack name. `narrowedTo` are the namespaces of `-n`, empty for all
 * at stake. `clusterServesPacks` is whether the cluster has Palette's Pack resource type.
 */
export interface Subject {
  readonly packs: readonly Pack[];
  readonly states: ReadonlyMap<string, PackState>;
  readonly inventory: Inventory;
  readonly links: readonly ReleaseLink[];
  readonly stakes: readonly Stake[];
  readonly attributions: readonly Attribution[];
  readonly narrowedTo: readonly string[];
  /** `-A`: every namespace was read, also those not at stake. */
  readonly allNamespaces?: boolean;
  /** Namespaces of which totals are all that is kept: then `attributions` has none of theirs. */
  readonly totals?: ReadonlyMap<string, NamespaceTotals>;
}
