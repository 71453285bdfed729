import assert from 'node:assert/strict';
import { isRecord, listAt, textAt } from '../../../src/cluster/json.ts';
import { PROTOBUF_OR_JSON } from '../../../src/cluster/media-types.ts';
import { recordIn as releaseRecordIn, storageObject, unwrapped } from '../../../src/cluster/stored-record.ts';
import { startFakeApi } from '../../support/fake-api/fake-api.ts';
import { tokenIn } from '../../support/fake-api/fake-pages.ts';
import { runCli } from '../../support/run-cli.ts';
import { exported } from './exported.ts';
import { PROBES } from './probes.ts';
import { askOf, startRecorder } from './recorder.ts';
import type { Answered, Ask, Recorded } from './recorder.ts';
import type { ControlPlane } from './control-plane.ts';

/** Fields that the fake server does not have, and why. */
const LEFT_OUT: ReadonlyMap<string, string> = new Map([
  ['storageVersionHash', 'of the form in which the store keeps a type'],
  ['serverAddressByClientCIDRs', 'the address of this very server'],
  ['deprecated.daemonset.template.generation', 'the conversion of whole DaemonSets adds it, which tables do without'],
]);

/** Fields whose value is another on every server or at every moment, and why. */
const MASKED: ReadonlyMap<string, string> = new Map([
  ['resourceVersion', "the store's own count"],
  ['time', 'when a manager last wrote: leases are renewed meanwhile'],
  ['renewTime', 'leases are renewed meanwhile'],
  ['lastHeartbeatTime', 'nodes report meanwhile'],
]);

/** Columns of which this program reads the cells. The others are printed by code of the API server for each kind. */
const READ: ReadonlySet<string> = new Set([
  'Name',
  'Type',
  'Status',
  'Volume',
  'Capacity',
  'StorageClass',
  'Reclaim Policy',
  'Claim',
  'Holder',
]);
/** Kinds whose columns of these names say something else. */
const READ_OF: ReadonlySet<string> = new Set([
  'secrets',
  'services',
  'persistentvolumeclaims',
  'persistentvolumes',
  'leases',
]);

/** Types whose objects the server asks for side by side, and gives as they come. */
const UNORDERED: ReadonlySet<string> = new Set(['componentstatuses']);

function byText(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}

/** Of a token counts where it goes on. The store writes a slash before the key, the server's cache of it none. */
function maskedToken(text: string): unknown {
  const token = tokenIn(text);
  return token === undefined ? text : { start: token.start.replace(/^\//, '') };
}

function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masked);
  if (!isRecord(value)) return value;
  const kept = Object.entries(value).filter(([key]) => !LEFT_OUT.has(key));
  const entries = kept.map(([key, inner]): [string, unknown] => {
    if (MASKED.has(key)) return [key, typeof inner];
    return key === 'continue' && typeof inner === 'string' ? [key, maskedToken(inner)] : [key, masked(inner)];
  });
  return Object.fromEntries(entries);
}

/** A row without the cells that nobody reads. Of ipaddresses the server prints a cell more than it has columns. */
function maskedRow(row: unknown, columns: readonly string[], resource: string): unknown {
  const isRead = (name: string): boolean => name === 'Name' || (READ_OF.has(resource) && READ.has(name));
  const cells = listAt(row, 'cells');
  const own = columns.map((name, index) => (isRead(name) ? cells[index] : 'not read'));
  return isRecord(row) ? { ...row, cells: own } : row;
}

function maskedTable(table: unknown, resource: string): unknown {
  if (!isRecord(table) || table['kind'] !== 'Table') return table;
  const columns = listAt(table, 'columnDefinitions').map((column) => textAt(column, 'name') ?? '');
  const rows = listAt(table, 'rows').map((row) => maskedRow(row, columns, resource));
  return { ...table, rows };
}

/** An answer about a type of which the server gives the objects as they come, in one order: it is a table or a list. */
function ordered(answer: unknown, resource: string): unknown {
  if (!isRecord(answer) || !UNORDERED.has(resource)) return answer;
  const inOrder = ['rows', 'items'].map((key) => [key, listAt(answer, key).toSorted(byText)] as const);
  return { ...answer, ...Object.fromEntries(inOrder.filter(([key]) => key in answer)) };
}

/**
 * A release's record, which the fake server gives as JSON only, as any server may that is asked for protobuf first: what
 * the program takes from either form must be the same.
 */
function recordIn({ status, type, body }: Answered, path: string): unknown {
  const [resource, name = ''] = path.split('/').slice(-2).map(decodeURIComponent);
  const stored = { storageKind: resource === 'configmaps' ? 'ConfigMap' : 'Secret', storageName: name } as const;
  const object = storageObject(body, stored);
  const record = releaseRecordIn(object, stored);
  assert.ok(record !== undefined, name);
  return { status, isKnown: PROTOBUF_OR_JSON.includes(type.split(';')[0] ?? ''), record: unwrapped(record).toString() };
}

function comparable(answered: Answered, { path, headers }: Recorded): unknown {
  const { status, type, body } = answered;
  const text = body.toString();
  if (status === 200 && headers['accept'] === PROTOBUF_OR_JSON) {
    return recordIn(answered, path);
  }
  if (!type.includes('json')) return { status, type, body: text };
  const resource = new URL(path, 'http://server').pathname.split('/').at(-1) ?? '';
  return { status, type, body: masked(ordered(maskedTable(JSON.parse(text), resource), resource)) };
}

/** Asks the fake server, which needs no credentials. */
function askFake(url: string): Ask {
  return async ({ method, path, headers }) => {
    const response = await fetch(new URL(path, url), { method, headers });
    const body = Buffer.from(await response.arrayBuffer());
    return { status: response.status, type: response.headers.get('content-type') ?? '', body };
  };
}

/** Each request once. A page's token is the real server's own: it is asked for by following the lists. */
function distinct(recorded: readonly Recorded[]): readonly Recorded[] {
  return [...new Map(recorded.map((one) => [JSON.stringify(one), one])).values()];
}

async function differing(one: Recorded, servers: { readonly real: Ask; readonly fake: Ask }): Promise<string> {
  const [real, fake] = await Promise.all([servers.real(one), servers.fake(one)]);
  try {
    assert.deepEqual(comparable(fake, one), comparable(real, one));
    return '';
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    return `${one.path} ${JSON.stringify(one.headers)}\n${text}`;
  }
}

/** Audits the real server with these arguments and keeps what was asked of it. */
async function recordedIn(ask: Ask, calls: readonly (readonly string[])[]): Promise<readonly Recorded[]> {
  const recorder = await startRecorder(ask);
  try {
    for (const call of calls) {
      const { stderr } = await runCli([...call, '--server', recorder.url]);
      assert.ok(!stderr.includes('internal'), stderr);
    }
    return distinct(recorder.recorded);
  } finally {
    await recorder.stop();
  }
}

/**
 * Records what these calls of the program ask of the real server, loads a fake one with the same types and objects, and
 * holds the answers of both against each other. Resolves with the number of requests; throws on any difference.
 */
export async function assertFakeIsReal(plane: ControlPlane, calls: readonly (readonly string[])[]): Promise<number> {
  const real = askOf(plane);
  const recorded = await recordedIn(real, calls);
  const cluster = await exported(real);
  const api = await startFakeApi(() => cluster);
  try {
    const differences: string[] = [];
    for (const one of [...recorded, ...PROBES])
      differences.push(await differing(one, { real, fake: askFake(api.url) }));
    const found = differences.filter((text) => text !== '');
    assert.equal(found.length, 0, `${found.length} of ${recorded.length} differ\n${found.join('\n\n')}`);
    return recorded.length;
  } finally {
    await api.stop();
  }
}
