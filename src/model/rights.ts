/** What a rule of a role is for; worded where it is rendered. */
export type RightsPurpose =
  | 'discovery'
  | 'namespaces'
  | 'witnesses'
  | 'volumes'
  | 'owners'
  | 'definitions'
  | 'agent-config'
  | 'release-secrets'
  | 'release-configmaps'
  | 'contents'
  | 'references'
  | 'everything';

/**
 * One rule of a role. Either `paths` (URLs without resources) or `groups` and `resources` are filled; `names` narrows to
 * objects of these names where it is not empty. Verbs only read.
 */
export interface RightsRule {
  readonly purpose: RightsPurpose;
  readonly verbs: readonly ('get' | 'list')[];
  readonly paths: readonly string[];
  readonly groups: readonly string[];
  readonly resources: readonly string[];
  readonly names: readonly string[];
}

/** A role: a ClusterRole where `namespace` is ''. */
export interface RightsRole {
  readonly name: string;
  readonly namespace: string;
  readonly rules: readonly RightsRule[];
}

/**
 * The rights that reading this cluster needs. `namespaces` is empty for all. `unanswered` names the APIs that did not
 * say what they serve, or say it in names that no role may hold: rights on these are missing from the roles.
 */
export interface Rights {
  readonly roles: readonly RightsRole[];
  readonly namespaces: readonly string[];
  readonly withoutSecrets: boolean;
  readonly wildcard: boolean;
  /** Whether they are enough for what looks at the whole cluster, too: removals and snapshots. */
  readonly removal: boolean;
  readonly unanswered: readonly string[];
}
