import assert from 'node:assert/strict';
import { coverageOf } from '../../src/audit/coverage.ts';
import type { ClusterObject, Coverage, OwnerReference } from '../../src/model/inventory.ts';
import type { ResourceType } from '../../src/model/resource.ts';
import { covered, namespaceRecord, object, TYPES } from '../support/world.ts';
import { subjectOf } from '../support/subject.ts';

const types = TYPES.filter(({ resource }) => ['configmaps', 'secrets', 'deployments', 'namespaces'].includes(resource));
const withVerbs = (resource: string, verbs: readonly string[]): readonly ResourceType[] =>
  types.map((type) => (type.resource === resource ? { ...type, verbs } : type));
const ALL = [covered('configmaps'), covered('secrets'), covered('deployments.apps')];
const forbidden = { state: 'forbidden', needs: 'list secrets', reason: 'no' } as const;
const here = (resource: string, scope: string, given: Partial<Coverage> = {}): Coverage =>
  covered(resource, { scope, ...given });

const owner = (kind: string): OwnerReference => ({
  group: 'example.com',
  kind,
  name: 'x',
  uid: `uid:${kind}`,
  controller: true,
});

interface Case {
  readonly says: string;
  readonly coverage: readonly Coverage[];
  readonly namespaces?: readonly string[];
  readonly types?: readonly ResourceType[];
  /** `state resources @scopes`. */
  readonly gaps: readonly string[];
}

const CASES: readonly Case[] = [
  { says: 'cluster-wide lists of every type cover every namespace', coverage: ALL, gaps: [] },
  {
    says: 'what objects say of each other is no part of an audit',
    coverage: [...ALL, covered('references/ingresses.networking.k8s.io', { ...forbidden, note: 'x' })],
    gaps: [],
  },
  {
    says: 'a list of each namespace covers these as well',
    coverage: [covered('configmaps'), here('secrets', 'one'), here('secrets', 'two'), covered('deployments.apps')],
    gaps: [],
  },
  {
    says: 'no entry means not covered',
    coverage: [covered('configmaps'), here('secrets', 'one'), covered('deployments.apps')],
    gaps: ['failed secrets @two'],
  },
  {
    says: 'no entry at all means that nothing is covered',
    coverage: [],
    gaps: ['failed configmaps,deployments.apps,secrets @one,two'],
  },
  {
    says: 'a cluster-wide refusal is made good by the namespaces’ own lists',
    coverage: [
      ...ALL.slice(0, 1),
      covered('secrets', forbidden),
      here('secrets', 'one'),
      here('secrets', 'two'),
      covered('deployments.apps'),
    ],
    gaps: [],
  },
  {
    says: 'a cluster-wide refusal is not made good by the list of one of two namespaces',
    coverage: [
      covered('configmaps'),
      covered('secrets', forbidden),
      here('secrets', 'one'),
      covered('deployments.apps'),
    ],
    gaps: ['forbidden secrets @'],
  },
  {
    says: 'a refusal in one namespace is told with its scope',
    coverage: [
      covered('configmaps'),
      here('secrets', 'one'),
      here('secrets', 'two', forbidden),
      covered('deployments.apps'),
    ],
    gaps: ['forbidden secrets @two'],
  },
  {
    says: 'a list that is complete everywhere beats a refusal in one namespace',
    coverage: [...ALL, here('secrets', 'two', forbidden)],
    gaps: [],
  },
  {
    says: 'types of one cause are one gap',
    coverage: [covered('configmaps', { ...forbidden }), covered('secrets', forbidden), covered('deployments.apps')],
    gaps: ['forbidden configmaps,secrets @'],
  },
  {
    says: 'two causes are two gaps',
    coverage: [
      covered('configmaps', { state: 'failed', reason: 'HTTP 500' }),
      covered('secrets', forbidden),
      covered('deployments.apps'),
    ],
    gaps: ['failed configmaps @', 'forbidden secrets @'],
  },
  {
    says: 'a type that vanished, or cannot be listed, is a gap',
    coverage: [
      covered('configmaps', { state: 'vanished' }),
      covered('secrets', { state: 'not-listable' }),
      covered('deployments.apps'),
    ],
    gaps: ['not-listable secrets @', 'vanished configmaps @'],
  },
  {
    says: 'a type without the verb delete is not destroyed, and need not be seen',
    coverage: ALL.slice(0, 2),
    types: withVerbs('deployments', ['get', 'list']),
    gaps: [],
  },
  {
    says: 'a type that can be deleted and not listed has to be seen all the same',
    coverage: ALL.slice(0, 2),
    types: withVerbs('deployments', ['delete']),
    gaps: ['failed deployments.apps @one,two'],
  },
  {
    says: 'what was left out on request is a gap',
    coverage: [...ALL, covered('release/*', { state: 'excluded' })],
    gaps: ['excluded release/* @'],
  },
  {
    says: 'a record that could not be decoded is a gap, wherever it lies',
    coverage: [...ALL, here('release/nginx', 'elsewhere', { state: 'failed', reason: 'not gzip' })],
    gaps: ['failed release/nginx @elsewhere'],
  },
  {
    says: 'a type of which discovery does not tell is a gap',
    coverage: [...ALL, covered('example.com/v1', { state: 'unknown-discovery', reason: 'HTTP 503' })],
    gaps: ['unknown-discovery example.com/v1 @'],
  },
  {
    says: 'to know of no type is to have seen nothing',
    coverage: ALL,
    types: [],
    gaps: ['unknown-discovery discovery @'],
  },
  { says: 'without a namespace at stake no list is needed', coverage: [], namespaces: [], gaps: [] },
];

describe('coverageOf', () => {
  for (const { says, coverage, namespaces = ['one', 'two'], types: served = types, gaps } of CASES) {
    it(says, () => {
      for (const order of [coverage, coverage.toReversed()]) {
        const subject = subjectOf({ packs: [], given: { types: served, coverage: order } });
        const found = coverageOf(subject, namespaces);
        assert.deepEqual(
          found.gaps.map(({ state, resources, scopes }) => `${state} ${resources.join(',')} @${scopes.join(',')}`),
          gaps,
        );
        assert.equal(found.complete, gaps.length === 0);
      }
    });
  }

  it('counts types, namespaces and the resources in these namespaces', () => {
    const objects = [object('one/Secret/a'), object('one/ConfigMap/b'), object('else/ConfigMap/c')];
    const given = { types, coverage: [covered('configmaps'), covered('secrets', forbidden)] };
    const found = coverageOf(subjectOf({ packs: [], objects, given }), ['one']);
    const { complete, types: all, completeTypes, namespaces, resources } = found;
    assert.deepEqual([complete, all, completeTypes, namespaces, resources], [false, 3, 1, 1, 2]);
  });

  it('misses volumes only where there are claims on them, and namespaces always', () => {
    const base = types.find(({ namespaced }) => !namespaced) ?? assert.fail('no type without a namespace');
    const scopeless = ['persistentvolumes', 'nodes'].map((resource) => Object.assign({}, base, { resource }));
    const given = {
      types: [...types, ...scopeless],
      coverage: [...ALL, ...['persistentvolumes', 'nodes', 'namespaces'].map((name) => covered(name, forbidden))],
    };
    const missed = (...paths: readonly string[]) => {
      const objects = paths.map((path) => object(path));
      return coverageOf(subjectOf({ packs: [], objects, given }), ['one']).gaps.flatMap(({ resources }) => resources);
    };
    assert.deepEqual(missed('one/ConfigMap/a', 'two/PersistentVolumeClaim/data'), ['namespaces']);
    assert.deepEqual(missed('one/PersistentVolumeClaim/data'), ['namespaces', 'persistentvolumes']);
    const claim = object('one/PersistentVolumeClaim/data');
    const alike = { ...claim, type: { ...claim.type, group: 'example.com' } };
    const found = coverageOf(subjectOf({ packs: [], objects: [alike], given }), ['one']);
    assert.deepEqual(
      found.gaps.flatMap(({ resources }) => resources),
      ['namespaces'],
    );
  });

  const TENANTS = ['Tenant', 'Team', 'Unit'].map((kind) =>
    Object.assign({}, types.find(({ namespaced }) => !namespaced) ?? assert.fail('no type without a namespace'), {
      group: 'example.com',
      resource: `${kind.toLowerCase()}s`,
      kind,
    }),
  );
  const live = (kind: string, ...owners: readonly OwnerReference[]): ClusterObject => ({
    ...object('/Namespace/x'),
    type: TENANTS.find((type) => type.kind === kind) ?? assert.fail(kind),
    uid: `uid:${kind}`,
    owners,
  });
  const owned: readonly (readonly [
    says: string,
    owners: readonly OwnerReference[],
    objects: readonly ClusterObject[],
    missed: readonly string[],
    narrowedTo?: string,
  ])[] = [
    ['no type that nothing names', [], [], []],
    ['the type of an owner that was not seen', [owner('Tenant')], [], ['tenants']],
    ['no type of an owner that was seen', [owner('Tenant')], [live('Tenant')], []],
    ['the type of the owner of an owner', [owner('Tenant')], [live('Tenant', owner('Team'))], ['teams']],
    [
      'no type of owners that own each other',
      [owner('Tenant')],
      [live('Tenant', owner('Team')), live('Team', owner('Tenant'))],
      [],
    ],
    ['no type of an owner of a namespace that -n does not name', [owner('Tenant')], [], [], 'one'],
    ['no type of an owner of what has no namespace', [], [live('Tenant', owner('Team'))], []],
    [
      'the types of the owners of what is in a namespace, once',
      [],
      [
        { ...object('one/ConfigMap/a'), owners: [owner('Unit')] },
        { ...object('one/ConfigMap/b'), owners: [owner('Unit')] },
      ],
      ['units'],
    ],
  ];
  for (const [says, owners, objects, missed, narrowedTo] of owned) {
    it(`of types without a namespace misses ${says}`, () => {
      const refused = TENANTS.map(({ resource }) => covered(`${resource}.example.com`, forbidden));
      const given = {
        types: [...types, ...TENANTS],
        coverage: [...ALL, ...refused],
        namespaces: [namespaceRecord('one'), namespaceRecord('team', { owners })],
      };
      const subject = subjectOf({
        packs: [],
        objects,
        given,
        narrowedTo: narrowedTo === undefined ? [] : [narrowedTo],
      });
      const found = coverageOf(subject, ['one']).gaps.flatMap(({ resources }) => resources);
      assert.deepEqual(
        found,
        missed.map((resource) => `${resource}.example.com`),
      );
    });
  }

  it('joins the missing rights of one cause', () => {
    const given = {
      types,
      coverage: [
        covered('configmaps', { ...forbidden, needs: 'list configmaps' }),
        covered('secrets', forbidden),
        covered('deployments.apps'),
      ],
    };
    const [gap] = coverageOf(subjectOf({ packs: [], given }), ['one']).gaps;
    assert.equal(gap?.needs, 'list configmaps, list secrets');
  });

  it('says each of the rights that one thing lacks once for several namespaces', () => {
    const both = { ...forbidden, needs: 'list configmaps in namespace one; list secrets in namespace one' } as const;
    const given = {
      types: [],
      coverage: [
        here('release/*', 'one', both),
        here('release/*', 'two', { ...both, needs: both.needs.replaceAll('one', 'two') }),
      ],
    };
    const gaps = coverageOf(subjectOf({ packs: [], given }), ['one']).gaps.map(({ needs }) => needs);
    assert.ok(gaps.includes('list configmaps there, list secrets there'), gaps.join());
  });

  it('keeps notes of the whole cluster and of these namespaces, each once', () => {
    const given = {
      types,
      coverage: [
        covered('configmaps', { note: 'b' }),
        here('secrets', 'one', { note: 'a' }),
        here('secrets', 'else', { note: 'c' }),
      ],
    };
    assert.deepEqual(coverageOf(subjectOf({ packs: [], given }), ['one']).notes, ['configmaps: b', 'secrets: a']);
  });
});
