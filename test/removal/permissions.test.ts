import assert from 'node:assert/strict';
import type { CheckId } from '../../src/model/check.ts';
import { breakagesBy } from '../support/check-cases.ts';
import { GONE, reference, type Given } from '../support/removed-world.ts';
import { definition, namespaceRecord, nameText, object, packOf } from '../support/world.ts';

const BINDING = '/ValidatingAdmissionPolicyBinding/b';
const ENFORCE = 'pod-security.kubernetes.io/enforce';
const AUDIT = 'pod-security.kubernetes.io/audit';

function parameter(to: string, released: string): Given {
  return {
    objects: [object(released), object('team/ConfigMap/other')],
    released: [released],
    references: [reference('policy-parameter', [BINDING, to])],
  };
}

function issuer(path: string): Given {
  return { objects: [object(path)], references: [reference('issuer-secret', ['/ClusterIssuer/ca', '/Secret/ca-key'])] };
}

/** What is not found is '', else the `namespace/name` of what goes. */
const cases: readonly (readonly [says: string, check: CheckId, given: Given, to: string])[] = [
  [
    'a parameter goes while its namespace stays',
    'policy-parameter',
    parameter('team//limits', 'team/ConfigMap/limits'),
    'team/limits',
  ],
  [
    'a parameter of the whole cluster goes',
    'policy-parameter',
    parameter('//limits', '/ClusterRole/limits'),
    '/limits',
  ],
  [
    'what goes bears the name of the parameter, elsewhere',
    'policy-parameter',
    parameter('team//limits', 'crew/ConfigMap/limits'),
    '',
  ],
  [
    'what goes beside the parameter bears another name',
    'policy-parameter',
    parameter('team//limits', 'team/ConfigMap/x'),
    '',
  ],
  [
    'something goes out of a namespace of which all are parameters',
    'policy-parameter',
    parameter('team//', 'team/ConfigMap/x'),
    '',
  ],
  ['a Secret of the name goes', 'issuer-secret', issuer('gone/Secret/ca-key'), 'gone/ca-key'],
  ['a Secret of another name goes', 'issuer-secret', issuer('gone/Secret/other'), ''],
  ['something else of the name goes', 'issuer-secret', issuer('gone/ConfigMap/ca-key'), ''],
  ['a resource of the name goes, of another group', 'issuer-secret', issuer('gone/Widget/ca-key'), ''],
  [
    'a Secret goes, and the issuer as well',
    'issuer-secret',
    {
      ...issuer('gone/Secret/ca-key'),
      objects: [object('gone/Secret/ca-key'), object('/ClusterIssuer/ca')],
      released: ['/ClusterIssuer/ca'],
    },
    '',
  ],
];

/** A pack that labels namespaces, each as `NAMESPACE KEY`. */
function labelling(pack: string, ...labels: readonly (readonly [namespace: string, key: string])[]) {
  return packOf(
    definition(pack, {
      namespace: pack,
      namespaceLabels: labels.map(([namespace, key]) => ({
        namespace: nameText(namespace),
        entries: [{ key, value: 'privileged', resolved: namespace !== 'crew' }],
        malformed: [],
      })),
    }),
  );
}

/** Namespaces with the labels that they have. */
const namespaces = [
  ['plain', []],
  ['team', [ENFORCE, AUDIT, 'example.com/tier']],
  ['crew', [ENFORCE]],
  ['gone', [ENFORCE]],
] as const;
const given = {
  namespaces: namespaces.map(([name, keys]) =>
    namespaceRecord(name, { labels: new Map(keys.map((key) => [key, 'privileged'])) }),
  ),
};

const labels: readonly (readonly [says: string, packs: Given['packs'], found: readonly string[]])[] = [
  [
    'each label of each namespace is told, without a value that is not known',
    [labelling('gone', ['team', ENFORCE], ['team', AUDIT], ['crew', ENFORCE])],
    [`crew ${ENFORCE} `, `team ${AUDIT} privileged`, `team ${ENFORCE} privileged`],
  ],
  ['a label that has nothing to do with it is not', [labelling('gone', ['team', 'example.com/tier'])], []],
  ['a label that the namespace lacks is not', [labelling('gone', ['plain', ENFORCE], ['crew', AUDIT])], []],
  ['a label of a namespace that goes is not', [labelling('gone', ['gone', ENFORCE])], []],
  ['a label that a pack declares that stays is not', [GONE, labelling('other', ['team', ENFORCE])], []],
  [
    'a label that another pack declares of another namespace is',
    [labelling('gone', ['team', ENFORCE]), labelling('other', ['crew', ENFORCE], ['team', AUDIT])],
    [`team ${ENFORCE} privileged`],
  ],
];

describe('permissions that a removal takes', () => {
  for (const [says, check, world, to] of cases) {
    it(`${check}: ${says}`, () => {
      const found = breakagesBy(check, world).map((one) => `${one.to.namespace}/${one.to.name}`);
      assert.deepEqual(found, to === '' ? [] : [to]);
    });
  }

  for (const [says, packs = [], found] of labels) {
    it(`pod-security: ${says}`, () => {
      const breakages = breakagesBy('pod-security', { packs, given });
      assert.deepEqual(
        breakages.map(({ from, facts }) => `${from.name} ${facts.get('label')} ${facts.get('value') ?? ''}`),
        found,
      );
    });
  }

  it('pod-security: a namespace loses what a pack gives it', () => {
    const [{ from, to } = { from: undefined, to: undefined }] = breakagesBy('pod-security', {
      packs: [labelling('gone', ['team', ENFORCE])],
      given,
    });
    assert.deepEqual(from, { group: '', kind: 'Namespace', namespace: '', name: 'team' });
    assert.deepEqual(to, { group: '', kind: 'Pack', namespace: '', name: 'gone' });
  });
});
