import type { Evidence } from './attribution.ts';
import type { DefinitionGap, DefinitionSource } from './definition.ts';
import type { Finding, ListedResource } from './finding.ts';
import type { ClusterIdentity } from './inventory.ts';
import type { Basis, Fate, PackState, StakeSource } from './pack.ts';

/** Gaps of one cause, grouped: same state, same missing right or failure. `resources` are `TYPE.GROUP`. */
export interface CoverageGap {
  readonly state: string;
  readonly resources: readonly string[];
  readonly scopes: readonly string[];
  readonly needs: string;
  readonly reason: string;
}

/** How much the answer rests on. Counts are (resource types, namespaces, objects) that the answer needs. */
export interface CoverageSummary {
  readonly complete: boolean;
  readonly types: number;
  readonly completeTypes: number;
  readonly namespaces: number;
  readonly resources: number;
  readonly gaps: readonly CoverageGap[];
  readonly notes: readonly string[];
}

export interface PackSummary {
  readonly name: string;
  readonly layer: string;
  readonly version: string;
  readonly state: PackState;
  readonly profiles: readonly string[];
  readonly sources: readonly DefinitionSource[];
  readonly releases: readonly { readonly release: string; readonly namespace: string; readonly strength: string }[];
  readonly gaps: readonly DefinitionGap[];
}

/** One stake of a pack with what its namespace holds: own objects, those of other packs, those of nobody's pack. */
export interface StakeSummary {
  readonly namespace: string;
  readonly pack: string;
  readonly state: PackState;
  readonly sources: readonly StakeSource[];
  readonly fate: Fate;
  readonly basis: Basis;
  readonly own: number;
  /** How many of its own are only claimed: by marks of a release whose record could not be read. */
  readonly claimed?: number;
  readonly otherPacks: number;
  readonly unmanaged: number;
}

/** Objects in namespaces at stake that are counted and not listed. */
export interface FoldedCounts {
  readonly kubernetes: number;
  readonly palette: number;
  readonly injected: number;
  /** Field managers of what is injected, sorted. */
  readonly injectedBy?: readonly string[];
}

/** Unmanaged resources that belong together, in one namespace at stake. */
export interface ApplicationSummary {
  readonly namespace: string;
  readonly name: string;
  readonly owner: string;
  readonly packs: readonly string[];
  readonly listed: boolean;
  readonly movable: boolean;
  readonly createdAt: string;
  readonly lastWriter: string;
  readonly strength: string;
  readonly data: string;
  readonly resources: readonly ListedResource[];
}

/** A step of the separation of one namespace, in the order in which to take them. */
export type SeparationStep =
  | {
      readonly kind: 'move-application';
      readonly application: string;
      readonly to: string;
      readonly chart: string;
      readonly chartVersion: string;
      readonly release: string;
      readonly cautions: readonly Caution[];
    }
  | {
      readonly kind: 'move-pack';
      readonly pack: string;
      readonly to: string;
      readonly snippet: string;
      readonly cautions: readonly Caution[];
    };

export type CautionCode =
  | 'volumes'
  | 'services'
  | 'cluster-scoped-names'
  | 'namespace-change-is-removal'
  | 'staying-pack'
  | 'volumes-of-staying-pack'
  | 'deployed-elsewhere'
  | 'ownership-not-verified';

export interface Caution {
  readonly code: CautionCode;
  readonly subjects: readonly string[];
}

/** How to separate one namespace with a conflict. `stays` is the pack that keeps it, `why` it does. */
export interface Separation {
  readonly namespace: string;
  readonly stays: string;
  readonly why: 'removed' | 'state' | 'name' | 'order' | 'only pack';
  readonly steps: readonly SeparationStep[];
}

/**
 * The answer of `audit`. The same cluster state and definitions give the same report, whatever the order, page size
 * and concurrency. `takenAt` is RFC 3339 in UTC; ages are measured against it.
 */
export interface Report {
  readonly cluster: ClusterIdentity;
  readonly takenAt: string;
  readonly complete: boolean;
  readonly coverage: CoverageSummary;
  readonly packs: readonly PackSummary[];
  readonly stakes: readonly StakeSummary[];
  readonly findings: readonly Finding[];
  readonly applications: readonly ApplicationSummary[];
  readonly folded: FoldedCounts;
  readonly separations: readonly Separation[];
  readonly narrowedTo: readonly string[];
  /** With `-l`: the selector, which decides what is listed and never what is counted. */
  readonly selector?: string;
  /** With `-A`: the other namespaces, that no pack claims, and how many resources each holds. */
  readonly notAtStake?: readonly { readonly namespace: string; readonly resources: number }[];
}

/** A row of `namespaces`: who claims it, what a removal does to it, whether others may deploy there. */
export interface NamespaceRow {
  readonly namespace: string;
  readonly claimedBy: readonly string[];
  readonly fate: Fate | 'untouched';
  readonly free: 'yes' | 'no' | 'unknown';
  readonly why: string;
  readonly exists: boolean;
}

/** The answer of `namespaces`. */
export interface NamespacesReport {
  readonly cluster: ClusterIdentity;
  readonly takenAt: string;
  readonly complete: boolean;
  readonly coverage: CoverageSummary;
  readonly packs: readonly PackSummary[];
  readonly rows: readonly NamespaceRow[];
}

/** A stake on the explained namespace, with the fields or releases that make it. */
export type ExplainedStake = StakeSummary & { readonly via: readonly string[] };

/** Resources of a custom type that go with its definition when a pack is removed; `type` is `TYPE.GROUP`. */
export interface TakenByType {
  readonly pack: string;
  readonly type: string;
  readonly resources: number;
}

/** The answer of `explain namespace/NAME`. */
export interface NamespaceExplanation {
  readonly cluster: ClusterIdentity;
  readonly takenAt: string;
  readonly complete: boolean;
  readonly coverage: CoverageSummary;
  readonly packs: readonly PackSummary[];
  readonly namespace: string;
  readonly exists: boolean;
  /** What owns the namespace and takes it along, such as `Tenant team`. */
  readonly ownedBy: readonly string[];
  /** What of its contents goes with a custom definition that a pack brought, whatever becomes of the namespace. */
  readonly takenBy: readonly TakenByType[];
  readonly stakes: readonly ExplainedStake[];
  readonly owners: readonly {
    readonly owner: string;
    readonly strength: string;
    readonly resources: number;
    readonly evidence: readonly Evidence[];
  }[];
  readonly findings: readonly Finding[];
}
