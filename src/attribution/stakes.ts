import { releaseKey, type ReleaseLink } from '../model/attribution.ts';
import { chartKeysOf, leastCharts } from '../model/chart-keys.ts';
import type { DefinedObject, DefinitionGap, NameText, PackDefinition } from '../model/definition.ts';
import type { Release } from '../model/inventory.ts';
import type { Basis, Fate, Pack, Stake, StakeSource } from '../model/pack.ts';
import { compareText } from '../model/resource.ts';
import { PROTECTED_NAMESPACES } from '../model/namespace.ts';
import { releaseNamespaces } from './link-releases.ts';
import { ownedNamespaces, type OwnedNamespaces, type Owning } from './owned-namespaces.ts';
import type { TypeScope } from '../model/type-scope.ts';

/** What stakes are worked out from. `scope` tells cluster-scoped types apart. Without `owned` no namespace has owners. */
export interface StakeInput {
  readonly owned?: OwnedNamespaces;
  readonly packs: readonly Pack[];
  readonly releases: readonly Release[];
  readonly links: readonly ReleaseLink[];
  readonly scope: TypeScope;
}

/**
 * Every claim of every pack on a namespace: design, table "Stakes". Sorted by namespace, pack, source; each
 * (pack, namespace, source, via) once.
 */
export function stakesOf(input: StakeInput): readonly Stake[] {
  const stakes = input.packs.flatMap((pack) => stakesOfPack(pack, input));
  const unique = new Map(stakes.map((one) => [JSON.stringify(one), one]));
  return [...unique.values()].toSorted(
    (a, b) =>
      compareText(a.namespace, b.namespace) ||
      compareText(a.pack, b.pack) ||
      compareText(a.source, b.source) ||
      compareText(a.via, b.via),
  );
}

/** Namespaces whose contents the audit has to list: all at stake but those only labelled. Sorted. */
export function namespacesToRead(stakes: readonly Stake[]): readonly string[] {
  const names = stakes
    .filter(({ fate }) => fate !== 'labelled-only' && fate !== 'unknown')
    .map(({ namespace }) => namespace);
  return [...new Set(names)].toSorted(compareText);
}

function stakesOfPack(pack: Pack, input: StakeInput): Stake[] {
  const releases = releasesOf(pack, input);
  const made = [...declaredStakes(pack, input), ...releaseStakes(pack, releases)];
  const destroyed = made.filter(({ fate }) => fate === 'destroyed').map(({ namespace }) => namespace);
  const claims = [...made, ...ownedStakes({ pack, releases, destroyed }, input)];
  const claimed = new Set(claims.map(({ namespace }) => namespace));
  const seen = [...seenNamespaces(pack, input, releases)].filter(([namespace]) => !claimed.has(namespace));
  return [
    ...claims,
    ...seen.map(([namespace, via]) => stake(pack, { namespace, source: 'objects seen', fate: 'objects-only', via })),
    ...labelStakes(pack),
  ];
}

/** Releases that hold live objects; an uninstalled or superseded one holds none. */
function releasesOf(pack: Pack, { links, releases }: StakeInput): readonly Release[] {
  const keys = new Set(links.filter((link) => link.pack === pack.name).map(({ release }) => release));
  if (keys.size === 0) return [];
  return releases.filter((release) => keys.has(releaseKey(release)) && release.status !== 'uninstalled');
}

function stake(pack: Pack, claim: Pick<Stake, 'namespace' | 'source' | 'fate' | 'via'>): Stake {
  const guarded = PROTECTED_NAMESPACES.has(claim.namespace) && claim.fate === 'destroyed';
  const fate: Fate = guarded ? 'protected' : claim.fate;
  return { pack: pack.name, ...claim, fate, basis: basisOf(claim.source, fate) };
}

function basisOf(source: StakeSource, fate: Fate): Basis {
  if (fate === 'protected' || fate === 'unknown') return 'none';
  if (source === 'objects seen') return 'seen';
  const documented = source === 'pack.namespace' || source === 'namespaceLabels' || source === 'namespaceAnnotations';
  return documented ? 'documented' : 'assumed';
}

function named(pack: Pack, name: NameText, claim: { source: StakeSource; via: string; fate?: Fate }): Stake {
  const fate = name.resolved ? (claim.fate ?? 'destroyed') : 'unknown';
  return stake(pack, { namespace: name.text, source: claim.source, fate, via: claim.via });
}

function declaredStakes(pack: Pack, input: StakeInput): Stake[] {
  return pack.definitions.flatMap((definition) => [
    ...(definition.namespace === undefined
      ? []
      : [named(pack, definition.namespace, { source: 'pack.namespace', via: 'pack.namespace' })]),
    ...defaultStake(pack, definition, input),
    ...definition.additionalNamespaces.map((name) =>
      named(pack, name, { source: 'additionalNamespaces', via: 'pack.additionalNamespaces' }),
    ),
    ...definition.manifestNamespaces.map(({ manifest, namespace }) =>
      named(pack, namespace, { source: 'manifest.namespace', via: `manifests.${manifest}.namespace` }),
    ),
    ...definition.createdNamespaces.map(({ namespace, manifest, keep }) =>
      named(pack, namespace, {
        source: 'Namespace object',
        via: `manifest ${manifest}`,
        fate: keep ? 'objects-only' : 'destroyed',
      }),
    ),
  ]);
}

/**
 * `default`, where a pack without `pack.namespace` lands [documented], counts only if something lands there: a chart,
 * or a manifest object that names no namespace, or a manifest whose body is not known.
 */
function defaultStake(pack: Pack, definition: PackDefinition, input: StakeInput): Stake[] {
  if (definition.namespace !== undefined || namespaceUnreadable(definition)) return [];
  const declaredElsewhere = [...releaseNamespaces(pack)].some((namespace) => namespace !== 'default');
  if (declaredElsewhere && definition.isPackDirectory) return [];
  const landing = landsInDefault(definition, input);
  return landing === undefined
    ? []
    : [stake(pack, { namespace: 'default', source: 'pack.namespace', fate: 'destroyed', via: landing })];
}

/** The definition says that its `pack.namespace` is not known, so nothing may be taken to land in `default`. */
function namespaceUnreadable({ gaps }: PackDefinition): boolean {
  return gaps.some(({ subject }) => subject === 'pack.namespace');
}

function landsInDefault(definition: PackDefinition, { scope }: StakeInput): string | undefined {
  const chart = definition.charts[0]?.name ?? chartKeysOf(definition)[0];
  if (chart !== undefined || leastCharts(definition) > 0) return `chart ${chart ?? definition.baseName}`;
  const object = definition.objects.find(
    ({ ref, manifest }) =>
      ref.namespace === '' && !scope.isClusterScoped(ref) && !hasOwnNamespace(definition, manifest),
  );
  if (object !== undefined) return `manifest ${object.manifest}`;
  const unread = definition.gaps.find((gap) => isUnseenBody(definition, gap));
  return unread === undefined ? undefined : `manifest ${unread.subject}`;
}

/** A manifest of which nothing was read, and that has no namespace of its own. */
function isUnseenBody(definition: PackDefinition, { reason, subject }: DefinitionGap): boolean {
  if (hasOwnNamespace(definition, subject)) return false;
  const isUnread = reason === 'manifest-unreadable' && !definition.objects.some(({ manifest }) => manifest === subject);
  return reason === 'manifest-only-referenced' || isUnread;
}

function hasOwnNamespace(definition: PackDefinition, manifest: string): boolean {
  return definition.manifestNamespaces.some((entry) => entry.manifest === manifest);
}

function releaseStakes(pack: Pack, releases: readonly Release[]): Stake[] {
  const declared = releaseNamespaces(pack);
  return releases.flatMap((release) => [
    ...(declared.has(release.namespace)
      ? releaseHome(pack, release)
      : [
          stake(pack, {
            namespace: release.namespace,
            source: 'former namespace',
            fate: 'destroyed',
            via: `release ${release.name}`,
          }),
        ]),
    ...release.objects
      .filter(({ ref }) => ref.kind === 'Namespace' && ref.group === '')
      .map(({ ref, keep }) =>
        stake(pack, {
          namespace: ref.name,
          source: 'Namespace object',
          fate: keep ? 'objects-only' : 'destroyed',
          via: `release ${release.name}`,
        }),
      ),
  ]);
}

/** Namespaces that go with what owns them. Source: Kubernetes docs, Garbage Collection. */
function ownedStakes(owning: Owning, { owned }: StakeInput): readonly Stake[] {
  if (owned === undefined) return [];
  return ownedNamespaces(owning, owned).map(({ namespace, via }) =>
    stake(owning.pack, { namespace, source: 'namespace owner', fate: 'destroyed', via }),
  );
}

/** A chart pack whose values name neither namespace nor chart shows by its release that it lands in `default`. */
function releaseHome(pack: Pack, release: Release): Stake[] {
  if (release.namespace !== 'default') return [];
  return [
    stake(pack, { namespace: 'default', source: 'pack.namespace', fate: 'destroyed', via: `release ${release.name}` }),
  ];
}

function seenNamespaces(pack: Pack, { scope }: StakeInput, releases: readonly Release[]): ReadonlyMap<string, string> {
  const seen = new Map<string, string>();
  const note = ({ namespace }: { namespace: string }, via: string): void => {
    if (namespace !== '' && !seen.has(namespace)) seen.set(namespace, via);
  };
  for (const release of releases) {
    for (const { ref } of release.objects) if (!scope.isClusterScoped(ref)) note(ref, `release ${release.name}`);
  }
  for (const { objects } of pack.definitions)
    for (const object of certain(objects, scope)) note(object.ref, `manifest ${object.manifest}`);
  return seen;
}

/** A possible object still makes a stake: it may be there. */
function certain(objects: readonly DefinedObject[], scope: TypeScope): readonly DefinedObject[] {
  return objects.filter(({ ref }) => !scope.isClusterScoped(ref));
}

function labelStakes(pack: Pack): Stake[] {
  return pack.definitions.flatMap((definition) => [
    ...definition.namespaceLabels.map(({ namespace }) =>
      named(pack, namespace, { source: 'namespaceLabels', via: 'pack.namespaceLabels', fate: 'labelled-only' }),
    ),
    ...definition.namespaceAnnotations.map(({ namespace }) =>
      named(pack, namespace, {
        source: 'namespaceAnnotations',
        via: 'pack.namespaceAnnotations',
        fate: 'labelled-only',
      }),
    ),
  ]);
}
