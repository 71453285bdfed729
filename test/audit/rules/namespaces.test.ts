import assert from 'node:assert/strict';
import { audit } from '../../../src/audit/audit.ts';
import type { FactsByRule, RuleId } from '../../../src/model/finding.ts';
import { subjectOf, type World } from '../../support/subject.ts';
import { covered, definition, nameText, namespaceRecord, object, packOf, release, TYPES } from '../../support/world.ts';

const setting = (namespace: string, ...pairs: readonly (readonly [string, string])[]) => ({
  namespace: nameText(namespace),
  entries: pairs.map(([key, value]) => ({ key, value, resolved: !value.includes('{{') })),
  malformed: [],
});
const installed = { reportedState: 'installed' } as const;
const labelled = (...pairs: readonly (readonly [string, string])[]) =>
  definition('a', { ...installed, namespace: 'one', namespaceLabels: [setting('one', ...pairs)] });
const live = (labels: Readonly<Record<string, string>>) => ({
  namespaces: [namespaceRecord('one', { labels: new Map(Object.entries(labels)) })],
});
const AGENT = 'cluster-69af4d3e45baa7b0b501055a';
const unlisted = TYPES.map(({ group, resource }) =>
  covered(group === '' ? resource : `${resource}.${group}`, resource === 'namespaces' ? { scope: 'one' } : {}),
);

const CONVERSION = 'conversion webhook for example.com/v1, Kind=Widget failed: connection refused';

interface Case<Id extends RuleId = RuleId> {
  readonly says: string;
  readonly rule: Id;
  readonly world: World;
  readonly expect: readonly {
    readonly namespace: string;
    readonly pack: string;
    readonly facts: FactsByRule[RuleId];
  }[];
}

const CASES: readonly Case[] = [
  {
    says: 'a pack with a claim on an agent namespace is an error of its own',
    rule: 'agent-namespace',
    world: { packs: [packOf(definition('a', { namespace: AGENT }))] },
    expect: [{ namespace: AGENT, pack: 'a', facts: { source: 'pack.namespace' } }],
  },
  {
    says: 'the agent namespace of another cluster is one, too',
    rule: 'agent-namespace',
    world: {
      packs: [packOf(definition('a', { namespace: 'cluster-x' }))],
      given: { otherAgentNamespaces: ['cluster-x'] },
    },
    expect: [{ namespace: 'cluster-x', pack: 'a', facts: { source: 'pack.namespace' } }],
  },
  {
    says: 'a provider of Cluster API has one, however long its name is',
    rule: 'agent-namespace',
    world: { packs: [packOf(definition('a', { namespace: 'capmaas-system' }))] },
    expect: [{ namespace: 'capmaas-system', pack: 'a', facts: { source: 'pack.namespace' } }],
  },
  {
    says: 'Capsule is none',
    rule: 'agent-namespace',
    world: { packs: [packOf(definition('a', { namespace: 'capsule-system' }))] },
    expect: [],
  },
  {
    says: 'a namespace that only begins like one is not',
    rule: 'agent-namespace',
    world: { packs: [packOf(definition('a', { namespace: 'cluster-tools' }))] },
    expect: [],
  },
  {
    says: 'an API that does not answer holds up the deletion of every namespace, also of one that no pack claims',
    rule: 'namespace-deletion-blocked',
    world: {
      packs: [],
      given: {
        unavailableApis: ['a'].map((group) => ({
          name: `v1.${group}`,
          group,
          version: 'v1',
          service: 'ns/backend',
          reason: 'MissingEndpoints',
          message: 'no addresses',
        })),
      },
    },
    expect: ['v1.a'].map((api) => ({
      namespace: '',
      pack: '',
      facts: { api, service: 'ns/backend', reason: 'MissingEndpoints' },
    })),
  },
  {
    says: 'every old release in a former namespace is named',
    rule: 'former-namespace',
    world: {
      packs: [packOf(definition('a', { namespace: 'new' }))],
      given: {
        releases: [
          release('old/a-d', { chart: 'd' }),
          release('old/a-c', { chart: 'c' }),
          release('new/a-c', { chart: 'c' }),
        ],
      },
    },
    expect: [{ namespace: 'old', pack: 'a', facts: { release: 'a-c, a-d', declared: 'new' } }],
  },
  {
    says: 'an installed pack’s namespace that is not there is missing',
    rule: 'namespace-missing',
    world: { packs: [packOf(definition('a', { ...installed, namespace: 'one' }))] },
    expect: [{ namespace: 'one', pack: 'a', facts: { source: 'pack.namespace' } }],
  },
  {
    says: 'a planned pack’s is not, for it comes with the pack',
    rule: 'namespace-missing',
    world: { packs: [packOf(definition('a', { namespace: 'one' }))] },
    expect: [],
  },
  {
    says: 'a pack’s that is being removed is not, for it goes with the pack',
    rule: 'namespace-missing',
    world: { packs: [packOf(definition('a', { namespace: 'one', reportedState: 'being removed' }))] },
    expect: [],
  },
  {
    says: 'without the list of namespaces nothing is called missing',
    rule: 'namespace-missing',
    world: { packs: [packOf(definition('a', { ...installed, namespace: 'gone' }))], given: { coverage: unlisted } },
    expect: [],
  },
  {
    says: 'a namespace at stake that is being deleted is said',
    rule: 'namespace-terminating',
    world: {
      packs: [packOf(definition('a', { namespace: 'one' }))],
      given: {
        namespaces: [
          namespaceRecord('one', { deletingSince: '2026-11-10T00:00:00Z' }),
          namespaceRecord('else', { deletingSince: '2026-11-10T00:00:00Z' }),
        ],
      },
    },
    expect: [{ namespace: 'one', pack: '', facts: { since: '2026-11-10T00:00:00Z' } }],
  },
  {
    says: 'a type whose conversion fails at every version keeps deletions from ending',
    rule: 'namespace-deletion-blocked',
    world: {
      packs: [],
      given: {
        coverage: [
          covered('widgets.example.com', { scope: 'one', state: 'failed', reason: CONVERSION }),
          covered('widgets.example.com', { scope: 'two', state: 'failed', reason: CONVERSION }),
          covered('references/widgets.example.com', { state: 'failed', reason: CONVERSION }),
          covered('services', { scope: 'one', state: 'failed', reason: 'out of order' }),
        ],
      },
    },
    expect: [
      {
        namespace: '',
        pack: '',
        facts: { api: 'widgets.example.com', service: '', reason: CONVERSION, conversion: true },
      },
    ],
  },
  {
    says: 'a namespace that is being deleted is said too when it is asked for by name',
    rule: 'namespace-terminating',
    world: {
      packs: [],
      narrowedTo: ['else'],
      given: { namespaces: [namespaceRecord('else', { deletingSince: '2026-11-10T00:00:00Z' })] },
    },
    expect: [{ namespace: 'else', pack: '', facts: { since: '2026-11-10T00:00:00Z' } }],
  },
  {
    says: 'what holds the deletion up is said, what did so before is not',
    rule: 'namespace-terminating',
    world: {
      packs: [packOf(definition('a', { namespace: 'one' }))],
      given: {
        namespaces: [
          namespaceRecord('one', {
            deletingSince: '2026-11-10T00:00:00Z',
            conditions: [
              { type: 'NamespaceContentRemaining', status: 'True', reason: 'R', message: 'm', at: '' },
              { type: 'NamespaceDeletionContentFailure', status: 'False', reason: 'R', message: 'm', at: '' },
              { type: 'NamespaceFinalizersRemaining', status: 'Unknown', reason: 'R', message: '', at: '' },
            ],
          }),
        ],
      },
    },
    expect: [
      {
        namespace: 'one',
        pack: '',
        facts: {
          since: '2026-11-10T00:00:00Z',
          conditions: [
            { type: 'NamespaceContentRemaining', reason: 'R', message: 'm' },
            { type: 'NamespaceFinalizersRemaining', reason: 'R', message: '' },
          ],
        },
      },
    ],
  },
  {
    says: 'declared labels that the namespace lacks or bears otherwise are named',
    rule: 'labels-not-applied',
    world: { packs: [packOf(labelled(['b', '1'], ['a', '1'], ['c', '1']))], given: live({ b: '1', c: '2' }) },
    expect: [{ namespace: 'one', pack: 'a', facts: { keys: ['a', 'c'] } }],
  },
  {
    says: 'what file and cluster declare counts together, whichever comes last',
    rule: 'labels-not-applied',
    world: { packs: [packOf(labelled(['a', '1']), labelled(['b', '1']))], given: live({ b: '1' }) },
    expect: [{ namespace: 'one', pack: 'a', facts: { keys: ['a'] } }],
  },
  {
    says: 'a value with a macro is not compared',
    rule: 'labels-not-applied',
    world: { packs: [packOf(labelled(['a', '{{ .spectro.var.x }}']))], given: live({}) },
    expect: [],
  },
  {
    says: 'and is said not to have been',
    rule: 'label-not-checked',
    world: { packs: [packOf(labelled(['a', '{{ .spectro.var.x }}']))], given: live({}) },
    expect: [{ namespace: '', pack: 'a', facts: { keys: ['a'], place: nameText('').place } }],
  },
  {
    says: 'labels such as constructor and __proto__ are ordinary',
    rule: 'labels-not-applied',
    world: { packs: [packOf(labelled(['constructor', 'x'], ['__proto__', 'y']))], given: live({}) },
    expect: [{ namespace: 'one', pack: 'a', facts: { keys: ['__proto__', 'constructor'] } }],
  },
  {
    says: 'a planned pack’s labels are not expected yet',
    rule: 'labels-not-applied',
    world: { packs: [packOf({ ...labelled(['a', '1']), reportedState: undefined })], given: live({}) },
    expect: [],
  },
  {
    says: 'declared annotations are compared with annotations, not with labels',
    rule: 'annotations-not-applied',
    world: {
      packs: [
        packOf(definition('a', { ...installed, namespace: 'one', namespaceAnnotations: [setting('one', ['k', 'v'])] })),
      ],
      given: live({ k: 'v' }),
    },
    expect: [{ namespace: 'one', pack: 'a', facts: { keys: ['k'] } }],
  },
  {
    says: 'a namespace that -n leaves out is not compared',
    rule: 'labels-not-applied',
    world: { packs: [packOf(labelled(['a', '1']))], given: live({}), narrowedTo: ['two'] },
    expect: [],
  },
  {
    says: 'packs of other clusters are named and not used',
    rule: 'other-cluster',
    world: { packs: [], given: { otherAgentNamespaces: ['cluster-x'] } },
    expect: [{ namespace: 'cluster-x', pack: '', facts: { packs: 0 } }],
  },
  {
    says: 'a protected namespace is a warning that counts what is foreign',
    rule: 'protected-namespace',
    world: {
      packs: [packOf(definition('a', { namespace: 'kube-system' }))],
      objects: [
        object('kube-system/ConfigMap/mine', { manager: 'kubectl-create' }),
        object('kube-system/ConfigMap/kubeadm-config'),
      ],
    },
    expect: [{ namespace: 'kube-system', pack: '', facts: { packs: ['a'], foreign: 1 } }],
  },
];

describe('rules about namespaces', () => {
  for (const { says, rule, world, expect } of CASES) {
    it(says, () => {
      const found = audit(subjectOf(world)).findings.filter((finding) => finding.rule === rule);
      assert.deepEqual(
        found.map(({ namespace, pack, facts }) => ({ namespace, pack, facts })),
        expect,
      );
    });
  }
});
