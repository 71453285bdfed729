import type { Place } from './definition.ts';

export type Severity = 'error' | 'warning' | 'info';

/** A pack as findings name it. */
export interface PackMention {
  readonly pack: string;
  readonly profiles: readonly string[];
}

/** One thing that holds up the deletion of a namespace, in Kubernetes' words. */
export interface HeldUp {
  readonly type: string;
  readonly reason: string;
  readonly message: string;
}

/** What each rule establishes. A new rule starts with a new line here; the compiler then asks for the rest. */
export interface FactsByRule {
  'unmanaged-resource': { readonly application: string; readonly owner: string; readonly packs: readonly string[] };
  /** `destroying`: whose removal destroys the namespace, where not that of each of the packs does. */
  'shared-namespace': { readonly packs: readonly PackMention[]; readonly destroying?: readonly string[] };
  'agent-namespace': { readonly source: string };
  'former-namespace': { readonly release: string; readonly declared: string };
  'protected-namespace': { readonly packs: readonly string[]; readonly foreign: number };
  /** `recorded` is false where there is no record at all of the release that the marks name; else absent. */
  'claim-refuted': { readonly claimed: string; readonly recorded?: false };
  'owner-conflict': { readonly owners: readonly string[] };
  'labels-not-applied': { readonly keys: readonly string[] };
  'annotations-not-applied': { readonly keys: readonly string[] };
  'label-not-checked': { readonly keys: readonly string[]; readonly place: Place };
  'stray-label-key': { readonly field: string; readonly place: Place };
  'invalid-namespace-name': { readonly field: string; readonly place: Place };
  'invalid-label-text': { readonly field: string; readonly detail: string; readonly place: Place };
  'name-not-text': { readonly field: string; readonly detail: string; readonly place: Place };
  'definition-unreadable': { readonly field: string; readonly detail: string; readonly place: Place };
  'draft-only': { readonly profile: string; readonly place: Place };
  'duplicate-pack': { readonly places: readonly Place[] };
  'definitions-differ': { readonly field: string; readonly file: string; readonly cluster: string };
  'namespace-missing': { readonly source: string };
  /** `conditions`: what Kubernetes says holds the deletion up; absent where it says nothing. */
  'namespace-terminating': { readonly since: string; readonly conditions?: readonly HeldUp[] };
  /**
   * `api` is the APIService's name, `service` its `namespace/name` or ''. With `conversion` it is a type, `TYPE.GROUP`,
   * whose conversion webhook fails.
   */
  'namespace-deletion-blocked': {
    readonly api: string;
    readonly service: string;
    readonly reason: string;
    readonly conversion?: true;
  };
  leftover: { readonly mark: string };
  /** `owners`: `Kind name` of the owners that are not there. */
  'owner-missing': { readonly owners: readonly string[] };
  'other-cluster': { readonly packs: number };
}
export type RuleId = keyof FactsByRule;

/** An object as a finding lists it, in output order. `type` is `TYPE.GROUP`; `data` is a volume's size or ''. */
export interface ListedResource {
  readonly namespace: string;
  readonly type: string;
  readonly kind: string;
  readonly name: string;
  readonly uid: string;
  readonly createdAt: string;
  readonly lastWriter: string;
  readonly data: string;
  /** Finalizers that hold up a deletion; absent when there are none. */
  readonly finalizers?: readonly string[];
  /** Values of the label keys asked for with `-L`. */
  readonly labels?: ReadonlyMap<string, string>;
}

/**
 * A fact the audit established: data only, worded by `render/words.ts`. One per (rule, namespace, pack, application);
 * `id` is a hash of these four and stable between runs. Empty texts where a rule has no pack or application.
 */
export interface FindingOf<Id extends RuleId> {
  readonly id: string;
  readonly rule: Id;
  readonly severity: Severity;
  readonly namespace: string;
  readonly pack: string;
  readonly application: string;
  readonly facts: FactsByRule[Id];
  readonly resources: readonly ListedResource[];
  /** How many more resources the finding is about, that `-l` keeps from being listed. */
  readonly unlisted?: number;
}
export type Finding = { [Id in RuleId]: FindingOf<Id> }[RuleId];
