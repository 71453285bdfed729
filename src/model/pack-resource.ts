import type { NamespaceRecord } from './inventory.ts';
import type { ProfileRef, ReportedState } from './definition.ts';

/**
 * A Pack resource of this cluster, only the fields that are documented or plainly named. `values` is the YAML text of
 * `.spec.packRef.values`; it never leaves memory. `manifests` are references; a body is there only if the server had it.
 */
export interface PackResource {
  readonly namespace: string;
  readonly name: string;
  readonly layer: string | undefined;
  readonly type: string | undefined;
  readonly version: string | undefined;
  readonly tag: string | undefined;
  readonly values: string | undefined;
  readonly manifests: readonly {
    readonly name: string;
    readonly content: string | undefined;
    /** Why nothing of it can be read, where it is no reference either. */
    readonly fault?: string;
  }[];
  readonly reportedState: ReportedState;
  readonly profile: ProfileRef | undefined;
  /** Where several profiles of the cluster have a pack of this name, these; then `profile` is not known. */
  readonly possibleProfiles?: readonly ProfileRef[];
}

/** What macros can be resolved from: the cluster's own identity and version (`1.33.4`, without the `v`). */
export interface MacroFacts {
  readonly clusterUid: string | undefined;
  readonly clusterName: string | undefined;
  readonly kubernetesVersion: string | undefined;
}

/** What the cluster itself says of Palette. `served` is false when it has no Pack resource type. */
export interface PaletteResources {
  readonly served: boolean;
  readonly agentNamespace: string | undefined;
  readonly packs: readonly PackResource[];
  readonly macroFacts: MacroFacts;
  /** All namespaces of the cluster as far as they could be listed, to tell which of them go with an owner. */
  readonly namespaces: readonly NamespaceRecord[];
}
