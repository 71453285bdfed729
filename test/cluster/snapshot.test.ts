import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeSnapshot, encodeSnapshot } from '../../src/cluster/snapshot.ts';
import type { Snapshot } from '../../src/cluster/snapshot.ts';
import { readSnapshotFile, writeSnapshotFile } from '../../src/cluster/snapshot-file.ts';
import type { PackDefinition } from '../../src/model/definition.ts';
import { UserError } from '../../src/model/errors.ts';
import type { ClusterObject, Inventory } from '../../src/model/inventory.ts';
import type { ResourceType } from '../../src/model/resource.ts';

const TYPE: ResourceType = {
  group: '',
  version: 'v1',
  resource: 'configmaps',
  singular: 'configmap',
  kind: 'ConfigMap',
  shortNames: ['cm'],
  namespaced: true,
  verbs: ['delete', 'list'],
};

function object(name: string, more: Partial<ClusterObject> = {}): ClusterObject {
  return {
    type: TYPE,
    namespace: 'shop',
    name,
    uid: `uid-${name}`,
    createdAt: '2026-01-02T03:04:05Z',
    deletingSince: undefined,
    finalizers: [],
    owners: [],
    labels: new Map(),
    annotations: new Map(),
    writers: [],
    facts: {},
    ...more,
  };
}

const FULL = object('constructor', {
  deletingSince: '2026-02-02T03:04:05Z',
  finalizers: ['a/b'],
  owners: [{ group: 'apps', kind: 'Deployment', name: 'web', uid: 'u', controller: true }],
  labels: new Map([
    ['__proto__', 'x'],
    ['app', 'web'],
  ]),
  annotations: new Map([['meta.helm.sh/release-name', 'web']]),
  writers: [{ manager: 'helm', operation: 'Apply', at: '2026-01-02T03:04:05Z', subresource: '' }],
  facts: { type: 'Opaque', claim: 'shop/data', ready: '1/1', parent: 'services/shop/web' },
});

const INVENTORY: Inventory = {
  cluster: { context: 'c', server: 'https://s', version: '1.35.4', uid: 'u', paletteUid: 'p', paletteName: undefined },
  takenAt: '2026-01-02T03:04:05Z',
  wholeCluster: false,
  scope: ['shop'],
  types: [TYPE],
  namespaces: [
    {
      name: 'shop',
      uid: 'n',
      createdAt: '',
      deletingSince: undefined,
      labels: new Map([['a', 'b']]),
      annotations: new Map(),
    },
  ],
  objects: [object('a'), FULL],
  releases: [
    {
      name: 'r',
      namespace: 'shop',
      storageNamespace: 'shop',
      storageKind: 'Secret',
      storageName: 'sh.helm.release.v1.r.v1',
      revision: 1,
      status: 'deployed',
      chart: 'app',
      chartVersion: '1.0.0',
      objects: [
        { ref: { group: '', kind: 'ConfigMap', namespace: '', name: 'a' }, hook: false, keep: true },
        {
          ref: { group: 'batch', kind: 'Job', namespace: '', name: 'j' },
          hook: true,
          keep: false,
          events: ['pre-delete'],
        },
      ],
      decoded: true,
    },
  ],
  claimTemplates: [{ namespace: 'shop', statefulSet: 'db', uid: 'u', templates: ['data'] }],
  fluxInventories: [{ kind: 'Kustomization', namespace: 'flux', name: 'k', ids: ['/ConfigMap/shop/a'] }],
  elsewhere: [{ resource: 'configmaps', name: 'a', writers: [{ namespace: 'shop', manager: 'm' }] }],
  paletteManagers: ['manager'],
  otherAgentNamespaces: ['cluster-two'],
  customTypes: [{ group: 'g', kind: 'K', crd: 'ks.g' }],
  references: [
    {
      kind: 'subject',
      from: { group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBinding', namespace: '', name: 'b' },
      to: { group: '', kind: 'ServiceAccount', namespace: 'shop', name: 'bot' },
      facts: new Map([['role', 'ClusterRole/view']]),
    },
    {
      kind: 'class',
      from: { group: '', kind: 'PersistentVolumeClaim', namespace: 'shop', name: 'data' },
      to: { group: 'storage.k8s.io', kind: 'StorageClass', namespace: '', name: 'fast' },
      facts: new Map(),
    },
  ],
  unavailableApis: [
    { name: 'v1.g', group: 'g', version: 'v1', service: 'ns/backend', reason: 'MissingEndpoints', message: 'none' },
  ],
  coverage: [
    {
      resource: 'secrets',
      version: 'v1',
      scope: 'shop',
      state: 'forbidden',
      needs: 'list secrets in namespace shop',
      reason: 'no',
      note: '',
      pages: 0,
      items: 0,
      attempts: 0,
      durationMs: 0,
    },
  ],
};

const PLACE = { path: 'profile.json', line: 3, column: 7 };
const NAME = { text: 'shop', resolved: true, place: PLACE };

const DEFINITION: PackDefinition = {
  name: 'app',
  baseName: 'app',
  displayName: undefined,
  layer: 'addon',
  type: 'helm',
  version: '1.0.0',
  tag: undefined,
  reportedState: 'being removed',
  source: { kind: 'cluster', namespace: 'cluster-p' },
  place: PLACE,
  profile: { name: 'base', version: undefined, type: 'add-on' },
  possibleProfiles: [{ name: 'more', version: '1.0.0', type: undefined }],
  namespace: NAME,
  additionalNamespaces: [{ ...NAME, resolved: false }],
  manifestNamespaces: [{ manifest: 'm', namespace: NAME }],
  createdNamespaces: [{ namespace: NAME, manifest: 'm', keep: true, possible: false }],
  namespaceLabels: [{ namespace: NAME, entries: [{ key: 'a', value: 'b', resolved: true }], malformed: ['x'] }],
  namespaceAnnotations: [],
  installPriority: -1.5,
  charts: [{ name: 'app', version: undefined }],
  chartKeys: ['app'],
  manifests: ['m'],
  releaseNameOverrides: new Map([['app', 'other']]),
  objects: [
    { ref: { group: '', kind: 'ConfigMap', namespace: '', name: 'x' }, manifest: 'm', possible: true, keep: false },
  ],
  gaps: [{ reason: 'macro-unresolved', subject: 'pack.namespace', place: PLACE }],
  problems: [{ code: 'draft-only', subject: 's', detail: 'd', place: PLACE }],
  isPackDirectory: false,
};

const SNAPSHOT: Snapshot = {
  inventory: INVENTORY,
  definitions: [DEFINITION],
  palette: { served: true, agentNamespace: 'cluster-p' },
};

function refused(work: () => unknown, text: RegExp): void {
  assert.throws(work, (error: unknown) => {
    assert.ok(error instanceof UserError);
    assert.equal(error.exitCode, 2);
    assert.match(error.message, text);
    return true;
  });
}

describe('a snapshot', () => {
  it('gives back what was put in', () => {
    const back = decodeSnapshot(encodeSnapshot(SNAPSHOT), 'x.json');
    assert.deepEqual(back, SNAPSHOT);
    assert.equal(back.inventory.objects[0]?.type, back.inventory.types[0]);
  });

  it('is the same text whatever the order of maps and how long reading took', () => {
    const labels = new Map([...FULL.labels].toReversed());
    const coverage = INVENTORY.coverage.map((entry) => ({ ...entry, pages: 3, attempts: 4, durationMs: 5 }));
    const inventory = { ...INVENTORY, coverage, objects: [object('a'), { ...FULL, labels }] };
    assert.equal(encodeSnapshot({ ...SNAPSHOT, inventory }), encodeSnapshot(SNAPSHOT));
  });

  const text = encodeSnapshot(SNAPSHOT);
  const spoilt: readonly { readonly name: string; readonly text: string; readonly reason: RegExp }[] = [
    { name: 'cut', text: text.slice(0, -20), reason: /cut or not JSON/ },
    { name: 'something else', text: '{"kind":"List"}', reason: /it is not one/ },
    {
      name: 'of another version',
      text: text.replace('"schemaVersion":1', '"schemaVersion":2'),
      reason: /version is 2/,
    },
    { name: 'without objects', text: text.replace('"objects":[\n', '"things":[\n'), reason: /objects is not a list/ },
    { name: 'without coverage', text: text.replace('"coverage"', '"covered"'), reason: /coverage is not a list/ },
    { name: 'of an unknown state', text: text.replace('"forbidden"', '"fine"'), reason: /coverage\[0\]\.state/ },
    { name: 'of an object without type', text: text.replace('"type":0', '"type":9'), reason: /objects\.type/ },
    {
      name: 'of no point in time',
      text: text.replace('"takenAt":"2026', '"takenAt":"MMXX'),
      reason: /takenAt is not a time/,
    },
    {
      name: 'of an unknown reference',
      text: text.replace('"kind":"subject"', '"kind":"likes"'),
      reason: /references\[0\]\.kind is not one of webhook/,
    },
    {
      name: 'of an unknown fact of a reference',
      text: text.replace('[["role",', '[["secret",'),
      reason: /references\.facts is not a fact of a reference "subject"/,
    },
    { name: 'with a number for a name', text: text.replace('"name":"a"', '"name":1'), reason: /name is not a text/ },
  ];
  for (const { name, text: wrong, reason } of spoilt) {
    it(`that is ${name} is refused`, () => {
      assert.notEqual(wrong, text);
      refused(() => decodeSnapshot(wrong, 'x.json'), reason);
    });
  }
});

describe('the file of a snapshot', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'snapshot-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is for its owner only, and the only thing left', async () => {
    const path = join(folder, 's.json');
    await writeSnapshotFile(path, 'text', { force: false });
    assert.equal(await readSnapshotFile(path), 'text');
    assert.equal(statSync(path).mode & 0o777, 0o600);
    assert.deepEqual(readdirSync(folder), ['s.json']);
  });

  it('is replaced only by force', async () => {
    const path = join(folder, 's.json');
    writeFileSync(path, 'old');
    await assert.rejects(writeSnapshotFile(path, 'new', { force: false }), UserError);
    assert.equal(readFileSync(path, 'utf8'), 'old');
    await writeSnapshotFile(path, 'new', { force: true });
    assert.equal(readFileSync(path, 'utf8'), 'new');
  });

  it('is never a link', async () => {
    writeFileSync(join(folder, 'target'), 'kept');
    symlinkSync(join(folder, 'target'), join(folder, 'link'));
    await assert.rejects(writeSnapshotFile(join(folder, 'link'), 'new', { force: true }), UserError);
    assert.equal(readFileSync(join(folder, 'target'), 'utf8'), 'kept');
  });

  it('cannot be where there is no folder, nor be read from a folder', async () => {
    await assert.rejects(writeSnapshotFile(join(folder, 'no', 's'), 'x', { force: false }), UserError);
    await assert.rejects(readSnapshotFile(folder), UserError);
    await assert.rejects(readSnapshotFile(join(folder, 'nothing')), UserError);
  });
});
