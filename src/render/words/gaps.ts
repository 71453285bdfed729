import type { DefinitionGap, GapReason } from '../../model/definition.ts';
import type { CoverageGap, PackSummary } from '../../model/report.ts';
import { grouped } from '../../model/grouped.ts';
import { count, list, listOfAll } from '../counts.ts';
import { placeText } from './place.ts';

const STATES: ReadonlyMap<string, string> = new Map([
  ['forbidden', 'forbidden'],
  ['failed', 'failed'],
  ['vanished', 'changed meanwhile'],
  ['unknown-discovery', 'the API server did not say what it serves there'],
  ['not-listable', 'cannot be listed, though it can be deleted'],
  ['excluded', 'left out as asked'],
]);

/** Where a gap is; nowhere in particular for what has no namespace, which shows in the right that it needs. */
function scopeText({ resources, scopes, needs }: CoverageGap): string {
  const isEverywhere = scopes.length === 0 || scopes.includes('');
  const isApart = resources.every((resource) => /^(?:\*|discovery\b|witness\b)/.test(resource));
  const hasNone = needs !== '' && needs.split(', ').every((right) => /^(?:get|list) [^ ]+$/.test(right));
  if (isEverywhere && (isApart || hasNone)) return '';
  if (isEverywhere) return ' in all namespaces';
  return ` in ${listOfAll(scopes)}`;
}

/** What the ledger keeps apart by a prefix, in words. */
function resourceText(resource: string): string {
  if (resource === 'release/*') return 'Helm release records';
  return resource.replace(/^(?:definitions|discovery|witness)\//, '');
}

/** One cause of blindness as a line, with all that it hides: `secrets in all namespaces: forbidden (needs: list secrets)`. */
export function coverageGapText(gap: CoverageGap): string {
  const { resources, state, needs, reason } = gap;
  const what = STATES.get(state) ?? state;
  const why = [needs === '' ? '' : `needs: ${needs}`, reason === what ? '' : reason].filter((text) => text !== '');
  return `${listOfAll(resources.map(resourceText))}${scopeText(gap)}: ${what}${why.length === 0 ? '' : ` (${why.join('; ')})`}`;
}

/** What is missing of one part of a definition, and of several. */
const REASONS: Readonly<Record<GapReason, readonly [one: string, several: string]>> = {
  'manifest-only-referenced': [
    'is only referenced, its contents were not given',
    'are only referenced, their contents were not given',
  ],
  'manifest-unreadable': ['could not be read', 'could not be read'],
  'template-not-evaluated': ['is a template that was not evaluated', 'are templates that were not evaluated'],
  'chart-unreadable': ['could not be read', 'could not be read'],
  'values-unreadable': ['could not be read', 'could not be read'],
  'macro-unresolved': [
    'holds an unresolved macro (give it with --var, by its name or path)',
    'hold unresolved macros (give them with --var, by their names or paths)',
  ],
  'name-unreadable': ['is no readable name', 'are no readable names'],
  'content-unknown': ['is told by no definition and no release', 'are told by no definition and no release'],
};

/** A part of a pack's definition that could not be read: `pack x: manifest.yaml could not be read (p.yaml:3)`. */
export function definitionGapText(pack: string, { reason, subject, place }: DefinitionGap): string {
  return `pack ${pack}: ${subject} ${REASONS[reason][0]} (${placeText(place)})`;
}

/** The same of all parts that one file lacks for one reason: `pack x: a (p.yaml:3) and b (p.yaml:9) could not …`. */
function definitionGapsText(pack: string, gaps: readonly DefinitionGap[]): string {
  const [first] = gaps;
  if (first === undefined) return '';
  if (gaps.length === 1) return definitionGapText(pack, first);
  const parts = gaps.map(({ subject, place }) => `${subject} (${placeText(place)})`);
  return `pack ${pack}: ${listOfAll(parts)} ${REASONS[first.reason][1]}`;
}

/** Everything that was not seen, a line for each cause: in the cluster, then in the packs' definitions. */
export function unseenLines(gaps: readonly CoverageGap[], packs: readonly PackSummary[]): readonly string[] {
  const definitions = packs.flatMap((pack) => {
    const causes = grouped(pack.gaps, ({ reason, place }) => JSON.stringify([reason, place.path]));
    return [...causes.values()].map((alike) => definitionGapsText(pack.name, alike));
  });
  return [...gaps.map(coverageGapText), ...definitions];
}

/** What of the cluster was not seen, counted, each in a few words: the readings that others build on, types, releases. */
function unseenReadings(resources: readonly string[]): readonly string[] {
  const records = resources.filter((resource) => resource.startsWith('release/') && resource !== 'release/*').length;
  const has = (prefix: string): boolean => resources.some((resource) => resource.startsWith(prefix));
  const types = resources.filter((resource) => !/^(?:release|definitions|witness)\//.test(resource)).length;
  return [
    has('definitions/') ? 'not all Pack resources were seen' : '',
    types > 0 ? `${count(types, 'resource type')} ${types === 1 ? 'was' : 'were'} not seen` : '',
    has('witness/') ? 'there may be more resource types than discovery names' : '',
    has('release/*') ? 'not all Helm releases were seen' : '',
    records > 0 ? `${count(records, 'Helm release')} could not be decoded` : '',
  ].filter((text) => text !== '');
}

/** The same of these entries of the coverage, in one sentence. */
export function unseenText(resources: readonly string[]): string {
  return list(unseenReadings([...new Set(resources)]));
}

/** What was not seen, counted: resource types, Helm releases, the packs themselves, and definitions with holes. */
export function unseenCounts(gaps: readonly CoverageGap[], packs: readonly PackSummary[]): string {
  const resources = [...new Set(gaps.flatMap((gap) => gap.resources))];
  const holes = packs.filter((pack) => pack.gaps.length > 0).length;
  const parts = [
    ...unseenReadings(resources),
    holes > 0 ? `${count(holes, 'pack definition')} could not be read in full` : '',
  ].filter((text) => text !== '');
  return parts.length === 0 ? 'not everything was seen' : list(parts);
}
