import type { ReleaseLink } from '../model/attribution.ts';
import type { DefinitionGap, GapReason, PackDefinition } from '../model/definition.ts';
import { foldedAmong, foldedTogether } from '../model/folded.ts';
import type { Pack } from '../model/pack.ts';
import type { ApplicationSummary, FoldedCounts, PackSummary, StakeSummary } from '../model/report.ts';
import { compareText } from '../model/resource.ts';
import type { Subject } from '../model/subject.ts';
import { namesNothing, UNSEEN_CONTENT } from '../model/unseen-content.ts';
import { provenance, type Application } from './applications.ts';
import { destroyedBy } from './claims.ts';
import type { Audited } from './rule.ts';

/** One row per claim: what the namespace holds of this pack, of other packs and of nobody's pack. */
export function stakeSummaries({ claims, holdings, subject }: Audited): readonly StakeSummary[] {
  return claims.map(({ namespace, pack, sources, fate, basis }) => {
    const { byPack, unmanaged } = holdings(namespace);
    const own = byPack.get(pack) ?? [];
    const all = [...byPack.values()].reduce((sum, attributions) => sum + attributions.length, 0);
    return {
      namespace,
      pack,
      state: subject.states.get(pack) ?? 'planned',
      sources,
      fate,
      basis,
      own: own.length,
      claimed: own.filter(({ strength }) => strength === 'claimed').length,
      otherPacks: all - own.length,
      unmanaged: unmanaged.length,
    };
  });
}

/** The packs with their releases and with the gaps of their definitions that nothing else filled. */
export function packSummaries({ packs, states, links }: Subject): readonly PackSummary[] {
  return packs.map((pack) => ({
    name: pack.name,
    layer: first(pack, ({ layer }) => layer),
    version: first(pack, ({ version, tag }) => version ?? tag),
    state: states.get(pack.name) ?? 'planned',
    profiles: pack.profiles.map(({ name }) => name),
    sources: pack.sources,
    releases: links.filter((link) => link.pack === pack.name).map(releaseMention),
    gaps: openGaps(pack, links),
  }));
}

function first(pack: Pack, of: (definition: PackDefinition) => string | undefined): string {
  return pack.definitions.map(of).find((text) => text !== undefined && text !== '') ?? '';
}

function releaseMention({ release, strength }: ReleaseLink): { release: string; namespace: string; strength: string } {
  const slash = release.indexOf('/');
  return { release: release.slice(slash + 1), namespace: release.slice(0, slash), strength };
}

/** Gaps of a chart's contents: closed by the decoded release, and without weight for a pack that is not installed. */
const CHART_GAPS: ReadonlySet<GapReason> = new Set(['chart-unreadable']);

/** Gaps that leave open which namespaces or objects are the pack's. Several definitions often share one. */
function openGaps(pack: Pack, links: readonly ReleaseLink[]): readonly DefinitionGap[] {
  const released = chartsReleased(pack, links);
  const gaps = new Map<string, DefinitionGap>();
  for (const gap of pack.definitions.flatMap((definition) => definition.gaps)) {
    if (CHART_GAPS.has(gap.reason) && released) continue;
    gaps.set(`${gap.reason} ${gap.subject}`, gap);
  }
  return [...gaps.values()].toSorted((a, b) => compareText(a.reason, b.reason) || compareText(a.subject, b.subject));
}

/**
 * The same for who asks where packs have claims: what is there of a pack and unseen may have more. Of a removal that is
 * the doubt `nothing-found`, and of a new version of a profile one only where the pack changes.
 */
export function claimingPacks(subject: Subject): readonly PackSummary[] {
  const unseen = new Map(subject.packs.map((pack) => [pack.name, unseenContent(pack, subject)]));
  return packSummaries(subject).map((known) => {
    const gaps = unseen.get(known.name) ?? [];
    return gaps.length === 0 ? known : Object.assign({}, known, { gaps: [...known.gaps, ...gaps] });
  });
}

/**
 * A pack that is there, and of which nothing tells what it installs: no release, and neither chart nor manifest in any
 * definition. It may have a manifest of its own that names any namespace, as packs for drivers and operators do.
 */
function unseenContent(pack: Pack, { states, links }: Pick<Subject, 'states' | 'links'>): readonly DefinitionGap[] {
  const place = pack.definitions[0]?.place;
  const isSeen = states.get(pack.name) === 'planned' || links.some((link) => link.pack === pack.name);
  if (place === undefined || isSeen || !pack.definitions.every(namesNothing)) return [];
  return [{ reason: 'content-unknown', subject: UNSEEN_CONTENT, place }];
}

/** Whether as many proven releases are there as the pack has charts: then none of them is unseen. */
function chartsReleased({ name, definitions }: Pack, links: readonly ReleaseLink[]): boolean {
  const charts = new Set(definitions.flatMap((definition) => definition.charts.map((chart) => chart.name)));
  const unread = definitions.flatMap(({ gaps }) => gaps.filter(({ reason }) => CHART_GAPS.has(reason)));
  const files = new Set(unread.map(({ subject }) => subject));
  const released = links.filter((link) => link.pack === name && link.strength === 'verified');
  return released.length >= charts.size + files.size;
}

/** The applications outside Palette in the namespaces at stake. Those of protected ones are listed only by `-n`. */
export function applicationSummaries(audited: Audited): readonly ApplicationSummary[] {
  const destroyed = destroyedBy(audited.claims);
  const guarded = new Set(audited.claims.filter(({ fate }) => fate === 'protected').map(({ namespace }) => namespace));
  const namespaces = [...new Set([...destroyed.keys(), ...guarded])].toSorted(compareText);
  return namespaces.flatMap((namespace) =>
    audited.applications(namespace).map((application) =>
      summary(application, {
        packs: destroyed.get(namespace) ?? [],
        listed: destroyed.has(namespace) || audited.subject.narrowedTo.includes(namespace),
      }),
    ),
  );
}

function summary(application: Application, about: { packs: readonly string[]; listed: boolean }): ApplicationSummary {
  const { name, namespace, owner, movable, members, resources } = application;
  const { lastWriter, createdAt } = provenance(members);
  const strengths = new Set(members.map(({ strength }) => strength));
  return {
    namespace,
    name,
    owner,
    packs: about.packs,
    listed: about.listed,
    movable,
    createdAt,
    lastWriter,
    strength: [...strengths].toSorted(compareText).join(', '),
    data: resources
      .filter(({ data }) => data !== '')
      .map(({ data }) => data)
      .join(' '),
    resources,
  };
}

/** Objects that are counted and not listed, in the namespaces the answer rests on. */
export function foldedCounts({ holdings, subject }: Audited, namespaces: readonly string[]): FoldedCounts {
  const folded = namespaces.flatMap((namespace) => holdings(namespace).folded);
  const totals = namespaces.flatMap((namespace) => subject.totals?.get(namespace)?.folded ?? []);
  return foldedTogether([foldedAmong(folded), ...totals]);
}
