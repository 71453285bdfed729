import assert from 'node:assert/strict';
import type { PackDefinition } from '../../src/model/definition.ts';
import { placedInManifests } from '../../src/model/placement.ts';
import { typeScope } from '../../src/model/type-scope.ts';
import { joinPacks } from '../../src/profiles/join.ts';
import { exportOf, faultsOf, fromCluster, onlyOne, readDirectory, readText } from './sample.ts';

const OBJECT = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: fixed\n';
const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: "{{ .spectro.var.place }}"\n';
const MANIFEST = `${NAMESPACE}---\n${OBJECT}  namespace: "x-{{ .spectro.var.place }}"\n---\n${OBJECT}  namespace: shop\n`;
const VALUES = 'pack:\n  namespace: ""\n';

/** A file whose profile has the variable `place`, and its pack a manifest that names it. */
function fromFile(given: Readonly<Record<string, string>> = {}): readonly PackDefinition[] {
  const pack = { name: 'app', type: 'manifest', layer: 'addon', version: '1.0.0', values: VALUES };
  const manifests = [{ name: 'm', content: MANIFEST }];
  return readText(exportOf([{ ...pack, manifests }], [{ name: 'place', defaultValue: 'team' }]), given);
}

/** The same pack in the cluster, with its manifest or a reference to it. */
function deployed(content?: string): readonly PackDefinition[] {
  return fromCluster(VALUES, { type: 'manifest', manifests: [{ name: 'm', content }] });
}

/** The pack's definition out of the file, joined with these. */
function joined(...definitions: readonly PackDefinition[]): PackDefinition {
  const pack = onlyOne(joinPacks(definitions));
  return onlyOne(pack.definitions.filter(({ source }) => source.kind === 'file'));
}

function objectsOf({ objects }: PackDefinition): readonly string[] {
  return objects.map(({ ref, possible }) => `${ref.namespace}/${ref.name}${possible ? ', perhaps' : ''}`);
}

describe('names that rest on the default of a variable', () => {
  it('are what will be where no cluster has the pack', () => {
    const definition = joined(...fromFile());
    assert.deepEqual(objectsOf(definition), ['/team', 'x-team/fixed', 'shop/fixed']);
    assert.deepEqual(faultsOf(definition), { gaps: [], problems: [] });
    assert.equal(definition.assumptions?.length, 2);
    assert.ok(definition.objects.every(({ assumed }) => assumed === undefined));
  });

  it('are not known where a cluster has the pack, which may have another value', () => {
    const definition = joined(...fromFile(), ...deployed());
    assert.deepEqual(objectsOf(definition), ['/team, perhaps', 'x-team/fixed, perhaps', 'shop/fixed']);
    assert.deepEqual(faultsOf(definition).gaps, ['macro-unresolved manifest m', 'macro-unresolved manifest m']);
    assert.deepEqual(
      definition.createdNamespaces.map(({ namespace }) => namespace.text),
      ['team'],
    );
  });

  it('give way to what the cluster tells of the manifest', () => {
    const all = [...fromFile(), ...deployed(MANIFEST.replaceAll('{{ .spectro.var.place }}', 'blue'))];
    const definition = joined(...all);
    assert.deepEqual(objectsOf(definition), ['shop/fixed']);
    assert.deepEqual(definition.createdNamespaces, []);
    assert.deepEqual(faultsOf(definition).gaps, []);
    assert.deepEqual(onlyOne(joinPacks(all)).differences, []);
  });

  it('are known of what terraform attaches to a cluster, with the values that it gives', () => {
    const pack = {
      name: 'app',
      tag: '1.0.0',
      type: 'manifest',
      values: VALUES,
      manifest: [{ name: 'm', content: MANIFEST }],
    };
    const values = { cluster_profile: [{ id: 'x', variables: { place: 'blue' }, pack: [pack] }] };
    const resources = [{ mode: 'managed', type: 'spectrocloud_addon_deployment', values }];
    const definition = joined(...readText(JSON.stringify({ values: { root_module: { resources } } })), ...deployed());
    assert.deepEqual(objectsOf(definition), ['/blue', 'x-blue/fixed', 'shop/fixed']);
    assert.deepEqual(faultsOf(definition).gaps, []);
  });

  it('are a gap once where there is no default either', () => {
    const text = exportOf(
      [{ name: 'app', type: 'manifest', values: VALUES, manifests: [{ name: 'm', content: NAMESPACE }] }],
      [{ name: 'place', defaultValue: '' }],
    );
    assert.deepEqual(faultsOf(joined(...readText(text), ...deployed())).gaps, ['macro-unresolved manifest m']);
  });

  it('are known as soon as the value is given', () => {
    const definition = joined(...fromFile({ place: 'blue' }), ...deployed());
    assert.deepEqual(objectsOf(definition), ['/blue', 'x-blue/fixed', 'shop/fixed']);
    assert.deepEqual(faultsOf(definition).gaps, []);
  });
});

const PLACED = `${OBJECT}---\n${OBJECT.replace('fixed', 'other')}  namespace: shop\n`;

/** A file whose values rest on the variable `place`. */
function valuesFile(
  values: string,
  more: { readonly content?: string; readonly given?: Readonly<Record<string, string>> } = {},
): readonly PackDefinition[] {
  const pack = { name: 'app', type: 'manifest', layer: 'addon', version: '1.0.0', values };
  const manifests = [{ name: 'm', content: more.content ?? PLACED }];
  return readText(exportOf([{ ...pack, manifests }], [{ name: 'place', defaultValue: 'team' }]), more.given);
}

function deployedWith(values: string | undefined): readonly PackDefinition[] {
  return fromCluster(values, { type: 'manifest', manifests: [{ name: 'm', content: undefined }] });
}

/** Where the joined pack's manifest objects are, and which of them proves its owner. */
function placesOf(definitions: readonly PackDefinition[]): readonly string[] {
  return placedInManifests(onlyOne(joinPacks(definitions)), typeScope([])).map(
    ({ place, defined }) => `${place.namespace}/${place.name}${defined.possible ? ', perhaps' : ''}`,
  );
}

const OWN = 'pack:\n  namespace: "{{ .spectro.var.place }}"\n';
const OF_MANIFEST = 'manifests:\n  m:\n    namespace: "x-{{ .spectro.var.place }}"\n';

describe('namespaces that rest on the default of a variable', () => {
  it('are what will be where no cluster has the pack', () => {
    assert.deepEqual(placesOf(valuesFile(OWN)), ['team/fixed', 'shop/other']);
    assert.deepEqual(placesOf(valuesFile(`${OWN}${OF_MANIFEST}`)), ['x-team/fixed', 'shop/other']);
    const definition = joined(...valuesFile(OWN));
    assert.deepEqual(faultsOf(definition), { gaps: [], problems: [] });
    assert.equal(definition.namespace?.assumed, undefined);
  });

  it('are a claim and a gap, and prove nothing, where the cluster has the pack and does not tell', () => {
    for (const untold of [OWN, 'pack: {', 'pack:\n  namespace: [a]\n', 'pack: {}\n', undefined]) {
      const all = [...valuesFile(OWN), ...deployedWith(untold)];
      assert.deepEqual(placesOf(all), ['team/fixed, perhaps', 'shop/other'], untold);
      const definition = joined(...all);
      assert.equal(definition.namespace?.text, 'team');
      assert.deepEqual(faultsOf(definition).gaps, ['macro-unresolved pack.namespace']);
    }
  });

  it('of a manifest are a claim and a gap likewise', () => {
    for (const untold of [OF_MANIFEST, 'pack:\n  namespace: blue\n']) {
      const all = [...valuesFile(OF_MANIFEST), ...deployedWith(untold)];
      assert.deepEqual(placesOf(all), ['x-team/fixed, perhaps', 'shop/other']);
      assert.deepEqual(faultsOf(joined(...all)).gaps, ['macro-unresolved manifests.m.namespace']);
    }
  });

  it('give way to what the cluster tells, without a gap or a difference', () => {
    const told = [
      { file: OWN, cluster: 'pack:\n  namespace: blue\n', place: 'blue' },
      { file: OWN, cluster: 'pack:\n  namespace: team\n', place: 'team' },
      { file: OF_MANIFEST, cluster: 'manifests:\n  m:\n    namespace: x-blue\n', place: 'x-blue' },
      {
        file: `${OWN}${OF_MANIFEST}`,
        cluster: 'pack:\n  namespace: blue\nmanifests:\n  m:\n    namespace: x-blue\n',
        place: 'x-blue',
      },
    ];
    for (const { file, cluster, place } of told) {
      const all = [...valuesFile(file), ...deployedWith(cluster)];
      assert.deepEqual(placesOf(all), [`${place}/fixed`, 'shop/other'], file);
      const pack = onlyOne(joinPacks(all));
      assert.deepEqual(
        pack.definitions.flatMap(({ gaps }) => gaps),
        [],
        file,
      );
      const claimed = pack.definitions.map(({ namespace }) => namespace?.text ?? 'default');
      assert.ok(!claimed.includes(place === 'team' ? '' : 'team'), file);
    }
  });

  it('are what is given with --var', () => {
    const all = [...valuesFile(OWN, { given: { place: 'blue' } }), ...deployedWith('pack: {')];
    assert.deepEqual(placesOf(all), ['blue/fixed', 'shop/other']);
  });

  it('may be another one where the packs of the cluster were not seen', () => {
    const pack = onlyOne(joinPacks(valuesFile(OWN), true));
    const definition = onlyOne(pack.definitions);
    assert.equal(definition.namespace?.assumed, true);
    assert.deepEqual(faultsOf(definition).gaps, ['macro-unresolved pack.namespace']);
  });

  it('do not join the claims of additionalNamespaces, labels and releases that the cluster tells', () => {
    const values =
      'pack:\n  additionalNamespaces: "a,{{ .spectro.var.place }}"\n' +
      '  namespaceLabels:\n    "{{ .spectro.var.place }}": "x=y"\n' +
      '  releaseNameOverride:\n    web: "{{ .spectro.var.place }}"\n    api: api\n';
    const known = joined(
      ...valuesFile(values),
      ...deployedWith('pack:\n  additionalNamespaces: a,blue\n  releaseNameOverride: {web: main}\n'),
    );
    assert.deepEqual(
      known.additionalNamespaces.map(({ text }) => text),
      ['a'],
    );
    assert.deepEqual(known.namespaceLabels, []);
    assert.deepEqual([...known.releaseNameOverrides], [['api', 'api']]);
    assert.deepEqual(faultsOf(known).gaps, []);
    const unknown = joined(...valuesFile(values), ...deployedWith('pack: {'));
    assert.deepEqual(
      unknown.additionalNamespaces.map(({ text }) => text),
      ['a', 'team'],
    );
    assert.deepEqual([...unknown.releaseNameOverrides], [['api', 'api']]);
    assert.deepEqual(faultsOf(unknown).gaps, [
      'macro-unresolved additionalNamespaces',
      'macro-unresolved namespaceLabels',
      'macro-unresolved releaseNameOverride.web',
    ]);
  });

  it('of a manifest from a pack directory follow what the cluster tells', () => {
    const text = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: fixed\n  namespace: {{ .Values.namespace }}\n';
    const created = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: {{ .Values.namespace }}\n';
    const directory = readDirectory({
      values: 'manifests:\n  m:\n    namespace: stock\n',
      manifests: { m: `${text}---\n${created}` },
    });
    const pack = { name: 'app', type: 'spectro', layer: 'addon', version: '1.0.0', values: OF_MANIFEST };
    const file = readText(exportOf([pack], [{ name: 'place', defaultValue: 'team' }]));
    const unknown = joined(...file, directory, ...fromCluster(OF_MANIFEST));
    assert.deepEqual(objectsOf(unknown), ['x-team/fixed, perhaps', '/x-team, perhaps']);
    const all = [...file, directory, ...fromCluster('manifests:\n  m:\n    namespace: blue\n')];
    assert.deepEqual(objectsOf(joined(...all)), []);
    assert.deepEqual(placesOf(all), ['blue/fixed', '/blue']);
  });
});

describe('a display name that rests on the default of a variable', () => {
  const NAMED = 'pack:\n  namespace: shop\n  spectrocloud.com/display-name: "{{ .spectro.var.place }}"\n';

  function named(...deployedAs: readonly string[]): readonly (readonly [name: string, gaps: readonly string[]])[] {
    const there = deployedAs.flatMap((name) => fromCluster('pack:\n  namespace: shop\n', { name }));
    return joinPacks([...valuesFile(NAMED), ...there]).map(({ name, definitions }) => [
      name,
      definitions.flatMap((one) => faultsOf(one).gaps),
    ]);
  }

  const OPEN = ['macro-unresolved spectrocloud.com/display-name'];
  const cases = [
    { says: 'is what will be where no cluster has such a pack', there: [], packs: [['team--app', []]] },
    { says: 'is proved by a pack of that name', there: ['team--app'], packs: [['team--app', []]] },
    { says: 'gives way to the name that the cluster has', there: ['blue--app'], packs: [['blue--app', []]] },
    {
      says: 'is a gap where the cluster has several',
      there: ['blue--app', 'red--app'],
      packs: [
        ['blue--app', []],
        ['red--app', []],
        ['team--app', OPEN],
      ],
    },
    {
      says: 'is not that of another pack',
      there: ['blue--other'],
      packs: [
        ['blue--other', []],
        ['team--app', []],
      ],
    },
  ];
  for (const { says, there, packs } of cases) it(says, () => assert.deepEqual(named(...there), packs));
});

describe('labels that rest on the default of a variable', () => {
  const LABELLED =
    'pack:\n  namespace: shop\n  namespaceLabels:\n    shop: "a={{ .spectro.var.place }}"\n    core: { b: c }\n' +
    '  namespaceAnnotations:\n    shop: { d: "{{ .spectro.var.place }}" }\n';

  function labels(...there: readonly PackDefinition[]): readonly string[] {
    const { namespaceLabels, namespaceAnnotations } = joined(...valuesFile(LABELLED), ...there);
    return [...namespaceLabels, ...namespaceAnnotations].flatMap(({ entries }) =>
      entries.map(({ key, value, resolved }) => `${key}=${value}${resolved ? '' : ', perhaps'}`),
    );
  }

  it('are what will be where no cluster has the pack', () => {
    assert.deepEqual(labels(), ['a=team', 'b=c', 'd=team']);
  });

  it('are not compared where the cluster has the pack', () => {
    assert.deepEqual(labels(...deployedWith('pack: {')), ['a=team, perhaps', 'b=c', 'd=team, perhaps']);
  });

  it('give way to those that the cluster tells', () => {
    assert.deepEqual(labels(...deployedWith('pack: {namespace: shop}')), ['b=c']);
  });
});
