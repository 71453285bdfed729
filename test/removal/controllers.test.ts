import assert from 'node:assert/strict';
import { controllersOf, type Controllers } from '../../src/removal/controllers.ts';
import { isNamedAlike } from '../../src/removal/manager-names.ts';
import { reference, removedWorld, type Given } from '../support/removed-world.ts';
import { definition, object, packOf, release } from '../support/world.ts';

const CRD = '/CustomResourceDefinition/widgets.example.com';
const ENGINE = 'team/Deployment/engine';
const OBJECTS = [object(CRD), object(ENGINE), object('team/ConfigMap/settings'), object('team/Deployment/other')];

function controllers(given: Given): Controllers {
  return controllersOf(removedWorld({ objects: OBJECTS, ...given }).world);
}

const manifests = (name: string, ...objects: readonly string[]) =>
  packOf(definition(name, { namespace: name, objects }));

/** Who acts on group `example.com`. */
const groups: readonly (readonly [says: string, given: Given, workloads: readonly string[]])[] = [
  ['nobody, where nothing brought both', {}, []],
  ['what one release brought', { releases: [release('team/shop', { has: [CRD, ENGINE] })] }, ['engine']],
  [
    'what two releases brought is not of one making',
    { releases: [release('team/shop', { has: [CRD] }), release('team/blog', { has: [ENGINE] })] },
    [],
  ],
  [
    'what two releases of a pack brought is',
    {
      releases: [
        release('gone/gone-a', { chart: 'a', has: [CRD] }),
        release('gone/gone-b', { chart: 'b', has: [ENGINE] }),
      ],
    },
    ['engine'],
  ],
  [
    'what releases of two packs brought is not',
    {
      releases: [
        release('gone/gone-a', { chart: 'a', has: [CRD] }),
        release('other/other-a', { chart: 'a', has: [ENGINE] }),
      ],
    },
    [],
  ],
  ["what a pack's manifests brought", { packs: [manifests('gone', CRD, ENGINE)] }, ['engine']],
  [
    'what the manifests of two packs brought is not',
    { packs: [manifests('gone', CRD), manifests('other', ENGINE)] },
    [],
  ],
  [
    "what a pack's manifest and release brought",
    {
      packs: [manifests('gone', CRD)],
      releases: [release('gone/gone-a', { chart: 'a', has: [ENGINE] })],
    },
    ['engine'],
  ],
  [
    'workloads beside the service that converts',
    { references: [reference('conversion-webhook', [CRD, 'team/Service/convert'])] },
    ['engine', 'other'],
  ],
  [
    'who is of the name of a writer, each once',
    {
      objects: [object(CRD, { manager: 'engine' }), object(ENGINE)],
      releases: [release('team/shop', { has: [CRD, ENGINE] })],
    },
    ['engine'],
  ],
  [
    'a workload whose name looks like a definition is none',
    {
      objects: [object('team/Deployment/web.example.com'), object(ENGINE)],
      releases: [release('team/shop', { has: ['team/Deployment/web.example.com', ENGINE] })],
    },
    [],
  ],
];

/** Whether a finalizer's domain tells the controllers of a group. */
const domains: readonly (readonly [domain: string, group: string, near: boolean])[] = [
  ['example.com', 'example.com', true],
  ['sub.example.com', 'example.com', true],
  ['example.com', 'sub.example.com', true],
  ['anexample.com', 'example.com', false],
  ['example.com', 'anexample.com', false],
  ['local', 'my.local', false],
  ['k8s.io', 'my.k8s.io', false],
  ['x-k8s.io', 'my.x-k8s.io', false],
  ['kubernetes.io', 'my.kubernetes.io', false],
  ['github.com', 'my.github.com', false],
  ['github.io', 'my.github.io', false],
  ['example.com', 'example.org', false],
];

/** Field managers and workloads, and whether one may be the other. */
const names: readonly (readonly [manager: string, workload: string, alike: boolean])[] = [
  ['engine', 'engine', true],
  ['engine-certificates', 'engine', true],
  ['engine', 'gone-engine', true],
  ['engine', 'engine-2', false],
  ['gone-engine', 'engine', false],
  ['WidgetEngine', 'widget-engine', true],
  ['widget__engine', 'widget-engine', true],
  ['widget2Engine', 'widget2-engine', true],
  ['', '', false],
  ['', 'engine-', false],
  ...['manager', 'controller', 'operator', 'main', 'server', 'app', 'unknown'].map(
    (name) => [name, name, false] as const,
  ),
];

describe('who acts on custom resources', () => {
  for (const [says, given, workloads] of groups) {
    it(says, () => {
      const found = controllers(given).ofGroup('example.com');
      assert.deepEqual(found.map(({ name }) => name).toSorted(), workloads);
    });
  }

  for (const [domain, group, near] of domains) {
    it(`domain ${domain} ${near ? 'tells' : 'does not tell'} who acts on ${group}`, () => {
      const objects = [object(`/CustomResourceDefinition/things.${group}`, { manager: 'engine' }), object(ENGINE)];
      assert.deepEqual(
        controllers({ objects })
          .ofDomain(domain)
          .map(({ name }) => name),
        near ? ['engine'] : [],
      );
    });
  }

  for (const [manager, workload, alike] of names) {
    it(`field manager "${manager}" may ${alike ? '' : 'not '}be workload "${workload}"`, () => {
      assert.equal(isNamedAlike(manager, workload), alike);
    });
  }
});
