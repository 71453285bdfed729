import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createGzip, gzipSync } from 'node:zlib';
import { CORE_TYPES, fakeNamespaces } from '../support/fake-api/description.ts';
import type { FakeCluster, FakeObject } from '../support/fake-api/description.ts';
import { coverageOf, gapsOf, inventoryOf, withReader } from '../support/fake-api/reading.ts';

const MANIFEST = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: own\n';

function record(more: Readonly<Record<string, unknown>> = {}): Buffer {
  const release = { name: 'app', namespace: 'shop', info: { status: 'deployed' }, manifest: MANIFEST, ...more };
  return Buffer.from(JSON.stringify(release));
}

function base64(bytes: Buffer): string {
  return bytes.toString('base64');
}

/** What Helm stores for these bytes, as the API server sends it: base64 within base64. */
function stored(bytes: Buffer): string {
  return base64(Buffer.from(base64(bytes)));
}

function storage(release: string, more: Partial<FakeObject> = {}): FakeObject {
  const labels = { owner: 'helm', name: 'app', status: 'deployed', version: '1' };
  return {
    metadata: { name: 'sh.helm.release.v1.app.v1', namespace: 'shop', labels },
    type: 'helm.sh/release.v1',
    data: { release },
    ...more,
  };
}

function clusterOf(type: 'secrets' | 'configmaps', ...objects: readonly FakeObject[]): FakeCluster {
  const held = new Map([
    ['namespaces', fakeNamespaces('shop')],
    [type, objects],
  ]);
  return { discovery: 'aggregated', types: CORE_TYPES, objects: held };
}

const PATIENT = { headersMs: 20_000, idleMs: 20_000, requestMs: 20_000, listMs: 20_000 };

function read(cluster: FakeCluster) {
  return withReader({ cluster, limits: PATIENT }, async (reader, requests) => {
    const releases = await reader.readReleases();
    const inventory = await inventoryOf(reader, 'shop');
    return {
      owns: releases.flatMap(({ objects }) => objects.map(({ ref }) => ref.name)),
      decoded: releases.map(({ decoded }) => decoded),
      gaps: gapsOf(inventory),
      reason: coverageOf(inventory, 'release/app', 'shop')?.reason ?? '',
      fetched: requests.filter(({ url }) => url.includes('/secrets/')).length,
    };
  });
}

/** So many zeros, packed as they come: they are never in memory at once. */
async function bomb(mebibytes: number): Promise<Buffer> {
  const gzip = createGzip({ level: 9 });
  const parts: Buffer[] = [];
  gzip.on('data', (part: Buffer) => parts.push(part));
  const zeros = Buffer.alloc(1024 * 1024);
  for (let index = 0; index < mebibytes; index += 1) if (!gzip.write(zeros)) await once(gzip, 'drain');
  gzip.end();
  await once(gzip, 'end');
  return Buffer.concat(parts);
}

const WHOLE = gzipSync(record());
const TEN_MEBIBYTES = `${MANIFEST}data:\n  text: ${'x'.repeat(10 * 1024 * 1024)}\n`;

interface Case {
  readonly says: string;
  readonly release: string;
  /** What is wrong with it; '' for a record that can be read. */
  readonly reason: RegExp | '';
  readonly owns?: readonly string[];
}

const CASES: readonly Case[] = [
  { says: 'is not base64', release: '*not base64*', reason: /is not base64/ },
  { says: 'is not base64 within', release: base64(Buffer.from('*not*')), reason: /is not base64/ },
  { says: 'is not packed, as of old', release: stored(record()), reason: '', owns: ['own'] },
  { says: 'is cut', release: stored(WHOLE.subarray(0, WHOLE.length / 2)), reason: /cut or damaged/ },
  {
    says: 'is packed in two parts',
    release: stored(Buffer.concat([gzipSync(record().subarray(0, 30)), gzipSync(record().subarray(30))])),
    reason: '',
    owns: ['own'],
  },
  { says: 'has something behind it', release: stored(Buffer.concat([WHOLE, Buffer.from('rest')])), reason: /damaged/ },
  { says: 'is not JSON', release: stored(gzipSync('{"name":')), reason: /not JSON/ },
  {
    says: 'is 10 MiB large',
    release: stored(gzipSync(record({ manifest: TEN_MEBIBYTES }))),
    reason: '',
    owns: ['own'],
  },
  {
    says: 'has a manifest with a part that is not YAML',
    release: stored(gzipSync(record({ manifest: `${MANIFEST}---\na: [` }))),
    reason: /not YAML/,
  },
  {
    says: 'has a manifest with a list',
    release: stored(
      gzipSync(record({ manifest: `apiVersion: v1\nkind: List\nitems:\n- ${MANIFEST.replaceAll('\n', '\n  ')}` })),
    ),
    reason: '',
    owns: ['own'],
  },
  {
    says: 'has an object that gets its name from the server',
    release: stored(
      gzipSync(record({ manifest: `${MANIFEST}---\napiVersion: v1\nkind: Pod\nmetadata: {generateName: p-}\n` })),
    ),
    reason: '',
    owns: ['own'],
  },
  {
    says: 'has an object without kind',
    release: stored(gzipSync(record({ manifest: 'metadata: {name: a}\n' }))),
    reason: /has no kind/,
  },
  {
    says: 'has a status that nobody knows',
    release: stored(gzipSync(record({ info: { status: 'frobnicated' } }))),
    reason: '',
    owns: ['own'],
  },
];

describe("Helm's record of a release", () => {
  for (const { says, release, reason, owns = [] } of CASES) {
    it(`that ${says} is ${reason === '' ? 'read' : 'a gap'}`, async () => {
      const result = await read(clusterOf('secrets', storage(release)));
      assert.deepEqual([result.owns, result.decoded], [owns, [reason === '']]);
      assert.deepEqual(result.gaps, reason === '' ? [] : ['release/app@shop failed']);
      assert.match(result.reason, reason === '' ? /^$/ : reason);
    }).timeout(30_000);
  }

  it('that unpacks to 700 MiB is a gap, and does not fill the memory', async () => {
    const packed = stored(await bomb(700));
    assert.ok(packed.length < 2 * 1024 * 1024);
    const before = process.memoryUsage().rss;
    const { gaps, reason } = await read(clusterOf('secrets', storage(packed)));
    const grown = (process.memoryUsage().rss - before) / 1024 / 1024;
    assert.deepEqual(gaps, ['release/app@shop failed']);
    assert.match(reason, /over 64 MiB/);
    assert.ok(grown <= 128, `${Math.round(grown)} MiB`);
  }).timeout(60_000);
});

describe('a release that is stored otherwise', () => {
  it('in a ConfigMap is read like one in a Secret', async () => {
    const { owns, gaps, fetched } = await read(clusterOf('configmaps', storage(base64(WHOLE))));
    assert.deepEqual([owns, gaps, fetched], [['own'], [], 0]);
  });

  it('in a ConfigMap that is damaged is a gap', async () => {
    const { decoded, gaps } = await read(clusterOf('configmaps', storage(base64(WHOLE.subarray(0, 40)))));
    assert.deepEqual([decoded, gaps], [[false], ['release/app@shop failed']]);
  });

  it('in pieces, as OLM does, is never fetched nor taken for a record', async () => {
    const name = 'sh.helm.release.v1.app.v1';
    const labels = { owner: 'operator-controller', name: 'app', status: 'deployed', version: '1' };
    const index = storage('', { type: 'operatorframework.io/index.v1', metadata: { name, namespace: 'shop', labels } });
    const { decoded, fetched, gaps } = await read(clusterOf('secrets', index));
    assert.deepEqual([decoded, fetched, gaps], [[], 0, []]);
  });
});
