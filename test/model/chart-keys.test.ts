import assert from 'node:assert/strict';
import { chartKeysOf, leastCharts } from '../../src/model/chart-keys.ts';
import { definition } from '../support/world.ts';

type Given = Parameters<typeof definition>[1];

interface Case {
  readonly says: string;
  readonly given: Given;
  readonly found?: readonly string[];
  readonly keys: readonly string[];
  readonly least: number;
}

const DIRECT = { chartKeys: ['image', 'slack'], mayHoldOneChart: true } as const;
const BOTH = ['image', 'slack'];

const CASES: readonly Case[] = [
  { says: 'name charts', given: { chartKeys: BOTH }, keys: BOTH, least: 2 },
  { says: 'may be values of one chart', given: DIRECT, keys: [], least: 1 },
  { says: 'name no chart that was found', given: DIRECT, found: ['web'], keys: [], least: 1 },
  { says: 'name a chart that was found', given: DIRECT, found: ['slack'], keys: BOTH, least: 2 },
  { says: 'name the pack', given: { ...DIRECT, chartKeys: ['web', 'x'] }, keys: ['web', 'x'], least: 2 },
  {
    says: 'name a chart whose release has a name of its own',
    given: { ...DIRECT, releaseNameOverrides: new Map([['slack', 's']]) },
    keys: BOTH,
    least: 2,
  },
  {
    says: 'name a chart of the pack directory',
    given: { ...DIRECT, charts: [{ name: 'image', version: '1' }] },
    keys: BOTH,
    least: 2,
  },
  {
    says: 'name none of several charts of the pack directory',
    given: { ...DIRECT, charts: ['a', 'b', 'c'].map((name) => ({ name, version: '1' })) },
    keys: [],
    least: 3,
  },
  { says: 'are none, of a chart by itself', given: { type: 'helm' }, keys: [], least: 1 },
  { says: 'are none', given: {}, keys: [], least: 0 },
];

describe('keys below charts', () => {
  for (const { says, given, found, keys, least } of CASES) {
    it(says, () => {
      const pack = definition('web', given);
      assert.deepEqual([chartKeysOf(pack, found), leastCharts(pack, found)], [keys, least]);
    });
  }
});
