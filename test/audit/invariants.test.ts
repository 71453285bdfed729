import assert from 'node:assert/strict';
import { assert as holds, constantFrom, infiniteStream, nat, pre, property } from 'fast-check';
import { audit, auditedOf, namespacesNeeded } from '../../src/audit/audit.ts';
import { auditOutcome } from '../../src/cli/outcome.ts';
import { uniqueObjects } from '../../src/cluster/unique-objects.ts';
import { separate } from '../../src/separation/separate.ts';
import type { Coverage } from '../../src/model/inventory.ts';
import type { Report } from '../../src/model/report.ts';
import { typeName } from '../../src/model/resource.ts';
import { built, losses, plans, silentPlans } from '../support/random-world.ts';
import { subjectOf, type World } from '../support/subject.ts';
import { object, TYPES } from '../support/world.ts';

function reportOf(world: World): Report {
  const subject = subjectOf(world);
  const judged = audit(subject);
  return { ...judged, separations: separate(judged, subject) };
}

function shuffled<Item>(items: readonly Item[], order: Iterator<number>): readonly Item[] {
  const keyed = items.map((item) => ({ item, key: Number(order.next().value) }));
  return keyed.toSorted((a, b) => a.key - b.key).map(({ item }) => item);
}

/** Whether the other entries still cover what an audit of these namespaces needs. */
function stillCovered(lost: Coverage, others: readonly Coverage[], namespaces: readonly string[]): boolean {
  const type = TYPES.find((one) => typeName(one) === lost.resource);
  if (lost.resource === 'namespaces') return false;
  if (type !== undefined && !type.namespaced) return true;
  const complete = others.filter(({ resource, state }) => resource === lost.resource && state === 'complete');
  return namespaces.every((name) => complete.some(({ scope }) => scope === '' || scope === name));
}

describe('an audit of any world', () => {
  it('never calls it clean after an object was added that is evidence for nothing', () => {
    const manager = constantFrom('operator', 'kubectl-edit', 'palette');
    holds(
      property(plans, manager, nat(), (plan, by, choice) => {
        const world = built(plan);
        const destroyed = reportOf(world).stakes.filter(({ fate }) => fate === 'destroyed');
        pre(destroyed.length > 0);
        const namespace = destroyed[choice % destroyed.length]?.namespace ?? '';
        const objects = uniqueObjects([...world.objects, object(`${namespace}/Secret/of-nobody`, { manager: by })]);
        assert.equal(auditOutcome(reportOf({ ...world, objects }), 'error'), 1);
      }),
    );
  });

  it('counts every object once, and lists none twice', () => {
    holds(
      property(plans, (plan) => {
        const world = built(plan);
        const audited = auditedOf(subjectOf(world));
        for (const namespace of namespacesNeeded(audited)) {
          const { byPack, unmanaged, folded } = audited.holdings(namespace);
          const counted = [...[...byPack.values()].flat(), ...unmanaged, ...folded].map((one) => one.object.uid);
          const there = world.objects.filter((one) => one.namespace === namespace).map(({ uid }) => uid);
          assert.deepEqual(counted.toSorted(), there.toSorted());
        }
        const listed = reportOf(world).findings.flatMap(({ rule, resources }) =>
          rule === 'unmanaged-resource' ? resources : [],
        );
        assert.equal(new Set(listed.map(({ uid }) => uid)).size, listed.length);
      }),
    );
  });

  it('counts an object that two groups serve once', () => {
    holds(
      property(plans, (plan) => {
        const world = built(plan);
        const twice = world.objects.map((one) =>
          Object.assign({}, one, { type: { ...one.type, group: 'extensions' } }),
        );
        assert.equal(uniqueObjects([...twice, ...world.objects]).length, world.objects.length);
        assert.deepEqual(
          reportOf({ ...world, objects: uniqueObjects([...twice, ...world.objects]) }).stakes,
          reportOf(world).stakes,
        );
      }),
    );
  });

  it('attributes nothing to a pack, an application or a past while nothing names one', () => {
    holds(
      property(silentPlans, (plan) => {
        for (const { owner } of subjectOf(built(plan)).attributions) {
          assert.ok(['person', 'palette', 'kubernetes', 'unexplained'].includes(owner.kind), owner.kind);
        }
      }),
    );
  });

  it('is the same whatever the order of what was read', () => {
    holds(
      property(plans, infiniteStream(nat()), (plan, order) => {
        const { packs, objects, given } = built(plan);
        const other: World = {
          packs: shuffled(packs, order).toSorted((a, b) => (a.name < b.name ? -1 : 1)),
          objects: uniqueObjects(shuffled(objects, order)),
          given: {
            ...given,
            releases: shuffled(given.releases ?? [], order),
            coverage: shuffled(given.coverage ?? [], order),
            types: shuffled(TYPES, order),
          },
        };
        const sorted = { packs: packs.toSorted((a, b) => (a.name < b.name ? -1 : 1)), objects, given };
        assert.deepEqual(reportOf(other), reportOf(sorted));
      }),
    );
  });

  it('never proves a pack’s ownership by losing evidence, and admits the loss', () => {
    holds(
      property(plans, losses, (plan, loss) => {
        const before = subjectOf(built(plan));
        const after = subjectOf(built(plan, loss));
        const known = new Map(before.attributions.map((one) => [one.object.uid, one]));
        const gained = after.attributions.filter(
          ({ object: { uid }, owner }) => owner.kind === 'pack' && known.get(uid)?.owner.kind !== 'pack',
        );
        for (const { strength } of gained) assert.ok(strength !== 'verified');
        const harmed =
          loss.undecoded.some((index) => index < plan.releases.length) ||
          loss.unreadable.some((index) => index < plan.packs.length);
        if (harmed) assert.equal(audit(after).complete, false);
        else assert.equal(gained.length, 0);
      }),
    );
  });

  it('is not complete once a list fails, unless another list covers the same', () => {
    const state = constantFrom('forbidden', 'failed', 'vanished', 'unknown-discovery', 'not-listable', 'excluded');
    holds(
      property(plans, nat(), state, (plan, choice, worse) => {
        const world = built(plan);
        const coverage = world.given.coverage ?? [];
        const index = choice % coverage.length;
        const others = coverage.filter((_, at) => at !== index);
        const [lost] = coverage.slice(index, index + 1);
        assert.ok(lost !== undefined);
        const needed = namespacesNeeded(auditedOf(subjectOf(world)));
        const report = reportOf({
          ...world,
          given: { ...world.given, coverage: [...others, { ...lost, state: worse }] },
        });
        if (report.complete) assert.ok(stillCovered(lost, others, needed), `${lost.resource} ${lost.scope}`);
        const dropped = reportOf({ ...world, given: { ...world.given, coverage: others } });
        const isList = TYPES.some((type) => typeName(type) === lost.resource && type.namespaced);
        if (dropped.complete && isList)
          assert.ok(stillCovered(lost, others, needed), `dropped ${lost.resource} ${lost.scope}`);
      }),
    );
  });

  it('gives every finding an id of its own, and the same one when something else is added', () => {
    holds(
      property(plans, (plan) => {
        const world = built(plan);
        const ids = reportOf(world).findings.map(({ id }) => id);
        assert.equal(new Set(ids).size, ids.length);
        const objects = [...world.objects, object('elsewhere/Secret/of-nobody', { manager: 'operator' })];
        assert.deepEqual(
          reportOf({ ...world, objects }).findings.map(({ id }) => id),
          ids,
        );
      }),
    );
  });
});
