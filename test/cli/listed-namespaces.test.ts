import assert from 'node:assert/strict';
import { array, assert as holds, asyncProperty, constantFrom, nat, tuple } from 'fast-check';
import { audit } from '../../src/audit/audit.ts';
import { lookWithin, subjectOf, type LookElsewhere } from '../../src/cli/read-subject.ts';
import { uniqueObjects } from '../../src/cluster/unique-objects.ts';
import type { ClusterObject, Inventory } from '../../src/model/inventory.ts';
import type { Pack } from '../../src/model/pack.ts';
import type { Report } from '../../src/model/report.ts';
import type { Subject } from '../../src/model/subject.ts';
import { separate } from '../../src/separation/separate.ts';
import { built, plans } from '../support/random-world.ts';
import { everywhere, INJECTORS, tangled } from '../support/tangled-world.ts';
import { covered, definition, inventory, object, ownedBy, packOf } from '../support/world.ts';

interface Asked {
  readonly packs: readonly Pack[];
  readonly world: Inventory;
  readonly look: LookElsewhere;
}

function asked({ packs, world, look }: Asked, listsClaimed: boolean): Promise<Subject> {
  return subjectOf(packs, { inventory: world, narrowedTo: [], allNamespaces: true, listsClaimed }, look);
}

function reportOf(subject: Subject): Report {
  const judged = audit(subject);
  return { ...judged, separations: separate(judged, subject) };
}

/** A volume in each of these namespaces, by a template whose StatefulSet may be any object, wherever it lies. */
function templated(
  objects: readonly ClusterObject[],
  places: readonly (readonly [string, number])[],
): Pick<Inventory, 'objects' | 'claimTemplates'> {
  const claims = places.map(([namespace]) => object(`${namespace}/PersistentVolumeClaim/data-x-0`));
  const claimTemplates = places.flatMap(([namespace, at]) => {
    const { uid } = objects[at % objects.length] ?? {};
    return uid === undefined ? [] : [{ namespace, statefulSet: 'x', uid, templates: ['data'] }];
  });
  return { objects: uniqueObjects([...objects, ...claims]), claimTemplates };
}

describe('a question that lists claimed namespaces only', () => {
  it('is answered as if the attributions of all others were kept', async () => {
    const links = array(tuple(nat(20), nat(20)), { maxLength: 12 });
    const chosen = array(tuple(nat(20), constantFrom(...INJECTORS)), { minLength: 3, maxLength: 10 });
    const places = array(tuple(constantFrom('one', 'two', 'three'), nat(20)), { maxLength: 2 });
    const seen = { counted: 0, injected: 0 };
    await holds(
      asyncProperty(plans, links, chosen, places, async (plan, owners, names, volumes) => {
        const { packs, objects, given } = built(plan);
        const coverage = [...(given.coverage ?? []), covered('namespaces')];
        const all = templated(tangled(objects, owners), volumes);
        const world = inventory(all.objects, { ...given, coverage, claimTemplates: all.claimTemplates });
        const look: LookElsewhere = (here) => Promise.resolve({ ...here, elsewhere: everywhere(here, names) });
        const part = await asked({ packs, world, look }, true);
        assert.deepEqual(reportOf(part), reportOf(await asked({ packs, world, look }, false)));
        const totals = [...(part.totals ?? new Map<string, never>()).values()];
        if (totals.length > 0) seen.counted += 1;
        if (totals.some(({ folded }) => folded.injected > 0)) seen.injected += 1;
      }),
      { numRuns: 600 },
    );
    assert.ok(seen.counted > 100 && seen.injected > 5, `too few worlds: ${JSON.stringify(seen)}`);
  });

  it('knows a pack as installed by an object that lies in any namespace', async () => {
    const role = object('/ClusterRole/r');
    const objects = uniqueObjects([role, object('other/ConfigMap/c', { owners: [ownedBy(role)] })]);
    const packs = [packOf(definition('a', { namespace: 'shop', objects: ['/ClusterRole/r'], manifests: ['m'] }))];
    const world = inventory(objects);
    const [part, whole] = await Promise.all(
      [true, false].map((listsClaimed) => asked({ packs, world, look: lookWithin }, listsClaimed)),
    );
    assert.deepEqual(part?.totals?.get('other')?.packs, ['a']);
    assert.deepEqual([...(part?.states ?? [])], [['a', 'installed']]);
    assert.deepEqual(part?.states, whole?.states);
  });

  it('sees what stands in every namespace, wherever it is listed', async () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f'];
    const objects = names.map((name) => object(`${name}/ConfigMap/injected`, { manager: 'operator' }));
    const { packs, given } = built({ objects: [], packs: [], releases: [], listedByNamespace: [] });
    const namespaces = names.map((name) => ({ ...(given.namespaces?.[0] ?? assert.fail()), name }));
    const world = inventory(uniqueObjects(objects), { ...given, namespaces, coverage: [covered('namespaces')] });
    const subject = await asked({ packs, world, look: lookWithin }, true);
    assert.deepEqual(subject.attributions, []);
    assert.deepEqual(audit(subject).folded, { kubernetes: 0, palette: 0, injected: 6, injectedBy: ['operator'] });
    assert.deepEqual(
      audit(subject).notAtStake?.map(({ resources }) => resources),
      names.map(() => 1),
    );
  });
});
