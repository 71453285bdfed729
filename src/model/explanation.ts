import type { Evidence, Owner, Strength } from './attribution.ts';
import type { ListedResource } from './finding.ts';
import type { ClusterIdentity } from './inventory.ts';
import type { CoverageSummary, ExplainedStake, PackSummary } from './report.ts';
import type { ResourceType } from './resource.ts';

/**
 * How the removal of a pack reaches a resource: its namespace is destroyed, or stays with an unknown fate of its
 * contents (`protected`); it is the pack's own, or `kept` by its resource policy; its custom type goes; the claim of a
 * volume goes, or goes and leaves the volume (`retained`); an object that owns it goes; it `follows` something else that
 * goes, such as the application that deployed it; a claim stays, `stranded`, and what serves its volume or holds its
 * data goes.
 */
export type LossCause =
  | 'namespace'
  | 'protected'
  | 'own'
  | 'kept'
  | 'type'
  | 'claim'
  | 'retained'
  | 'owner'
  | 'follows'
  | 'stranded';

/**
 * That the removal of a pack reaches an object. `because` is what takes it along, as in `DestroyedResource`, or strands
 * it, as in `StrandedVolume`; of a stranded one `sure` says that its data is lost.
 */
export interface Reached {
  readonly pack: string;
  readonly cause: Extract<LossCause, 'follows' | 'stranded'>;
  readonly because: string;
  readonly sure: boolean;
}

/** One way in which a removal reaches the resource. `subject` names the namespace, CRD, claim, owner, or what it follows. */
export interface Loss {
  readonly pack: string;
  readonly cause: LossCause;
  readonly subject: string;
  /** False where it rests on ownership that is only claimed or inferred, or on what could not be read. */
  readonly sure: boolean;
}

/** What would change the answer; each is worded where it is rendered. */
export type ChangeCode =
  | 'right'
  | 'read-releases'
  | 'release-record'
  | 'manifest-body'
  | 'pack-content'
  | 'release-name'
  | 'refuted-mark'
  | 'one-proof'
  | 'definition'
  | 'move';

/** One thing that would change the answer, with the names that its sentence needs. */
export interface AnswerChange {
  readonly code: ChangeCode;
  readonly subjects: readonly string[];
}

/**
 * The answer of `explain TYPE/NAME`. `resource` is undefined where its type could not be listed, so that nobody knows
 * whether it is there; then there is no owner either. `namespace` is '' for a type without namespaces; `root` is what
 * the resource was made for, '' for nothing; `otherTypes` are further types of the asked name, as `TYPE.GROUP`.
 */
export interface ResourceExplanation {
  readonly cluster: ClusterIdentity;
  readonly takenAt: string;
  readonly complete: boolean;
  readonly coverage: CoverageSummary;
  readonly packs: readonly PackSummary[];
  readonly type: ResourceType;
  readonly otherTypes: readonly string[];
  readonly namespace: string;
  readonly name: string;
  readonly resource: ListedResource | undefined;
  readonly deletingSince: string | undefined;
  readonly owner: Owner | undefined;
  readonly strength: Strength | 'none';
  readonly evidence: readonly Evidence[];
  readonly conflict: readonly string[];
  readonly root: string;
  readonly lastWrite: { readonly manager: string; readonly at: string };
  readonly stakes: readonly ExplainedStake[];
  readonly losses: readonly Loss[];
  readonly changes: readonly AnswerChange[];
}
