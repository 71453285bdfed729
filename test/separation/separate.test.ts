import assert from 'node:assert/strict';
import { audit } from '../../src/audit/audit.ts';
import type { Separation, SeparationStep } from '../../src/model/report.ts';
import { separate } from '../../src/separation/separate.ts';
import { subjectOf, type World } from '../support/subject.ts';
import { definition, helmMarks, namespaceRecord, object, ownedBy, packOf, release } from '../support/world.ts';

const shop = (name: string, ...objects: readonly string[]) => packOf(definition(name, { namespace: 'shop', objects }));
const mine = object('shop/ConfigMap/mine', { manager: 'kubectl-create' });
const dash = release('shop/dash', {
  chart: 'dashboard',
  chartVersion: '7.1.0',
  has: ['/Service/dash', '/PersistentVolumeClaim/data', '/ClusterRole/dash'],
});
const dashObjects = ['Service/dash', 'PersistentVolumeClaim/data'].map((path) =>
  object(`shop/${path}`, { annotations: helmMarks('dash', 'shop') }),
);

function separations(world: World): readonly Separation[] {
  const subject = subjectOf(world);
  return separate(audit(subject), subject);
}

function stepText(step: SeparationStep): string {
  return step.kind === 'move-pack' ? `pack ${step.pack} to ${step.to}` : `${step.application} to ${step.to}`;
}

interface Case {
  readonly says: string;
  readonly world: World;
  /** `namespace stays why: step, step`. */
  readonly expect: readonly string[];
}

const CASES: readonly Case[] = [
  { says: 'a namespace of one pack and nothing else needs no advice', world: { packs: [shop('a')] }, expect: [] },
  {
    says: 'what is not Palette’s leaves first, then the packs but the one that stays',
    world: { packs: [shop('b'), shop('a')], objects: [mine] },
    expect: ['shop a order: mine to mine, pack b to b'],
  },
  {
    says: 'a pack that takes the namespace along as its owner, and does not live there, has nothing to move',
    world: {
      packs: [
        packOf(definition('tenants', { namespace: 'tenants', objects: ['/XDatabase/team'] })),
        packOf(definition('web', { namespace: 'team' })),
      ],
      objects: [object('team/ConfigMap/mine', { manager: 'kubectl-create' })],
      given: {
        namespaces: [
          namespaceRecord('tenants'),
          namespaceRecord('team', { owners: [ownedBy(object('/XDatabase/team'))] }),
        ],
      },
    },
    expect: ['team web only pack: mine to mine'],
  },
  {
    says: 'the only pack stays',
    world: { packs: [shop('a')], objects: [mine] },
    expect: ['shop a only pack: mine to mine'],
  },
  {
    says: 'the pack whose name the namespace bears stays',
    world: { packs: [shop('a'), shop('dns--shop')] },
    expect: ['shop dns--shop name: pack a to a'],
  },
  {
    says: 'the pack with volumes stays, before the one whose name the namespace bears',
    world: {
      packs: [shop('shop'), shop('z', '/PersistentVolumeClaim/data')],
      objects: [object('shop/PersistentVolumeClaim/data')],
    },
    expect: ['shop z state: pack shop to shop-app'],
  },
  {
    says: 'load balancers count as state, other Services do not',
    world: {
      packs: [shop('a', '/Service/plain'), shop('b', '/Service/outside')],
      objects: [
        object('shop/Service/plain', { facts: { type: 'ClusterIP' } }),
        object('shop/Service/outside', { facts: { type: 'LoadBalancer' } }),
      ],
    },
    expect: ['shop b state: pack a to a'],
  },
  {
    says: 'volumes weigh more than load balancers, for data is lost where an address only changes',
    world: {
      packs: [shop('shop', '/Service/outside', '/Service/second'), shop('z', '/PersistentVolumeClaim/data')],
      objects: [
        object('shop/Service/outside', { facts: { type: 'LoadBalancer' } }),
        object('shop/Service/second', { facts: { type: 'LoadBalancer' } }),
        object('shop/PersistentVolumeClaim/data'),
      ],
    },
    expect: ['shop z state: pack shop to shop-app'],
  },
  {
    says: 'names are free: no namespace has them, no pack claims them, no other step gives them',
    world: {
      packs: [shop('a'), shop('b'), packOf(definition('c', { namespace: 'mine' }))],
      objects: [mine],
      given: { namespaces: ['shop', 'b'].map((name) => namespaceRecord(name)) },
    },
    expect: ['shop a order: mine to mine-app, pack b to b-app'],
  },
  {
    says: 'a pack that has objects where another destroys the namespace is advised to leave',
    world: { packs: [shop('a'), packOf(definition('b', { namespace: 'home', objects: ['shop/ConfigMap/b'] }))] },
    expect: ['shop a only pack: pack b to b'],
  },
  {
    says: 'a pack whose old release lies there has left already, and does not stay',
    world: {
      packs: [packOf(definition('a', { namespace: 'new' })), shop('z')],
      given: { releases: [release('shop/a-c', { chart: 'c' })] },
    },
    expect: [],
  },
  {
    says: 'nothing of Palette, of Kubernetes, left over or made at run time is advised to move',
    world: {
      packs: [shop('a')],
      objects: [
        object('shop/RoleBinding/workspace', { manager: 'palette' }),
        object('shop/ConfigMap/kube-root-ca.crt'),
        object('shop/ConfigMap/old', {
          annotations: { 'cluster.spectrocloud.com/last-applied-hash': '1' },
          manager: 'palette',
        }),
        object('shop/ConfigMap/state', { manager: 'operator' }),
      ],
      given: { paletteManagers: ['palette'] },
    },
    expect: [],
  },
  {
    says: 'nothing is advised where nothing is destroyed',
    world: {
      packs: [
        packOf(definition('a', { namespace: 'kube-system' })),
        packOf(definition('b', { namespace: 'kube-system' })),
      ],
      objects: [object('kube-system/ConfigMap/x', { manager: 'kubectl-create' })],
    },
    expect: [],
  },
  {
    says: 'names such as constructor and __proto__ are ordinary',
    world: {
      packs: ['constructor', '__proto__'].map((name) => packOf(definition(name, { namespace: '__proto__' }))),
      objects: [object('__proto__/ConfigMap/toString', { manager: 'kubectl-create' })],
    },
    expect: ['__proto__ __proto__ name: toString to tostring, pack constructor to constructor'],
  },
];

describe('separate', () => {
  for (const { says, world, expect } of CASES) {
    it(says, () => {
      const found = separations(world).map(
        ({ namespace, stays, why, steps }) => `${namespace} ${stays} ${why}: ${steps.map(stepText).join(', ')}`,
      );
      assert.deepEqual(found, expect);
    });
  }

  it('tells of a Helm application chart, version and release, and what to mind', () => {
    const [found] = separations({ packs: [shop('a')], objects: dashObjects, given: { releases: [dash] } });
    assert.deepEqual(found?.steps, [
      {
        kind: 'move-application',
        application: 'dash',
        to: 'dash',
        chart: 'dashboard',
        chartVersion: '7.1.0',
        release: 'dash',
        cautions: [
          { code: 'volumes', subjects: ['data'] },
          { code: 'services', subjects: ['dash'] },
          { code: 'cluster-scoped-names', subjects: ['ClusterRole dash'] },
        ],
      },
    ]);
  });

  it('warns when it is not proven whose an application is', () => {
    const objects = [object('shop/ConfigMap/x', { labels: { 'olm.owner': 'op' } })];
    const [found] = separations({ packs: [shop('a')], objects });
    assert.deepEqual(found?.steps[0]?.cautions, [
      { code: 'deployed-elsewhere', subjects: ['OLM'] },
      { code: 'ownership-not-verified', subjects: ['op'] },
    ]);
  });

  const deployed = [
    {
      says: 'a release that Flux installed is Flux’s to move',
      world: {
        objects: [object('shop/Service/dash', { annotations: helmMarks('dash', 'shop'), manager: 'helm-controller' })],
        given: { releases: [dash] },
      },
      expect: ['helm-controller'],
    },
    {
      says: 'a release of another namespace is moved there',
      world: {
        objects: [object('shop/Service/far', { annotations: helmMarks('far', 'home') })],
        given: { releases: [release('home/far', { chart: 'far', has: ['shop/Service/far'] })] },
      },
      expect: ['release far in home'],
    },
    {
      says: 'a release whose record lies elsewhere was not put here by helm install',
      world: {
        objects: [object('shop/Service/far', { annotations: helmMarks('far', 'shop') })],
        given: { releases: [{ ...release('shop/far', { has: ['/Service/far'] }), storageNamespace: 'flux-system' }] },
      },
      expect: ['release far, stored in flux-system'],
    },
  ];
  for (const { says, world, expect } of deployed) {
    it(says, () => {
      const [found] = separations({ packs: [shop('a')], ...world });
      const caution = found?.steps[0]?.cautions.find(({ code }) => code === 'deployed-elsewhere');
      assert.deepEqual(caution?.subjects, expect);
    });
  }

  const shared = [shop('a', '/PersistentVolumeClaim/x'), shop('b'), shop('c')];
  const going = [
    {
      says: 'the pack to be removed stays, whatever others hold, and is not advised to move',
      goes: ['b'],
      expect: ['b removed: pack a to a, pack c to c'],
    },
    { says: 'of several to be removed none is advised to move', goes: ['b', 'c'], expect: ['b removed: pack a to a'] },
    { says: 'where all are to be removed nobody moves', goes: ['a', 'b', 'c'], expect: [] },
  ];
  for (const { says, goes, expect } of going) {
    it(says, () => {
      const subject = subjectOf({ packs: shared, objects: [object('shop/PersistentVolumeClaim/x')] });
      const found = separate(audit(subject), subject, new Set(goes));
      assert.deepEqual(
        found.map(({ stays, why, steps }) => `${stays} ${why}: ${steps.map(stepText).join(', ')}`),
        expect,
      );
      const codes = found.flatMap(({ steps }) => steps.flatMap(({ cautions }) => cautions.map(({ code }) => code)));
      assert.ok(!codes.includes('staying-pack'), 'what goes anyway is nobody to mind');
    });
  }

  it('says nothing of a pack that stays where the one that leaves does not destroy the namespace', () => {
    const packs = [shop('a'), packOf(definition('b', { namespace: 'home', objects: ['shop/ConfigMap/b'] }))];
    const [found] = separations({ packs });
    assert.deepEqual(
      found?.steps[0]?.cautions.map(({ code }) => code),
      ['namespace-change-is-removal'],
    );
  });

  it('warns that a pack’s change of namespace is a removal, and what it takes along', () => {
    const packs = [
      shop('a', '/PersistentVolumeClaim/x', '/PersistentVolumeClaim/y'),
      shop('b', '/Service/web', '/PersistentVolumeClaim/z'),
    ];
    const objects = [
      'PersistentVolumeClaim/x',
      'PersistentVolumeClaim/y',
      'PersistentVolumeClaim/z',
      'Service/web',
    ].map((path) => object(`shop/${path}`));
    const [found] = separations({ packs, objects });
    assert.deepEqual(
      [found?.stays, found?.steps[0]?.cautions],
      [
        'a',
        [
          { code: 'namespace-change-is-removal', subjects: ['shop'] },
          { code: 'volumes', subjects: ['z'] },
          { code: 'services', subjects: ['web'] },
          { code: 'staying-pack', subjects: ['a'] },
          { code: 'volumes-of-staying-pack', subjects: ['x', 'y'] },
        ],
      ],
    );
  });
});
