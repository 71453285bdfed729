import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { grouped } from '../../src/model/grouped.ts';
import { byUid, namedOwners } from '../../src/model/named-objects.ts';
import { kindKey, typeName } from '../../src/model/resource.ts';
import { object, ownedBy } from '../support/world.ts';

describe('groups', () => {
  it('hold what belongs together in the order in which it comes, also where neighbours are of different groups', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('a', 'b', '', undefined, 'constructor')), (texts) => {
        const items = texts.map((text, at) => ({ text, at }));
        const expected = [...new Set(texts)]
          .filter((text) => text !== undefined)
          .map((text) => [text, items.filter((item) => item.text === text)]);
        assert.deepEqual([...grouped(items, ({ text }) => text)], expected);
      }),
    );
  });
});

describe('objects by UID', () => {
  const service = object('shop/Service/web', { uid: 'u-1' });
  const again = object('other/Service/web', { uid: 'u-1' });
  const claim = object('shop/PersistentVolumeClaim/data', { uid: 'u-2' });
  const owners = [ownedBy(service)];
  const owned = object('shop/Pod/web', { uid: 'u-3', owners });
  const also = object('shop/Pod/web-2', { uid: 'u-4', owners });

  it('are those that others name as their owner, the last one of several', () => {
    assert.deepEqual([...namedOwners([service, claim, owned, also, again])], [['u-1', again]]);
    assert.deepEqual([...namedOwners([])], []);
  });

  it('are besides those that are asked for', () => {
    const found = byUid(
      [service, claim, owned],
      [
        { uid: 'u-2', kind: claim.type.kind },
        { uid: 'u-9', kind: 'Pod' },
      ],
    );
    assert.deepEqual([...found.keys()], ['u-1', 'u-2']);
  });
});

describe('names of types', () => {
  it('are of the very type that is asked about', () => {
    for (const [group, resource, kind] of [
      ['', 'secrets', 'Secret'],
      ['apps', 'deployments', 'Deployment'],
      ['example.com', 'secrets', 'Secret'],
    ] as const) {
      const type = { group, resource, kind };
      for (let asked = 0; asked < 2; asked += 1) {
        assert.equal(typeName(type), group === '' ? resource : `${resource}.${group}`);
        assert.equal(kindKey(type), `${group}/${kind}`);
      }
    }
  });
});
