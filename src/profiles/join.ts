import { DISPLAY_NAME, type PackDefinition, type ProfileRef } from '../model/definition.ts';
import type { Pack } from '../model/pack.ts';
import { compareText } from '../model/resource.ts';
import { differencesOf } from './differences.ts';
import { closedByEachOther, fillFrom, fits } from './fill.ts';
import { type Deployed, settled } from './settle.ts';

/**
 * Joins what all sources say into one pack per name, sorted by name (design decision 5). A pack directory fills what
 * the definitions of its name and version leave open, and is a pack of its own only when nothing else names it. A pack
 * that stands twice keeps both definitions. `packsUnseen`: the cluster may have any pack, for its own were not seen.
 */
export function joinPacks(definitions: readonly PackDefinition[], packsUnseen = false): readonly Pack[] {
  const directories = definitions.filter(({ isPackDirectory }) => isPackDirectory);
  const used = new Map<PackDefinition, PackDefinition>();
  const filled = definitions
    .filter(({ isPackDirectory }) => !isPackDirectory)
    .map((definition): PackDefinition => {
      const directory = directoryFor(definition, directories);
      if (directory === undefined) return definition;
      const result = fillFrom(definition, directory);
      used.set(result, directory);
      return result;
    });
  const taken = new Set(used.values());
  const groups = groupsOf([...filled, ...directories.filter((directory) => !taken.has(directory))]);
  return [...groups.values()]
    .map((group) => {
      const isElsewhere = group.some((one) => namedOtherwise(one, filled).length > 1);
      return join(group, { used, unseen: packsUnseen || isElsewhere ? 'unseen' : undefined });
    })
    .toSorted((a, b) => compareText(a.name, b.name));
}

/** The one pack directory that fits; several that fit alike fill nothing, and stay definitions of their own. */
function directoryFor(definition: PackDefinition, directories: readonly PackDefinition[]): PackDefinition | undefined {
  const fitting = directories.filter((directory) => fits(definition, directory));
  return fitting.length === 1 ? fitting[0] : undefined;
}

function groupsOf(definitions: readonly PackDefinition[]): ReadonlyMap<string, readonly PackDefinition[]> {
  const groups = new Map<string, PackDefinition[]>();
  for (const definition of definitions) {
    const [alike, another] = namedOtherwise(definition, definitions);
    const key = joinKey(another === undefined ? (alike ?? definition) : definition);
    const group = groups.get(key) ?? [];
    groups.set(key, group);
    group.push(definition);
  }
  return groups;
}

/** A Pack resource may be stored without the display name that a file's name carries. */
function joinKey({ name, displayName }: PackDefinition): string {
  return displayName === undefined || name.includes('--') ? name : `${displayName}--${name}`;
}

/**
 * Where a display name rests on the default of a variable, the cluster may have the pack under another one: its packs of
 * that base name which no other definition names.
 */
function namedOtherwise(definition: PackDefinition, all: readonly PackDefinition[]): readonly PackDefinition[] {
  if (!isNameAssumed(definition)) return [];
  const deployed = all.filter(({ source, baseName }) => source.kind === 'cluster' && baseName === definition.baseName);
  if (deployed.some((one) => joinKey(one) === joinKey(definition))) return [];
  const named = new Set(all.filter((one) => one.source.kind === 'file' && !isNameAssumed(one)).map(joinKey));
  return deployed.filter((one) => !named.has(joinKey(one)));
}

function isNameAssumed({ assumptions = [] }: PackDefinition): boolean {
  return assumptions.some(({ subject }) => subject === DISPLAY_NAME);
}

interface Joining {
  /** The pack directories that filled definitions. */
  readonly used: ReadonlyMap<PackDefinition, PackDefinition>;
  /** What a pack is taken for that the cluster does not tell. */
  readonly unseen: Exclude<Deployed, PackDefinition>;
}

function join(group: readonly PackDefinition[], { used, unseen }: Joining): Pack {
  const fromCluster = group.find(({ source }) => source.kind === 'cluster');
  const sources = group.flatMap((definition) => {
    const directory = used.get(definition);
    return directory === undefined ? [definition.source] : [definition.source, directory.source];
  });
  return {
    name: fromCluster?.name ?? group[0]?.name ?? '',
    definitions: closedByEachOther(group).map((definition) => settled(definition, fromCluster ?? unseen)),
    profiles: unique(
      group.flatMap(({ profile, possibleProfiles = [] }) => (profile === undefined ? possibleProfiles : [profile])),
      profileKey,
    ),
    sources: unique(sources, (source) =>
      source.kind === 'file' ? `file ${source.path}` : `cluster ${source.namespace}`,
    ),
    differences: differencesOf(group),
  };
}

function profileKey({ name, version, type }: ProfileRef): string {
  return JSON.stringify([name, version ?? '', type ?? '']);
}

function unique<Item>(items: readonly Item[], keyOf: (item: Item) => string): readonly Item[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}
