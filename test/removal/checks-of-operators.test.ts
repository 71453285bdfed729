import assert from 'node:assert/strict';
import { breakagesBy, testChecks, type CheckCase } from '../support/check-cases.ts';
import { GONE, reference } from '../support/removed-world.ts';
import { definition, nameText, namespaceRecord, object, packOf, release } from '../support/world.ts';

const CRD = '/CustomResourceDefinition/widgets.example.com';
const STATUS = [{ manager: 'widget-operator', operation: 'Update', at: '', subresource: 'status' }];

const cases: readonly CheckCase[] = [
  {
    says: 'the operator wrote the definition itself',
    check: 'operator-resources',
    given: {
      objects: [
        object(CRD, { manager: 'widget-operator' }),
        object('gone/Deployment/widget-operator'),
        object('team/Widget/a', { manager: 'kubectl-create' }),
      ],
    },
    severity: 'warning',
    sentence: 'widget/a in team: nothing acts on it without deployment/widget-operator in gone (1 of kubectl-create).',
    harmless: {
      objects: [
        object(CRD, { manager: 'widget-operator' }),
        object('gone/Deployment/widget-operator'),
        object('other/Deployment/widget-operator'),
        object('team/Widget/a'),
      ],
    },
    needs: 'deployments.apps',
  },
  {
    says: 'the definition converts by a service beside the operator',
    check: 'operator-resources',
    given: {
      objects: [object(CRD), object('gone/Deployment/engine'), object('team/Widget/a')],
      references: [reference('conversion-webhook', [CRD, 'gone/Service/convert'])],
    },
    severity: 'warning',
    sentence: 'widget/a in team: nothing acts on it without deployment/engine in gone (1 of nobody known).',
    harmless: {
      objects: [object(CRD), object('gone/Deployment/engine'), object('gone/Widget/a')],
      references: [reference('conversion-webhook', [CRD, 'gone/Service/convert'])],
    },
    needs: 'references/customresourcedefinitions.apiextensions.k8s.io',
  },
  {
    says: 'the operator writes the status of the resources',
    check: 'operator-resources',
    given: {
      objects: [object(CRD), object('gone/Deployment/widget-operator'), object('team/Widget/a', { writers: STATUS })],
    },
    severity: 'warning',
    sentence: 'widget/a in team: nothing acts on it without deployment/widget-operator in gone (1 of nobody known).',
    harmless: {
      objects: [object(CRD), object('other/Deployment/widget-operator'), object('team/Widget/a', { writers: STATUS })],
    },
    needs: 'widgets.example.com',
  },
  {
    says: "a finalizer of the definition's release on what stays",
    check: 'finalizers-elsewhere',
    given: {
      objects: [
        object(CRD),
        object('gone/Deployment/engine'),
        object('team/ConfigMap/a', { finalizers: ['example.com/cleanup'] }),
      ],
      releases: [
        release('gone/gone-chart', {
          chart: 'chart',
          objects: [
            {
              ref: {
                group: 'apiextensions.k8s.io',
                kind: 'CustomResourceDefinition',
                namespace: '',
                name: 'widgets.example.com',
              },
              hook: false,
              keep: true,
            },
            { ref: { group: 'apps', kind: 'Deployment', namespace: '', name: 'engine' }, hook: false, keep: false },
          ],
        }),
      ],
    },
    severity: 'warning',
    sentence:
      'configmap/a in team: it cannot be deleted without deployment/engine in gone, which takes off finalizer example.com/cleanup.',
    harmless: {
      objects: [
        object(CRD, { manager: 'engine' }),
        object('gone/Deployment/engine'),
        object('other/Deployment/engine'),
        object('team/ConfigMap/a', { finalizers: ['example.com/cleanup', 'foregroundDeletion'] }),
      ],
    },
    needs: 'customresourcedefinitions.apiextensions.k8s.io',
  },
];

const LABEL = 'pod-security.kubernetes.io/enforce';

function labelling(pack: string, namespace: string) {
  const entries = [{ key: LABEL, value: 'privileged', resolved: true }];
  return packOf(
    definition(pack, {
      namespace: pack,
      namespaceLabels: [{ namespace: nameText(namespace), entries, malformed: [] }],
    }),
  );
}

const labelled = { namespaces: [namespaceRecord('team', { labels: new Map([[LABEL, 'privileged']]) })] };

/** Whether an operator in `gone` is taken for the one that wrote the definition. */
const managers = [
  { manager: 'engine', workload: 'engine', same: true },
  { manager: 'engine', workload: 'gone-chart-engine', same: true },
  { manager: 'engine-certificates', workload: 'engine', same: true },
  { manager: 'WidgetEngine', workload: 'widget-engine', same: true },
  { manager: 'manager', workload: 'controller-manager', same: false },
  { manager: 'engineer', workload: 'engine', same: false },
  { manager: '', workload: 'engine', same: false },
];

describe('what a removal breaks: operators', () => {
  for (const { manager, workload, same } of managers) {
    it(`field manager "${manager}" is ${same ? '' : 'not '}taken for workload ${workload}`, () => {
      const objects = [object(CRD, { manager }), object(`gone/Deployment/${workload}`), object('team/Widget/a')];
      assert.equal(breakagesBy('operator-resources', { objects }).length, same ? 1 : 0);
    });
  }

  testChecks([
    ...cases,
    {
      says: 'only the removed pack declares the label',
      check: 'pod-security',
      given: { packs: [labelling('gone', 'team')], given: labelled },
      severity: 'warning',
      sentence:
        'namespace/team: only pack gone declares its label pod-security.kubernetes.io/enforce=privileged: without it pods may be refused, or let in.',
      harmless: { packs: [labelling('gone', 'team'), labelling('other', 'team')], given: labelled },
      needs: 'namespaces',
    },
  ]);

  it('a label that the namespace does not have is nothing to lose', () => {
    const given = { packs: [labelling('gone', 'team'), GONE], given: { namespaces: [namespaceRecord('team')] } };
    assert.deepEqual(breakagesBy('pod-security', given), []);
  });

  it("a kept definition's resources go with it when it is not kept", () => {
    const objects = [object(CRD, { manager: 'engine' }), object('gone/Deployment/engine'), object('team/Widget/a')];
    assert.equal(breakagesBy('operator-resources', { objects }).length, 1);
    assert.equal(breakagesBy('operator-resources', { objects, released: [CRD] }).length, 0);
    assert.equal(breakagesBy('custom-resources', { objects, released: [CRD] }).length, 1);
  });

  it('who only wrote the resource, and never its status, is not taken for its operator', () => {
    const writers = [{ manager: 'widget-operator', operation: 'Update', at: '', subresource: '' }];
    const objects = [object(CRD), object('gone/Deployment/widget-operator'), object('team/Widget/a', { writers })];
    assert.deepEqual(breakagesBy('operator-resources', { objects }), []);
  });

  it('of several operators that all go, and resources that all stay, the first of each is told', () => {
    const given = {
      objects: [
        object(CRD, { managers: ['engine'] }),
        ...['engine-b', 'engine-a'].map((name) =>
          object(`gone/Deployment/${name}`, { labels: { 'app.kubernetes.io/name': 'engine' } }),
        ),
        object('gone/StatefulSet/engine'),
        object('gone/Deployment/z-engine'),
        object('gone/Deployment/a-engine'),
        ...['b', 'a'].map((name) => object(`team/Widget/${name}`)),
      ],
    };
    assert.deepEqual(
      breakagesBy('operator-resources', given).map(({ from, to }) => [from.name, `${to.kind}/${to.name}`]),
      [['a', 'Deployment/a-engine']],
    );
  });

  it('finalizers are told by finalizer and type', () => {
    const found = breakagesBy('finalizers-elsewhere', {
      objects: [
        object(CRD, { manager: 'engine' }),
        object('gone/Deployment/engine'),
        object('gone/ConfigMap/inside', { finalizers: ['example.com/a'] }),
        object('team/ConfigMap/b', { finalizers: ['example.com/a', 'example.com/b'] }),
        object('team/ConfigMap/a', { finalizers: ['example.com/a'] }),
        object('team/Secret/a', { finalizers: ['example.com/a'] }),
      ],
    });
    assert.deepEqual(
      found.map(({ from, facts }) => [`${from.kind}/${from.name}`, facts.get('finalizer'), facts.get('count')]),
      [
        ['ConfigMap/a', 'example.com/a', '2'],
        ['ConfigMap/b', 'example.com/b', '1'],
        ['Secret/a', 'example.com/a', '1'],
      ],
    );
  });

  it("what goes with its definition is no loss where it is the removed pack's own", () => {
    const found = breakagesBy('custom-resources', {
      objects: [
        object(CRD),
        object('/CustomResourceDefinition/certificates.cert-manager.io'),
        object('team/Widget/own'),
        object('gone/Widget/inside'),
        object('team/Certificate/stays'),
      ],
      released: [CRD, 'team/Widget/own'],
    });
    assert.deepEqual(found, []);
  });
});
