import type { ClusterOptions } from '../cluster/options.ts';
import type { Severity } from '../model/finding.ts';
import type { Accepted, RemovalTarget } from '../model/removal.ts';
import type { Explained } from './resource-words.ts';

type OutputFormat = 'table' | 'wide' | 'json' | 'yaml' | 'name' | 'markdown';

/** kubectl's connection flags, as given; absent ones are undefined. */
export type ConnectionFlags = Omit<ClusterOptions, 'chunkSize' | 'withoutReleases'>;

/** What to audit and from which definitions. */
export interface SubjectFlags {
  readonly filenames: readonly string[];
  readonly packName: string | undefined;
  readonly variables: ReadonlyMap<string, string>;
  readonly clusterUid: string | undefined;
  readonly snapshot: string | undefined;
  /** Namespaces of `-n`, repeated or comma-separated; empty for all at stake. */
  readonly namespaces: readonly string[];
  readonly allNamespaces: boolean;
  /** `-l`: a label selector over the listed resources, as given. */
  readonly selector: string | undefined;
  readonly chunkSize: number;
  readonly withoutReleases: boolean;
}

/** How to say it. */
export interface OutputFlags {
  readonly output: OutputFormat;
  readonly noHeaders: boolean;
  /** `-L`: label keys shown as columns of listed resources. */
  readonly labelColumns: readonly string[];
  readonly failOn: Exclude<Severity, 'info'> | 'never' | 'data';
  /** Whether `--fail-on` was given, and is not the default. */
  readonly failOnGiven: boolean;
  readonly color: 'auto' | 'always' | 'never';
  readonly verbosity: number;
}

export type Command =
  | { readonly name: 'audit' }
  /** `client`: leave the server alone. */
  | { readonly name: 'version'; readonly client: boolean }
  /** `force` overwrites `file` if it is there. */
  | { readonly name: 'snapshot'; readonly file: string; readonly force: boolean }
  | { readonly name: 'namespaces' }
  | { readonly name: 'rbac'; readonly withoutSecrets: boolean; readonly wildcard: boolean; readonly removal: boolean }
  | ({ readonly name: 'explain' } & Explained)
  /** `file` is what `removal -o json` wrote before. */
  | { readonly name: 'verify'; readonly file: string }
  /** Without targets: one line for each pack and profile. */
  | {
      readonly name: 'removal';
      readonly targets: readonly RemovalTarget[];
      /** A file with the new version of a profile, instead of targets. */
      readonly to: string | undefined;
      readonly accept: readonly Accepted[];
    };

/** The command line, understood. `text` is help or version. */
export type Invocation =
  | { readonly kind: 'text'; readonly text: string }
  | {
      readonly kind: 'run';
      readonly command: Command;
      readonly connection: ConnectionFlags;
      readonly subject: SubjectFlags;
      readonly output: OutputFlags;
    };

/** A command line that is to be run. */
export type Run = Extract<Invocation, { kind: 'run' }>;
