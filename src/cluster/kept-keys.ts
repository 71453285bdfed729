import { EVIDENCE_ANNOTATIONS, EVIDENCE_LABELS, HELM_RECORD_LABELS } from '../model/evidence-keys.ts';
import { compareText } from '../model/resource.ts';
import { entriesAt } from './json.ts';
import { pool } from './pool.ts';

const LONGEST_VALUE = 512;

/** Which keys survive parsing. */
export interface KeptKeys {
  readonly labels: ReadonlySet<string>;
  readonly annotations: ReadonlySet<string>;
}

/** The keys of the evidence table alone; free text and whatever may hold a payload is dropped while parsing. */
export const EVIDENCE_KEYS: KeptKeys = { labels: EVIDENCE_LABELS, annotations: EVIDENCE_ANNOTATIONS };

const NONE: ReadonlyMap<string, string> = new Map();

const shared = pool<ReadonlyMap<string, string>>();

/** In the order of their keys, whatever order the server has them in. */
function kept(entries: readonly (readonly [string, string])[], keys: ReadonlySet<string>): ReadonlyMap<string, string> {
  const found = entries.filter(([key]) => keys.has(key)).toSorted(([a], [b]) => compareText(a, b));
  if (found.length === 0) return NONE;
  const cut = found.map(([key, value]) => [key, value.slice(0, LONGEST_VALUE)] as const);
  return shared(JSON.stringify(cut), () => new Map(cut));
}

/** The kept labels of an object's `metadata`; a text longer than 512 characters is cut. */
export function keptLabels(metadata: unknown, keys: KeptKeys): ReadonlyMap<string, string> {
  const entries = entriesAt(metadata, 'labels');
  if (entries.length === 0) return NONE;
  const isHelmStorage = entries.some(([key, value]) => key === 'owner' && value === 'helm');
  return kept(entries, isHelmStorage ? new Set([...keys.labels, ...HELM_RECORD_LABELS]) : keys.labels);
}

/** The kept annotations of an object's `metadata`. */
export function keptAnnotations(metadata: unknown, keys: KeptKeys): ReadonlyMap<string, string> {
  const entries = entriesAt(metadata, 'annotations');
  return entries.length === 0 ? NONE : kept(entries, keys.annotations);
}
