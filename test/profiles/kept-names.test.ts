import assert from 'node:assert/strict';
import type { PackDefinition } from '../../src/model/definition.ts';
import { joinPacks } from '../../src/profiles/join.ts';
import { withPresentNames } from '../../src/profiles/kept-names.ts';
import { exportOf, fromCluster, onlyOne, readDirectory, readText } from './sample.ts';

const PLACE = '{{ .spectro.var.place }}';
const OBJECT = 'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: fixed\n';
const NAMESPACE = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: ';
const MANIFEST_LAYER = { name: 'app', type: 'manifest', layer: 'addon', version: '2.0.0' };

/** The new version of a profile whose variable `place` is `blue` by default. */
function nextOf(values: string, content?: string): readonly PackDefinition[] {
  const manifests = content === undefined ? [] : [{ name: 'm', content }];
  return readText(exportOf([{ ...MANIFEST_LAYER, values, manifests }], [{ name: 'place', defaultValue: 'blue' }]));
}

function there(values: string, content?: string, name = 'app'): readonly PackDefinition[] {
  return fromCluster(values, { name, type: 'manifest', manifests: [{ name: 'm', content }] });
}

/** All names that the new version comes to, beside what the cluster has. */
function namesOf(next: readonly PackDefinition[], present: readonly PackDefinition[]): readonly string[] {
  const pack = onlyOne(joinPacks(withPresentNames(next, joinPacks(present))));
  const { name, namespace, additionalNamespaces, manifestNamespaces, ...more } = onlyOne(pack.definitions);
  return [
    ...(name === 'app' ? [] : [`name ${name}`]),
    ...(namespace === undefined ? [] : [namespace.text]),
    ...additionalNamespaces.map(({ text }) => `and ${text}`),
    ...manifestNamespaces.map((entry) => `${entry.manifest} in ${entry.namespace.text}`),
    ...more.createdNamespaces.map((entry) => `makes ${entry.namespace.text}`),
    ...more.objects.map(({ ref }) => `${ref.kind} ${ref.namespace}/${ref.name}`),
    ...Array.from(more.releaseNameOverrides, ([key, release]) => `${key} is ${release}`),
  ];
}

const OWN = `pack:\n  namespace: "${PLACE}"\n`;
const ADDITIONAL = `pack:\n  namespace: shop\n  additionalNamespaces: "a,x-${PLACE}"\n`;
const RELEASES = `pack:\n  namespace: shop\n  releaseNameOverride: {web: "${PLACE}", api: api}\n`;
const OF_MANIFEST = `pack:\n  namespace: shop\nmanifests:\n  m:\n    namespace: "${PLACE}"\n`;
const SHOP = 'pack:\n  namespace: shop\n';

interface Case {
  readonly says: string;
  readonly next: string;
  readonly content?: string;
  readonly there: string;
  readonly has?: string;
  readonly names: readonly string[];
}

const CASES: readonly Case[] = [
  { says: 'a namespace is the one of the cluster', next: OWN, there: 'pack: {namespace: web}', names: ['web'] },
  { says: 'one that the cluster leaves out is the default', next: OWN, there: 'pack: {}', names: ['blue'] },
  { says: 'so is one that the cluster cannot tell', next: OWN, there: 'pack: {namespace: [a]}', names: ['blue'] },
  {
    says: 'so is one that holds a macro in the cluster',
    next: OWN,
    there: 'pack: {namespace: "{{ .spectro.var.place }}"}',
    names: ['blue'],
  },
  {
    says: 'one that is written out is as it is written',
    next: SHOP,
    there: 'pack: {namespace: web}',
    names: ['shop'],
  },
  {
    says: 'a further namespace is the one that only the cluster has',
    next: ADDITIONAL,
    there: 'pack: {namespace: shop, additionalNamespaces: "a,x-web"}',
    names: ['shop', 'and a', 'and x-web'],
  },
  {
    says: 'of several that only the cluster has none is taken',
    next: ADDITIONAL,
    there: 'pack: {namespace: shop, additionalNamespaces: "a,x-web,old"}',
    names: ['shop', 'and a', 'and x-blue'],
  },
  {
    says: 'a default that the cluster has, too, stays',
    next: ADDITIONAL,
    there: 'pack: {namespace: shop, additionalNamespaces: "x-blue,old"}',
    names: ['shop', 'and a', 'and x-blue'],
  },
  {
    says: 'further namespaces of which the cluster tells only a part are the defaults',
    next: ADDITIONAL,
    there: 'pack: {namespace: shop, additionalNamespaces: [a, x-web, {b: c}]}',
    names: ['shop', 'and a', 'and x-blue'],
  },
  {
    says: 'the name of a release is the one of the cluster, chart by chart',
    next: RELEASES,
    there: 'pack: {namespace: shop, releaseNameOverride: {web: main, api: old}}',
    names: ['shop', 'web is main', 'api is api'],
  },
  {
    says: 'the name of a release that the cluster does not name is the default',
    next: RELEASES,
    there: 'pack: {namespace: shop, releaseNameOverride: {other: main}}',
    names: ['shop', 'web is blue', 'api is api'],
  },
  {
    says: 'the namespace of a manifest is the one of the cluster',
    next: OF_MANIFEST,
    there: 'pack: {namespace: shop}\nmanifests: {m: {namespace: web}}',
    names: ['shop', 'm in web'],
  },
  {
    says: 'that of another manifest is no match',
    next: OF_MANIFEST,
    there: 'pack: {namespace: shop}\nmanifests: {other: {namespace: web}}',
    names: ['shop', 'm in blue'],
  },
  {
    says: 'what a manifest holds is called as in the cluster',
    next: SHOP,
    content: `${NAMESPACE}"${PLACE}"\n---\n${OBJECT}  namespace: "${PLACE}"\n`,
    there: SHOP,
    has: `${NAMESPACE}web\n---\n${OBJECT}  namespace: web\n`,
    names: ['shop', 'makes web', 'Namespace /web', 'ConfigMap web/fixed'],
  },
  {
    says: 'what a manifest holds that the cluster only refers to is called by default',
    next: SHOP,
    content: `${NAMESPACE}"${PLACE}"\n`,
    there: SHOP,
    names: ['shop', 'makes blue', 'Namespace /blue'],
  },
  {
    says: 'an object of another type is not the same',
    next: SHOP,
    content: `${OBJECT}  namespace: "${PLACE}"\n`,
    there: SHOP,
    has: `${NAMESPACE}web\n`,
    names: ['shop', 'ConfigMap blue/fixed'],
  },
];

describe('names of a new version that rest on the default of a variable', () => {
  for (const { says, next, content, there: values, has, names } of CASES) {
    it(says, () => assert.deepEqual(namesOf(nextOf(next, content), there(values, has)), names));
  }

  it('are the defaults where only a file tells the present ones', () => {
    const file = readText(exportOf([{ ...MANIFEST_LAYER, values: 'pack:\n  namespace: web\n' }]));
    assert.deepEqual(namesOf(nextOf(OWN), file), ['blue']);
  });

  it('still rest on it', () => {
    const [definition] = withPresentNames(nextOf(OWN), joinPacks(there('pack: {namespace: web}')));
    assert.deepEqual(
      definition?.assumptions?.map(({ subject, variables }) => [subject, variables]),
      [['pack.namespace', ['place']]],
    );
  });

  it('give the objects of a pack directory their place', () => {
    const made = readDirectory(
      { values: 'manifests:\n  m:\n    namespace: stock\n', manifests: { m: `${NAMESPACE}{{ .Values.namespace }}\n` } },
      '2.0.0',
    );
    const present = there('pack: {namespace: shop}\nmanifests: {m: {namespace: web}}');
    assert.deepEqual(namesOf([...nextOf(OF_MANIFEST), made], present), [
      'shop',
      'm in web',
      'makes web',
      'Namespace /web',
    ]);
  });

  const NAMED = `${SHOP}  spectrocloud.com/display-name: "${PLACE}"\n`;
  const called = (...names: readonly string[]): readonly PackDefinition[] =>
    names.flatMap((name) => there(SHOP, undefined, name));
  const packs: readonly (readonly [says: string, present: readonly PackDefinition[], name: string])[] = [
    ['is the only one of the cluster', called('web--app'), 'web--app'],
    ['is the default where the cluster has that', called('web--app', 'blue--app'), 'blue--app'],
    ['is the default where the cluster has several', called('web--app', 'red--app'), 'blue--app'],
    ['is the default where the cluster has only others', called('web--other'), 'blue--app'],
  ];
  for (const [says, present, name] of packs) {
    it(`a part of the pack's own name ${says}`, () => {
      assert.deepEqual(namesOf(nextOf(NAMED), present), [`name ${name}`, 'shop']);
    });
  }

  it("a part of the pack's own name is the default where another pack of the new version has the one of the cluster", () => {
    const open = { ...MANIFEST_LAYER, values: NAMED };
    const fixed = { ...MANIFEST_LAYER, values: NAMED.replace(PLACE, 'web') };
    const next = readText(exportOf([open, fixed], [{ name: 'place', defaultValue: 'blue' }]));
    const names = withPresentNames(next, joinPacks(called('web--app'))).map(({ name }) => name);
    assert.deepEqual(names, ['blue--app', 'web--app']);
  });
});
