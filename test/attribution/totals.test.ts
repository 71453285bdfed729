import assert from 'node:assert/strict';
import { attributed } from '../../src/attribution/attribute.ts';
import type { AttributionInput } from '../../src/attribution/context.ts';
import { injectionCandidates } from '../../src/attribution/makers.ts';
import { judged } from '../../src/attribution/totals.ts';
import type { Attribution } from '../../src/model/attribution.ts';
import { foldedAmong } from '../../src/model/folded.ts';
import type { ClusterObject, Elsewhere, Inventory } from '../../src/model/inventory.ts';
import type { NamespaceTotals } from '../../src/model/subject.ts';
import { attributionInput, covered, definition, inventory, namespaceRecord, object, packOf } from '../support/world.ts';

const NAMES = ['a', 'b', 'c', 'd', 'shop'];

/** What Kubernetes made, what nobody explains, and what an engine wrote everywhere. */
function contents(namespace: string): readonly ClusterObject[] {
  return [
    object(`${namespace}/ConfigMap/kube-root-ca.crt`, { manager: 'kube-controller-manager' }),
    object(`${namespace}/ConfigMap/of-${namespace}`),
    object(`${namespace}/ResourceQuota/limits`, { manager: 'engine' }),
  ];
}

const OBJECTS = [object('/ClusterRole/first'), ...NAMES.flatMap(contents), object('/ClusterRole/last')];

/** An engine wrote that into every namespace. */
const EVERYWHERE: readonly Elsewhere[] = [
  {
    resource: 'resourcequotas',
    name: 'limits',
    writers: NAMES.map((namespace) => ({ namespace, manager: 'engine' })),
  },
];

function inputOf(objects: readonly ClusterObject[] = OBJECTS, given: Partial<Inventory> = {}): AttributionInput {
  const namespaces = NAMES.map((name) => namespaceRecord(name));
  const pack = packOf(definition('web', { namespace: 'shop', objects: ['b/ConfigMap/of-b', 'b/ConfigMap/more'] }));
  return attributionInput([pack], inventory(objects, { coverage: [covered('namespaces')], namespaces, ...given }));
}

/** What is to be told of each other namespace that has objects, by the attributions of all objects. */
function totalsOf(attributions: readonly Attribution[]): ReadonlyMap<string, NamespaceTotals> {
  const names = new Set(attributions.map((one) => one.object.namespace).filter((name) => OTHERS.includes(name)));
  return new Map(
    [...names].map((name) => {
      const own = attributions.filter((one) => one.object.namespace === name);
      const packs = own.flatMap(({ owner }) => (owner.kind === 'pack' ? [owner.pack] : []));
      return [name, { resources: own.length, folded: foldedAmong(own), packs: [...new Set(packs)] }];
    }),
  );
}

const isShop = (namespace: string): boolean => namespace === 'shop';
const OTHERS = NAMES.filter((name) => !isShop(name));

/** Judges with `shop` wanted alone, and holds all of it against the judging of everything. */
function holdsForShop(input: AttributionInput): ReturnType<typeof judged> {
  const whole = attributed(input);
  const here = judged(input, isShop);
  const isKept = ({ object: { namespace } }: Attribution): boolean => namespace === '' || isShop(namespace);
  assert.deepEqual(here.attributions, whole.attributions.filter(isKept));
  assert.deepEqual(here.totals, totalsOf(whole.attributions));
  assert.deepEqual(here.candidates, injectionCandidates(whole.attributions));
  const [again, after] = [here.again(EVERYWHERE), whole.again(EVERYWHERE)];
  assert.deepEqual(again.attributions, after.filter(isKept));
  assert.deepEqual(again.totals, totalsOf(after));
  return here;
}

describe('namespaces of which only totals are kept', () => {
  it('come to what judging everything comes to, also of what is put everywhere', () => {
    const here = holdsForShop(inputOf());
    assert.deepEqual([...here.totals.keys()], OTHERS);
    assert.equal(here.totals.get('a')?.folded.injected, 0);
    assert.equal(here.again(EVERYWHERE).totals.get('a')?.folded.injected, 1);
  });

  it('say which packs have objects there, each once', () => {
    const here = holdsForShop(inputOf([...contents('a'), ...contents('b'), object('b/ConfigMap/more')]));
    assert.deepEqual(here.totals.get('b')?.packs, ['web']);
    assert.deepEqual(here.totals.get('a')?.packs, []);
  });

  it('are judged again only where something of that type and name is put everywhere', () => {
    const objects = [
      ...contents('a'),
      object('b/ConfigMap/limits', { manager: 'engine' }),
      object('c/ResourceQuota/others', { manager: 'engine' }),
      object('d/ConfigMap/of-d'),
      object('d/ResourceQuota/limits', { manager: 'engine' }),
    ];
    const here = judged(inputOf(objects), isShop);
    const again = here.again(EVERYWHERE);
    const isSame = (name: string): boolean => again.totals.get(name) === here.totals.get(name);
    assert.deepEqual([...here.totals.keys()].filter(isSame), ['b', 'c']);
    assert.deepEqual(here.again([]).totals, here.totals);
    const byNobody = [{ resource: 'resourcequotas', name: 'limits', writers: [] }];
    assert.equal(here.again(byNobody).totals.get('a'), here.totals.get('a'));
  });

  it('are none where all are wanted', () => {
    const input = inputOf();
    const here = judged(input, () => true);
    assert.equal(here.totals.size, 0);
    assert.deepEqual(here.attributions, attributed(input).attributions);
  });

  it('are none where a namespace’s objects do not stand together', () => {
    const input = inputOf([...contents('a'), ...contents('b'), object('a/ConfigMap/behind')]);
    const here = judged(input, isShop);
    assert.equal(here.totals.size, 0);
    assert.deepEqual(here.attributions, attributed(input).attributions);
    assert.deepEqual(here.again(EVERYWHERE).attributions, attributed(input).again(EVERYWHERE));
  });

  for (const { says, uid, size } of [
    {
      says: 'none where a StatefulSet bears the UID of one of another namespace',
      uid: 'uid:b/StatefulSet/db',
      size: 0,
    },
    { says: 'kept beside a StatefulSet of their own', uid: 'uid:a/StatefulSet/db', size: OTHERS.length },
    { says: 'kept beside a StatefulSet that is not there', uid: 'gone', size: OTHERS.length },
    { says: 'kept beside one that bears the UID of what is none', uid: 'uid:b/ConfigMap/of-b', size: OTHERS.length },
  ])
    it(`are ${says}`, () => {
      const objects = NAMES.flatMap((name) => contents(name).concat(object(`${name}/StatefulSet/db`)));
      const there = { namespace: 'a', statefulSet: 'db', uid: 'uid:a/StatefulSet/db', templates: ['data'] };
      const claimTemplates = [there, { ...there, uid }];
      assert.equal(judged(inputOf(objects, { claimTemplates }), isShop).totals.size, size);
    });
});
