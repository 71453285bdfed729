import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { age } from '../../src/render/age.ts';
import { count, list, plural } from '../../src/render/counts.ts';
import { parseQuantity, totalCapacity } from '../../src/render/quantity.ts';
import { tableLines } from '../../src/render/table.ts';

describe('ages', () => {
  const taken = '2026-11-10T14:00:00Z';
  const cases = [
    ['2026-11-10T14:00:00Z', '0s'],
    ['2026-11-10T13:58:01Z', '119s'],
    ['2026-11-10T13:58:00Z', '2m'],
    ['2026-11-10T13:57:30Z', '2m30s'],
    ['2026-11-10T13:00:00Z', '60m'],
    ['2026-11-10T11:00:00Z', '3h'],
    ['2026-11-10T10:41:00Z', '3h19m'],
    ['2026-11-10T04:00:00Z', '10h'],
    ['2026-11-08T09:00:00Z', '2d5h'],
    ['2026-10-29T14:00:00Z', '12d'],
    ['2023-11-10T14:00:00Z', '3y1d'],
    ['2010-11-10T14:00:00Z', '16y'],
    ['2026-11-10T15:00:00Z', '<invalid>'],
    ['soon', '<invalid>'],
    ['', '<unknown>'],
  ] as const;
  for (const [created, expect] of cases) {
    it(`${created || 'no time'} is ${expect}`, () => assert.equal(age(created, taken), expect));
  }
});

describe('capacities', () => {
  const cases = [
    { says: 'one volume', texts: ['32Gi'], expect: '32Gi' },
    { says: 'none', texts: [], expect: '' },
    { says: 'objects without data do not count', texts: ['', '8Gi', ''], expect: '8Gi' },
    { says: 'units mix exactly', texts: ['32Gi', '512Mi'], expect: '32.5Gi' },
    { says: 'decimal units', texts: ['5G', '500M'], expect: '5.5G' },
    { says: 'plain bytes', texts: ['17'], expect: '17' },
    { says: 'fractions', texts: ['0.5Gi'], expect: '512Mi' },
    { says: 'what cannot be read is not left unsaid', texts: ['1Gi', 'much'], expect: 'at least 1Gi' },
    { says: 'only what cannot be read', texts: ['much'], expect: 'volumes of unknown size' },
  ];
  for (const { says, texts, expect } of cases) it(says, () => assert.equal(totalCapacity(texts), expect));

  it('are parts of a byte rounded up, and exponents', () => {
    assert.deepEqual(['1500m', '1e3', '2E', '1e-1'].map(parseQuantity), [2n, 1000n, 2n * 10n ** 18n, 1n]);
  });

  it('read back what they say', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: 2n ** 70n }), (bytes) => {
        assert.equal(parseQuantity(totalCapacity([String(bytes)])), bytes);
      }),
    );
  });
});

describe('counts', () => {
  const cases = [
    [1, 'pack', '1 pack'],
    [0, 'pack', '0 packs'],
    [2, 'Ingress', '2 Ingresses'],
    [2, 'NetworkPolicy', '2 NetworkPolicies'],
    [2, 'Gateway', '2 Gateways'],
    [3, 'Endpoints', '3 Endpoints'],
  ] as const;
  for (const [number, word, expect] of cases) it(expect, () => assert.equal(count(number, word), expect));

  it('makes lists of names', () => {
    assert.deepEqual(
      [list([]), list(['a']), list(['a', 'b']), list(['a', 'b', 'c'], 'or')],
      ['', 'a', 'a and b', 'a, b or c'],
    );
  });

  it('counts the rest of a long list', () => {
    const names = Array.from({ length: 14 }, (_, at) => `n${at}`);
    assert.equal(list(names), `${names.slice(0, 11).join(', ')} and 3 more`);
    assert.equal(plural('box'), 'boxes');
  });
});

describe('tables', () => {
  const columns = [
    { head: 'NAME', shrinks: true },
    { head: 'N', right: true },
  ];
  const style = { width: 100, color: false, noHeaders: false };

  it('have upper-case heads, two blanks and no lines', () => {
    assert.deepEqual(
      tableLines(
        columns,
        [
          ['a', '7'],
          ['', '12'],
        ],
        style,
      ),
      ['NAME   N', 'a      7', '-     12'],
    );
  });

  it('cut what may shrink, and nothing else', () => {
    const lines = tableLines(columns, [['x'.repeat(30), '12345']], { ...style, width: 20 });
    assert.deepEqual(lines, ['NAME               N', `${'x'.repeat(12)}…  12345`]);
  });

  it('cut names within, so that those that differ at their ends still do', () => {
    const names = [0, 1].map((at) => [`monitoring/prometheus-prometheus-stack-db-prometheus-stack-${at}`, '1']);
    const lines = tableLines([{ head: 'NAME', shrinks: true, as: 'name' }, { head: 'N' }], names, {
      ...style,
      width: 44,
    });
    assert.deepEqual(lines.slice(1), [
      'monitoring/prometheu…b-prometheus-stack-0  1',
      'monitoring/prometheu…b-prometheus-stack-1  1',
    ]);
  });

  it('cut names of wide characters at their end', () => {
    const names = [{ head: 'NAME', shrinks: true, as: 'name' }] as const;
    const lines = tableLines(names, [['名'.repeat(30)]], { ...style, width: 41 });
    assert.deepEqual(lines.slice(1), [`${'名'.repeat(20)}…`]);
  });

  it('align wide characters by their columns', () => {
    assert.deepEqual(
      tableLines(
        columns,
        [
          ['名前', '1'],
          ['ab', '2'],
        ],
        style,
      ),
      ['NAME  N', '名前  1', 'ab    2'],
    );
  });

  it('stay quick with many rows, and keep one width', () => {
    const rows = Array.from({ length: 5000 }, (_, at) => [`name-${at}`, String(at)]);
    const lines = tableLines(columns, rows, style);
    assert.equal(lines.length, 5001);
    assert.equal(new Set(lines.map((line) => line.length)).size, 1);
  });
});
