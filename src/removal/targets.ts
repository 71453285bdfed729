import type { Pack } from '../model/pack.ts';
import type { CoreLayer, RemovalTarget } from '../model/removal.ts';
import { compareText } from '../model/resource.ts';
import { coreLayerOf } from './core-layers.ts';
import { packsOfProfile, uncertainMembers, unseenMembers, type Membership } from './membership.ts';

/** Packs that go together, for the targets that name them. */
export interface TargetGroup {
  readonly targets: readonly RemovalTarget[];
  readonly removed: ReadonlySet<string>;
  /** Packs of which it is not certain whether they belong to a named profile. */
  readonly strays: readonly string[];
  /** Packs that a profile that stays has, too: whether they go with this one is not known. */
  readonly shared: readonly string[];
  /** Packs of a named profile of which nothing but the name was seen. */
  readonly unseen: readonly string[];
}

/**
 * What is removed together. Named packs and add-on profiles go at once; the layers of a profile that has core layers
 * can only be taken out of it one by one, for the profile itself stays with the cluster; packs that may be among them
 * are judged beside them.
 */
export function groupTargets(
  membership: Membership,
  targets: readonly RemovalTarget[],
): { readonly groups: readonly TargetGroup[]; readonly coreLayers: readonly CoreLayer[] } {
  const { packs } = membership;
  const together: RemovalTarget[] = [];
  const removed = new Set<string>();
  const strays = new Set<string>();
  const groups: TargetGroup[] = [];
  const coreLayers: CoreLayer[] = [];
  for (const target of targets) {
    const members = membersOf(packs, target);
    const core = members.flatMap((pack) => coreLayer(pack));
    const uncertain = target.kind === 'profile' ? uncertainMembers(membership, target.name) : [];
    if (core.length > 0) {
      coreLayers.push(...core);
      groups.push(...layersOf(packs, members, new Set(uncertain)));
      continue;
    }
    together.push(target);
    for (const { name } of members) removed.add(name);
    for (const name of uncertain) strays.add(name);
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
            unseen: together.flatMap(({ kind, name }) => (kind === 'profile' ? unseenMembers(membership, name) : [])),
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

function layersOf(
  packs: readonly Pack[],
  members: readonly Pack[],
  uncertain: ReadonlySet<string>,
): readonly TargetGroup[] {
  return packs
    .filter((pack) => members.includes(pack) || uncertain.has(pack.name))
    .filter((pack) => coreLayerOf(pack) === undefined)
    .map(({ name }) => {
      const strays = uncertain.has(name) ? [name] : [];
      return { targets: [{ kind: 'pack', name }], removed: new Set([name]), strays, shared: [], unseen: [] };
    });
}
