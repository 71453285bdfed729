import assert from 'node:assert/strict';
import type { ClusterObject } from '../../src/model/inventory.ts';
import { typeName } from '../../src/model/resource.ts';
import { objectName } from '../../src/removal/world.ts';
import { judgedGone } from '../support/judged.ts';
import { type Given, removedWorld } from '../support/removed-world.ts';
import { object } from '../support/world.ts';

/** Pack `gone` goes with its namespace. */
interface Case {
  readonly says: string;
  readonly given: Given;
  /** What goes outside it. */
  readonly goes: readonly string[];
}

const MIRROR = 'reflector.v1.k8s.emberstack.com';

function mirrored(path: string, of: string, auto = 'True'): ClusterObject {
  return object(path, { annotations: { [`${MIRROR}/reflects`]: of, [`${MIRROR}/auto-reflects`]: auto } });
}

function generated(path: string, policy: string, more: Readonly<Record<string, string>> = {}): ClusterObject {
  const labels = Object.entries(more).map(([key, value]) => [`generate.kyverno.io/${key}`, value]);
  return object(path, { labels: { 'generate.kyverno.io/policy-name': policy, ...Object.fromEntries(labels) } });
}

function policyOf(path: string, group: string, resource: string): ClusterObject {
  return { ...object(path), type: { ...object(path).type, group, resource, kind: 'Policy' } };
}

const POLICY = policyOf('gone/Widget/isolate', 'kyverno.io', 'policies');

/** What policies called `isolate` generated, by what it says of the policy. */
const OF_ISOLATE: readonly ClusterObject[] = [
  generated('team/ConfigMap/of-here', 'isolate', { 'policy-namespace': 'gone', 'rule-name': 'r' }),
  generated('team/ConfigMap/of-team', 'isolate', { 'policy-namespace': 'team', 'rule-name': 'r' }),
  generated('team/ConfigMap/of-the-cluster', 'isolate', { 'policy-namespace': '', 'rule-name': 'r' }),
  generated('team/ConfigMap/of-the-cluster-by-expression', 'isolate', { 'policy-namespace': '' }),
  generated('team/ConfigMap/of-here-by-expression', 'isolate', { 'policy-namespace': 'gone' }),
  generated('team/ConfigMap/untold', 'isolate'),
  generated('team/ConfigMap/other', 'other', { 'policy-namespace': 'gone', 'rule-name': 'r' }),
];

const CLUSTER_POLICY = '/Widget/isolate';

const POLICIES: readonly (readonly [says: string, policy: ClusterObject, goes: readonly string[]])[] = [
  ['a policy of a namespace', POLICY, ['of-here', 'of-here-by-expression', 'untold']],
  [
    'a policy of the cluster',
    policyOf(CLUSTER_POLICY, 'kyverno.io', 'clusterpolicies'),
    ['of-the-cluster', 'of-the-cluster-by-expression', 'untold'],
  ],
  [
    'a generating policy of a namespace',
    policyOf('gone/Widget/isolate', 'policies.kyverno.io', 'namespacedgeneratingpolicies'),
    ['of-here-by-expression', 'untold'],
  ],
  [
    'a generating policy of the cluster',
    policyOf(CLUSTER_POLICY, 'policies.kyverno.io', 'generatingpolicies'),
    ['of-the-cluster-by-expression', 'untold'],
  ],
  ['a policy that does not generate', policyOf('gone/Widget/isolate', 'policies.kyverno.io', 'validatingpolicies'), []],
  ['an exception', policyOf('gone/Widget/isolate', 'kyverno.io', 'policyexceptions'), []],
  ['a policy of somebody else', policyOf('gone/Widget/isolate', 'example.com', 'policies'), []],
];

function placed(part: 'source' | 'trigger', kind: string, namespace: string, name: string): Record<string, string> {
  return {
    [`${part}-group`]: '',
    [`${part}-kind`]: kind,
    [`${part}-namespace`]: namespace,
    [`${part}-name`]: name,
  };
}

const ANCHOR: ClusterObject = {
  ...object('gone/Widget/team'),
  type: {
    ...object('gone/Widget/x').type,
    group: 'hnc.x-k8s.io',
    resource: 'subnamespaceanchors',
    kind: 'SubnamespaceAnchor',
  },
};

const DEFINED_ANCHORS = '/CustomResourceDefinition/subnamespaceanchors.hnc.x-k8s.io';
const ANCHORS_DEFINITION = 'customresourcedefinitions.apiextensions.k8s.io/subnamespaceanchors.hnc.x-k8s.io';

function spread(path: string, namespace: string, name: string): ClusterObject {
  return object(path, {
    labels: { 'kubed.appscode.com/origin.namespace': namespace, 'kubed.appscode.com/origin.name': name },
  });
}

const SUBNAMESPACES = ['team', 'crew'].flatMap((name) => [
  object(`/Namespace/${name}`),
  object(`${name}/ConfigMap/${name}`),
]);

function madeFor(path: string, part: 'source' | 'trigger', of: ClusterObject): ClusterObject {
  return object(path, {
    labels: {
      'generate.kyverno.io/policy-name': 'stays',
      [`generate.kyverno.io/${part}-kind`]: of.type.kind,
      [`generate.kyverno.io/${part}-uid`]: of.uid,
    },
  });
}

const LONG = 'a'.repeat(70);

const COPY_CASES: readonly Case[] = [
  {
    says: 'a source takes the mirrors along that were made of it, of its type, and no other copy',
    given: {
      objects: [
        object('gone/Secret/tls'),
        mirrored('team/Secret/tls', 'gone/tls'),
        mirrored('team/Secret/named-otherwise', 'gone/tls'),
        mirrored('team/Secret/by-hand', 'gone/tls', 'False'),
        mirrored('team/Secret/of-others', 'other/tls'),
        mirrored('team/ConfigMap/tls', 'gone/tls'),
        object('team/Secret/of-nothing', { annotations: { [`${MIRROR}/auto-reflects`]: 'True' } }),
        object('team/Secret/asked-for', { annotations: { [`${MIRROR}/reflects`]: 'gone/tls' } }),
      ],
    },
    goes: ['secrets/named-otherwise', 'secrets/tls'],
  },
  {
    says: 'so does what a namespace hands down',
    given: {
      objects: [
        object('gone/ConfigMap/rules'),
        object('team/ConfigMap/rules', { labels: { 'hnc.x-k8s.io/inherited-from': 'gone' } }),
        object('team/ConfigMap/else', { labels: { 'hnc.x-k8s.io/inherited-from': 'gone' } }),
        object('crew/ConfigMap/rules', { labels: { 'hnc.x-k8s.io/inherited-from': 'team' } }),
      ],
    },
    goes: ['configmaps/rules', 'configmaps/rules'],
  },
  {
    says: 'a policy of Kyverno takes along what it generated, and nothing else does',
    given: {
      objects: [
        POLICY,
        object('gone/ConfigMap/limit'),
        generated('team/NetworkPolicy/default', 'isolate'),
        object('team/Secret/annotated', {
          labels: { 'generate.kyverno.io/policy-name': 'isolate' },
          annotations: { 'kubed.appscode.com/origin': 'x' },
        }),
        generated('team/ConfigMap/quota', 'limit'),
      ],
    },
    goes: ['networkpolicies.networking.k8s.io/default', 'secrets/annotated'],
  },
  {
    says: 'what a policy of Kyverno that stays cloned from a source, or made for something, goes with that',
    given: {
      objects: [
        object('gone/Secret/pull'),
        object('gone/ConfigMap/asks'),
        madeFor('team/Secret/pull', 'source', object('gone/Secret/pull')),
        madeFor('team/ConfigMap/answer', 'trigger', object('gone/ConfigMap/asks')),
        madeFor('team/Secret/of-others', 'source', object('other/Secret/pull')),
      ],
    },
    goes: ['configmaps/answer', 'secrets/pull'],
  },
  {
    says: 'but not what no policy made, whatever else it says',
    given: {
      objects: [
        object('gone/Secret/pull'),
        object('team/Secret/pull', { labels: { 'generate.kyverno.io/source-uid': object('gone/Secret/pull').uid } }),
      ],
    },
    goes: [],
  },
  {
    says: 'so does what was made for a type of a group, or for a whole namespace',
    given: {
      objects: [
        object('gone/Deployment/web'),
        generated('team/ConfigMap/for-web', 'stays', {
          ...placed('trigger', 'Deployment', 'gone', 'web'),
          'trigger-group': 'apps',
        }),
        generated('team/ConfigMap/for-all', 'stays', { 'trigger-kind': 'Namespace', 'trigger-name': 'gone' }),
      ],
    },
    goes: ['configmaps/for-all', 'configmaps/for-web'],
  },
  {
    says: 'so it does where Kyverno noted no UID, but only the place',
    given: {
      objects: [
        object('gone/Secret/pull'),
        object(`gone/ConfigMap/${LONG}`),
        generated('team/Secret/pull', 'stays', placed('source', 'Secret', 'gone', 'pull')),
        generated('team/ConfigMap/answer', 'stays', placed('trigger', 'ConfigMap', 'gone', LONG.slice(0, 63))),
        generated('team/ConfigMap/for-all', 'stays', placed('trigger', 'Namespace', '', 'gone')),
        generated('team/Secret/of-another-place', 'stays', placed('source', 'Secret', 'other', 'pull')),
        generated('team/Secret/of-another-type', 'stays', placed('source', 'ConfigMap', 'gone', 'pull')),
        generated('team/Secret/of-another-group', 'stays', {
          ...placed('source', 'Secret', 'gone', 'pull'),
          'source-group': 'example.com',
        }),
        generated('team/Secret/of-an-earlier-one', 'stays', {
          ...placed('source', 'Secret', 'gone', 'pull'),
          'source-uid': 'earlier',
        }),
      ],
    },
    goes: ['configmaps/answer', 'configmaps/for-all', 'secrets/pull'],
  },
  {
    says: 'the anchor of a subnamespace takes that along with all that is in it, and no other namespace',
    given: { objects: [ANCHOR, ...SUBNAMESPACES] },
    goes: ['configmaps/team'],
  },
  {
    says: 'but not where anchors only go with their definition: then HNC is uninstalled',
    given: {
      objects: [{ ...ANCHOR, namespace: 'top' }, object(DEFINED_ANCHORS), object('/Namespace/top'), ...SUBNAMESPACES],
      released: [DEFINED_ANCHORS],
    },
    goes: [ANCHORS_DEFINITION, 'subnamespaceanchors.hnc.x-k8s.io/team'],
  },
  {
    says: 'a source takes the copies along that Config Syncer made of it',
    given: {
      objects: [
        object('gone/Secret/tls'),
        spread('team/Secret/tls', 'gone', 'tls'),
        spread('team/Secret/else', 'gone', 'else'),
        spread('team/ConfigMap/tls', 'gone', 'tls'),
        object('gone/Secret/undefined'),
        object('team/Secret/half', { labels: { 'kubed.appscode.com/origin.namespace': 'gone' } }),
      ],
    },
    goes: ['secrets/tls'],
  },
];

describe('what goes with what it was copied or made from', () => {
  for (const { says, given, goes } of COPY_CASES) {
    it(says, () => {
      const gone = [...removedWorld(given).set.values()].map((member) => member.object);
      const outside = gone.filter(({ namespace, type }) => namespace !== 'gone' && type.kind !== 'Namespace');
      assert.deepEqual(outside.map(objectName).toSorted(), goes.toSorted());
    });
  }
});

describe('what Kyverno generated goes', () => {
  for (const [says, policy, goes] of POLICIES) {
    it(`${goes.length === 0 ? 'not ' : ''}with ${says} of the name`, () => {
      // What is of no namespace goes with its definition.
      const definitions = policy.namespace === '' ? [`/CustomResourceDefinition/${typeName(policy.type)}`] : [];
      const objects = [policy, ...definitions.map((path) => object(path)), ...OF_ISOLATE];
      const { set } = removedWorld({ objects, released: definitions });
      const gone = [...set.values()].map((member) => member.object);
      const generatedOnes = gone.filter(({ namespace }) => namespace === 'team');
      assert.deepEqual(generatedOnes.map(({ name }) => name).toSorted(), goes);
    });
  }
});

describe('a copy', () => {
  it('is nobody’s known because its source is a pack’s: whoever lives there uses it', () => {
    const { conflicts, doubts } = judgedGone({
      objects: [object('gone/Secret/tls'), mirrored('team/Secret/tls', 'gone/tls')],
      released: ['gone/Secret/tls'],
    });
    assert.deepEqual(
      [...conflicts, ...doubts].map(({ code, subjects }) => [code, subjects]),
      [['unexplained', ['team/secrets/tls']]],
    );
  });

  it('of a Secret is made again by nobody once its source goes', () => {
    const { data } = judgedGone({
      objects: [object('gone/Secret/tls'), mirrored('team/Secret/tls', 'gone/tls')],
      released: ['gone/Secret/tls'],
    });
    assert.deepEqual(
      data.secrets.map(({ namespace, name }) => `${namespace}/${name}`),
      ['team/tls'],
    );
  });
});
