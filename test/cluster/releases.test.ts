import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { textAt } from '../../src/cluster/json.ts';
import { CORE_TYPES, fakeNamespaces } from '../support/fake-api/description.ts';
import type { FakeCluster, FakeObject } from '../support/fake-api/description.ts';
import type { FaultRule } from '../support/fake-api/fault.ts';
import { gapsOf, inventoryOf, withReader } from '../support/fake-api/reading.ts';
import { protobufAnswer, protobufMessage, type ProtobufField } from '../support/protobuf.ts';

const PROTOBUF = 'application/vnd.kubernetes.protobuf';

interface Revision {
  readonly name: string;
  readonly revision: number;
  readonly status: string;
  readonly objects: readonly string[];
  readonly namespace?: string;
}

function stored(revision: Revision): FakeObject {
  const { name, status, objects } = revision;
  const manifest = objects
    .map((object) => `---\napiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: ${object}\n`)
    .join('');
  const release = { name, namespace: revision.namespace ?? 'shop', info: { status }, manifest, config: 'CANARY' };
  const record = gzipSync(JSON.stringify(release)).toString('base64');
  const labels = { owner: 'helm', name, status, version: String(revision.revision) };
  return {
    metadata: { name: `sh.helm.release.v1.${name}.v${revision.revision}`, namespace: 'shop', labels },
    type: 'helm.sh/release.v1',
    data: { release: Buffer.from(record).toString('base64') },
  };
}

function clusterWith(...secrets: readonly FakeObject[]): FakeCluster {
  const objects = new Map([
    ['namespaces', fakeNamespaces('shop')],
    ['secrets', secrets],
  ]);
  return { discovery: 'aggregated', types: CORE_TYPES, objects };
}

function read(cluster: FakeCluster, faults: readonly FaultRule[] = []) {
  return withReader({ cluster, faults }, async (reader, requests) => {
    const releases = await reader.readReleases();
    const gaps = gapsOf(await inventoryOf(reader, 'shop'));
    const fetched = requests.filter(({ url }) => url.includes('/secrets/')).map(({ url }) => url.split('/').at(-1));
    return { releases, gaps, fetched };
  });
}

/** Sends a Secret with these fields for any record. */
function inProtobuf(...fields: readonly ProtobufField[]): FaultRule {
  const body = protobufAnswer('Secret', protobufMessage(...fields));
  return { path: '/secrets/sh.helm', fault: { kind: 'body', body, type: PROTOBUF } };
}

const OLD = stored({ name: 'app', revision: 9, status: 'superseded', objects: ['old'] });
const NEW = stored({ name: 'app', revision: 10, status: 'deployed', objects: ['new'] });

describe('the releases of a cluster', () => {
  it('are read from the newest revision alone', async () => {
    const { releases, gaps, fetched } = await read(clusterWith(OLD, NEW));
    assert.deepEqual(
      releases.map(({ name, revision, objects }) => [name, revision, objects.map(({ ref }) => ref.name)]),
      [['app', 10, ['new']]],
    );
    assert.deepEqual(gaps, []);
    assert.deepEqual(fetched, ['sh.helm.release.v1.app.v10']);
  });

  it('have the objects of the last deployed revision too when the newest did not end well', async () => {
    const pending = stored({ name: 'app', revision: 11, status: 'pending-upgrade', objects: ['newest', 'new'] });
    const { releases } = await read(clusterWith(OLD, NEW, pending));
    assert.deepEqual(
      releases.map(({ status, objects }) => [status, objects.map(({ ref }) => ref.name)]),
      [['pending-upgrade', ['new', 'newest']]],
    );
  });

  it('are read in protobuf where the server has it', async () => {
    const metadata: ProtobufField = [1, protobufMessage([1, NEW.metadata.name])];
    const data: ProtobufField = [
      2,
      protobufMessage([1, 'release'], [2, Buffer.from(textAt(NEW, 'data', 'release') ?? '', 'base64')]),
    ];
    const whole = await read(clusterWith(NEW), [inProtobuf(metadata, data, [3, 'helm.sh/release.v1'])]);
    assert.deepEqual(whole, await read(clusterWith(NEW)));
    const opaque = await read(clusterWith(NEW), [inProtobuf(metadata, data, [3, 'Opaque'])]);
    assert.deepEqual([opaque.releases[0]?.decoded, opaque.gaps], [false, ['release/app@shop failed']]);
  });

  it('are not packed once more on their way, as all else is', async () => {
    const asked = await withReader({ cluster: clusterWith(NEW) }, async (reader, requests) => {
      await reader.readReleases();
      return requests.map(({ url, headers }) => [url.includes('/secrets/'), headers['accept-encoding']].join(' '));
    });
    assert.deepEqual([...new Set(asked)].toSorted(), ['false gzip', 'true identity']);
  });

  it('are selected in one answer, whatever the page size', async () => {
    const options = { chunkSize: 1 };
    const asked = await withReader({ cluster: clusterWith(OLD, NEW), options }, async (reader, requests) => {
      assert.equal((await reader.readReleases()).length, 1);
      return requests.map(({ url }) => url).filter((url) => url.includes('labelSelector'));
    });
    assert.equal(asked.length, 2);
    assert.ok(asked.every((url) => !url.includes('limit=')));
  });

  it('own nothing once uninstalled', async () => {
    const gone = stored({ name: 'app', revision: 11, status: 'uninstalled', objects: ['new'] });
    const { releases } = await read(clusterWith(gone));
    assert.deepEqual(releases[0]?.objects, []);
  });

  it('keep storage and release namespace apart', async () => {
    const { releases } = await read(
      clusterWith(stored({ name: 'app', revision: 1, status: 'deployed', objects: [], namespace: 'other' })),
    );
    assert.deepEqual([releases[0]?.namespace, releases[0]?.storageNamespace], ['other', 'shop']);
  });

  it('of which a record cannot be decoded are named, with a gap', async () => {
    const { releases, gaps } = await read(clusterWith({ ...NEW, data: { release: 'Kio=' } }));
    assert.deepEqual([releases[0]?.name, releases[0]?.decoded], ['app', false]);
    assert.deepEqual(gaps, ['release/app@shop failed']);
  });

  it('do not believe a record that names another release', async () => {
    const other = stored({ name: 'other', revision: 1, status: 'deployed', objects: ['x'] });
    const { releases, gaps } = await read(clusterWith({ ...NEW, data: other['data'] }));
    assert.equal(releases[0]?.decoded, false);
    assert.deepEqual(gaps, ['release/app@shop failed']);
  });

  it('never fetch a Secret that only bears the label', async () => {
    const { releases, fetched } = await read(clusterWith({ ...NEW, type: 'Opaque' }));
    assert.deepEqual([releases, fetched], [[], []]);
  });

  it('that may not be listed are a gap', async () => {
    const faults: FaultRule[] = [{ path: 'labelSelector', fault: { kind: 'status', status: 403 } }];
    const { releases, gaps } = await read(clusterWith(NEW), faults);
    assert.deepEqual(releases, []);
    assert.ok(gaps.includes('release/*@shop forbidden'));
  });

  it('are read by namespace where they may not be listed cluster-wide', async () => {
    const faults: FaultRule[] = [{ path: '/api/v1/secrets', fault: { kind: 'status', status: 403 } }];
    const { releases, gaps } = await read(clusterWith(NEW), faults);
    assert.deepEqual([releases.length, gaps], [1, []]);
  });

  it('are read where packs are, where not even namespaces may be listed', async () => {
    const faults: FaultRule[] = ['/api/v1/secrets?', '/api/v1/configmaps?', '/api/v1/namespaces?'].map((path) => ({
      path,
      fault: { kind: 'status', status: 403 },
    }));
    const reading = { cluster: clusterWith(NEW), faults };
    const { releases, coverage } = await withReader(reading, async (reader) => ({
      releases: await reader.readReleases(['shop']),
      coverage: (await inventoryOf(reader, 'shop')).coverage.filter(({ resource }) => resource === 'release/*'),
    }));
    assert.deepEqual(
      releases.map(({ name, decoded }) => [name, decoded]),
      [['app', true]],
    );
    assert.deepEqual(
      coverage.map(({ scope, state }) => `${scope} ${state}`),
      [' forbidden', 'shop complete'],
    );
  });

  it('that are left out are a gap', async () => {
    const options = { withoutReleases: true };
    const gaps = await withReader({ cluster: clusterWith(NEW), options }, async (reader) => {
      assert.deepEqual(await reader.readReleases(), []);
      return gapsOf(await inventoryOf(reader, 'shop'));
    });
    assert.deepEqual(gaps, ['release/*@ excluded']);
  });
});
