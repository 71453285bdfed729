import type { ObjectRef } from './resource.ts';

/** The field of the values that is a part of the name under which the cluster has a pack. */
export const DISPLAY_NAME = 'spectrocloud.com/display-name';

/** Where a definition was read. `path` is the file as given, or `-`; `namespace` is the agent namespace. */
export type DefinitionSource =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'cluster'; readonly namespace: string };

/** A place in a definition: `path` as given, 1-based line and column where known (0 = not known). */
export interface Place {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/**
 * A name as written, macros resolved where they could be. `resolved` is false when `text` still holds a macro.
 * `assumed`: it rests on the default of a variable; once the pack's definitions are joined, only where the cluster has
 * the pack and does not tell the name. Such a name is a claim as any other, and no proof.
 */
export interface NameText {
  readonly text: string;
  readonly resolved: boolean;
  readonly assumed?: true;
  readonly place: Place;
}

/**
 * One `k=v` of `namespaceLabels` or `namespaceAnnotations`. `resolved` is false when the value still holds a macro.
 * `assumed`: it rests on the default of a variable; absent once the pack's definitions are joined.
 */
export interface NamespaceEntry {
  readonly key: string;
  readonly value: string;
  readonly resolved: boolean;
  readonly assumed?: true;
}

/** What a pack wants on one namespace. `malformed` counts the parts of the text that are not `k=v`. */
export interface NamespaceSetting {
  readonly namespace: NameText;
  readonly entries: readonly NamespaceEntry[];
  readonly malformed: readonly string[];
}

/** A chart a pack installs. `key` is its key under `charts:` in the values, when it is there. */
export interface ChartIdentity {
  readonly name: string;
  readonly version: string | undefined;
}

/**
 * An object that the readable manifest contents of a pack contain.
 * `possible`: it stands under a template action that was not evaluated, so it may or may not exist: a stake when it is
 * a Namespace, never evidence of ownership. `keep`: it carries `helm.sh/resource-policy: keep`.
 * `ref.namespace` is '' when the manifest names none; whoever knows the scope of the type fills it.
 */
export interface DefinedObject {
  readonly ref: ObjectRef;
  readonly manifest: string;
  readonly possible: boolean;
  readonly keep: boolean;
  /** A name of it rests on the default of a variable; absent once the pack's definitions are joined. */
  readonly assumed?: true;
  /** Which of its names a pack directory's values filled in; absent when they stand in the manifest itself. */
  readonly fromValues?: readonly ('name' | 'namespace')[];
}

export type GapReason =
  | 'manifest-only-referenced'
  | 'manifest-unreadable'
  | 'template-not-evaluated'
  | 'chart-unreadable'
  | 'values-unreadable'
  | 'macro-unresolved'
  | 'name-unreadable'
  | 'content-unknown';

/** A part of a definition that could not be read. `subject` names it: a manifest, a chart, a field path. */
export interface DefinitionGap {
  readonly reason: GapReason;
  readonly subject: string;
  readonly place: Place;
  /** Names of the variables on whose defaults it rests; absent for none. */
  readonly variables?: readonly string[];
}

export type ProblemCode =
  | 'definition-unreadable'
  | 'name-not-text'
  | 'invalid-namespace-name'
  | 'invalid-label-text'
  | 'label-not-checked'
  | 'draft-only';

/** Something wrong in one pack's definition, found while reading it. `detail` never quotes a value of the pack. */
export interface DefinitionProblem {
  readonly code: ProblemCode;
  readonly subject: string;
  readonly detail: string;
  readonly place: Place;
}

/** A cluster profile, as far as a pack's definition tells. */
export interface ProfileRef {
  readonly name: string;
  readonly version: string | undefined;
  readonly type: string | undefined;
}

/** Condition of a Pack resource, folded to what the audit says. */
export type ReportedState = 'installed' | 'failing' | 'being removed' | 'unknown';

/**
 * One pack as one source tells it. `name` is what Palette calls it in the cluster: the Pack resource's name and the
 * first part of its release names; with a display name it is `<display-name>--<name>`. `baseName` is without that.
 * `reportedState` is only known from the cluster's Pack resource.
 */
export interface PackDefinition {
  readonly name: string;
  readonly baseName: string;
  readonly displayName: string | undefined;
  readonly layer: string | undefined;
  readonly type: string | undefined;
  readonly version: string | undefined;
  readonly tag: string | undefined;
  readonly reportedState: ReportedState | undefined;
  readonly source: DefinitionSource;
  readonly place: Place;
  readonly profile: ProfileRef | undefined;
  /** Where several profiles of the cluster have a pack of this name, these; then `profile` is not known. */
  readonly possibleProfiles?: readonly ProfileRef[];
  readonly namespace: NameText | undefined;
  readonly additionalNamespaces: readonly NameText[];
  readonly manifestNamespaces: readonly { readonly manifest: string; readonly namespace: NameText }[];
  readonly createdNamespaces: readonly {
    readonly namespace: NameText;
    readonly manifest: string;
    readonly keep: boolean;
    readonly possible: boolean;
  }[];
  readonly namespaceLabels: readonly NamespaceSetting[];
  readonly namespaceAnnotations: readonly NamespaceSetting[];
  readonly installPriority: number | undefined;
  /** Tells whether two editions have the same values, and nothing else of them; absent without values, and where a variable in them has no known value. */
  readonly valuesDigest?: string | undefined;
  readonly charts: readonly ChartIdentity[];
  readonly chartKeys: readonly string[];
  /** Below `charts:` stands a text or a list, too: all of it may be values of one chart, and no key a chart's. */
  readonly mayHoldOneChart?: true;
  readonly manifests: readonly string[];
  readonly releaseNameOverrides: ReadonlyMap<string, string>;
  readonly objects: readonly DefinedObject[];
  readonly gaps: readonly DefinitionGap[];
  /** Names that rest on the default of a variable: gaps where the cluster has the pack, else what will be by default. */
  readonly assumptions?: readonly DefinitionGap[];
  readonly problems: readonly DefinitionProblem[];
  /** True for a pack directory: it tells how the pack is made, not that a profile holds it. */
  readonly isPackDirectory: boolean;
}
