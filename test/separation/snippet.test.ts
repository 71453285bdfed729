import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { valuesSnippet } from '../../src/separation/snippet.ts';
import { subjectOf } from '../support/subject.ts';
import { definition, nameText, packOf, release } from '../support/world.ts';
import type { Pack } from '../../src/model/pack.ts';
import type { Release } from '../../src/model/inventory.ts';

const setting = (namespace: string, ...entries: readonly (readonly [string, string])[]) => ({
  namespace: nameText(namespace),
  entries: entries.map(([key, value]) => ({ key, value, resolved: true })),
  malformed: [],
});
const created = (manifest: string) => [{ namespace: nameText('old'), manifest, keep: false, possible: false }];

interface Case {
  readonly says: string;
  readonly pack: Pack;
  readonly releases?: readonly Release[];
  readonly means: unknown;
  readonly comments?: readonly string[];
}

const CASES: readonly Case[] = [
  {
    says: 'pack.namespace',
    pack: packOf(definition('a', { namespace: 'old' })),
    means: { pack: { namespace: 'new' } },
  },
  {
    says: 'one of several additional namespaces, the others kept',
    pack: packOf(definition('a', { namespace: 'home', additionalNamespaces: [nameText('old'), nameText('kept')] })),
    means: { pack: { additionalNamespaces: 'kept,new' } },
  },
  {
    says: 'a manifest’s own namespace',
    pack: packOf(
      definition('a', {
        namespace: 'home',
        manifestNamespaces: [
          { manifest: 'm.v1', namespace: nameText('old') },
          { manifest: 'n', namespace: nameText('home') },
        ],
      }),
    ),
    means: { manifests: { 'm.v1': { namespace: 'new' } } },
  },
  {
    says: 'several sources at once',
    pack: packOf(
      definition('a', { namespace: 'old', manifestNamespaces: [{ manifest: 'm', namespace: nameText('old') }] }),
    ),
    means: { pack: { namespace: 'new' }, manifests: { m: { namespace: 'new' } } },
  },
  {
    says: 'labels and annotations of the old namespace, carried over',
    pack: packOf(
      definition('a', {
        namespace: 'old',
        namespaceLabels: [
          setting('old', ['pod-security.kubernetes.io/enforce', 'privileged'], ['x', '{{ .spectro.var.y }}']),
          setting('else', ['z', '1']),
        ],
        namespaceAnnotations: [setting('old', ['k', 'yes'])],
      }),
    ),
    means: {
      pack: {
        namespace: 'new',
        namespaceLabels: { new: 'pod-security.kubernetes.io/enforce=privileged,x={{ .spectro.var.y }}' },
        namespaceAnnotations: { new: 'k=yes' },
      },
    },
  },
  {
    says: 'a Namespace object that a manifest spells out, by hand',
    pack: packOf(definition('a', { namespace: 'home', createdNamespaces: created('m') })),
    means: null,
    comments: ['# In "manifest m": change the namespace it names to new.'],
  },
  {
    says: 'a Namespace object in the manifest whose namespace is set, with it',
    pack: packOf(
      definition('a', {
        namespace: 'home',
        createdNamespaces: created('m'),
        manifestNamespaces: [{ manifest: 'm', namespace: nameText('old') }],
      }),
    ),
    means: { manifests: { m: { namespace: 'new' } } },
  },
  {
    says: 'a Namespace object in another manifest, by hand all the same',
    pack: packOf(
      definition('a', {
        namespace: 'home',
        createdNamespaces: created('fixed'),
        manifestNamespaces: [{ manifest: 'm', namespace: nameText('old') }],
      }),
    ),
    means: { manifests: { m: { namespace: 'new' } } },
    comments: ['# In "manifest fixed": change the namespace it names to new.'],
  },
  {
    says: 'objects that a chart puts there, by hand',
    pack: packOf(definition('a', { namespace: 'home' })),
    releases: [release('home/a-c', { chart: 'c', has: ['old/ConfigMap/x'] })],
    means: null,
    comments: ['# In "release a-c": change the namespace it names to new.'],
  },
  { says: 'nothing where no value says so', pack: packOf(definition('a', { namespace: 'home' })), means: null },
];

describe('valuesSnippet moves', () => {
  for (const { says, pack, releases = [], means, comments = [] } of CASES) {
    it(says, () => {
      const { stakes } = subjectOf({ packs: [pack], given: { releases } });
      const text = valuesSnippet(pack, { from: 'old', to: 'new', stakes });
      assert.deepEqual(parse(text), means);
      assert.deepEqual(
        text.split('\n').filter((line) => line.startsWith('#')),
        comments,
      );
    });
  }

  it('names that YAML would read otherwise, as text', () => {
    const pack = packOf(
      definition('a', {
        namespace: '017',
        manifestNamespaces: [
          { manifest: 'no', namespace: nameText('017') },
          { manifest: 'a: b #', namespace: nameText('017') },
        ],
      }),
    );
    const { stakes } = subjectOf({ packs: [pack] });
    const text = valuesSnippet(pack, { from: '017', to: '1e3', stakes });
    assert.deepEqual(parse(text, { version: '1.1' }), {
      pack: { namespace: '1e3' },
      manifests: { 'a: b #': { namespace: '1e3' }, no: { namespace: '1e3' } },
    });
  });
});
