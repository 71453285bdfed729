import type { DefinitionGap, GapReason } from '../../model/definition.ts';
import type { CoverageGap, PackSummary } from '../../model/report.ts';
import { count, list } from '../counts.ts';
import { placeText } from './place.ts';

const STATES: ReadonlyMap<string, string> = new Map([
  ['forbidden', 'forbidden'],
  ['failed', 'failed'],
  ['vanished', 'vanished while it was read'],
  ['unknown-discovery', 'the API server did not say what it serves there'],
  ['not-listable', 'cannot be listed, though it can be deleted'],
  ['excluded', 'left out as asked'],
]);

/** Most namespaces that a line names. */
const MOST_SCOPES = 10;

function scopeText(scopes: readonly string[]): string {
  if (scopes.length === 0 || scopes.includes('')) return 'in all namespaces';
  return scopes.length > MOST_SCOPES ? `in ${scopes.length} namespaces` : `in ${list(scopes)}`;
}

/** What the ledger keeps apart by a prefix, in words. */
function resourceText(resource: string): string {
  if (resource === 'release/*') return 'Helm release records';
  return resource.startsWith('definitions/') ? resource.slice('definitions/'.length) : resource;
}

/** One cause of blindness as a line: `secrets in all namespaces: forbidden (needs: list secrets)`. */
export function coverageGapText({ resources, scopes, state, needs, reason }: CoverageGap): string {
  const what = STATES.get(state) ?? state;
  const why = [needs === '' ? '' : `needs: ${needs}`, reason === what ? '' : reason].filter((text) => text !== '');
  return `${list(resources.map(resourceText))} ${scopeText(scopes)}: ${what}${why.length === 0 ? '' : ` (${why.join('; ')})`}`;
}

const REASONS: Readonly<Record<GapReason, string>> = {
  'manifest-only-referenced': 'is only referenced, its contents were not given',
  'manifest-unreadable': 'could not be read',
  'template-not-evaluated': 'is a template that was not evaluated',
  'chart-unreadable': 'could not be read',
  'values-unreadable': 'could not be read',
  'macro-unresolved': 'holds an unresolved macro (give it with --var)',
  'name-unreadable': 'is no readable name',
};

/** A part of a pack's definition that could not be read: `pack x: manifest.yaml could not be read (p.yaml:3)`. */
export function definitionGapText(pack: string, { reason, subject, place }: DefinitionGap): string {
  return `pack ${pack}: ${subject} ${REASONS[reason]} (${placeText(place)})`;
}

/** What was not seen, counted: resource types, Helm releases, the packs themselves, and definitions with holes. */
export function unseenCounts(gaps: readonly CoverageGap[], packs: readonly PackSummary[]): string {
  const resources = [...new Set(gaps.flatMap((gap) => gap.resources))];
  const records = resources.filter((resource) => resource.startsWith('release/') && resource !== 'release/*').length;
  const definitions = resources.some((resource) => resource.startsWith('definitions/'));
  const types = resources.filter((resource) => !/^(?:release|definitions)\//.test(resource)).length;
  const holes = packs.filter((pack) => pack.gaps.length > 0).length;
  const parts = [
    definitions ? 'not all Pack resources were seen' : '',
    types > 0 ? `${count(types, 'resource type')} ${types === 1 ? 'was' : 'were'} not seen` : '',
    resources.includes('release/*') ? 'not all Helm releases were seen' : '',
    records > 0 ? `${count(records, 'Helm release')} could not be decoded` : '',
    holes > 0 ? `${count(holes, 'pack definition')} could not be read in full` : '',
  ].filter((text) => text !== '');
  return parts.length === 0 ? 'not everything was seen' : list(parts);
}
