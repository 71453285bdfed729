import assert from 'node:assert/strict';
import { claimsOf, destroyedBy } from '../../src/audit/claims.ts';
import type { Stake } from '../../src/model/pack.ts';

const stake = (pack: string, namespace: string, given: Partial<Stake> = {}): Stake => ({
  pack,
  namespace,
  source: 'pack.namespace',
  fate: 'destroyed',
  basis: 'documented',
  via: 'pack.namespace',
  ...given,
});
const labelled = { source: 'namespaceLabels', fate: 'labelled-only', via: 'pack.namespaceLabels' } as const;
const seen = { source: 'objects seen', fate: 'objects-only', basis: 'seen', via: 'release x' } as const;
const assumed = { source: 'additionalNamespaces', basis: 'assumed', via: 'pack.additionalNamespaces' } as const;

const CASES: readonly {
  says: string;
  stakes: readonly Stake[];
  narrowedTo?: readonly string[];
  expect: readonly string[];
}[] = [
  {
    says: 'the worst fate counts, and only the sources that say so are named',
    stakes: [stake('a', 'x', labelled), stake('a', 'x'), stake('a', 'x', seen)],
    expect: ['x a destroyed documented pack.namespace'],
  },
  {
    says: 'of two sources of one fate the better basis counts, and both are named',
    stakes: [stake('a', 'x', assumed), stake('a', 'x')],
    expect: ['x a destroyed documented additionalNamespaces,pack.namespace'],
  },
  {
    says: 'an unknown fate is worse than a protected one',
    stakes: [
      stake('a', 'x', { fate: 'protected', basis: 'none' }),
      stake('a', 'x', { fate: 'unknown', basis: 'none' }),
    ],
    expect: ['x a unknown none pack.namespace'],
  },
  {
    says: 'objects are worse than labels',
    stakes: [stake('a', 'x', labelled), stake('a', 'x', seen)],
    expect: ['x a objects-only seen objects seen'],
  },
  {
    says: 'each pack has its own claim, in order of namespace and pack',
    stakes: [stake('b', 'x'), stake('a', 'y'), stake('a', 'x', labelled)],
    expect: [
      'x a labelled-only documented namespaceLabels',
      'x b destroyed documented pack.namespace',
      'y a destroyed documented pack.namespace',
    ],
  },
  {
    says: '-n leaves out claims on other namespaces, of every pack',
    stakes: [stake('b', 'x'), stake('a', 'y'), stake('a', 'x')],
    narrowedTo: ['x'],
    expect: ['x a destroyed documented pack.namespace', 'x b destroyed documented pack.namespace'],
  },
  {
    says: 'names such as constructor and __proto__ are ordinary',
    stakes: [stake('__proto__', 'constructor'), stake('constructor', 'constructor')],
    expect: [
      'constructor __proto__ destroyed documented pack.namespace',
      'constructor constructor destroyed documented pack.namespace',
    ],
  },
];

describe('claimsOf', () => {
  for (const { says, stakes, narrowedTo = [], expect } of CASES) {
    it(says, () => {
      for (const order of [stakes, stakes.toReversed()]) {
        const found = claimsOf({ stakes: order, narrowedTo }).map(({ namespace, pack, fate, basis, sources }) =>
          [namespace, pack, fate, basis, sources.join(',')].join(' '),
        );
        assert.deepEqual(found, expect);
      }
    });
  }

  it('names the packs that destroy a namespace, and none that only touch it', () => {
    const stakes = [
      stake('b', '__proto__'),
      stake('a', '__proto__'),
      stake('c', '__proto__', labelled),
      stake('d', 'y', seen),
    ];
    assert.deepEqual([...destroyedBy(claimsOf({ stakes, narrowedTo: [] }))], [['__proto__', ['a', 'b']]]);
  });
});
