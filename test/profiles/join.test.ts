import assert from 'node:assert/strict';

import type { PackDefinition } from '../../src/model/definition.ts';
import { joinPacks } from '../../src/profiles/join.ts';
import { exportOf, faultsOf, fromCluster, onlyOne, readDirectory, readText } from './sample.ts';

const CORE = 'pack:\n  namespace: core\n';

function fromFile(values: string | undefined, changes: object = {}): PackDefinition {
  return onlyOne(
    readText(exportOf([{ name: 'app', type: 'spectro', layer: 'addon', version: '1.0.0', values, ...changes }])),
  );
}

describe('packs of the cluster', () => {
  it('are read with their state, without lines', () => {
    const definition = onlyOne(fromCluster('pack:\n  namespace: "{{ .spectro.var.ns }}"\n'));
    assert.deepEqual([definition.namespace?.text, definition.reportedState], ['core', 'installed']);
    assert.deepEqual(definition.place, { path: 'packs.cluster.spectrocloud.com/app', line: 0, column: 0 });
  });

  it('of another cluster are left out', () => {
    assert.deepEqual(fromCluster(CORE, { namespace: 'cluster-ffffffffffffffffffffffff' }), []);
  });

  it('keep the name of their resource', () => {
    const values = `${CORE}  spectrocloud.com/display-name: one\n`;
    const names = [onlyOne(fromCluster(values)), onlyOne(fromCluster(values, { name: 'one--app' }))];
    assert.deepEqual(
      names.map(({ name, baseName }) => [name, baseName]),
      [
        ['app', 'app'],
        ['one--app', 'app'],
      ],
    );
  });

  it('whose manifests are only references have gaps', () => {
    const definition = onlyOne(fromCluster(CORE, { manifests: [{ name: 'm', content: undefined }] }));
    assert.deepEqual(faultsOf(definition).gaps, ['manifest-only-referenced m']);
  });
});

describe('joining', () => {
  const reference = { manifests: [{ name: 'm', content: undefined }] };
  const body = { manifests: [{ name: 'm', content: 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n' }] };
  const editions = [
    { why: 'of the same version', changes: {}, gaps: [] },
    { why: 'of another version', changes: { version: '2.0.0' }, gaps: ['manifest-only-referenced m'] },
    { why: 'without the body itself', changes: { manifests: [{ name: 'm' }] }, gaps: ['manifest-only-referenced m'] },
  ];
  for (const { why, changes, gaps } of editions) {
    it(`reads what the cluster only refers to from a file ${why}`, () => {
      const cluster = onlyOne(fromCluster(CORE, reference));
      const [, joined] = onlyOne(joinPacks([fromFile(CORE, { ...body, ...changes }), cluster])).definitions;
      assert.ok(joined);
      assert.deepEqual(faultsOf(joined).gaps, gaps);
    });
  }

  it('takes no body from a file where neither side tells a version', () => {
    const untold = { version: undefined, tag: undefined, profile: undefined };
    const cluster = { ...onlyOne(fromCluster(CORE, reference)), ...untold };
    const file = { ...fromFile(CORE, body), ...untold };
    const [, joined] = onlyOne(joinPacks([file, cluster])).definitions;
    assert.ok(joined);
    assert.deepEqual(faultsOf(joined).gaps, ['manifest-only-referenced m']);
  });

  it('puts file and cluster under one name, with what they disagree about', () => {
    const file = fromFile(`${CORE}  additionalNamespaces: a\nmanifests:\n  m:\n    namespace: x\n`, {
      version: '2.0.0',
    });
    const cluster = onlyOne(fromCluster('pack:\n  namespaceLabels:\n    core: "a=1"\n'));
    const joined = onlyOne(joinPacks([file, cluster]));
    assert.deepEqual(joined.definitions, [file, cluster]);
    assert.deepEqual(
      joined.sources.map(({ kind }) => kind),
      ['file', 'cluster'],
    );
    assert.deepEqual(
      joined.profiles.map(({ name }) => name),
      ['shop'],
    );
    assert.deepEqual(joined.differences, [
      { field: 'manifests.namespace', file: 'm=x', cluster: '' },
      { field: 'pack.additionalNamespaces', file: 'a', cluster: '' },
      { field: 'pack.namespace', file: 'core', cluster: 'default' },
      { field: 'pack.namespaceLabels', file: '', cluster: 'core' },
      { field: 'version', file: '2.0.0', cluster: '1.0.0' },
    ]);
  });

  it('sees no difference where both say the same, or one cannot tell', () => {
    assert.deepEqual(onlyOne(joinPacks([fromFile(CORE), ...fromCluster(CORE)])).differences, []);
    assert.deepEqual(onlyOne(joinPacks([fromFile(undefined), ...fromCluster(CORE)])).differences, []);
    const open = fromFile('pack:\n  namespace: "{{ .spectro.macro.x }}"\n');
    assert.deepEqual(onlyOne(joinPacks([open, ...fromCluster(CORE)])).differences, []);
  });

  it('knows a pack with a display name under the name the cluster has for it', () => {
    const values = `${CORE}  spectrocloud.com/display-name: one\n`;
    const joined = onlyOne(joinPacks([fromFile(values), ...fromCluster(values)]));
    assert.deepEqual([joined.name, joined.definitions.length], ['app', 2]);
  });

  it('keeps both definitions of a pack that stands twice', () => {
    const joined = onlyOne(joinPacks([fromFile(CORE), fromFile('pack:\n  namespace: other\n')]));
    assert.deepEqual(
      joined.definitions.map(({ namespace }) => namespace?.text),
      ['core', 'other'],
    );
  });

  it('sorts by name', () => {
    const names = joinPacks([fromFile(CORE, { name: 'b' }), fromFile(CORE, { name: 'a' })]).map(({ name }) => name);
    assert.deepEqual(names, ['a', 'b']);
  });
});

describe('a pack directory with a macro in a name', () => {
  it('leaves the gap where it fills a definition', () => {
    const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: "{{ .spectro.macro.team }}"\n';
    const directory = readDirectory({ values: undefined, manifests: { m: text } });
    const joined = onlyOne(joinPacks([fromFile(`${CORE}manifests:\n  m: {}\n`), directory]));
    assert.deepEqual(faultsOf(onlyOne(joined.definitions)).gaps, ['macro-unresolved manifest m']);
  });
});

describe('a pack directory', () => {
  const MANIFEST = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: {{ .Values.namespace }}\n';
  const VALUES = 'pack:\n  namespace: packed\nmanifests:\n  m:\n    namespace: made\n';
  const directory = (version?: string): PackDefinition =>
    readDirectory({ values: VALUES, manifests: { m: MANIFEST } }, version);

  it('fills everything that a pack without values leaves open', () => {
    const joined = onlyOne(joinPacks([directory(), fromFile(undefined)]));
    const definition = onlyOne(joined.definitions);
    assert.deepEqual([definition.namespace?.text, definition.isPackDirectory], ['packed', false]);
    assert.deepEqual(definition.charts, [{ name: 'web', version: '2.0.0' }]);
    assert.deepEqual(
      definition.createdNamespaces.map(({ namespace }) => namespace.text),
      ['made'],
    );
    assert.deepEqual(faultsOf(definition), { gaps: [], problems: [] });
    assert.deepEqual(
      joined.sources.map((source) => (source.kind === 'file' ? source.path : '')),
      ['file.yaml', 'app'],
    );
  });

  it('never overrides what a profile says', () => {
    const joined = onlyOne(joinPacks([fromFile(`${CORE}manifests:\n  m:\n    namespace: mine\n`), directory()]));
    const definition = onlyOne(joined.definitions);
    assert.equal(definition.namespace?.text, 'core');
    assert.deepEqual(
      definition.manifestNamespaces.map(({ namespace }) => namespace.text),
      ['mine'],
    );
    assert.deepEqual(
      definition.createdNamespaces.map(({ namespace }) => namespace.text),
      ['mine'],
    );
    assert.deepEqual(
      definition.objects.map(({ ref }) => ref.name),
      ['mine'],
    );
    assert.deepEqual(faultsOf(definition).gaps, []);
  });

  const NAMED =
    'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: {{ .Values.title }}\n  namespace: {{ .Values.namespace }}\n';
  const FIXED = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: fixed\n  namespace: {{ .Values.namespace }}\n';
  const PROOFS = [
    {
      why: 'a name from its values is no proof for a pack with values of its own',
      manifest: NAMED,
      values: `${CORE}manifests:\n  m:\n    namespace: mine\n`,
      possible: true,
    },
    {
      why: 'a namespace that the pack itself gives is',
      manifest: FIXED,
      values: `${CORE}manifests:\n  m:\n    namespace: mine\n`,
      possible: false,
    },
    { why: 'a namespace that only its values give is not', manifest: FIXED, values: CORE, possible: true },
    { why: 'its names are proof for a pack without values', manifest: NAMED, values: undefined, possible: false },
  ];
  for (const { why, manifest, values, possible } of PROOFS) {
    it(`knows that ${why}`, () => {
      const made = readDirectory({ values: `${VALUES}    title: shown\n`, manifests: { m: manifest } });
      const definition = onlyOne(onlyOne(joinPacks([fromFile(values), made])).definitions);
      assert.equal(onlyOne(definition.objects).possible, possible);
    });
  }

  it('does not say the namespace of a pack whose values could not be read', () => {
    const definition = onlyOne(onlyOne(joinPacks([fromFile('charts:\n  a: b: c\n'), directory()])).definitions);
    assert.deepEqual(
      [definition.namespace, faultsOf(definition).gaps],
      [undefined, ['values-unreadable values', 'name-unreadable pack.namespace']],
    );
  });

  it('fills a pack of the cluster', () => {
    const definition = onlyOne(onlyOne(joinPacks([...fromCluster(VALUES), directory()])).definitions);
    assert.deepEqual([definition.source.kind, definition.charts.length, definition.gaps], ['cluster', 1, []]);
  });

  it('of another version is a definition of its own', () => {
    const joined = onlyOne(joinPacks([fromFile(CORE), directory('9.9.9')]));
    assert.deepEqual(
      joined.definitions.map(({ isPackDirectory }) => isPackDirectory),
      [false, true],
    );
  });

  it('stands alone when nothing else names the pack', () => {
    const joined = onlyOne(joinPacks([directory()]));
    assert.deepEqual([joined.name, onlyOne(joined.definitions).isPackDirectory], ['app', true]);
  });
});
