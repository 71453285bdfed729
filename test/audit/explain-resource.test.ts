import assert from 'node:assert/strict';
import { explainResource } from '../../src/audit/explain-resource.ts';
import type { ClusterObject } from '../../src/model/inventory.ts';
import type { ResourceType } from '../../src/model/resource.ts';
import type { World } from '../support/subject.ts';
import { subjectOf } from '../support/subject.ts';
import { covered, definition, helmMarks, object, ownedBy, packOf, release, TYPES } from '../support/world.ts';

const typeOf = (kind: string): ResourceType => TYPES.find((one) => one.kind === kind) ?? assert.fail(kind);
const CONFIG_MAP = typeOf('ConfigMap');
const EVENT = typeOf('Event');
const ROLE = typeOf('ClusterRole');
const NEW_EVENT = { ...EVENT, group: 'events.k8s.io' };

const WEB = packOf(definition('web', { namespace: 'shop', chartKeys: ['web'] }));
/** No other type of the name, and nothing that removals reach but what the question itself tells. */
const SIMPLE = { others: [], reachedBy: () => [], unread: '' };
const WRITER = { manager: 'kubectl-create', operation: 'Update', at: '2026-01-02T00:00:00Z', subresource: '' };
const STATUS = { manager: 'controller', operation: 'Update', at: '2026-01-03T00:00:00Z', subresource: 'status' };

function explained(path: string, type: ResourceType, world: Omit<World, 'packs'> & { packs?: World['packs'] } = {}) {
  const [namespace = '', name = ''] = path.split('/');
  return explainResource(subjectOf({ packs: [WEB], ...world }), { ...SIMPLE, type, namespace, name });
}

function ofType(one: ClusterObject, type: ResourceType): ClusterObject {
  return { ...one, type };
}

describe('the explanation of a resource', () => {
  it('is of the one that was asked for, and of none of its like', () => {
    const asked = object('shop/ConfigMap/c', { uid: 'asked' });
    const like = [
      object('far/ConfigMap/c'),
      object('shop/ConfigMap/other'),
      object('shop/Secret/c'),
      ofType(object('shop/ConfigMap/c', { uid: 'other group' }), { ...CONFIG_MAP, group: 'example.com' }),
    ];
    assert.equal(explained('shop/c', CONFIG_MAP, { objects: [...like, asked] }).resource?.uid, 'asked');
    assert.equal(explained('shop/c', CONFIG_MAP, { objects: like }).resource, undefined);
  });

  it('finds an event by either of its two groups', () => {
    const old = object('shop/Event/e');
    const recent = ofType(old, NEW_EVENT);
    assert.equal(explained('shop/e', NEW_EVENT, { objects: [old] }).resource?.name, 'e');
    assert.equal(explained('shop/e', EVENT, { objects: [recent] }).resource?.name, 'e');
    const foreign = ofType(old, { ...EVENT, group: 'example.com' });
    assert.equal(explained('shop/e', EVENT, { objects: [foreign] }).resource, undefined);
    assert.equal(explained('shop/e', { ...EVENT, group: 'example.com' }, { objects: [old] }).resource, undefined);
  });

  it('takes nothing but an event for one of the other group', () => {
    const old = object('shop/ConfigMap/c');
    assert.equal(
      explained('shop/c', { ...CONFIG_MAP, group: 'events.k8s.io' }, { objects: [old] }).resource,
      undefined,
    );
  });

  it('of what was not found says nothing of it', () => {
    const { resource, owner, strength, evidence, conflict, root, lastWrite, deletingSince } = explained(
      'shop/c',
      CONFIG_MAP,
    );
    assert.deepEqual(
      { resource, owner, strength, evidence, conflict, root, lastWrite, deletingSince },
      {
        resource: undefined,
        owner: undefined,
        strength: 'none',
        evidence: [],
        conflict: [],
        root: '',
        lastWrite: { manager: '', at: '' },
        deletingSince: undefined,
      },
    );
  });

  const WRITES: readonly (readonly [says: string, writers: ClusterObject['writers'], manager: string, at: string])[] = [
    ['by whom and when it was written last', [{ ...WRITER, manager: 'helm' }, WRITER], 'kubectl-create', WRITER.at],
    ['not who wrote its status', [WRITER, STATUS], 'kubectl-create', WRITER.at],
    [
      'unless nobody else wrote',
      [{ ...STATUS, manager: 'first' }, { ...STATUS, manager: 'second', at: WRITER.at }, STATUS],
      'controller',
      STATUS.at,
    ],
    ['nothing where nobody is known to have written', [], '', ''],
  ];
  for (const [says, writers, manager, at] of WRITES) {
    it(`tells ${says}`, () => {
      const { lastWrite } = explained('shop/c', CONFIG_MAP, { objects: [object('shop/ConfigMap/c', { writers })] });
      assert.deepEqual(lastWrite, { manager, at });
    });
  }

  it('names what it was made for', () => {
    const deployment = object('shop/Deployment/d');
    const objects = [deployment, object('shop/ConfigMap/c', { owners: [ownedBy(deployment)] })];
    assert.equal(explained('shop/c', CONFIG_MAP, { objects }).root, 'deployment/d');
    assert.equal(explained('shop/d', typeOf('Deployment'), { objects }).root, '');
  });

  const MARKS = 'annotations meta.helm.sh/release-name and release-namespace agree';
  const agreed = (one: ClusterObject, has: readonly string[], more: Partial<Omit<World, 'packs'>> = {}): boolean => {
    const given = { releases: [release('shop/web-web', { chart: 'web', has })], ...more.given };
    const { evidence } = explained('shop/c', CONFIG_MAP, { objects: [one], ...more, given });
    return evidence.some(({ text }) => text === MARKS);
  };
  const marked = object('shop/ConfigMap/c', { annotations: helmMarks('web-web', 'shop') });

  it('says that marks agree with the record of their release', () => assert.ok(agreed(marked, ['/ConfigMap/c'])));
  it('does not say so where the record does not contain it', () => assert.ok(!agreed(marked, [])));
  it('does not say so where there are no marks', () =>
    assert.ok(!agreed(object('shop/ConfigMap/c'), ['/ConfigMap/c'])));
  it('does not say so where the proof is another one', () => {
    const packs = [packOf(definition('web', { namespace: 'shop', chartKeys: ['web'], objects: ['/ConfigMap/c'] }))];
    const releases = [release('shop/web-web', { chart: 'web' })];
    const subject = subjectOf({ packs, objects: [marked], given: { releases } });
    const { evidence } = explainResource(subject, { ...SIMPLE, type: CONFIG_MAP, namespace: 'shop', name: 'c' });
    assert.ok(!evidence.some(({ text }) => text === MARKS));
  });
  it('says so among several pieces of evidence', () => {
    const packs = [packOf(definition('web', { namespace: 'shop', chartKeys: ['web'], objects: ['/ConfigMap/c'] }))];
    const releases = [release('shop/web-web', { chart: 'web', has: ['/ConfigMap/c'] })];
    const { evidence } = explained('shop/c', CONFIG_MAP, { packs, objects: [marked], given: { releases } });
    assert.equal(evidence.length, 3);
    assert.equal(evidence.at(-1)?.text, MARKS);
  });

  it('has the stakes in its namespace, and none without one', () => {
    assert.deepEqual(
      explained('shop/c', CONFIG_MAP).stakes.map(({ pack, via }) => [pack, via]),
      [['web', ['pack.namespace']]],
    );
    assert.deepEqual(explained('/r', ROLE).stakes, []);
  });

  it('names the other types of the name', () => {
    const subject = subjectOf({ packs: [] });
    const question = { ...SIMPLE, type: CONFIG_MAP, others: [NEW_EVENT, EVENT], namespace: '', name: 'x' };
    assert.deepEqual(explainResource(subject, question).otherTypes, ['events.events.k8s.io', 'events']);
  });
});

const ALL = TYPES.map((type) => covered(type.group === '' ? type.resource : `${type.resource}.${type.group}`));
const without = (resource: string) => ALL.filter((entry) => entry.resource !== resource);
const ROLES = 'clusterroles.rbac.authorization.k8s.io';

describe('the coverage of an explanation', () => {
  const GAPS: readonly {
    readonly says: string;
    readonly path: string;
    readonly type: ResourceType;
    readonly coverage: typeof ALL;
    readonly gaps: readonly string[];
  }[] = [
    { says: 'is complete where all was listed', path: 'shop/c', type: CONFIG_MAP, coverage: ALL, gaps: [] },
    {
      says: 'is complete where its namespace was listed though the cluster was not',
      path: 'shop/c',
      type: CONFIG_MAP,
      coverage: [
        ...without('configmaps'),
        covered('configmaps', { state: 'forbidden' }),
        covered('configmaps', { scope: 'shop' }),
      ],
      gaps: [],
    },
    {
      says: 'lacks the type itself where it has no namespace',
      path: '/r',
      type: ROLE,
      coverage: without(ROLES),
      gaps: [`failed ${ROLES} @ not read`],
    },
    {
      says: 'tells why',
      path: '/r',
      type: ROLE,
      coverage: [...without(ROLES), covered(ROLES, { state: 'forbidden', reason: 'no' })],
      gaps: [`forbidden ${ROLES} @ no`],
    },
    {
      says: 'lacks a type that nothing destroys, where the namespace was not listed',
      path: 'shop/r',
      type: { ...CONFIG_MAP, resource: 'reviews', kind: 'Review' },
      coverage: ALL,
      gaps: ['failed reviews @shop not read'],
    },
    {
      says: 'tells of such a type why the namespace was not listed, before why the cluster was not',
      path: 'shop/r',
      type: { ...CONFIG_MAP, resource: 'reviews', kind: 'Review' },
      coverage: [
        ...ALL,
        covered('reviews', { state: 'forbidden', reason: 'no' }),
        covered('reviews', { scope: 'shop', state: 'failed', reason: 'HTTP 500' }),
        covered('reviews', { scope: 'another', state: 'failed', reason: 'other' }),
      ],
      gaps: ['failed reviews @another other', 'failed reviews @shop HTTP 500', 'forbidden reviews @ no'],
    },
  ];
  for (const { says, path, type, coverage, gaps } of GAPS) {
    it(says, () => {
      const found = explained(path, type, { given: { coverage }, objects: [object('shop/Secret/s')] });
      const told = found.coverage.gaps.map(
        ({ state, resources, scopes, reason }) => `${state} ${resources.join(',')} @${scopes.join(',')} ${reason}`,
      );
      assert.deepEqual(told, gaps);
      assert.equal(found.complete, gaps.length === 0);
      assert.equal(found.coverage.complete, gaps.length === 0);
    });
  }

  it('lacks a type without namespaces that was refused and that nothing else asks for', () => {
    const type = { ...ROLE, resource: 'reviews', kind: 'Review', verbs: ['create'] };
    const coverage = [...ALL, covered('reviews.rbac.authorization.k8s.io', { state: 'forbidden', reason: 'no' })];
    const found = explained('/r', type, { given: { coverage, types: [...TYPES, type] } });
    assert.equal(found.complete, false);
    assert.deepEqual(
      found.coverage.gaps.map(({ state, reason }) => `${state} ${reason}`),
      ['forbidden no'],
    );
  });

  it('lacks what removals are followed by, where that was not read', () => {
    const subject = subjectOf({ packs: [WEB], objects: [object('shop/ConfigMap/c')] });
    const question = { ...SIMPLE, type: CONFIG_MAP, namespace: 'shop', name: 'c', unread: 'webhooks' };
    const { complete, coverage } = explainResource(subject, question);
    assert.equal(complete, false);
    assert.deepEqual(coverage.gaps, [
      { state: 'failed', resources: ['references'], scopes: [''], needs: '', reason: 'webhooks' },
    ]);
  });

  it('is not complete while a pack’s own definition is not', () => {
    const packs = [packOf(definition('web', { namespace: '{{ .x }}' }))];
    const found = explained('shop/c', CONFIG_MAP, { packs });
    assert.deepEqual([found.coverage.complete, found.complete], [true, false]);
  });

  it('nor while a pack is there of which nothing tells what it installs', () => {
    const packs = [WEB, packOf(definition('bare', { namespace: 'bare', reportedState: 'installed' }))];
    const found = explained('shop/c', CONFIG_MAP, { packs, objects: [object('shop/ConfigMap/c')] });
    assert.deepEqual([found.coverage.complete, found.complete], [true, false]);
  });
});
