import type { Strength } from './attribution.ts';
import type { CheckId } from './check.ts';
import type { ListedResource } from './finding.ts';
import type { ClusterIdentity } from './inventory.ts';
import type { Basis, Fate, StakeSource } from './pack.ts';
import type { CoverageSummary, PackSummary, Separation } from './report.ts';
import type { ObjectRef } from './resource.ts';

/** What is to be removed, as named by the user. `upgrade` is a new version of a profile. */
export interface RemovalTarget {
  readonly kind: 'pack' | 'profile' | 'upgrade';
  readonly name: string;
}

/** Design, "Verdict of a removal". */
export type Verdict = 'clear' | 'conflict' | 'unknown';

/**
 * How an object comes to be destroyed, in the order in which a cause is preferred when there are several: it lies in a
 * destroyed namespace, a release or manifest contains it, it is a release's record, its definition goes, its claim
 * goes, its snapshot goes, all its owners go, a controller made it for one that goes, or copied it from one.
 */
export const STEPS = [
  'namespace',
  'release',
  'manifest',
  'release-record',
  'custom-resource',
  'volume',
  'snapshot-content',
  'owned',
  'derived',
  'copied',
] as const;
export type Step = (typeof STEPS)[number];

/** Whose a destroyed object is, seen from the removal. `disputed`: two owners are proved. */
export type OwnerClass =
  | 'removed-pack'
  | 'staying-pack'
  | 'application'
  | 'person'
  | 'disputed'
  | 'unexplained'
  | 'leftover'
  | 'palette'
  | 'injected'
  | 'kubernetes';

/** One object that goes. `because` names what takes it along: `namespace/x`, `release ns/name`, `TYPE/NAME`. */
export interface DestroyedResource extends ListedResource {
  readonly step: Step;
  readonly because: string;
  readonly owner: string;
  readonly ownerClass: OwnerClass;
  readonly strength: Strength | 'none';
}

/** Destroyed objects of one owner. `owner` is the pack, the application or the manager; '' for Kubernetes and nobody. */
export interface DestroyedGroup {
  readonly ownerClass: OwnerClass;
  readonly owner: string;
  readonly strengths: readonly (Strength | 'none')[];
  readonly resources: readonly DestroyedResource[];
}

/** A namespace on which something removed has a stake. Groups are empty unless its fate is `destroyed`. */
export interface RemovedNamespace {
  readonly namespace: string;
  readonly fate: Fate;
  readonly basis: Basis;
  readonly sources: readonly StakeSource[];
  readonly packs: readonly string[];
  readonly exists: boolean;
  /** Of the Namespace object; '' when it does not exist. */
  readonly uid: string;
  /** When its deletion began; '' when it did not. */
  readonly deletingSince: string;
  readonly groups: readonly DestroyedGroup[];
}

/** Why a removal conflicts. `subjects` are names in output order. */
export type ConflictCode =
  | 'staying-pack'
  | 'application'
  | 'person'
  | 'disputed'
  | 'data-of-others'
  | 'critical-breakage';

/** Why it is not known whether a removal is clear. */
export type DoubtCode =
  | 'coverage'
  | 'definition-gap'
  | 'namespace-unknown'
  | 'claimed'
  | 'inferred'
  | 'unexplained'
  | 'undecoded-release'
  | 'protected-namespace'
  | 'agent-namespace'
  | 'definitions-differ'
  | 'check-not-run'
  | 'not-followed'
  | 'profile-membership'
  | 'pack-unseen'
  | 'shared-pack'
  | 'chart-changes'
  | 'variable-default'
  | 'nothing-found';

/** Doubts that `--accept` may take out. What was not seen of the cluster is no matter of belief, and not among them. */
export const ACCEPTABLE = [
  'claimed',
  'inferred',
  'unexplained',
  'undecoded-releases',
  'definition-gaps',
  'definitions-differ',
  'chart-changes',
  'nothing-found',
  'not-followed',
  'protected-namespaces',
  'agent-namespaces',
] as const;
export type Accepted = (typeof ACCEPTABLE)[number];

/** A reason of the verdict: how many objects or parts, and which, in output order. */
export interface Reason<Code extends string> {
  readonly code: Code;
  readonly count: number;
  readonly subjects: readonly string[];
}

/** A volume whose claim is destroyed. `fate` is of the data: the reclaim policy decides. */
export interface VolumeAtStake {
  readonly claim: DestroyedResource;
  readonly volume: string;
  readonly capacity: string;
  readonly storageClass: string;
  readonly driver: string;
  readonly reclaimPolicy: string;
  readonly fate: 'destroyed' | 'kept' | 'unknown';
  readonly mountedBy: readonly string[];
}

/** A bound claim that stays while what serves its volume goes. `lost` when the volume's own records go, too. */
export interface StrandedVolume {
  readonly namespace: string;
  readonly claim: string;
  readonly volume: string;
  readonly capacity: string;
  readonly driver: string;
  readonly because: string;
  readonly lost: boolean;
}

export interface SnapshotAtStake {
  readonly namespace: string;
  readonly name: string;
  readonly ready: string;
  readonly createdAt: string;
  /** Of its content: what the deletion policy says. */
  readonly fate: 'destroyed' | 'kept' | 'unknown';
}

/** A Velero backup that includes a destroyed namespace. Times are RFC 3339 or ''. */
export interface BackupFound {
  readonly namespace: string;
  readonly name: string;
  readonly includes: string;
  readonly phase: string;
  readonly completedAt: string;
}

/** What the world outside reaches a destroyed object by. */
export interface AddressLost {
  readonly type: string;
  readonly namespace: string;
  readonly name: string;
  readonly hosts: readonly string[];
  readonly addresses: readonly string[];
}

/** Helm's records of a release that lie in a destroyed namespace while the release is not of a removed pack. */
export interface HistoryLost {
  readonly namespace: string;
  readonly release: string;
  readonly revisions: number;
}

export interface DataAtStake {
  readonly volumes: readonly VolumeAtStake[];
  readonly stranded: readonly StrandedVolume[];
  readonly snapshots: readonly SnapshotAtStake[];
  readonly backups: readonly BackupFound[];
  readonly addresses: readonly AddressLost[];
  /** Secrets that no release, manifest, controller or issuer makes again. */
  readonly secrets: readonly DestroyedResource[];
  readonly histories: readonly HistoryLost[];
}

/** `critical` makes the verdict a conflict; `warning` does not touch it. */
export type BreakageSeverity = 'critical' | 'warning';

/**
 * Something outside that stops working. `from` is what stays and breaks, the first of several; `to` is what goes. `facts`
 * are texts for the sentence of the check.
 */
export interface Breakage {
  readonly check: CheckId;
  readonly severity: BreakageSeverity;
  readonly from: ObjectRef;
  readonly to: ObjectRef;
  readonly facts: ReadonlyMap<string, string>;
}

/** Whether a check could run in full. `needs` is the missing right or the failure, '' when it ran. */
export interface CheckRun {
  readonly check: CheckId;
  /** Whether a hit may be critical: then the verdict needs the check. */
  readonly critical: boolean;
  readonly ran: boolean;
  readonly needs: string;
  readonly hits: number;
}

/** Why the deletion of a namespace may not end. `cause` is worded where it is rendered. */
export interface HangRisk {
  readonly cause:
    | 'api-unavailable'
    | 'api-served-from-inside'
    | 'webhook-served-from-inside'
    | 'controller-goes'
    | 'controller-not-running'
    | 'controller-unknown'
    | 'volume-in-use'
    | 'already-terminating';
  readonly subject: ObjectRef;
  readonly facts: ReadonlyMap<string, string>;
  /** How many objects it concerns. */
  readonly count: number;
}

/** A hook that Helm runs when the release is uninstalled: code, with whatever rights it has. */
export interface DeletionHook {
  readonly release: string;
  readonly namespace: string;
  readonly kind: string;
  readonly name: string;
  readonly events: readonly string[];
}

/** An object that `helm.sh/resource-policy: keep` names. `saved` is false inside a destroyed namespace. */
export interface KeptResource extends ListedResource {
  readonly release: string;
  readonly saved: boolean;
}

/** The answer about one removal. `takenAt` is RFC 3339 in UTC. */
export interface Removal {
  readonly targets: readonly RemovalTarget[];
  readonly packs: readonly PackSummary[];
  readonly verdict: Verdict;
  readonly conflicts: readonly Reason<ConflictCode>[];
  readonly doubts: readonly Reason<DoubtCode>[];
  /** Doubts that `--accept` took out, and that would else be among `doubts`. */
  readonly accepted: readonly Reason<DoubtCode>[];
  readonly namespaces: readonly RemovedNamespace[];
  /** Destroyed objects outside the destroyed namespaces, cluster-scoped ones included; the namespaces themselves are not among them. */
  readonly outside: readonly DestroyedGroup[];
  readonly hooks: readonly DeletionHook[];
  readonly kept: readonly KeptResource[];
  readonly data: DataAtStake;
  readonly breakages: readonly Breakage[];
  readonly checks: readonly CheckRun[];
  readonly hangs: readonly HangRisk[];
}

/** A pack that Palette does not remove from a cluster, because of its layer. */
export interface CoreLayer {
  readonly pack: string;
  readonly layer: string;
}

/**
 * Objects of one type in one namespace that a removal leaves alone, as rows of name and UID. Without what controllers
 * make and replace by themselves: objects with an owner, Events, Leases and endpoints.
 */
export interface StayingObjects {
  readonly type: string;
  readonly namespace: string;
  readonly objects: readonly (readonly [name: string, uid: string])[];
}

/** A pack of a new profile version that moves in with others: from then on its removal destroys these, too. */
export interface MovesIn {
  readonly pack: string;
  readonly namespace: string;
  readonly groups: readonly DestroyedGroup[];
}

/** The answer of `removal`. Several parts where the layers of a profile are removed one by one. */
export interface RemovalReport {
  readonly cluster: ClusterIdentity;
  readonly takenAt: string;
  readonly complete: boolean;
  readonly coverage: CoverageSummary;
  readonly verdict: Verdict;
  readonly packs: readonly PackSummary[];
  readonly removals: readonly Removal[];
  readonly coreLayers: readonly CoreLayer[];
  /** Of a new profile version: packs that come into namespaces of others. */
  readonly movesIn: readonly MovesIn[];
  /** What the cluster holds beside what goes, for `verify`. */
  readonly stays: readonly StayingObjects[];
  /** How to separate the namespaces that go, before they go. */
  readonly separations: readonly Separation[];
  /** `-n`: the namespaces whose contents are printed; never what is judged. */
  readonly narrowedTo: readonly string[];
}
