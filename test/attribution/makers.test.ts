import assert from 'node:assert/strict';
import { contextOf } from '../../src/attribution/context.ts';
import { makerCandidate, makersOf } from '../../src/attribution/makers.ts';
import type { ClusterObject, Inventory } from '../../src/model/inventory.ts';
import type { Pack } from '../../src/model/pack.ts';
import { attributionInput, definition, inventory, object, packOf, release } from '../support/world.ts';

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
  'server',
  'api',
  'apiserver',
  'app',
  'backend',
  'cli',
  'console',
  'dashboard',
  'frontend',
  'gateway',
  'portal',
  'ui',
  'web',
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
