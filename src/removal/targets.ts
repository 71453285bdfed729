import type { Pack } from '../model/pack.ts';
import type { CoreLayer, RemovalTarget } from '../model/removal.ts';
import { compareText } from '../model/resource.ts';

/** Layers that Palette does not remove from a cluster. Source: Palette docs, Cluster Updates; OpenAPI, `layer`. */
const CORE_LAYERS: ReadonlySet<string> = new Set(['kernel', 'os', 'k8s', 'cni', 'csi']);

/** The core layer that a pack is, if it is one. */
export function coreLayerOf({ definitions }: Pack): string | undefined {
  return definitions.map(({ layer }) => layer?.toLowerCase()).find((layer) => CORE_LAYERS.has(layer ?? ''));
}

/** Packs that go together, for the targets that name them. */
export interface TargetGroup {
  readonly targets: readonly RemovalTarget[];
  readonly removed: ReadonlySet<string>;
  /** Packs of which no source tells whether they belong to a named profile. */
  readonly strays: readonly string[];
  /** Packs that a profile that stays has, too: whether they go with this one is not known. */
  readonly shared: readonly string[];
}

/** The packs that a profile has by what the sources tell. */
export function packsOfProfile(packs: readonly Pack[], profile: string): readonly Pack[] {
  return packs.filter(({ profiles }) => profiles.some(({ name }) => name === profile));
}

/** Names of all profiles that any source tells of. Sorted. */
export function profileNames(packs: readonly Pack[]): readonly string[] {
  return [...new Set(packs.flatMap(({ profiles }) => profiles.map(({ name }) => name)))].toSorted(compareText);
}

/**
 * What is removed together. Named packs and add-on profiles go at once; the layers of a profile that has core layers
 * can only be taken out of it one by one, for the profile itself stays with the cluster.
 */
export function groupTargets(
  packs: readonly Pack[],
  targets: readonly RemovalTarget[],
): { readonly groups: readonly TargetGroup[]; readonly coreLayers: readonly CoreLayer[] } {
  const together: RemovalTarget[] = [];
  const removed = new Set<string>();
  const strays = new Set<string>();
  const groups: TargetGroup[] = [];
  const coreLayers: CoreLayer[] = [];
  for (const target of targets) {
    const members = membersOf(packs, target);
    const core = members.flatMap((pack) => coreLayer(pack));
    if (core.length > 0) {
      coreLayers.push(...core);
      groups.push(...layersOf(members));
      continue;
    }
    together.push(target);
    for (const { name } of members) removed.add(name);
    if (target.kind === 'profile') for (const name of straysOf(packs, target.name)) strays.add(name);
  }
  const first =
    together.length === 0
      ? []
      : [
          {
            targets: together,
            removed,
            strays: [...strays].toSorted(compareText),
            shared: sharedPacks(packs, together),
          },
        ];
  return { groups: [...first, ...groups], coreLayers };
}

function membersOf(packs: readonly Pack[], { kind, name }: RemovalTarget): readonly Pack[] {
  return kind === 'profile' ? packsOfProfile(packs, name) : packs.filter((pack) => pack.name === name);
}

/** Packs that only profiles name as targets, and of whose profiles one is no target. */
function sharedPacks(packs: readonly Pack[], targets: readonly RemovalTarget[]): readonly string[] {
  const names = (kind: RemovalTarget['kind']): ReadonlySet<string> =>
    new Set(targets.filter((target) => target.kind === kind).map(({ name }) => name));
  const [profiles, alone] = [names('profile'), names('pack')];
  return packs
    .filter(({ name }) => !alone.has(name))
    .filter((pack) => pack.profiles.some(({ name }) => profiles.has(name)))
    .filter((pack) => pack.profiles.some(({ name }) => !profiles.has(name)))
    .map(({ name }) => name);
}

function coreLayer(pack: Pack): readonly CoreLayer[] {
  const layer = coreLayerOf(pack);
  return layer === undefined ? [] : [{ pack: pack.name, layer }];
}

function layersOf(members: readonly Pack[]): readonly TargetGroup[] {
  return members
    .filter((pack) => coreLayerOf(pack) === undefined)
    .map(({ name }) => ({ targets: [{ kind: 'pack', name }], removed: new Set([name]), strays: [], shared: [] }));
}

/** A file lists all packs of its profile; of what only the cluster tells, packs without a profile may belong to any. */
export function straysOf(packs: readonly Pack[], profile: string): readonly string[] {
  const fromFile = packsOfProfile(packs, profile).some(({ definitions }) =>
    definitions.some((definition) => definition.source.kind === 'file' && definition.profile?.name === profile),
  );
  if (fromFile) return [];
  return packs.filter((pack) => pack.profiles.length === 0 && coreLayerOf(pack) === undefined).map(({ name }) => name);
}
