import { releaseKey, type ReleaseLink } from '../model/attribution.ts';
import { chartKeysOf } from '../model/chart-keys.ts';
import type { PackDefinition } from '../model/definition.ts';
import { grouped } from '../model/grouped.ts';
import type { Release } from '../model/inventory.ts';
import type { Pack } from '../model/pack.ts';
import { remembered, rememberedOf } from '../model/remembered.ts';
import { compareText } from '../model/resource.ts';

/** Palette cuts long pack and chart names to this many characters each; seen in a release list, not documented. */
const CUT = 21;
/** The longest release name that was seen whole. */
const LONGEST_WHOLE = 33;
/** Helm's limit for a release name. */
const HELM_NAME_LIMIT = 53;

/** The reason of a link by the plain naming rule. */
const BY_NAME = 'named as pack and chart';

/** A reason to hold a release for a pack's. `exact` names come from the definition, others from a naming rule. */
interface Match {
  readonly exact: boolean;
  readonly reason: string;
}

/**
 * Finds the pack of each release (design decision 6): `<pack>-<chart>` with the chart of the decoded release, or the
 * pack's `releaseNameOverride`, in `pack.namespace` or `default`: verified. The same name elsewhere, cut names and a
 * superseded spelling are `inferred`. A release that two packs match equally well belongs to neither. Sorted.
 */
export function linkReleases(packs: readonly Pack[], releases: readonly Release[]): readonly ReleaseLink[] {
  const links = releases.flatMap((release) => linkOf(packs, release));
  const charts = new Map(releases.map((release) => [releaseKey(release), release.chart]));
  const believed = packs.flatMap((pack) => believedLinks(pack, linksOf(pack, links), charts));
  const told = grouped(releases, (release) => releaseKey(release));
  return unique(believed)
    .map((link) => ((told.get(link.release) ?? []).length > 1 ? oneOfSeveral(link) : link))
    .toSorted((a, b) => compareText(a.release, b.release));
}

/** Stored as a Secret and as a ConfigMap, two releases bear one name, and nothing tells which of them is meant. */
function oneOfSeveral(link: ReleaseLink): ReleaseLink {
  return { ...link, strength: 'inferred', reason: `${link.reason}, as another release is` };
}

function unique(links: readonly ReleaseLink[]): readonly ReleaseLink[] {
  return [...new Map(links.map((link) => [JSON.stringify([link.release, link.pack]), link])).values()];
}

function linksOf(pack: Pack, links: readonly ReleaseLink[]): readonly ReleaseLink[] {
  return links.filter((link) => link.pack === pack.name);
}

/**
 * Keys under `charts:` in the values mostly are the charts' names, but not in every pack. A release of a chart that no
 * key names is only inferred to be the pack's, and not even that beside one whose chart a key does name. Where no chart
 * is named at all, a pack of manifests may have none, for people name their own releases so, too; a manifest layer has
 * none.
 */
function believedLinks(
  pack: Pack,
  links: readonly ReleaseLink[],
  charts: ReadonlyMap<string, string>,
): readonly ReleaseLink[] {
  const found = links.map(({ release }) => charts.get(release) ?? '');
  const keys = new Set(
    pack.definitions.flatMap((one) => [...chartKeysOf(one, found), ...one.charts.map(({ name }) => name)]),
  );
  const unread = pack.definitions.some(({ gaps }) => gaps.some(({ reason }) => reason === 'chart-unreadable'));
  const named = keys.size > 0 ? keys : new Set(pack.definitions.filter(mayHaveCharts).map(({ baseName }) => baseName));
  const isOnlyContent = keys.size === 0 && links.length === 1 && !isOfManifests(pack);
  const isKnown = ({ release, reason }: ReleaseLink): boolean =>
    !reason.startsWith(BY_NAME) || unread || isOnlyContent || named.has(charts.get(release) ?? '');
  const known = links.filter(isKnown);
  if (keys.size > 0 && known.some(({ strength }) => strength === 'verified')) return known;
  return links.map((link) => (isKnown(link) ? link : Object.assign({}, link, { strength: 'inferred' as const })));
}

function isOfManifests({ definitions }: Pack): boolean {
  return definitions.some((one) => one.manifests.length + one.objects.length > 0 || !mayHaveCharts(one));
}

function mayHaveCharts({ type }: PackDefinition): boolean {
  return type !== 'manifest';
}

/** Namespaces where a pack's releases and unplaced objects land: its declared one, or `default`. Unresolved: none. */
export const releaseNamespaces = rememberedOf((pack: Pack): ReadonlySet<string> => {
  const names = new Set<string>();
  for (const { namespace } of placed(pack)) {
    if (namespace === undefined) names.add('default');
    else if (namespace.resolved) names.add(namespace.text);
  }
  return names;
});

/** Whether the pack's definitions say that it lands there, whatever value a variable has in the cluster. */
function isCertain(pack: Pack, namespace: string): boolean {
  return placed(pack).some(({ namespace: named }) =>
    named === undefined ? namespace === 'default' : named.assumed === undefined && named.text === namespace,
  );
}

/** A pack directory only says how a pack is made, so it places a pack only where nothing else does. */
function placed(pack: Pack): readonly PackDefinition[] {
  const deployed = pack.definitions.filter((definition) => !definition.isPackDirectory);
  return deployed.length > 0 ? deployed : pack.definitions;
}

/** Release names a pack's definitions spell out, before any release is read. */
export function expectedReleaseNames(pack: Pack): ReadonlySet<string> {
  const names = new Set<string>();
  for (const definition of pack.definitions) {
    for (const release of definition.releaseNameOverrides.values()) names.add(release);
    for (const chart of [...definition.charts.map(({ name }) => name), ...definition.chartKeys]) {
      if (!definition.releaseNameOverrides.has(chart)) names.add(`${pack.name}-${chart}`);
    }
  }
  return names;
}

function linkOf(packs: readonly Pack[], release: Release): readonly ReleaseLink[] {
  const possible = packs.filter((pack) => !isForeign(pack, release));
  const candidates = possible.flatMap((pack) => candidate(pack, release));
  const best = Math.min(...candidates.map(({ rank }) => rank));
  const links = candidates.filter(({ rank }) => rank === best).map(({ link }) => link);
  return links.length === 1 ? links : [];
}

const NONE: readonly never[] = [];

interface Candidate {
  readonly link: ReleaseLink;
  /** The less, the better. */
  readonly rank: number;
}

function candidate(pack: Pack, release: Release): readonly Candidate[] {
  const here = releaseNamespaces(pack).has(release.namespace);
  const match = nameMatch(pack, release, here);
  if (match === undefined) return NONE;
  const certain = here && isCertain(pack, release.namespace);
  const verified = match.exact && certain && release.decoded;
  return [
    {
      link: {
        release: releaseKey(release),
        pack: pack.name,
        strength: verified ? 'verified' : 'inferred',
        reason: `${match.reason}${whereText(here, certain)}`,
      },
      rank: (match.exact ? 0 : 2) + (here ? 0 : 1),
    },
  ];
}

function whereText(here: boolean, certain: boolean): string {
  if (!here) return ', in a namespace the pack does not declare';
  return certain ? '' : ', in a namespace that rests on the default of a variable';
}

function nameMatch(pack: Pack, release: Release, here: boolean): Match | undefined {
  if (pack.definitions.some((definition) => overrides(definition, release, here))) {
    return { exact: true, reason: 'named by releaseNameOverride' };
  }
  if (!release.decoded) {
    return expectedReleaseNames(pack).has(release.name) ? { exact: true, reason: BY_NAME } : undefined;
  }
  if (release.name === `${pack.name}-${release.chart}`) return plainName(pack, release);
  return spellingsOf(pack)(release.chart).has(release.name)
    ? { exact: false, reason: 'named by a cut or other spelling of pack and chart' }
    : undefined;
}

/**
 * Where the pack's directory names its charts, a release of another chart is somebody else's, however it is called.
 * Keys of the values tell nothing: they differ from the charts' names in some packs.
 */
function isForeign({ definitions }: Pack, { decoded, chart }: Release): boolean {
  return decoded && definitions.every((definition) => knowsOtherCharts(definition, chart));
}

function knowsOtherCharts({ charts, gaps }: PackDefinition, foreign: string): boolean {
  const isWhole = charts.length > 0 && !gaps.some(({ reason }) => reason === 'chart-unreadable');
  return isWhole && charts.every(({ name }) => name !== foreign);
}

/**
 * An override under another key counts too, since keys and chart names differ in some packs; but only where the pack
 * declares to be, for elsewhere a short name such as `ingress` is as likely somebody else's.
 */
function overrides({ releaseNameOverrides }: PackDefinition, release: Release, here: boolean): boolean {
  const { chart, name, decoded } = release;
  const override = releaseNameOverrides.get(chart);
  if (override !== undefined) return override === name;
  return (here || !decoded) && [...releaseNameOverrides.values()].includes(name);
}

/** With an override for this very chart the plain name is an earlier spelling, not the declared one. */
function plainName(pack: Pack, release: Release): Match {
  const overridden = pack.definitions.some(({ releaseNameOverrides }) => releaseNameOverrides.has(release.chart));
  return { exact: !overridden, reason: BY_NAME };
}

/** Many releases have one chart, and all are held against every pack. */
const spellingsOf = rememberedOf((pack: Pack) => remembered((chart: string) => spellings(pack, chart)));

function spellings(pack: Pack, chart: string): ReadonlySet<string> {
  const names = new Set<string>();
  for (const { displayName } of pack.definitions) {
    if (displayName !== undefined) names.add(`${displayName}-${chart}`);
  }
  const full = `${pack.name}-${chart}`;
  if (full.length > LONGEST_WHOLE) names.add(`${trimmed(pack.name, CUT)}-${trimmed(chart, CUT)}`);
  names.add(trimmed(full, HELM_NAME_LIMIT));
  return names;
}

function trimmed(text: string, length: number): string {
  return text.slice(0, length).replace(/-+$/, '');
}
