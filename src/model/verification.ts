import type { ClusterIdentity } from './inventory.ts';
import type { RemovalTarget, StayingObjects } from './removal.ts';
import type { CoverageSummary } from './report.ts';

/** An object as a prediction names it. */
export interface PredictedObject {
  readonly namespace: string;
  readonly type: string;
  readonly name: string;
  readonly uid: string;
}

/** What `removal -o json` wrote, as far as `verify` needs it. `takenAt` is RFC 3339. */
export interface Prediction {
  readonly clusterUid: string;
  readonly takenAt: string;
  readonly targets: readonly RemovalTarget[];
  readonly destroyed: readonly PredictedObject[];
  readonly namespaces: readonly string[];
  readonly stays: readonly StayingObjects[];
}

/** A predicted object that is still there. `deletingSince` is '' when nobody asked for its deletion. */
export interface RemainingObject extends PredictedObject {
  readonly deletingSince: string;
  readonly finalizers: readonly string[];
}

/** A namespace that was predicted to go and is there, with the conditions of its deletion. */
export interface RemainingNamespace {
  readonly namespace: string;
  readonly deletingSince: string;
  readonly conditions: readonly { readonly type: string; readonly message: string }[];
  /** False when it is another namespace of that name. */
  readonly same: boolean;
}

/** The answer of `verify`: predicted against what is there now. */
export interface VerifyReport {
  readonly cluster: ClusterIdentity;
  readonly takenAt: string;
  readonly predictedAt: string;
  readonly complete: boolean;
  readonly coverage: CoverageSummary;
  readonly targets: readonly RemovalTarget[];
  readonly predicted: number;
  readonly gone: number;
  readonly remaining: readonly RemainingObject[];
  readonly namespaces: readonly RemainingNamespace[];
  /** Predicted to go, and there again under a new UID. */
  readonly recreated: readonly PredictedObject[];
  /** Went without having been predicted. */
  readonly unpredicted: readonly PredictedObject[];
}
