import { at, isRecord, listAt, textAt } from '../../../src/cluster/json.ts';
import { sealed } from '../../../src/cluster/snapshot-seal.ts';
import { stableJson } from '../../../src/cluster/stable-json.ts';
import type { Stage } from './example.ts';

/**
 * The packaged example is a snapshot as the program wrote it, but for what is this machine's: the server's address,
 * the context's name, the host that holds leases, and the times; it is sealed anew. Every time is moved to when its stage is told to have been, so
 * that the example has a past; what came before the first stage is the cluster's own.
 */
export function packaged(snapshot: string, stages: readonly Stage[]): string {
  const content = recordOf(JSON.parse(snapshot));
  const cluster = { ...recordOf(content['cluster']), context: 'prod-eu', server: 'https://prod-eu.example.com:6443' };
  const objects = listAt(content, 'objects').map(withoutHost);
  const told = withTimes({ ...content, cluster, objects }, (time) => toldTime(time, stages));
  return sealed(stableJson(new Map(Object.entries({ ...recordOf(told), takenAt: '2026-06-01T14:02:11Z' }))));
}

function withoutHost(object: unknown): unknown {
  const holder = textAt(object, 'facts', 'holder');
  return holder === undefined ? object : { ...recordOf(object), facts: { holder: 'control-plane-1' } };
}

const SET_UP: Stage = { began: '', told: '2026-01-12T06:00:00Z' };

function toldTime(time: string, stages: readonly Stage[]): string {
  const stage = [SET_UP, ...stages].findLast(({ began }) => began.slice(0, 19) <= time.slice(0, 19)) ?? SET_UP;
  return stage.told;
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

function withTimes(value: unknown, change: (time: string) => string): unknown {
  if (typeof value === 'string') return TIME.test(value) ? change(value) : value;
  if (Array.isArray(value)) return value.map((entry) => withTimes(entry, change));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, withTimes(entry, change)]));
}

/**
 * What of a snapshot must be the same in every run, a line per fact: without its seal, times, UIDs, the server, its patch
 * version, the ends of names that Kubernetes makes up, and who holds a lease.
 */
export function comparable(snapshot: string): readonly string[] {
  const content = recordOf(JSON.parse(snapshot));
  const names = new Map(listAt(content, 'objects').map((object) => [textAt(object, 'uid') ?? '', steadyName(object)]));
  const masked = masking({ ...content, cluster: '', takenAt: '', sha256: '' }, names);
  const lines = Object.entries(recordOf(masked)).flatMap(([key, value]) =>
    (Array.isArray(value) ? value : [value]).map((entry) => `${key} ${JSON.stringify(entry)}`),
  );
  return lines.toSorted();
}

/** Names of pods, EndpointSlices and the API server's lease end in what was drawn by lot; so are Services' addresses. */
function steadyName(object: unknown): string {
  const name = textAt(object, 'name') ?? '';
  if (/^10\.0\.0\.\d+$/.test(name)) return 'ADDRESS';
  const isDrawn = /-[bcdfghjklmnpqrstvwxz2456789]{5}$/.test(name) || name.startsWith('apiserver-');
  return isDrawn ? `${name.slice(0, name.lastIndexOf('-'))}-*` : name;
}

/** Of a fact of a reference, as snapshots hold it, its key where what stands beside it is drawn by lot. */
function drawnFact([key, ...values]: readonly unknown[]): string | undefined {
  return values.length === 1 && (key === 'uid' || key === 'addresses') ? key : undefined;
}

function masking(value: unknown, names: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return TIME.test(value) ? 'TIME' : value;
  if (Array.isArray(value)) {
    const drawn = drawnFact(value);
    return drawn === undefined ? value.map((entry) => masking(entry, names)) : [drawn, drawn.toUpperCase()];
  }
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, entry]): [string, unknown] => {
    if (key === 'uid' && typeof entry === 'string') return [key, names.get(entry) ?? 'UID'];
    if (key === 'name' && at(value, 'uid') !== undefined) return [key, steadyName(value)];
    if (key === 'holder') return [key, 'HOLDER'];
    // Their order is that of their times.
    if (key === 'writers')
      return [
        key,
        listAt(value, key)
          .map((row) => JSON.stringify(masking(row, names)))
          .toSorted(),
      ];
    return [key, masking(entry, names)];
  });
  return Object.fromEntries(entries);
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  if (!isRecord(value)) throw new Error('a snapshot is an object');
  return value;
}
