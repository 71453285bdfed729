import assert from 'node:assert/strict';
import { array, assert as holds, constantFrom, oneof, property, string, stringMatching } from 'fast-check';
import { isAgentNamespace } from '../../src/model/namespace.ts';
import { nameGiver } from '../../src/separation/names.ts';

const VALID = /^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/;
const LONG = 'a'.repeat(80);

const CASES: readonly {
  readonly says: string;
  readonly taken: readonly string[];
  readonly wanted: readonly string[];
  readonly given: readonly string[];
}[] = [
  { says: 'a free name is given as it is', taken: ['x'], wanted: ['shop'], given: ['shop'] },
  {
    says: 'a taken one gets a suffix, then a number',
    taken: ['shop'],
    wanted: ['shop', 'shop', 'shop'],
    given: ['shop-app', 'shop-app-2', 'shop-app-3'],
  },
  {
    says: 'what no namespace may be called is replaced',
    taken: [],
    wanted: ['My_App.v2', '--x--', 'ä', ''],
    given: ['my-app-v2', 'x', 'app', 'app-app'],
  },
  {
    says: 'a long name is cut to 63 characters, its suffix too',
    taken: [LONG.slice(0, 63)],
    wanted: [LONG, LONG],
    given: [`${'a'.repeat(59)}-app`, `${'a'.repeat(57)}-app-2`],
  },
  {
    says: 'names such as constructor and __proto__ are ordinary',
    taken: [],
    wanted: ['constructor', '__proto__', 'constructor'],
    given: ['constructor', 'proto', 'constructor-app'],
  },
  {
    says: 'what Kubernetes keeps for itself is not given away',
    taken: [],
    wanted: ['kube-prometheus'],
    given: ['app-kube-prometheus'],
  },
  {
    says: 'nor what Palette’s agents live in',
    taken: [],
    wanted: ['palette-system', 'cluster-mgmt', 'spectro-task-1'],
    given: ['app-palette-system', 'app-cluster-mgmt', 'app-spectro-task-1'],
  },
];

describe('nameGiver', () => {
  for (const { says, taken, wanted, given } of CASES) {
    it(says, () => assert.deepEqual(wanted.map(nameGiver(taken)), given));
  }

  it('gives valid and free names, each once, whatever is wanted', () => {
    const name = oneof(
      string({ unit: 'binary' }),
      stringMatching(/^[a-z0-9-]{0,70}$/),
      constantFrom('a', 'kube-a', 'system-upgrade', LONG),
    );
    holds(
      property(array(name), array(name), (taken, wanted) => {
        const given = wanted.map(nameGiver(taken));
        assert.deepEqual(given, wanted.map(nameGiver(taken)), 'stable');
        assert.equal(new Set([...given, ...taken]).size, given.length + new Set(taken).size, 'free');
        assert.ok(
          given.every((one) => VALID.test(one) && one.length <= 63 && !isAgentNamespace(one)),
          given.join(' '),
        );
      }),
    );
  });
});
