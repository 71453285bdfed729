import assert from 'node:assert/strict';
import { contextOf } from '../../src/attribution/context.ts';
import { injectedCandidate, injectionCandidates, makerCandidate, makersOf } from '../../src/attribution/makers.ts';
import type { Attribution, Owner } from '../../src/model/attribution.ts';
import type { ClusterObject, Coverage, Inventory } from '../../src/model/inventory.ts';
import type { Pack } from '../../src/model/pack.ts';
import type { ResourceType } from '../../src/model/resource.ts';
import {
  attributionInput,
  covered,
  definition,
  inventory,
  namespaceRecord,
  object,
  packOf,
  release,
} from '../support/world.ts';

const CRD = '/CustomResourceDefinition/widgets.example.com';
const CUSTOM: Partial<Inventory> = {
  customTypes: [{ group: 'example.com', kind: 'Widget', crd: 'widgets.example.com' }],
};
const WEB = packOf(definition('web', { namespace: 'shop', objects: [CRD, '/Deployment/operator'] }));
const API = packOf(definition('api', { namespace: 'shop', objects: [CRD] }));

interface Case {
  readonly says: string;
  readonly about: ClusterObject;
  readonly packs?: readonly Pack[];
  readonly given?: Partial<Inventory>;
  readonly found: string | undefined;
}

const widget = (...managers: readonly string[]): ClusterObject => object('shop/Widget/w', { managers });
const madeBy = (component: string): string =>
  `a resource of a type that pack web brought, written only by its component ${component}`;

const ENTRANCES: readonly string[] = [
  ...['server', 'api', 'apiserver', 'app', 'backend', 'cli', 'console', 'dashboard', 'frontend', 'gateway'],
  ...['portal', 'ui', 'web'],
].flatMap((part) => [`widget-${part}`, `big-widget-${part}`]);

const MADE: readonly Case[] = [
  { says: 'is the pack, where its component wrote the resource', about: widget('operator'), found: madeBy('operator') },
  ...['DaemonSet', 'StatefulSet', 'ServiceAccount'].map((kind): Case => ({
    says: `is the pack, where its ${kind} wrote the resource`,
    about: widget('operator'),
    packs: [packOf(definition('web', { namespace: 'shop', objects: [CRD, `/${kind}/operator`] }))],
    found: madeBy('operator'),
  })),
  {
    says: 'is not the pack, where something wrote it that runs nothing',
    about: widget('operator'),
    packs: [packOf(definition('web', { namespace: 'shop', objects: [CRD, '/ConfigMap/operator'] }))],
    found: undefined,
  },
  {
    says: 'is the pack, where its release brought type and component',
    about: widget('operator'),
    packs: [packOf(definition('web', { namespace: 'shop' }))],
    given: { releases: [release('shop/web-web', { chart: 'web', has: [CRD, '/Deployment/operator'] })] },
    found: madeBy('operator'),
  },
  {
    says: 'is the pack, where a component wrote it that is named like the chart',
    about: widget('chart'),
    packs: [packOf(definition('web', { namespace: 'shop' }))],
    given: { releases: [release('shop/web-chart', { chart: 'chart', has: [CRD] })] },
    found: madeBy('chart'),
  },
  {
    says: 'is nobody known, where a release brought the type that is no pack’s',
    about: widget('operator'),
    packs: [],
    given: { releases: [release('shop/outside', { has: [CRD, '/Deployment/operator'] })] },
    found: undefined,
  },
  {
    says: 'is nobody known, where what the pack brought is merely named like the type’s definition',
    about: widget('operator'),
    packs: [
      packOf(
        definition('web', { namespace: 'shop', objects: ['/ConfigMap/widgets.example.com', '/Deployment/operator'] }),
      ),
    ],
    found: undefined,
  },
  {
    says: 'is nobody known, where only a template may bring the type',
    about: widget('operator'),
    packs: [packOf(definition('web', { namespace: 'shop', possible: [CRD], objects: ['/Deployment/operator'] }))],
    found: undefined,
  },
  {
    says: 'is nobody known, where two packs brought the type',
    about: widget('operator'),
    packs: [WEB, API],
    found: undefined,
  },
  {
    says: 'is nobody known, where two packs brought the type, in whatever order',
    about: widget('operator'),
    packs: [API, WEB],
    found: undefined,
  },
  {
    says: 'is nobody known, where another machine wrote the resource as well',
    about: widget('operator', 'somebody-else'),
    found: undefined,
  },
  { says: 'is nobody known, where nobody is known to have written it', about: widget(), found: undefined },
  {
    says: 'is nobody known, where a person wrote it, even one named like a component',
    about: widget('kubectl'),
    packs: [packOf(definition('web', { namespace: 'shop', objects: [CRD, '/Deployment/kubectl'] }))],
    found: undefined,
  },
  ...ENTRANCES.map((entrance): Case => ({
    says: `is nobody known, where people may have written it through ${entrance}`,
    about: widget(entrance),
    packs: [packOf(definition('web', { namespace: 'shop', objects: [CRD, `/Deployment/${entrance}`] }))],
    found: undefined,
  })),
  {
    says: 'is the pack, where a part of its component’s name is one of an entrance',
    about: widget('web-operator'),
    packs: [packOf(definition('web', { namespace: 'shop', objects: [CRD, '/Deployment/web-operator'] }))],
    found: madeBy('web-operator'),
  },
  {
    says: 'is nobody known of a resource of another type',
    about: object('shop/ConfigMap/c', { managers: ['operator'] }),
    found: undefined,
  },
  {
    says: 'is nobody known, where nothing tells which type the definition is of',
    about: widget('operator'),
    given: { customTypes: [] },
    found: undefined,
  },
];

describe('the maker of a custom resource', () => {
  for (const { says, about, packs = [WEB], given = {}, found } of MADE) {
    it(says, () => {
      const context = contextOf(attributionInput(packs, inventory([about], { ...CUSTOM, ...given })));
      const candidate = makerCandidate(about, makersOf(context));
      assert.equal(candidate?.evidence.text, found);
      assert.deepEqual(
        candidate && [candidate.owner, candidate.strength, candidate.evidence.strength],
        found && [{ kind: 'pack', pack: 'web' }, 'inferred', 'inferred'],
      );
    });
  }
});

const NAMES = ['a', 'b', 'c', 'd', 'shop'];
const quota = (...managers: readonly string[]): ClusterObject => object('shop/ResourceQuota/q', { managers });

function ofKind(one: ClusterObject, kind: Pick<ResourceType, 'group' | 'resource' | 'kind'>): ClusterObject {
  return { ...one, type: { ...one.type, ...kind } };
}

/** Group, resource and kind of what nobody has to have put everywhere. */
const HOLDING = [
  ['', 'persistentvolumeclaims', 'PersistentVolumeClaim'],
  ['', 'pods', 'Pod'],
  ['', 'replicationcontrollers', 'ReplicationController'],
  ['apps', 'daemonsets', 'DaemonSet'],
  ['apps', 'deployments', 'Deployment'],
  ['apps', 'replicasets', 'ReplicaSet'],
  ['apps', 'statefulsets', 'StatefulSet'],
  ['batch', 'cronjobs', 'CronJob'],
  ['batch', 'jobs', 'Job'],
  ['kubevirt.io', 'virtualmachines', 'VirtualMachine'],
  ['kubevirt.io', 'virtualmachineinstances', 'VirtualMachineInstance'],
  ['snapshot.storage.k8s.io', 'volumesnapshots', 'VolumeSnapshot'],
] as const;

interface Everywhere {
  readonly says: string;
  readonly about?: ClusterObject;
  /** `manager@namespace` of the objects of that type and name. */
  readonly writers: readonly string[];
  readonly names?: readonly string[];
  readonly resource?: string;
  readonly name?: string;
  readonly coverage?: readonly Coverage[];
  readonly found: string | undefined;
}

const by = (manager: string, ...namespaces: readonly string[]): readonly string[] =>
  namespaces.map((namespace) => `${manager}@${namespace}`);

const EVERYWHERE: readonly Everywhere[] = [
  { says: 'is what its manager wrote into every namespace', writers: by('engine', ...NAMES), found: 'engine' },
  { says: 'is what it wrote into four of five', writers: by('engine', 'a', 'b', 'c', 'shop'), found: 'engine' },
  { says: 'is not what it wrote into three of five', writers: by('engine', 'a', 'b', 'shop'), found: undefined },
  {
    says: 'is not what several managers wrote into every namespace together',
    writers: [...by('engine', 'a', 'b', 'shop'), ...by('other', 'c', 'd')],
    found: undefined,
  },
  {
    says: 'is not what another manager wrote into every namespace',
    writers: by('other', ...NAMES),
    found: undefined,
  },
  {
    says: 'counts a namespace once',
    writers: [...by('engine', 'a', 'b', 'shop'), ...by('engine', 'a', 'b')],
    found: undefined,
  },
  {
    says: 'is what one of its managers wrote, the first by name of several',
    about: quota('engine', 'another'),
    writers: [...by('engine', ...NAMES), ...by('another', ...NAMES)],
    found: 'another',
  },
  {
    says: 'is not what a person wrote, too',
    about: quota('engine', 'kubectl-edit'),
    writers: by('engine', ...NAMES),
    found: undefined,
  },
  {
    says: 'is nothing in a cluster of four namespaces',
    names: NAMES.slice(1),
    writers: by('engine', ...NAMES.slice(1)),
    found: undefined,
  },
  ...HOLDING.map(([group, resource, kind]): Everywhere => ({
    says: `is no ${kind}, which runs something or holds its data`,
    about: ofKind(quota('engine'), { group, resource, kind }),
    resource: group === '' ? resource : `${resource}.${group}`,
    writers: by('engine', ...NAMES),
    found: undefined,
  })),
  { says: 'is not what has another name', name: 'other', writers: by('engine', ...NAMES), found: undefined },
  {
    says: 'is not what is of another type',
    resource: 'configmaps',
    writers: by('engine', ...NAMES),
    found: undefined,
  },
  ...[
    { says: 'only one of them was read', coverage: [covered('namespaces', { scope: 'shop' })] },
    { says: 'they were refused', coverage: [covered('namespaces', { state: 'forbidden' })] },
    { says: 'nothing is said of them', coverage: [covered('pods')] },
  ].map(({ says, coverage }): Everywhere => ({
    says: `is nothing where not all namespaces are known, for ${says}`,
    coverage,
    writers: by('engine', ...NAMES),
    found: undefined,
  })),
];

describe('what was put into every namespace', () => {
  for (const one of EVERYWHERE) {
    it(one.says, () => {
      const { about = quota('engine'), names = NAMES, resource = 'resourcequotas', name = 'q', found } = one;
      const writers = one.writers.map((text) => {
        const [manager = '', namespace = ''] = text.split('@');
        return { manager, namespace };
      });
      const given: Partial<Inventory> = {
        namespaces: names.map((each) => namespaceRecord(each)),
        elsewhere: [{ resource, name, writers }],
        ...(one.coverage === undefined ? {} : { coverage: one.coverage }),
      };
      const candidate = injectedCandidate(about, contextOf(attributionInput([], inventory([about], given))));
      const text = `${found ?? ''} wrote the same ResourceQuota into at least 80 % of all namespaces`;
      assert.deepEqual(
        candidate,
        found && {
          owner: { kind: 'injected', manager: found },
          strength: 'inferred',
          evidence: { strength: 'inferred', text },
        },
      );
    });
  }
});

const attributed = (one: ClusterObject, owner: Owner = { kind: 'unexplained' }, root = one): Attribution => ({
  object: one,
  owner,
  strength: 'none',
  evidence: [],
  root,
  refuted: undefined,
  conflict: [],
});
const namesOf = (...attributions: readonly Attribution[]): readonly string[] =>
  injectionCandidates(attributions).map(({ resource, name }) => `${resource}/${name}`);

describe('what is worth looking for elsewhere', () => {
  it('is nothing that runs or holds data', () => {
    assert.deepEqual(
      namesOf(attributed(object('a/Deployment/x')), attributed(object('a/PersistentVolumeClaim/x'))),
      [],
    );
  });

  it('is what nobody explains, each type and name once and in order', () => {
    const found = namesOf(
      attributed(object('b/Secret/x')),
      attributed(object('a/ConfigMap/z')),
      attributed(object('a/ConfigMap/y')),
      attributed(object('c/ConfigMap/y')),
      attributed(object('a/Secret/x')),
    );
    assert.deepEqual(found, ['configmaps/y', 'configmaps/z', 'secrets/x']);
  });

  it('is neither what has an owner or a root, nor what has no namespace', () => {
    const deployment = object('a/Deployment/d');
    const found = namesOf(
      attributed(object('a/Secret/x'), { kind: 'person', manager: 'kubectl-create' }),
      attributed(object('a/ReplicaSet/d-1'), { kind: 'unexplained' }, deployment),
      attributed(object('/ClusterRole/r')),
    );
    assert.deepEqual(found, []);
  });

  it('is at most sixty', () => {
    const many = Array.from({ length: 61 }, (_, index) => attributed(object(`a/ConfigMap/${100 + index}`)));
    const found = namesOf(...many.toReversed());
    assert.deepEqual([found.length, found[0], found.at(-1)], [60, 'configmaps/100', 'configmaps/159']);
  });
});
