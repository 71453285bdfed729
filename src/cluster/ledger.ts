import type { Coverage, CoverageState } from '../model/inventory.ts';
import { compareText } from '../model/resource.ts';
import type { RequestFailure } from './failure.ts';
import { coverageStateOf } from './failure.ts';
import { plainText } from './plain-text.ts';

/** Worst last: of two entries about one thing the worse one counts. */
const SEVERITY: readonly CoverageState[] = [
  'complete',
  'excluded',
  'vanished',
  'not-listable',
  'unknown-discovery',
  'failed',
  'forbidden',
];

/** What is told of one (resource, scope); the rest of the entry has defaults. */
type CoverageNews = Pick<Coverage, 'resource' | 'scope' | 'state'> & Partial<Coverage>;

/** Collects coverage. `entries` are sorted and independent of the order in which they came. */
export interface Ledger {
  readonly record: (news: CoverageNews) => void;
  readonly entries: () => readonly Coverage[];
}

function joined(a: string, b: string): string {
  const parts = new Set([...a.split('; '), ...b.split('; ')].filter((part) => part !== ''));
  return [...parts].toSorted(compareText).join('; ');
}

function merged(a: Coverage, b: Coverage): Coverage {
  const worse = SEVERITY.indexOf(b.state) > SEVERITY.indexOf(a.state) ? b : a;
  return {
    ...worse,
    version: worse.version === '' ? joined(a.version, b.version) : worse.version,
    needs: joined(a.needs, b.needs),
    reason: joined(a.reason, b.reason),
    note: joined(a.note, b.note),
    pages: a.pages + b.pages,
    items: Math.max(a.items, b.items),
    attempts: a.attempts + b.attempts,
    durationMs: a.durationMs + b.durationMs,
  };
}

const BLANK = { version: '', needs: '', reason: '', note: '', pages: 0, items: 0, attempts: 0, durationMs: 0 };

export function createLedger(): Ledger {
  const held = new Map<string, Coverage>();
  const record = (news: CoverageNews): void => {
    const key = `${news.resource} ${news.scope}`;
    const entry = { ...BLANK, ...news };
    const before = held.get(key);
    held.set(key, before === undefined ? entry : merged(before, entry));
  };
  const entries = (): readonly Coverage[] =>
    [...held.values()].toSorted((a, b) => compareText(a.resource, b.resource) || compareText(a.scope, b.scope));
  return { record, entries };
}

const DETOUR = 'what could not be listed in all namespaces at once was listed namespace by namespace';

/** Tells, once for the whole run, that one way was closed and another one led to the same. */
export function recordDetour(ledger: Ledger): void {
  ledger.record({ resource: 'discovery', scope: '', state: 'complete', note: DETOUR });
}

/** `in all namespaces`, `in namespace x`. */
export function scopeWords(namespace: string): string {
  return namespace === '' ? 'in all namespaces' : `in namespace ${namespace}`;
}

/** One entry for the log, with the effort that it took. */
export function coverageLine(entry: Coverage): string {
  const { resource, version, scope, state, needs, reason, pages, items, attempts, durationMs } = entry;
  const counts = `items ${items}, pages ${pages}, attempts ${attempts}, ${durationMs} ms`;
  const why = [needs === '' ? '' : `needs ${needs}`, reason].filter((text) => text !== '');
  const what = `${resource} ${scopeWords(scope)}: ${state}${version === '' ? '' : ` at ${version}`}`;
  return plainText([`covered ${what}`, counts, ...why].join('; '), 600);
}

const REFUSED_USER = /is forbidden: (User "[^"]{0,120}") cannot /;

/** The server names resource and namespace of a refusal once more; who was refused is what `needs` does not say. */
function reasonOf(failure: RequestFailure): string {
  const user = failure.kind === 'forbidden' ? REFUSED_USER.exec(failure.reason)?.[1] : undefined;
  return user === undefined ? failure.reason : `${user} may not`;
}

/** State, reason and missing right of a failed read; `right` is such as `list secrets in namespace x`. */
export function failureNews(failure: RequestFailure, right: string): Pick<Coverage, 'state' | 'needs' | 'reason'> {
  const needs = failure.kind === 'forbidden' ? right : '';
  return { state: coverageStateOf(failure), needs, reason: reasonOf(failure) };
}
