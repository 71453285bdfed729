import type { ChartIdentity } from '../model/definition.ts';
import type { PackJson } from './pack-json.ts';

/** A file that a pack.json names. `text` is undefined when it cannot be used; `fault` then says why. */
export interface LoadedFile {
  readonly file: string;
  readonly path: string;
  readonly text: string | undefined;
  readonly fault: string | undefined;
}

/** A chart that a pack.json names; `identity` is undefined when its Chart.yaml cannot be read. */
export interface LoadedChart {
  readonly file: string;
  readonly path: string;
  readonly identity: ChartIdentity | undefined;
  readonly fault: string | undefined;
}

export interface TextDocument {
  readonly kind: 'text';
  /** The path as the person gave it; errors about a whole path name it. */
  readonly given: string;
  readonly path: string;
  readonly text: string;
}

export interface PackDirectoryDocument {
  readonly kind: 'pack-directory';
  readonly given: string;
  readonly path: string;
  readonly packJson: { readonly path: string; readonly content: PackJson; readonly fault: string | undefined };
  readonly values: LoadedFile;
  readonly charts: readonly LoadedChart[];
  readonly manifests: readonly LoadedFile[];
}

/** What was read from one path, before it is understood. */
export type DefinitionDocument = TextDocument | PackDirectoryDocument;
