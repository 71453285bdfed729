import type {
  ChartIdentity,
  DefinitionGap,
  DefinitionProblem,
  DefinitionSource,
  Place,
  ProfileRef,
  ReportedState,
} from '../model/definition.ts';
import type { Source } from './tree.ts';

/** A manifest of a pack: `body` is undefined where only its name is known, `fault` says why when that is a fault. */
export interface RawManifest {
  readonly name: string;
  readonly body: Source | undefined;
  readonly fault: string | undefined;
  readonly place: Place;
}

/** A pack as a form of definition holds it, before its values and manifests are read. */
export interface RawPack {
  readonly name: string;
  /** True for a Pack resource: its name is what Palette made of it, display name included. */
  readonly isStoredName: boolean;
  readonly place: Place;
  readonly source: DefinitionSource;
  readonly layer: string | undefined;
  readonly type: string | undefined;
  readonly version: string | undefined;
  readonly tag: string | undefined;
  readonly reportedState: ReportedState | undefined;
  readonly profile: ProfileRef | undefined;
  readonly possibleProfiles?: readonly ProfileRef[] | undefined;
  readonly values: Source | undefined;
  readonly manifests: readonly RawManifest[];
  readonly charts: readonly ChartIdentity[];
  readonly isPackDirectory: boolean;
  /** The profile's variables with their defaults. */
  readonly defaults: ReadonlyMap<string, string>;
  /** The values that a cluster gives them, where the definition is that of a cluster. */
  readonly given?: ReadonlyMap<string, string>;
  readonly gaps: readonly DefinitionGap[];
  readonly problems: readonly DefinitionProblem[];
}

/** A pack of which only the name is known yet. */
export function emptyPack(name: string, place: Place, source: DefinitionSource): RawPack {
  return {
    name,
    isStoredName: false,
    place,
    source,
    layer: undefined,
    type: undefined,
    version: undefined,
    tag: undefined,
    reportedState: undefined,
    profile: undefined,
    values: undefined,
    manifests: [],
    charts: [],
    isPackDirectory: false,
    defaults: new Map(),
    gaps: [],
    problems: [],
  };
}
