import assert from 'node:assert/strict';
import type { PackDefinition } from '../../src/model/definition.ts';
import { joinPacks } from '../../src/profiles/join.ts';
import { exportOf, faultsOf, fromCluster, onlyOne, readText } from './sample.ts';

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
    assert.equal(definition.assumptions, undefined);
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

  it('are no gap where the cluster tells the manifest, but prove nothing', () => {
    const definition = joined(...fromFile(), ...deployed(MANIFEST.replaceAll('{{ .spectro.var.place }}', 'blue')));
    assert.deepEqual(objectsOf(definition), ['/team, perhaps', 'x-team/fixed, perhaps', 'shop/fixed']);
    assert.deepEqual(faultsOf(definition).gaps, []);
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
