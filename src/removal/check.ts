import type { CheckId } from '../model/check.ts';
import type { Breakage, BreakageSeverity } from '../model/removal.ts';
import type { Aftermath } from './aftermath.ts';

/** Something a check found. `severity` is given where it is not the usual one of the check. */
export type Hit = Pick<Breakage, 'from' | 'to' | 'facts'> & { readonly severity?: BreakageSeverity };

/**
 * A rule about what breaks outside. `severity` is the usual one, and the worst. `source` tells where the fact comes
 * from that the rule rests on. `needs` are coverage entries: without one of them the check is not complete.
 */
export interface Check {
  readonly id: CheckId;
  readonly severity: BreakageSeverity;
  readonly source: string;
  readonly needs: (after: Aftermath) => readonly string[];
  readonly find: (after: Aftermath) => readonly Hit[];
}

/** The coverage entries of the references that these types make. */
export function referencesOf(...types: readonly string[]): () => readonly string[] {
  return () => types.map((type) => `references/${type}`);
}

/** Types whose objects run pods, as far as they are made by somebody and not by one another. */
export const WORKLOAD_TYPES = ['deployments.apps', 'statefulsets.apps', 'daemonsets.apps'] as const;

/** Every type that holds pods or is one. */
export const POD_HOLDING_TYPES = [
  ...WORKLOAD_TYPES,
  'replicationcontrollers',
  'cronjobs.batch',
  'jobs.batch',
  'replicasets.apps',
  'pods',
] as const;

/** Facts for a sentence; what is not known is left out. */
export function factsOf(texts: Readonly<Record<string, string | undefined>>): ReadonlyMap<string, string> {
  return new Map(Object.entries(texts).flatMap(([key, text = '']) => (text === '' ? [] : [[key, text] as const])));
}
