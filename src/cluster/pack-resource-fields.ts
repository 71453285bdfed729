import type { ProfileRef, ReportedState } from '../model/definition.ts';
import type { PackResource } from '../model/pack-resource.ts';
import type { UnseenPack } from '../model/unseen-pack.ts';
import { at, listAt, textAt } from './json.ts';

/** Which profile brings a pack, as far as SpectroClusters and ClusterProfiles tell. */
export interface ProfilePacks {
  readonly profile: ProfileRef;
  readonly packs: readonly string[];
}

function isTrue(object: unknown, type: string): boolean {
  const conditions = [...listAt(object, 'status', 'conditions'), at(object, 'status', 'condition')];
  return conditions.some(
    (entry) =>
      (textAt(entry, 'type') ?? '').toLowerCase() === type && (textAt(entry, 'status') ?? '').toLowerCase() === 'true',
  );
}

/** The state its conditions report; their letter case varies. */
function stateOf(object: unknown): ReportedState {
  if (textAt(object, 'metadata', 'deletionTimestamp') !== undefined) return 'being removed';
  if (isTrue(object, 'error')) return 'failing';
  return isTrue(object, 'ready') || isTrue(object, 'installed') ? 'installed' : 'unknown';
}

/** The manifests. What is no list of named ones there is handed on without a body, so that it is missed, never passed over. */
function manifestsOf(object: unknown): PackResource['manifests'] {
  const given = at(object, 'spec', 'packRef', 'manifests') ?? [];
  if (!Array.isArray(given))
    return [{ name: 'the list of manifests', content: undefined, fault: 'the manifests are not a list' }];
  return listAt(object, 'spec', 'packRef', 'manifests').map((entry) => ({
    name: textAt(entry, 'name') ?? 'a manifest without a name',
    content: textAt(entry, 'content'),
  }));
}

/** The values text. What is no text there is handed on as one, so that it is read or found faulty, never passed over. */
function valuesOf(object: unknown): string | undefined {
  const values = at(object, 'spec', 'packRef', 'values') ?? undefined;
  return values === undefined || typeof values === 'string' ? values : JSON.stringify(values);
}

/** Reads the named fields of a Pack resource; the profile is told only when exactly one brings a pack of that name. */
export function packResourceOf(object: unknown, profiles: readonly ProfilePacks[]): PackResource {
  const name = textAt(object, 'metadata', 'name') ?? '';
  const bringing = profiles.filter(({ packs }) => packs.includes(name));
  return {
    namespace: textAt(object, 'metadata', 'namespace') ?? '',
    name,
    layer: textAt(object, 'spec', 'packRef', 'layer'),
    type: textAt(object, 'spec', 'packRef', 'type'),
    version: textAt(object, 'spec', 'packRef', 'version'),
    tag: textAt(object, 'spec', 'packRef', 'tag'),
    values: valuesOf(object),
    manifests: manifestsOf(object),
    reportedState: stateOf(object),
    profile: bringing.length === 1 ? bringing[0]?.profile : undefined,
    ...(bringing.length > 1 ? { possibleProfiles: bringing.map(({ profile }) => profile) } : {}),
  };
}

function packNames(packs: readonly unknown[]): readonly string[] {
  return packs.flatMap((pack) => textAt(pack, 'name') ?? textAt(pack, 'metadata', 'name') ?? []);
}

/** The profiles a SpectroCluster names, with their packs. */
export function profilesOfCluster(object: unknown): readonly ProfilePacks[] {
  return listAt(object, 'spec', 'clusterProfileTemplates').flatMap((entry) => {
    const name = textAt(entry, 'name');
    if (name === undefined) return [];
    const version = textAt(entry, 'profileVersion') ?? textAt(entry, 'version');
    const profile = { name, version, type: textAt(entry, 'type') };
    return [{ profile, packs: packNames(listAt(entry, 'packs')) }];
  });
}

/** Packs that a SpectroCluster names in its profiles, but those of which there are Pack resources. */
export function unseenPacks(object: unknown, seen: ReadonlySet<string>): readonly UnseenPack[] {
  return listAt(object, 'spec', 'clusterProfileTemplates').flatMap((entry) => {
    const profile = textAt(entry, 'name');
    if (profile === undefined) return [];
    return listAt(entry, 'packs').flatMap((pack) =>
      packNames([pack])
        .filter((name) => !seen.has(name))
        .map((name) => ({ profile, name, layer: textAt(pack, 'layer') })),
    );
  });
}

/** A ClusterProfile with its packs, wherever it holds them. */
export function profilesOfProfile(object: unknown): readonly ProfilePacks[] {
  const name = textAt(object, 'metadata', 'name');
  if (name === undefined) return [];
  const holders = [['spec', 'published'], ['spec', 'template'], ['spec']];
  const packs = holders.map((path) => listAt(object, ...path, 'packs')).find((found) => found.length > 0) ?? [];
  const type = textAt(object, 'spec', 'published', 'type') ?? textAt(object, 'spec', 'type');
  return [{ profile: { name, version: textAt(object, 'spec', 'version'), type }, packs: packNames(packs) }];
}

/** Joins what several resources tell of one profile. */
export function joinedProfiles(profiles: readonly ProfilePacks[]): readonly ProfilePacks[] {
  const found = new Map<string, ProfilePacks>();
  for (const { profile, packs } of profiles) {
    const before = found.get(profile.name);
    found.set(profile.name, {
      profile: {
        name: profile.name,
        version: before?.profile.version ?? profile.version,
        type: before?.profile.type ?? profile.type,
      },
      packs: [...new Set([...(before?.packs ?? []), ...packs])],
    });
  }
  return [...found.values()];
}
