import assert from 'node:assert/strict';
import { namespacesToRead } from '../../src/attribution/stakes.ts';
import type { GapReason } from '../../src/model/definition.ts';
import type { Release } from '../../src/model/inventory.ts';
import type { Pack } from '../../src/model/pack.ts';
import { attributionInput, definition, inventory, nameText, packOf, PLACE, release } from '../support/world.ts';

type Given = Parameters<typeof definition>[1];

const a = (...given: readonly Given[]): Pack => packOf(...given.map((one) => definition('a', one)));
const gap = (reason: GapReason, subject: string) => ({ reason, subject, place: PLACE });
const setting = (namespace: string) => [{ namespace: nameText(namespace), entries: [], malformed: [] }];
const ONE = 'one destroyed documented, pack.namespace: pack.namespace';
const inDefault = (via: string): string => `default protected none, pack.namespace: ${via}`;

interface Case {
  readonly says: string;
  readonly pack: Pack;
  readonly releases?: readonly Release[];
  /** `namespace fate basis, source: via`, in order. */
  readonly stakes: readonly string[];
}

const DECLARED: readonly Case[] = [
  {
    says: 'an additional namespace',
    pack: a({ namespace: 'one', additionalNamespaces: [nameText('{{ .x }}'), nameText('two')] }),
    stakes: [
      ONE,
      'two destroyed assumed, additionalNamespaces: pack.additionalNamespaces',
      '{{ .x }} unknown none, additionalNamespaces: pack.additionalNamespaces',
    ],
  },
  {
    says: 'the namespace of a manifest',
    pack: a({ manifestNamespaces: [{ manifest: 'm', namespace: nameText('two') }] }),
    stakes: ['two destroyed assumed, manifest.namespace: manifests.m.namespace'],
  },
  {
    says: 'a Namespace in a manifest',
    pack: a({
      createdNamespaces: [
        { namespace: nameText('two'), manifest: 'm', keep: false, possible: false },
        { namespace: nameText('three'), manifest: 'n', keep: true, possible: false },
      ],
    }),
    stakes: [
      'three objects-only assumed, Namespace object: manifest n',
      'two destroyed assumed, Namespace object: manifest m',
    ],
  },
  {
    says: 'labels and annotations of a namespace',
    pack: a({ namespaceLabels: setting('two'), namespaceAnnotations: setting('three') }),
    stakes: [
      'three labelled-only documented, namespaceAnnotations: pack.namespaceAnnotations',
      'two labelled-only documented, namespaceLabels: pack.namespaceLabels',
    ],
  },
  {
    says: 'a protected namespace only where it would go, and not where the pack has objects or labels',
    pack: a({ objects: ['kube-system/ConfigMap/c'], namespaceLabels: setting('kube-public') }),
    stakes: [
      'kube-public labelled-only documented, namespaceLabels: pack.namespaceLabels',
      'kube-system objects-only seen, objects seen: manifest a',
    ],
  },
];

const LANDING: readonly Case[] = [
  {
    says: 'a chart of the directory',
    pack: a({ charts: [{ name: 'c', version: '1' }] }),
    stakes: [inDefault('chart c')],
  },
  { says: 'a chart that a key names', pack: a({ chartKeys: ['k'] }), stakes: [inDefault('chart k')] },
  {
    says: 'a chart pack that names none',
    pack: a({ type: 'helm', baseName: 'base' }),
    stakes: [inDefault('chart base')],
  },
  { says: 'an object without a namespace', pack: a({ objects: ['/ConfigMap/c'] }), stakes: [inDefault('manifest a')] },
  {
    says: 'a manifest of which only the name is known',
    pack: a({ gaps: [gap('manifest-only-referenced', 'm')] }),
    stakes: [inDefault('manifest m')],
  },
  {
    says: 'a manifest that could not be read',
    pack: a({ gaps: [gap('manifest-unreadable', 'm')] }),
    stakes: [inDefault('manifest m')],
  },
  {
    says: 'an object without a namespace beside another manifest’s namespace',
    pack: a({ objects: ['/ConfigMap/c'], manifestNamespaces: [{ manifest: 'm', namespace: nameText('two') }] }),
    stakes: [inDefault('manifest a'), 'two destroyed assumed, manifest.namespace: manifests.m.namespace'],
  },
  {
    says: 'not an object whose manifest has a namespace',
    pack: a({ objects: ['/ConfigMap/c'], manifestNamespaces: [{ manifest: 'a', namespace: nameText('two') }] }),
    stakes: ['two destroyed assumed, manifest.namespace: manifests.a.namespace'],
  },
  {
    says: 'not a manifest of which only the name is known, where that has a namespace',
    pack: a({
      gaps: [gap('manifest-only-referenced', 'm')],
      manifestNamespaces: [{ manifest: 'm', namespace: nameText('two') }],
    }),
    stakes: ['two destroyed assumed, manifest.namespace: manifests.m.namespace'],
  },
  { says: 'not an object without namespaces', pack: a({ objects: ['/ClusterRole/r'] }), stakes: [] },
  {
    says: 'not a manifest of which only a part could not be read',
    pack: a({ objects: ['one/ConfigMap/c'], gaps: [gap('manifest-unreadable', 'a')] }),
    stakes: ['one objects-only seen, objects seen: manifest a'],
  },
  {
    says: 'not what could not be read for another reason',
    pack: a({ gaps: [gap('template-not-evaluated', 'm')] }),
    stakes: [],
  },
  {
    says: 'not a chart whose pack.namespace could not be read',
    pack: a({
      chartKeys: ['k'],
      gaps: [gap('values-unreadable', 'values'), gap('values-unreadable', 'pack.namespace')],
    }),
    stakes: [],
  },
  {
    says: 'a chart whose values hold another fault',
    pack: a({ chartKeys: ['k'], gaps: [gap('values-unreadable', 'values')] }),
    stakes: [inDefault('chart k')],
  },
  {
    says: 'not the directory of a pack that a profile deploys elsewhere',
    pack: a({ namespace: 'one' }, { chartKeys: ['k'], isPackDirectory: true }),
    stakes: [ONE],
  },
  {
    says: 'the directory of a pack that a profile deploys there',
    pack: a({ namespace: 'default' }, { chartKeys: ['k'], isPackDirectory: true }),
    stakes: [inDefault('chart k'), inDefault('pack.namespace')],
  },
  {
    says: 'not the directory of a pack that profiles deploy there and elsewhere',
    pack: a({ namespace: 'one' }, { namespace: 'default' }, { chartKeys: ['k'], isPackDirectory: true }),
    stakes: [inDefault('pack.namespace'), ONE],
  },
  {
    says: 'a second profile that deploys the pack without a namespace',
    pack: a({ namespace: 'one' }, { chartKeys: ['k'] }),
    stakes: [inDefault('chart k'), ONE],
  },
  {
    says: 'a release where the values tell nothing',
    pack: a({}),
    releases: [release('default/a-a', { chart: 'a' })],
    stakes: [inDefault('release a-a')],
  },
];

const RELEASED: readonly Case[] = [
  {
    says: 'a release in a namespace that is not declared',
    pack: a({ namespace: 'one', chartKeys: ['d', 'c'] }),
    releases: [release('old/a-d', { chart: 'd' }), release('old/a-c', { chart: 'c' })],
    stakes: [
      'old destroyed assumed, former namespace: release a-c',
      'old destroyed assumed, former namespace: release a-d',
      ONE,
    ],
  },
  {
    says: 'a release in the declared one adds nothing',
    pack: a({ namespace: 'one', chartKeys: ['c'] }),
    releases: [release('one/a-c', { chart: 'c' })],
    stakes: [ONE],
  },
  {
    says: 'a Namespace in a release',
    pack: a({ namespace: 'one', chartKeys: ['c'] }),
    releases: [
      release('one/a-c', {
        chart: 'c',
        objects: [
          { ref: { group: '', kind: 'Namespace', namespace: '', name: 'two' }, hook: false, keep: false },
          { ref: { group: '', kind: 'Namespace', namespace: '', name: 'three' }, hook: false, keep: true },
          { ref: { group: 'example.com', kind: 'Namespace', namespace: 'one', name: 'x' }, hook: false, keep: false },
          { ref: { group: '', kind: 'ConfigMap', namespace: '', name: 'y' }, hook: false, keep: false },
        ],
      }),
    ],
    stakes: [
      ONE,
      'three objects-only assumed, Namespace object: release a-c',
      'two destroyed assumed, Namespace object: release a-c',
    ],
  },
  {
    says: 'objects elsewhere, by what names them first',
    pack: a({ namespace: 'one', chartKeys: ['c'], objects: ['two/ConfigMap/m', 'three/ConfigMap/m'] }),
    releases: [release('one/a-c', { chart: 'c', has: ['two/ConfigMap/r', '/ConfigMap/r'] })],
    stakes: [
      ONE,
      'three objects-only seen, objects seen: manifest a',
      'two objects-only seen, objects seen: release a-c',
    ],
  },
  {
    says: 'not the namespace that a manifest writes to an object without namespaces',
    pack: a({ namespace: 'one', chartKeys: ['c'], objects: ['two/ClusterRole/m'] }),
    releases: [release('one/a-c', { chart: 'c', has: ['three/ClusterRole/r'] })],
    stakes: [ONE],
  },
  {
    says: 'objects under a template action, for they may be there',
    pack: a({ namespace: 'one', possible: ['two/ConfigMap/m'] }),
    stakes: [ONE, 'two objects-only seen, objects seen: manifest a'],
  },
];

describe('the stakes of a pack, with what makes them', () => {
  for (const { says, pack, releases = [], stakes } of [...DECLARED, ...LANDING, ...RELEASED]) {
    it(says, () => {
      const found = attributionInput([pack], inventory([], { releases })).stakes;
      assert.deepEqual(
        found.map(({ namespace, fate, basis, source, via }) => `${namespace} ${fate} ${basis}, ${source}: ${via}`),
        stakes,
      );
    });
  }

  it('are those of its own releases, in the order of namespaces and packs', () => {
    const packs = ['b', 'a'].map((name) => packOf(definition(name, { namespace: 'one', chartKeys: ['c'] })));
    const releases = [release('old/b-c', { chart: 'c' })];
    const found = attributionInput(packs, inventory([], { releases })).stakes;
    assert.deepEqual(
      found.map(({ namespace, pack }) => `${namespace} ${pack}`),
      ['old b', 'one a', 'one b'],
    );
  });

  it('are read where contents go, each namespace once and in order', () => {
    const fates = ['destroyed', 'protected', 'objects-only', 'labelled-only', 'unknown'] as const;
    const stakes = fates.flatMap((fate) =>
      ['b', 'a'].map(
        (pack) => ({ pack, namespace: fate, source: 'pack.namespace', fate, basis: 'none', via: '' }) as const,
      ),
    );
    assert.deepEqual(namespacesToRead(stakes), ['destroyed', 'objects-only', 'protected']);
  });
});
