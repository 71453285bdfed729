import assert from 'node:assert/strict';
import { rolesFor, type RightsSource } from '../../src/cluster/rights.ts';
import { UserError } from '../../src/model/errors.ts';
import type { ResourceType } from '../../src/model/resource.ts';
import type { RightsRole } from '../../src/model/rights.ts';
import {
  CORE_TYPES,
  fakeNamespaces,
  fakeType,
  type FakeCluster,
  type FakeType,
} from '../support/fake-api/description.ts';
import type { FaultRule } from '../support/fake-api/fault.ts';
import { withReader } from '../support/fake-api/reading.ts';

const LISTED = ['delete', 'get', 'list'];

function type(name: string, more: Partial<ResourceType> = {}): ResourceType {
  const [resource = '', ...group] = name.split('.');
  const blank = { version: 'v1', singular: '', kind: resource, shortNames: [], namespaced: true, verbs: LISTED };
  return { ...blank, group: group.join('.'), resource, ...more };
}

const wide = (name: string, more: Partial<ResourceType> = {}): ResourceType =>
  type(name, { namespaced: false, ...more });

const TYPES = [
  wide('namespaces'),
  wide('nodes'),
  wide('persistentvolumes'),
  type('configmaps'),
  type('secrets'),
  type('pods'),
  wide('customresourcedefinitions.apiextensions.k8s.io'),
  wide('apiservices.apiregistration.k8s.io'),
  wide('clusterroles.rbac.authorization.k8s.io'),
  type('packs.cluster.spectrocloud.com'),
];

function roles(given: Partial<RightsSource> = {}): readonly RightsRole[] {
  const none = { namespaces: [], agentNamespaces: [], withoutSecrets: false, wildcard: false, removal: false };
  return rolesFor({ types: TYPES, versions: [{ group: '', version: 'v1' }], ...none, ...given });
}

/** `verb,verb group/resource[name]` or `verb,verb path`. */
function rights(role: RightsRole | undefined): readonly string[] {
  return (role?.rules ?? []).flatMap(({ verbs, paths, groups, resources, names }) => {
    const only = names.map((name) => `[${name}]`).join('');
    const on = paths.length > 0 ? paths : resources.map((one) => `${groups.join()}/${one}${only}`);
    return on.map((one) => `${verbs.join()} ${one}`);
  });
}

const PATHS = ['get /api', 'get /api/v1', 'get /apis', 'get /version'];
const CLUSTER = [
  ...PATHS,
  'get,list /namespaces',
  'list apiextensions.k8s.io/customresourcedefinitions',
  'list apiregistration.k8s.io/apiservices',
  'list /persistentvolumes',
  'list /nodes',
];
const PACKS = 'list cluster.spectrocloud.com/packs';

describe('rights', () => {
  it('are one ClusterRole for the whole cluster, and only of what is asked for', () => {
    const [role, ...more] = roles();
    assert.deepEqual(more, []);
    assert.deepEqual([role?.name, role?.namespace], ['palette-audit', '']);
    assert.deepEqual(rights(role), [...CLUSTER, PACKS, 'get,list /secrets', 'get,list /configmaps', 'list /pods']);
  });

  const added: readonly { says: string; type: ResourceType; right: readonly string[] }[] = [
    { says: 'a custom type', type: type('panels.example.com'), right: ['list example.com/panels'] },
    { says: 'a custom type without namespace', type: wide('fleets.example.com'), right: ['list example.com/fleets'] },
    { says: 'a type that cannot be deleted', type: type('reviews.x.io', { verbs: ['create', 'list'] }), right: [] },
    { says: 'a type that cannot be listed', type: type('reviews.x.io', { verbs: ['delete'] }), right: [] },
    { says: 'a computed type', type: wide('nodes.metrics.k8s.io', { verbs: ['get', 'list'] }), right: [] },
    { says: 'a type that is named like a wildcard', type: type('*.example.com'), right: [] },
    { says: 'a group that is named like a wildcard', type: type('panels.*'), right: [] },
    { says: 'a name of another line', type: type('a\n- b.example.com'), right: [] },
  ];
  for (const { says, type: one, right } of added) {
    it(`${says} adds ${right.length === 0 ? 'nothing' : 'its list'}`, () => {
      const before = new Set(rights(roles()[0]));
      const after = rights(roles({ types: [...TYPES, one] })[0]);
      assert.deepEqual(
        after.filter((text) => !before.has(text)),
        right,
      );
    });
  }

  it('never write, and hold no wildcard', () => {
    for (const given of [{}, { withoutSecrets: true }, { namespaces: ['a'], agentNamespaces: ['cluster-1'] }])
      for (const text of roles(given).flatMap(rights)) assert.match(text, /^(?:get|list|get,list) [^*]+$/);
  });

  it('without Secrets hold nothing on Secrets', () => {
    const left = rights(roles({ withoutSecrets: true })[0]);
    assert.deepEqual(
      rights(roles()[0]).filter((text) => !left.includes(text)),
      ['get,list /secrets'],
    );
  });

  it('for namespaces are a small ClusterRole, their Roles, and one for what Palette says of itself', () => {
    const found = roles({ namespaces: ['b', 'a', 'b'], agentNamespaces: ['cluster-1'] });
    assert.deepEqual(
      found.map(({ name, namespace }) => `${namespace}/${name}`),
      ['/palette-audit-cluster-scope', 'a/palette-audit', 'b/palette-audit', 'cluster-1/palette-audit'],
    );
    const [small, a, b, agent] = found.map(rights);
    assert.deepEqual(small, CLUSTER);
    assert.deepEqual(a, [PACKS, 'get,list /secrets', 'get,list /configmaps', 'list /pods']);
    assert.deepEqual(b, a);
    assert.deepEqual(agent, [PACKS, 'get /configmaps[namespace-labeler-labels]']);
  });

  it('for namespaces of a cluster without Palette leave its namespaces out', () => {
    const types = TYPES.filter(({ resource }) => resource !== 'packs');
    assert.equal(roles({ types, namespaces: ['a'], agentNamespaces: ['cluster-autoscaler'] }).length, 2);
  });

  it('among several agents ask which is ours; an agent that is asked for has one Role', () => {
    const found = roles({ namespaces: ['cluster-1'], agentNamespaces: ['cluster-1', 'cluster-2'] });
    assert.deepEqual(
      found.map(({ namespace }) => namespace),
      ['', 'cluster-1', 'cluster-2'],
    );
    assert.ok(rights(found[2]).includes('get /configmaps[cluster-info][namespace-labeler-labels]'));
  });

  it('for removals list every type without a namespace beside', () => {
    const before = new Set(rights(roles()[0]));
    const types = [
      ...TYPES,
      wide('nodes.metrics.k8s.io', { verbs: ['get', 'list'] }),
      wide('reviews.x.io', { verbs: ['create'] }),
    ];
    assert.deepEqual(
      rights(roles({ types, removal: true })[0]).filter((text) => !before.has(text)),
      ['list metrics.k8s.io/nodes', 'list rbac.authorization.k8s.io/clusterroles'],
    );
    assert.deepEqual(rights(roles({ types, removal: true, wildcard: true })[0]), rights(roles({ wildcard: true })[0]));
  });

  it('as a wildcard list everything, and get only what is fetched one by one', () => {
    assert.deepEqual(rights(roles({ wildcard: true })[0]), [
      ...['/api', '/api/*', '/apis', '/apis/*', '/version'].map((path) => `get ${path}`),
      'get,list /namespaces',
      'list */*',
      'get /secrets',
      'get /configmaps',
    ]);
  });
});

function cluster(...more: readonly FakeType[]): FakeCluster {
  const objects = new Map([['namespaces', fakeNamespaces('shop', 'cluster-one')]]);
  return { discovery: 'legacy', types: [...CORE_TYPES, ...more], objects };
}

describe('rights of a live cluster', () => {
  const ALL = { namespaces: [], withoutSecrets: false, wildcard: false, removal: false };
  const read = (faults: readonly FaultRule[], namespaces: readonly string[], ...more: readonly FakeType[]) =>
    withReader({ cluster: cluster(...more), faults }, (reader) => reader.readRights({ ...ALL, namespaces }));

  it('come from discovery, and from the names of the namespaces', async () => {
    const packs = fakeType('packs.cluster.spectrocloud.com', 'Pack');
    const { roles: found, unanswered } = await read([], ['shop'], packs);
    assert.deepEqual(unanswered, []);
    assert.deepEqual(
      found.map(({ namespace }) => namespace),
      ['', 'shop', 'cluster-one'],
    );
    assert.ok(rights(found[0]).includes('get /apis/cluster.spectrocloud.com/v1'));
  });

  it('name what did not answer, and what bears no name for a role', async () => {
    const faults: FaultRule[] = [{ path: '/apis/example.com/v1', fault: { kind: 'status', status: 500 } }];
    const odd = fakeType('*.other.io', 'Odd');
    const { unanswered } = await read(faults, [], fakeType('panels.example.com', 'Panel'), odd);
    assert.deepEqual(unanswered, ['*.other.io', 'example.com/v1']);
  });

  it('miss nothing where only an API is down that stores nothing', async () => {
    const faults: FaultRule[] = [{ path: '/apis/metrics.k8s.io/v1', fault: { kind: 'status', status: 500 } }];
    assert.deepEqual((await read(faults, [], fakeType('pods.metrics.k8s.io', 'PodMetrics'))).unanswered, []);
  });

  it('are refused for a namespace that is not there', async () => {
    await assert.rejects(read([], ['shp']), { name: 'UserError', message: /"shp" does not exist/, exitCode: 2 });
  });

  it('are refused for namespaces when these cannot be listed', async () => {
    const faults: FaultRule[] = [{ path: '/namespaces?', fault: { kind: 'status', status: 403 } }];
    await assert.rejects(
      read(faults, ['shop']),
      (error: unknown) => error instanceof UserError && error.exitCode === 4,
    );
  });
});
