import assert from 'node:assert/strict';
import { namespacesToRead } from '../../src/attribution/stakes.ts';
import type { Release } from '../../src/model/inventory.ts';
import type { Pack, Stake } from '../../src/model/pack.ts';
import { attributionInput, definition, inventory, nameText, packOf, PLACE, release } from '../support/world.ts';

type Row = readonly [namespace: string, source: Stake['source'], fate: Stake['fate'], basis: Stake['basis']];

const labels = (namespace: string) => [{ namespace: nameText(namespace), entries: [], malformed: [] }];
const created = (namespace: string, keep = false) => [
  { namespace: nameText(namespace), manifest: 'm', keep, possible: false },
];
const gap = (subject: string) => [{ reason: 'manifest-only-referenced', subject, place: PLACE }] as const;

const CASES: readonly { says: string; pack: Pack; releases?: readonly Release[]; expect: readonly Row[] }[] = [
  {
    says: 'pack.namespace is destroyed, as documented',
    pack: packOf(definition('a', { namespace: 'one' })),
    expect: [['one', 'pack.namespace', 'destroyed', 'documented']],
  },
  {
    says: 'additional namespaces are assumed to be destroyed',
    pack: packOf(definition('a', { namespace: 'one', additionalNamespaces: [nameText('two')] })),
    expect: [
      ['one', 'pack.namespace', 'destroyed', 'documented'],
      ['two', 'additionalNamespaces', 'destroyed', 'assumed'],
    ],
  },
  {
    says: 'a manifest’s own namespace is a stake',
    pack: packOf(definition('a', { manifestNamespaces: [{ manifest: 'm', namespace: nameText('one') }] })),
    expect: [['one', 'manifest.namespace', 'destroyed', 'assumed']],
  },
  {
    says: 'a Namespace object in a manifest is a stake',
    pack: packOf(definition('a', { namespace: 'one', createdNamespaces: created('two') })),
    expect: [
      ['one', 'pack.namespace', 'destroyed', 'documented'],
      ['two', 'Namespace object', 'destroyed', 'assumed'],
    ],
  },
  {
    says: 'a kept Namespace object only loses the pack’s objects',
    pack: packOf(definition('a', { namespace: 'one', createdNamespaces: created('two', true) })),
    expect: [
      ['one', 'pack.namespace', 'destroyed', 'documented'],
      ['two', 'Namespace object', 'objects-only', 'assumed'],
    ],
  },
  {
    says: 'a Namespace object in the decoded release is a stake',
    pack: packOf(definition('a', { namespace: 'one' })),
    releases: [release('one/a-c', { chart: 'c', has: ['/Namespace/two'] })],
    expect: [
      ['one', 'pack.namespace', 'destroyed', 'documented'],
      ['two', 'Namespace object', 'destroyed', 'assumed'],
    ],
  },
  {
    says: 'a release elsewhere than declared makes a former namespace',
    pack: packOf(definition('a', { namespace: 'new' })),
    releases: [release('old/a-c', { chart: 'c' })],
    expect: [
      ['new', 'pack.namespace', 'destroyed', 'documented'],
      ['old', 'former namespace', 'destroyed', 'assumed'],
    ],
  },
  {
    says: 'an uninstalled release holds nothing',
    pack: packOf(definition('a', { namespace: 'new' })),
    releases: [release('old/a-c', { chart: 'c', status: 'uninstalled' })],
    expect: [['new', 'pack.namespace', 'destroyed', 'documented']],
  },
  {
    says: 'objects of the release in another namespace only go themselves',
    pack: packOf(definition('a', { namespace: 'one' })),
    releases: [release('one/a-c', { chart: 'c', has: ['two/ConfigMap/x'] })],
    expect: [
      ['one', 'pack.namespace', 'destroyed', 'documented'],
      ['two', 'objects seen', 'objects-only', 'seen'],
    ],
  },
  {
    says: 'kube-system is protected: Kubernetes refuses to delete it',
    pack: packOf(definition('a', { namespace: 'kube-system' })),
    expect: [['kube-system', 'pack.namespace', 'protected', 'none']],
  },
  {
    says: 'a chart without pack.namespace lands in default',
    pack: packOf(definition('a', { chartKeys: ['c'] })),
    expect: [['default', 'pack.namespace', 'protected', 'none']],
  },
  {
    says: 'default does not count when nothing lands there',
    pack: packOf(definition('a', { objects: ['one/ConfigMap/x', '/ClusterRole/y'] })),
    expect: [['one', 'objects seen', 'objects-only', 'seen']],
  },
  {
    says: 'a manifest whose body is unknown may land in default',
    pack: packOf(definition('a', { gaps: gap('m') })),
    expect: [['default', 'pack.namespace', 'protected', 'none']],
  },
  {
    says: 'label keys only touch the namespace',
    pack: packOf(definition('a', { namespace: 'one', namespaceLabels: labels('monitoring') })),
    expect: [
      ['monitoring', 'namespaceLabels', 'labelled-only', 'documented'],
      ['one', 'pack.namespace', 'destroyed', 'documented'],
    ],
  },
  {
    says: 'a name with an unresolved macro has an unknown fate',
    pack: packOf(definition('a', { namespace: '{{ .spectro.var.ns }}' })),
    expect: [['{{ .spectro.var.ns }}', 'pack.namespace', 'unknown', 'none']],
  },
  {
    says: 'file and cluster give the union of their stakes',
    pack: packOf(definition('a', { namespace: 'one' }), definition('a', { namespace: 'two' })),
    expect: [
      ['one', 'pack.namespace', 'destroyed', 'documented'],
      ['two', 'pack.namespace', 'destroyed', 'documented'],
    ],
  },
];

describe('stakesOf', () => {
  for (const { says, pack, releases = [], expect } of CASES) {
    it(says, () => {
      const { stakes } = attributionInput([pack], inventory([], { releases }));
      assert.deepEqual(
        stakes.map(({ namespace, source, fate, basis }) => [namespace, source, fate, basis]),
        expect,
      );
    });
  }

  it('reads every namespace at stake but those only labelled or unresolved', () => {
    const packs = [
      packOf(definition('a', { namespace: 'one', namespaceLabels: labels('monitoring') })),
      packOf(definition('b', { namespace: '{{ .spectro.var.ns }}' })),
      packOf(definition('c', { namespace: 'kube-system' })),
    ];
    assert.deepEqual(namespacesToRead(attributionInput(packs, inventory([])).stakes), ['kube-system', 'one']);
  });
});
