import type { Coverage } from './inventory.ts';

/** What of a cluster was read to its end. `resource` is as in `Coverage`; a scope is a namespace, or '' for the cluster. */
export interface Covered {
  /** Whether the list of exactly this scope was complete. */
  readonly listed: (resource: string, scope: string) => boolean;
  /** Whether a list was complete that holds all of this namespace: its own, or one of the whole cluster. */
  readonly seen: (resource: string, namespace: string) => boolean;
}

/** Indexes the complete entries of a ledger. No entry means not covered. */
export function coveredBy(coverage: readonly Coverage[]): Covered {
  const complete = coverage.filter(({ state }) => state === 'complete');
  const keys = new Set(complete.map(({ resource, scope }) => `${resource} ${scope}`));
  const listed: Covered['listed'] = (resource, scope) => keys.has(`${resource} ${scope}`);
  return { listed, seen: (resource, namespace) => listed(resource, '') || listed(resource, namespace) };
}

/** Whether all of the cluster's own Pack resources were read, as far as it serves their type. */
export function packsSeen(coverage: readonly Coverage[]): boolean {
  return coverage.every(({ resource, state }) => state === 'complete' || !resource.startsWith('definitions/'));
}
