import assert from 'node:assert/strict';
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parsePrediction, readPrediction } from '../../src/cli/prediction.ts';
import { UserError } from '../../src/model/errors.ts';

const RESOURCE = { namespace: 'shop', type: 'configmaps', kind: 'ConfigMap', name: 'a', uid: 'a' };
const NAMESPACE = {
  namespace: 'shop',
  fate: 'destroyed',
  exists: true,
  uid: 'n',
  groups: [{ ownerClass: 'removed-pack', owner: 'shop', resources: [RESOURCE] }],
};
const REMOVAL = {
  targets: [{ kind: 'pack', name: 'shop' }],
  namespaces: [NAMESPACE],
  outside: [
    { ownerClass: 'removed-pack', owner: 'shop', resources: [{ ...RESOURCE, namespace: undefined, uid: 'o' }] },
  ],
};
const WHOLE = {
  kind: 'Removal',
  takenAt: '2026-11-10T14:02:11Z',
  cluster: { uid: 'u' },
  removals: [REMOVAL],
  stays: [{ type: 'secrets', namespace: 'blog', objects: [['s', 'su']] }],
};

function refused(path: string, message: RegExp): Promise<void> {
  return assert.rejects(
    readPrediction(path),
    (error) => error instanceof UserError && message.test(error.message) && /prediction/.test(error.remedy),
  );
}

describe('the file of a prediction', () => {
  it('is read: what goes, its namespaces, what stays', () => {
    assert.deepEqual(parsePrediction(JSON.stringify(WHOLE), 'p.json'), {
      clusterUid: 'u',
      takenAt: '2026-11-10T14:02:11Z',
      targets: [{ kind: 'pack', name: 'shop' }],
      destroyed: [
        { namespace: '', type: 'namespaces', name: 'shop', uid: 'n' },
        { namespace: 'shop', type: 'configmaps', name: 'a', uid: 'a' },
        { namespace: '', type: 'configmaps', name: 'a', uid: 'o' },
      ],
      namespaces: ['shop'],
      stays: [{ type: 'secrets', namespace: 'blog', objects: [['s', 'su']] }],
    });
  });

  it('names each object once, in however many removals it goes', () => {
    const { destroyed, namespaces } = parsePrediction(
      JSON.stringify({ ...WHOLE, removals: [REMOVAL, REMOVAL] }),
      'p.json',
    );
    assert.deepEqual([destroyed.length, namespaces], [3, ['shop']]);
  });

  it('takes no namespace along that is not destroyed', () => {
    const kept = { ...NAMESPACE, fate: 'protected', groups: [] };
    const { destroyed, namespaces } = parsePrediction(
      JSON.stringify({ ...WHOLE, removals: [{ ...REMOVAL, namespaces: [kept] }] }),
      'p.json',
    );
    assert.deepEqual([destroyed.map(({ uid }) => uid), namespaces], [['o'], []]);
  });

  const without = (key: string): unknown => ({ ...WHOLE, [key]: undefined });
  const removal = (given: object): unknown => ({ ...WHOLE, removals: [{ ...REMOVAL, ...given }] });
  const bad: readonly (readonly [says: string, text: string, message: RegExp])[] = [
    ['empty', '', /cut or not JSON/],
    ['cut', JSON.stringify(WHOLE).slice(0, -20), /cut or not JSON/],
    ['a text', '"Removal"', /not the answer of removal with a name/],
    ['nothing', 'null', /not the answer of removal with a name/],
    ['a list', '[]', /not the answer of removal with a name/],
    ['an audit', JSON.stringify({ ...WHOLE, kind: 'Audit' }), /not the answer of removal with a name/],
    [
      'the list of removals',
      JSON.stringify({ ...WHOLE, kind: 'RemovalOverview' }),
      /not the answer of removal with a name/,
    ],
    ['without the cluster', JSON.stringify(without('cluster')), /it is not whole/],
    ['of a cluster whose UID was not seen', JSON.stringify({ ...WHOLE, cluster: { uid: '' } }), /it is not whole/],
    ['without a time', JSON.stringify(without('takenAt')), /it is not whole/],
    ['without removals', JSON.stringify(without('removals')), /it is not whole/],
    ['with none', JSON.stringify({ ...WHOLE, removals: [] }), /it is not whole/],
    ['without what stays', JSON.stringify(without('stays')), /it is not whole/],
    [
      'with a target of no kind',
      JSON.stringify(removal({ targets: [{ kind: 'cluster', name: 'a' }] })),
      /a target has no kind/,
    ],
    ['with a target of no name', JSON.stringify(removal({ targets: [{ kind: 'pack' }] })), /an entry has no name/],
    [
      'with an object of no UID',
      JSON.stringify(removal({ outside: [{ resources: [{ ...RESOURCE, uid: 7 }] }] })),
      /has no uid/,
    ],
    [
      'with an object of no type',
      JSON.stringify(removal({ outside: [{ resources: [{ name: 'a', uid: 'a' }] }] })),
      /has no type/,
    ],
    [
      'with an object of no name',
      JSON.stringify(removal({ outside: [{ resources: [{ type: 'a', uid: 'a' }] }] })),
      /has no name/,
    ],
    [
      'with a namespace of no name',
      JSON.stringify(removal({ namespaces: [{ fate: 'destroyed', uid: 'n' }] })),
      /has no namespace/,
    ],
    ['with stays of no type', JSON.stringify({ ...WHOLE, stays: [{ objects: [] }] }), /has no type/],
    ['with a row of no UID', JSON.stringify({ ...WHOLE, stays: [{ type: 'a', objects: [['a']] }] }), /no name and UID/],
    ['with a row of nothing', JSON.stringify({ ...WHOLE, stays: [{ type: 'a', objects: [null] }] }), /no name and UID/],
  ];
  for (const [says, text, message] of bad) {
    it(`${says} is refused`, () => {
      assert.throws(
        () => parsePrediction(text, 'p.json'),
        (error) =>
          error instanceof UserError &&
          message.test(error.message) &&
          error.message.startsWith('p.json ') &&
          error.remedy.includes('removal NAME -o json'),
      );
    });
  }

  describe('on the disk', () => {
    let folder = '';
    before(() => (folder = mkdtempSync(join(tmpdir(), 'palette-audit-'))));
    after(() => rmSync(folder, { recursive: true, force: true }));

    it('is read', async () => {
      writeFileSync(join(folder, 'whole.json'), JSON.stringify(WHOLE));
      assert.equal((await readPrediction(join(folder, 'whole.json'))).destroyed.length, 3);
    });

    it('is refused when it is not there, or is a folder', async () => {
      await refused(join(folder, 'none.json'), /there is no such file/);
      await refused(folder, /is not a file/);
    });

    it('is refused over 256 MiB without being read', async () => {
      const path = join(folder, 'large.json');
      const file = openSync(path, 'w');
      ftruncateSync(file, 256 * 1024 * 1024 + 1);
      closeSync(file);
      await refused(path, /is over 256 MiB/);
    });
  });
});
