import type { ClusterIdentity } from './inventory.ts';
import type { ConflictCode, DoubtCode, Reason, Verdict } from './removal.ts';
import type { CoverageSummary, PackSummary } from './report.ts';

/** A row of `removal` without a name. `verdict` is undefined for what cannot be removed; `layers` are its core layers. */
export interface RemovalRow {
  readonly kind: 'pack' | 'profile';
  readonly name: string;
  readonly verdict: Verdict | undefined;
  readonly layers: readonly string[];
  /** Destroyed namespaces that exist, in output order. */
  readonly namespaces: readonly string[];
  readonly foreign: number;
  readonly own: number;
  /** Capacities of the volumes whose data goes or may go. */
  readonly data: readonly string[];
  readonly conflicts: readonly Reason<ConflictCode>[];
  readonly doubts: readonly Reason<DoubtCode>[];
}

/** The answer of `removal` without a name: a line per pack and profile. */
export interface RemovalOverview {
  readonly cluster: ClusterIdentity;
  readonly takenAt: string;
  readonly complete: boolean;
  readonly coverage: CoverageSummary;
  readonly packs: readonly PackSummary[];
  readonly rows: readonly RemovalRow[];
}
