import type { ListedResource } from '../model/finding.ts';
import { count } from './counts.ts';

/** Most kinds that a cell names, the rest is counted; and how long that may get in a table of 100 columns. */
const MOST_KINDS = 3;
const KINDS_WIDTH = 24;

/** Kinds whose loss weighs most first; what controllers make of these last; all others between, by number. */
const FIRST = ['StatefulSet', 'Deployment', 'DaemonSet', 'CronJob', 'Service', 'Ingress'];
const LAST: ReadonlySet<string> = new Set([
  'Pod',
  'ReplicaSet',
  'ControllerRevision',
  'Endpoints',
  'EndpointSlice',
  'Lease',
]);

function weight(kind: string): number {
  if (LAST.has(kind)) return FIRST.length + 1;
  const at = FIRST.indexOf(kind);
  return at < 0 ? FIRST.length : at;
}

/** `2 Deployments, 2 Services, 3 Secrets, 4 more`: the weightiest kinds first, as many as have room. */
export function kindsText(resources: readonly Pick<ListedResource, 'kind'>[], full: boolean): string {
  const kinds = new Map<string, number>();
  for (const { kind } of resources) kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  const ordered = [...kinds].toSorted(([a, ofA], [b, ofB]) => weight(a) - weight(b) || ofB - ofA || (a < b ? -1 : 1));
  for (let most = MOST_KINDS; most > 1; most -= 1) {
    const text = weightiest(ordered, most, resources.length);
    if (full || text.length <= KINDS_WIDTH) return text;
  }
  return weightiest(ordered, 1, resources.length);
}

function weightiest(ordered: readonly (readonly [string, number])[], most: number, all: number): string {
  const named = ordered.slice(0, most);
  const rest = all - named.reduce((sum, [, number]) => sum + number, 0);
  const texts = named.map(([kind, number]) => count(number, kind));
  return (rest === 0 ? texts : [...texts, `${rest} more`]).join(', ');
}
