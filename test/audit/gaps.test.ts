import assert from 'node:assert/strict';
import { coverageOf, gapsOf, wholeCoverage } from '../../src/audit/coverage.ts';
import { subjectOf } from '../support/subject.ts';
import { covered, definition, namespaceRecord, object, packOf, TYPES } from '../support/world.ts';

const failed = (resource: string, scope = '', needs = '') =>
  covered(resource, { scope, needs, state: 'forbidden', reason: 'no' });

const whole = (types: typeof TYPES, coverage: Parameters<typeof gapsOf>[0]) =>
  wholeCoverage(subjectOf({ packs: [], given: { types, coverage, namespaces: [namespaceRecord('shop')] } }));

describe('the gaps of a ledger', () => {
  it('are what is not complete, and one for each cause', () => {
    const ledger = [covered('pods'), failed('secrets', 'b', 'list secrets'), failed('secrets', 'a', 'list secrets')];
    assert.deepEqual(gapsOf(ledger), [
      { state: 'forbidden', resources: ['secrets'], scopes: ['a', 'b'], needs: 'list secrets', reason: 'no' },
    ]);
  });

  it('name each missing right once, and none where none would help', () => {
    const ledger = [failed('b', '', 'list b; list a'), failed('a', '', 'list a'), failed('c')];
    assert.deepEqual(
      gapsOf(ledger).map(({ resources, needs }) => [resources, needs]),
      [[['a', 'b', 'c'], 'list a, list b']],
    );
  });

  it('a ledger without one has none', () => assert.deepEqual(gapsOf([covered('pods')]), []));
});

describe('the coverage of the whole cluster', () => {
  const roles = TYPES.filter(({ resource }) => resource === 'clusterroles');

  it('needs types without a namespace that can be listed', () => {
    const { types, completeTypes, gaps } = whole(roles, []);
    assert.deepEqual([types, completeTypes], [1, 0]);
    assert.deepEqual(gaps, [
      {
        state: 'failed',
        resources: ['clusterroles.rbac.authorization.k8s.io'],
        scopes: [''],
        needs: '',
        reason: 'not read',
      },
    ]);
  });

  it('does not need those that cannot', () => {
    const unlisted = roles.map((type) => Object.assign({}, type, { verbs: ['create'] }));
    assert.equal(whole([...unlisted, ...roles], [covered('clusterroles.rbac.authorization.k8s.io')]).types, 1);
  });

  it('does not need namespaced ones that can be listed and not deleted', () => {
    const reviews = TYPES.filter(({ resource }) => resource === 'pods').map((type) =>
      Object.assign({}, type, { verbs: ['list'] }),
    );
    assert.equal(whole([...reviews, ...roles], [covered('clusterroles.rbac.authorization.k8s.io')]).types, 1);
  });

  it('of no type at all is nothing seen', () => {
    assert.deepEqual(whole([], []).gaps, [
      {
        state: 'unknown-discovery',
        resources: ['discovery'],
        scopes: [''],
        needs: '',
        reason: 'no resource type is known',
      },
    ]);
  });
});

describe('types without a namespace', () => {
  const packs = [packOf(definition('web', { namespace: 'shop' }))];
  const role = { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: 'x', uid: 'uid:x', controller: true };
  const resource = 'clusterroles.rbac.authorization.k8s.io';
  const gapsWith = (...objects: readonly ReturnType<typeof object>[]) => {
    const ledger = TYPES.map((type) => covered(type.group === '' ? type.resource : `${type.resource}.${type.group}`));
    const coverage = ledger.map((entry) => (entry.resource === resource ? failed(resource) : entry));
    return coverageOf(subjectOf({ packs, objects, given: { coverage } }), ['shop']).gaps.length;
  };

  it('count where an object names one as its owner that was not seen', () =>
    assert.equal(gapsWith(object('shop/ConfigMap/a', { owners: [role] })), 1));
  it('do not count where it was seen', () =>
    assert.equal(
      gapsWith(object('shop/ConfigMap/a', { owners: [role] }), object('/ClusterRole/x', { uid: 'uid:x' })),
      0,
    ));
  it('do not count where only one of their own kind names one', () =>
    assert.equal(gapsWith(object('shop/ConfigMap/a'), object('/ClusterRole/y', { owners: [role] })), 0));
  it('do not count where nobody names one', () => assert.equal(gapsWith(object('shop/ConfigMap/a')), 0));
});
