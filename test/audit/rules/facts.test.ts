import assert from 'node:assert/strict';
import { audit } from '../../../src/audit/audit.ts';
import type { RuleId } from '../../../src/model/finding.ts';
import { subjectOf, type World } from '../../support/subject.ts';
import {
  covered,
  definition,
  helmMarks,
  nameText,
  object,
  ownedBy,
  packOf,
  PLACE,
  release,
  TYPES,
} from '../../support/world.ts';

const AGENT = 'cluster-69af4d3e45baa7b0b501055a';
const HASH = { 'cluster.spectrocloud.com/last-applied-hash': 'x' };
const pack = (name: string, given: Parameters<typeof definition>[1] = {}) =>
  packOf(definition(name, { namespace: 'shop', ...given }));
const setting = (namespace: string) => ({ namespace: nameText(namespace), entries: [], malformed: [] });
const ALL = TYPES.map(({ group, resource }) => covered(group === '' ? resource : `${resource}.${group}`));
const copy = (name: string, releaseName: string) =>
  object(`shop/ConfigMap/${name}`, { annotations: helmMarks(releaseName, 'shop') });
const fault = { code: 'name-not-text', detail: 'why', place: PLACE } as const;
const cluster = (namespace: string) => ({ source: { kind: 'cluster', namespace } }) as const;
const CONVERSION = { state: 'failed', reason: 'conversion webhook for example.com/v1 failed' } as const;

interface Case {
  readonly says: string;
  readonly rule: RuleId;
  readonly world: World;
  /** `namespace pack facts: resources`. */
  readonly found: readonly string[];
}

const DEFINITIONS: readonly Case[] = [
  {
    says: 'a label key and an annotation key of one namespace are one stray, with the place of the label',
    rule: 'stray-label-key',
    world: { packs: [pack('a', { namespaceLabels: [setting('far')], namespaceAnnotations: [setting('far')] })] },
    found: [`far a ${JSON.stringify({ field: 'pack.namespaceAnnotations, pack.namespaceLabels', place: PLACE })}`],
  },
  {
    says: 'faults come in the order of packs',
    rule: 'name-not-text',
    world: {
      packs: ['b', 'a'].map((name) => pack(name, { problems: [{ ...fault, subject: 'x' }] })),
    },
    found: ['a', 'b'].map((name) => `- ${name} ${JSON.stringify({ field: 'x', detail: 'why', place: PLACE })}`),
  },
  {
    says: 'each profile that is only a draft',
    rule: 'draft-only',
    world: {
      packs: [
        pack('a', {
          problems: ['x', 'y'].map((subject) => ({ code: 'draft-only', subject, detail: '', place: PLACE }) as const),
        }),
      ],
    },
    found: ['x', 'y'].map((profile) => `- - ${JSON.stringify({ profile, place: PLACE })}`),
  },
  {
    says: 'one Pack resource that two namespaces of agents hold is no duplicate',
    rule: 'duplicate-pack',
    world: { packs: [packOf(definition('a', cluster('cluster-1')), definition('a', cluster('cluster-2')))] },
    found: [],
  },
  {
    says: 'one Pack resource of two versions is one, and names both places',
    rule: 'duplicate-pack',
    world: {
      packs: [
        packOf(
          definition('a', cluster('cluster-1')),
          definition('a', { ...cluster('cluster-1'), version: '2' }),
          definition('a'),
        ),
      ],
    },
    found: [`- a ${JSON.stringify({ places: [PLACE, PLACE] })}`],
  },
];

const EVIDENCE: readonly Case[] = [
  {
    says: 'a mark that the record denies, and that of no release',
    rule: 'claim-refuted',
    world: {
      packs: [pack('a')],
      objects: [copy('x', 'gone'), copy('y', 'there')],
      given: { releases: [release('shop/there')] },
    },
    found: [
      `shop - ${JSON.stringify({ claimed: 'gone in shop', recorded: false })}: x`,
      `shop - ${JSON.stringify({ claimed: 'there in shop' })}: y`,
    ].toSorted(),
  },
  {
    says: 'a release without a record is not said to have none where one of the marks is of something else',
    rule: 'claim-refuted',
    world: {
      packs: [pack('a')],
      objects: [
        copy('x', 'gone'),
        object('shop/ConfigMap/y', { annotations: { 'argocd.argoproj.io/tracking-id': 'gone in shop:x' } }),
      ],
    },
    found: [`shop - ${JSON.stringify({ claimed: 'gone in shop' })}: x y`],
  },
  ...['name', 'namespace'].map((half): Case => ({
    says: `nor where only the release’s ${half} is there`,
    rule: 'claim-refuted',
    world: {
      packs: [pack('a')],
      objects: [
        object('shop/ConfigMap/c', {
          annotations: { [`meta.helm.sh/release-${half}`]: 'x', 'argocd.argoproj.io/tracking-id': 'argo:x' },
        }),
      ],
    },
    found: [`shop - ${JSON.stringify({ claimed: 'argo' })}: c`],
  })),
  {
    says: 'a refuted mark on a pack’s own object is nothing to tell',
    rule: 'claim-refuted',
    world: {
      packs: [pack('a', { objects: ['/ConfigMap/c'] })],
      objects: [object('shop/ConfigMap/c', { annotations: { 'argocd.argoproj.io/tracking-id': 'argo:x' } })],
    },
    found: [],
  },
  {
    says: 'nothing is told of a namespace that stays',
    rule: 'claim-refuted',
    world: { packs: [pack('a', { namespace: 'far', objects: ['shop/ConfigMap/own'] })], objects: [copy('x', 'gone')] },
    found: [],
  },
  {
    says: 'two owners by proof',
    rule: 'owner-conflict',
    world: {
      packs: ['a', 'b'].map((name) => pack(name, { objects: ['/ConfigMap/c'] })),
      objects: [object('shop/ConfigMap/c')],
    },
    found: [`shop - ${JSON.stringify({ owners: ['pack a', 'pack b'] })}: c`],
  },
  {
    says: 'what is left over, with the mark that tells it',
    rule: 'leftover',
    world: {
      packs: [pack('a')],
      objects: [object('shop/ConfigMap/c', { annotations: HASH, manager: 'palette' })],
      given: { paletteManagers: ['palette'] },
    },
    found: [
      `shop a ${JSON.stringify({ mark: "Palette's annotation cluster.spectrocloud.com/last-applied-hash, but no current definition contains it" })}: c`,
    ],
  },
];

const NAMESPACES: readonly Case[] = [
  {
    says: 'an agents’ namespace, with all that claims it',
    rule: 'agent-namespace',
    world: { packs: [pack('a', { namespace: AGENT, additionalNamespaces: [nameText(AGENT)] })] },
    found: [`${AGENT} a ${JSON.stringify({ source: 'additionalNamespaces, pack.namespace' })}`],
  },
  {
    says: 'not one where a pack merely has objects',
    rule: 'agent-namespace',
    world: { packs: [pack('a', { objects: [`${AGENT}/ConfigMap/c`] })] },
    found: [],
  },
  {
    says: 'a missing namespace, with all that claims it',
    rule: 'namespace-missing',
    world: {
      packs: [pack('a', { reportedState: 'installed', additionalNamespaces: [nameText('shop')] })],
      given: { coverage: ALL },
    },
    found: [`shop a ${JSON.stringify({ source: 'additionalNamespaces, pack.namespace' })}`],
  },
  {
    says: 'a missing namespace where the list of all was complete, and that of one as well',
    rule: 'namespace-missing',
    world: {
      packs: [pack('a', { reportedState: 'installed' })],
      given: { coverage: [...ALL, covered('namespaces', { scope: 'shop' })] },
    },
    found: [`shop a ${JSON.stringify({ source: 'pack.namespace' })}`],
  },
  {
    says: 'the former namespace of each pack by its own releases and declarations',
    rule: 'former-namespace',
    world: {
      packs: [pack('b', { namespace: 'new-b' }), pack('a', { namespace: 'new-a' })],
      given: { releases: [release('old/a-c', { chart: 'c' }), release('old/b-d', { chart: 'd' })] },
    },
    found: [
      `old a ${JSON.stringify({ release: 'a-c', declared: 'new-a' })}`,
      `old b ${JSON.stringify({ release: 'b-d', declared: 'new-b' })}`,
    ],
  },
  {
    says: 'a former namespace of a pack that declares none',
    rule: 'former-namespace',
    world: { packs: [packOf(definition('a'))], given: { releases: [release('old/a-c', { chart: 'c' })] } },
    found: [`old a ${JSON.stringify({ release: 'a-c', declared: 'default' })}`],
  },
  {
    says: 'each type that cannot be converted, and not one that is converted in the end',
    rule: 'namespace-deletion-blocked',
    world: {
      packs: [pack('a')],
      given: {
        coverage: [
          covered('gadgets.example.com', CONVERSION),
          covered('widgets.example.com', CONVERSION),
          covered('things.example.com', { ...CONVERSION, state: 'complete' }),
          covered('witness/others.example.com', CONVERSION),
          covered('pods', { state: 'failed', reason: 'HTTP 500' }),
        ],
      },
    },
    found: ['gadgets.example.com', 'widgets.example.com'].map(
      (api) => `- - ${JSON.stringify({ api, service: '', reason: CONVERSION.reason, conversion: true })}`,
    ),
  },
  {
    says: 'a protected namespace, with the packs that would destroy that one, and what is foreign there',
    rule: 'protected-namespace',
    world: {
      packs: [
        pack('a', { namespace: 'kube-system' }),
        pack('b', { objects: ['kube-system/ConfigMap/own'] }),
        pack('c', { namespace: 'kube-public' }),
      ],
      objects: [object('kube-system/ConfigMap/mine', { manager: 'kubectl-create' })],
    },
    found: [
      `kube-public - ${JSON.stringify({ packs: ['c'], foreign: 0 })}`,
      `kube-system - ${JSON.stringify({ packs: ['a'], foreign: 1 })}`,
    ],
  },
];

const gone = (kind: string, name: string) => ownedBy(object(`shop/${kind}/${name}`, { uid: `${name} is gone` }), false);
const orphan = object('shop/ConfigMap/c', { owners: [gone('Job', 'z'), gone('Deployment', 'a')] });

const OWNERS: readonly Case[] = [
  {
    says: 'all owners that are not there',
    rule: 'owner-missing',
    world: { packs: [pack('a')], objects: [orphan] },
    found: [`shop - ${JSON.stringify({ owners: ['Deployment a', 'Job z'] })}: c`],
  },
  {
    says: 'nothing where the type of one of them was not listed',
    rule: 'owner-missing',
    world: {
      packs: [pack('a')],
      objects: [orphan],
      given: { coverage: ALL.filter(({ resource }) => resource !== 'jobs.batch') },
    },
    found: [],
  },
  {
    says: 'nothing where the cluster does not know the type of one of them',
    rule: 'owner-missing',
    world: {
      packs: [pack('a')],
      objects: [{ ...orphan, owners: [...orphan.owners, { ...gone('Job', 'x'), kind: 'Unknown' }] }],
      given: { coverage: [...ALL, covered('undefined')] },
    },
    found: [],
  },
];

describe('the facts of findings', () => {
  for (const { says, rule, world, found } of [...DEFINITIONS, ...EVIDENCE, ...NAMESPACES, ...OWNERS]) {
    it(`${rule}: ${says}`, () => {
      const findings = audit(subjectOf(world)).findings.filter((finding) => finding.rule === rule);
      const lines = findings.map(({ namespace, pack: one, facts, resources }) => {
        const where = [namespace, one].map((text) => text || '-').join(' ');
        const names = resources.map(({ name }) => name).join(' ');
        return `${where} ${JSON.stringify(facts)}${names === '' ? '' : `: ${names}`}`;
      });
      assert.deepEqual(lines.toSorted(), found);
      assert.equal(new Set(findings.map(({ id }) => id)).size, findings.length, 'ids are unique');
    });
  }
});
