import assert from 'node:assert/strict';
import type { Reference } from '../../src/model/reference.ts';
import type { HangRisk } from '../../src/model/removal.ts';
import { hangRisks } from '../../src/removal/hang-risks.ts';
import { hangText } from '../../src/render/words/hangs.ts';
import { runOf } from '../support/check-cases.ts';
import { GONE, OTHER, reference, removedWorld, type Given } from '../support/removed-world.ts';
import { definition, namespaceRecord, object, packOf } from '../support/world.ts';

interface Case {
  readonly says: string;
  readonly given: Given;
  readonly risks: readonly (readonly [HangRisk['cause'], string])[];
}

const CRD = '/CustomResourceDefinition/widgets.example.com';
const HELD = object('gone/Widget/a', { finalizers: ['example.com/cleanup'] });
const TEXT = 'widget/a in gone has finalizer example.com/cleanup';
const API = '/APIService/v1.metrics.example.com';

function webhook(facts: Readonly<Record<string, string>>): Reference {
  return reference('webhook', ['/ValidatingWebhookConfiguration/policy', 'gone/Service/hook'], facts);
}

function api(to: string, facts: Readonly<Record<string, string>>): Reference {
  return reference('api-service', [API, to], facts);
}

const cases: readonly Case[] = [
  {
    says: 'an API that does not answer, wherever it is served from',
    given: { references: [api('other/Service/api', { available: 'False', reason: 'MissingEndpoints' })] },
    risks: [
      [
        'api-unavailable',
        'apiservice/v1.metrics.example.com does not answer now (MissingEndpoints): while it is registered, no namespace of the cluster can be deleted.',
      ],
    ],
  },
  {
    says: 'an API of which nobody knows whether it answers',
    given: { references: [api('other/Service/api', {})] },
    risks: [
      [
        'api-unavailable',
        'apiservice/v1.metrics.example.com does not answer now: while it is registered, no namespace of the cluster can be deleted.',
      ],
    ],
  },
  {
    says: 'an API without a Service that discovery does not get an answer of',
    given: {
      given: {
        unavailableApis: [
          { name: 'v1.example.com', group: 'example.com', version: 'v1', service: '', reason: 'Timeout', message: '' },
        ],
      },
    },
    risks: [
      [
        'api-unavailable',
        'apiservice/v1.example.com does not answer now (Timeout): while it is registered, no namespace of the cluster can be deleted.',
      ],
    ],
  },
  {
    says: 'an API that both tell of is told once',
    given: {
      references: [api('other/Service/api', { available: 'False' })],
      given: {
        unavailableApis: [
          {
            name: 'v1.metrics.example.com',
            group: 'metrics.example.com',
            version: 'v1',
            service: 'other/api',
            reason: 'Timeout',
            message: '',
          },
        ],
      },
    },
    risks: [
      [
        'api-unavailable',
        'apiservice/v1.metrics.example.com does not answer now: while it is registered, no namespace of the cluster can be deleted.',
      ],
    ],
  },
  {
    says: 'an API that answers, and is served from elsewhere, is none',
    given: { references: [api('other/Service/api', { available: 'True' })] },
    risks: [],
  },
  {
    says: 'an API served from what goes',
    given: { references: [api('gone/Service/api', { available: 'True' })] },
    risks: [
      [
        'api-served-from-inside',
        'apiservice/v1.metrics.example.com is served by gone/api, which goes, and stays registered itself: while it is, no namespace of the cluster can be deleted, this one included.',
      ],
    ],
  },
  {
    says: 'an API that goes itself is none',
    given: {
      objects: [object(API)],
      released: [API],
      references: [api('gone/Service/api', { available: 'False' })],
    },
    risks: [],
  },
  {
    says: 'a domain that everybody has groups under tells no controller',
    given: {
      objects: [
        object('/CustomResourceDefinition/things.x.k8s.io', { manager: 'engine' }),
        object('other/Deployment/engine', { facts: { ready: '1/1' } }),
        object('gone/ConfigMap/a', { finalizers: ['k8s.io/held'] }),
      ],
    },
    risks: [['controller-unknown', 'configmap/a in gone has finalizer k8s.io/held; who takes it off is not known.']],
  },
  {
    says: 'no namespace goes, so no API holds one up',
    given: {
      packs: [packOf(definition('gone', { namespace: 'kube-system' }))],
      references: [api('other/Service/api', { available: 'False' })],
    },
    risks: [],
  },
  {
    says: 'a webhook for deletions',
    given: { references: [webhook({ operations: 'CREATE, DELETE', resources: 'pods' })] },
    risks: [
      [
        'webhook-served-from-inside',
        'validatingwebhookconfiguration/policy is served by gone/hook, which goes, and is called for CREATE, DELETE of pods: it can refuse the rest of this deletion.',
      ],
    ],
  },
  { says: 'a webhook for creations is none', given: { references: [webhook({ operations: 'CREATE' })] }, risks: [] },
  {
    says: 'a webhook that may be left out is none',
    given: { references: [webhook({ operations: 'DELETE', failurePolicy: 'Ignore' })] },
    risks: [],
  },
  {
    says: 'the controller dies with the namespace',
    given: { objects: [object(CRD, { manager: 'engine' }), object('gone/Deployment/engine'), HELD] },
    risks: [
      ['controller-goes', `${TEXT}, which deployments.apps/engine takes off; that goes as well, and may go first.`],
    ],
  },
  {
    says: 'the controller does not run',
    given: {
      objects: [
        object(CRD, { manager: 'engine' }),
        object('other/Deployment/engine', { facts: { ready: '0/1' } }),
        HELD,
      ],
    },
    risks: [
      ['controller-not-running', `${TEXT}, which deployments.apps/engine takes off; that has no pod that is ready.`],
    ],
  },
  {
    says: 'a controller that runs and stays is none',
    given: {
      objects: [
        object(CRD, { manager: 'engine' }),
        object('other/Deployment/engine', { facts: { ready: '1/1' } }),
        HELD,
      ],
    },
    risks: [],
  },
  {
    says: 'nobody is known who takes it off',
    given: {
      objects: [{ ...HELD, uid: 'zzz' }, object('gone/Widget/b', { finalizers: ['example.com/cleanup'] })],
    },
    risks: [
      [
        'controller-unknown',
        '2 Widgets, such as widget/a in gone, have finalizer example.com/cleanup; who takes it off is not known.',
      ],
    ],
  },
  {
    says: 'who only wrote the object is not known to take it off',
    given: {
      objects: [
        object('other/Deployment/engine', { facts: { ready: '1/1' } }),
        object('gone/Widget/a', { finalizers: ['elsewhere.org/x'], manager: 'engine' }),
      ],
    },
    risks: [['controller-unknown', 'widget/a in gone has finalizer elsewhere.org/x; who takes it off is not known.']],
  },
  {
    says: "Kubernetes' own finalizers are none",
    given: {
      objects: [
        object('gone/PersistentVolumeClaim/a', { finalizers: ['kubernetes.io/pvc-protection'] }),
        object('gone/Service/a', { finalizers: ['service.kubernetes.io/load-balancer-cleanup'] }),
        object('gone/Job/a', { finalizers: ['batch.kubernetes.io/job-tracking', 'foregroundDeletion', 'orphan'] }),
      ],
    },
    risks: [],
  },
  {
    says: 'a volume that a claim elsewhere uses',
    given: {
      objects: [
        object('/PersistentVolume/pv', {
          finalizers: ['kubernetes.io/pv-protection'],
          facts: { claim: 'team/data', reclaimPolicy: 'Retain', status: 'Bound' },
        }),
        object('team/PersistentVolumeClaim/data'),
      ],
      released: ['/PersistentVolume/pv'],
    },
    risks: [
      [
        'volume-in-use',
        'persistentvolume/pv stays until persistentvolumeclaim/data in team no longer uses it (finalizer kubernetes.io/pv-protection).',
      ],
    ],
  },
  {
    says: 'a volume whose driver goes before it',
    given: {
      objects: [
        object('gone/PersistentVolumeClaim/data', { facts: { volume: 'pv' } }),
        object('/PersistentVolume/pv', {
          finalizers: ['external-provisioner.volume.kubernetes.io/finalizer'],
          facts: { claim: 'gone/data', reclaimPolicy: 'Delete' },
        }),
      ],
      references: [
        reference('volume-claim', ['/PersistentVolume/pv', 'gone/PersistentVolumeClaim/data'], {
          driver: 'gone.rbd.csi.ceph.com',
        }),
      ],
    },
    risks: [
      [
        'controller-goes',
        'persistentvolume/pv has finalizer external-provisioner.volume.kubernetes.io/finalizer, which namespace/gone takes off; that goes as well, and may go first.',
      ],
    ],
  },
  {
    says: 'a namespace that is going already',
    given: {
      packs: [packOf(definition('gone', { namespace: 'gone', reportedState: 'being removed' })), OTHER],
      objects: [object('/Namespace/gone', { deletingSince: '2026-11-10T13:00:00Z' }), object('gone/ConfigMap/a')],
      given: {
        namespaces: [
          namespaceRecord('gone', {
            deletingSince: '2026-11-10T13:00:00Z',
            conditions: [
              { type: 'NamespaceContentRemaining', status: 'True', reason: 'SomeResourcesRemain', message: '', at: '' },
              { type: 'NamespaceDeletionDiscoveryFailure', status: 'False', reason: '', message: '', at: '' },
            ],
          }),
        ],
      },
    },
    risks: [
      [
        'already-terminating',
        'namespace/gone has been going since 2026-11-10T13:00:00Z, with 1 object left; pack gone is being removed. What holds it up: NamespaceContentRemaining (SomeResourcesRemain).',
      ],
    ],
  },
];

/** Further cases, each with the causes that are told. */
type Call = readonly [says: string, given: Given, causes: readonly HangRisk['cause'][]];

const calls: readonly Call[] = [
  ...['*', 'UPDATE'].map((operations): Call => [
    `a webhook for ${operations}`,
    { references: [webhook({ operations })] },
    ['webhook-served-from-inside'],
  ]),
  ['a webhook for what nobody told', { references: [webhook({})] }, ['webhook-served-from-inside']],
  [
    'a webhook that goes itself',
    {
      objects: [object('/ValidatingWebhookConfiguration/policy')],
      released: ['/ValidatingWebhookConfiguration/policy'],
      references: [webhook({ operations: 'DELETE' })],
    },
    [],
  ],
  [
    'a webhook served from elsewhere',
    {
      references: [
        reference('webhook', ['/ValidatingWebhookConfiguration/policy', 'other/Service/hook'], { operations: '*' }),
      ],
    },
    [],
  ],
  [
    'an API without a Service goes itself',
    { objects: [object('/APIService/v1.example.com')], released: ['/APIService/v1.example.com'], given: unanswered() },
    [],
  ],
];

function unanswered(): NonNullable<Given['given']> {
  const rest = { group: 'example.com', version: 'v1', service: '', reason: 'x', message: '' };
  return { unavailableApis: [{ name: 'v1.example.com', ...rest }] };
}

describe('whether a deletion hangs', () => {
  for (const [says, given, causes] of calls) {
    it(says, () => {
      const { after } = removedWorld(given);
      assert.deepEqual(
        hangRisks(after).map(({ cause }) => cause),
        causes,
      );
    });
  }

  it('a namespace is going by its own word alone, with every condition, and packs that are being removed from it', () => {
    const packs = ['gone', 'b', 'a', 'stays', 'elsewhere'].map((name) =>
      packOf(
        definition(name, {
          namespace: name === 'elsewhere' ? 'other' : 'gone',
          reportedState: name === 'stays' ? 'installed' : 'being removed',
        }),
      ),
    );
    const conditions = ['First', 'Second'].map((type) => {
      return { type, status: 'True', reason: '', message: type === 'First' ? 'it is held' : '', at: '' };
    });
    const { after } = removedWorld({
      packs,
      objects: [object('/Namespace/gone', { deletingSince: '2026-11-10T13:00:00Z' })],
      given: {
        namespaces: [
          namespaceRecord('other', { deletingSince: '2026-11-10T12:00:00Z' }),
          namespaceRecord('gone', { conditions }),
        ],
      },
    });
    assert.deepEqual(
      hangRisks(after).map(({ cause, facts, count }) => [cause, count, [...facts.values()]]),
      [
        [
          'already-terminating',
          0,
          ['2026-11-10T13:00:00Z', 'a, b, gone', 'First (it is held); Second (no reason given)'],
        ],
      ],
    );
  });

  it('a namespace of which nothing else was read is going since it was read', () => {
    const { after } = removedWorld({
      objects: [object('/Namespace/gone', { deletingSince: '2026-11-10T13:00:00Z' })],
      given: { namespaces: [] },
    });
    assert.deepEqual(
      hangRisks(after).map(({ cause, facts }) => [cause, [...facts.values()]]),
      [['already-terminating', ['2026-11-10T13:00:00Z']]],
    );
  });

  /** A world with a risk of every cause. */
  const everything: Given = {
    objects: [
      object('/Namespace/gone', { deletingSince: '2026-11-10T13:00:00Z' }),
      object(CRD, { manager: 'engine' }),
      object('/CustomResourceDefinition/orders.example.org', { manager: 'idle' }),
      object('gone/Deployment/engine'),
      object('other/Deployment/idle', { facts: { ready: '0/1' } }),
      object('gone/ConfigMap/a', { finalizers: ['nobody.net/x', 'example.org/x', 'example.com/x'] }),
      object('team/PersistentVolumeClaim/data', { finalizers: ['kubernetes.io/pvc-protection'] }),
    ],
    released: ['team/PersistentVolumeClaim/data'],
    references: [
      reference('mount', ['team/Pod/db', 'team/PersistentVolumeClaim/data']),
      webhook({ operations: 'DELETE' }),
      api('gone/Service/api', { available: 'True' }),
    ],
    given: unanswered(),
  };

  it('what holds every namespace is told first, what nobody knows last', () => {
    const { after } = removedWorld(everything);
    assert.deepEqual(
      hangRisks(after).map(({ cause }) => cause),
      [
        'already-terminating',
        'api-unavailable',
        'api-served-from-inside',
        'webhook-served-from-inside',
        'controller-goes',
        'controller-not-running',
        'volume-in-use',
        'controller-unknown',
      ],
    );
  });

  it('each check of the deletion counts the risks that are its own', () => {
    assert.equal(runOf('deletion-apis', everything)?.hits, 2);
    assert.equal(runOf('deletion-webhooks', everything)?.hits, 1);
    assert.equal(runOf('deletion-finalizers', everything)?.hits, 4);
  });

  for (const { says, given, risks } of cases) {
    it(says, () => {
      const { after } = removedWorld({ packs: [GONE, OTHER], ...given });
      assert.deepEqual(
        hangRisks(after).map((risk) => [risk.cause, hangText(risk)]),
        risks,
      );
    });
  }

  it('the checks tell how many risks there are, and what could not be looked for', () => {
    const references = [api('other/Service/api', { available: 'False' })];
    assert.equal(runOf('deletion-apis', { references })?.hits, 1);
    assert.equal(runOf('deletion-apis', { references: undefined })?.ran, false);
  });
});
