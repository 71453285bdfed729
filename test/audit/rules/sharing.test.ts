import assert from 'node:assert/strict';
import { audit } from '../../../src/audit/audit.ts';
import { subjectOf, type World } from '../../support/subject.ts';
import { definition, helmMarks, nameText, object, packOf, PLACE, release } from '../../support/world.ts';

const pack = (name: string, namespace = 'shop') => packOf(definition(name, { namespace }));
const mine = object('shop/ConfigMap/mine', { manager: 'kubectl-create' });
const profile = (name: string) => ({ name, version: '1.0.0', type: 'add-on' });
const HASH = 'cluster.spectrocloud.com/last-applied-hash';

/** `rule namespace pack application: resources`, of rules about what is in a namespace. */
function found(world: World): readonly string[] {
  const rules = new Set<string>([
    'unmanaged-resource',
    'shared-namespace',
    'protected-namespace',
    'claim-refuted',
    'owner-conflict',
    'leftover',
  ]);
  return audit(subjectOf(world))
    .findings.filter(({ rule }) => rules.has(rule))
    .map(({ rule, namespace, pack: one, application, resources }) =>
      `${[rule, namespace, one, application].filter((part) => part !== '').join(' ')}: ${resources.map(({ name }) => name).join(' ')}`.trim(),
    );
}

const CASES: readonly { readonly says: string; readonly world: World; readonly expect: readonly string[] }[] = [
  {
    says: 'an object of nobody in a destroyed namespace is found',
    world: { packs: [pack('a')], objects: [mine] },
    expect: ['unmanaged-resource shop mine: mine'],
  },
  {
    says: 'it is found once, though two packs would destroy it',
    world: { packs: [pack('a'), pack('b')], objects: [mine] },
    expect: ['shared-namespace shop:', 'unmanaged-resource shop mine: mine'],
  },
  {
    says: 'what a former namespace holds is found as well',
    world: { packs: [pack('a', 'new')], objects: [mine], given: { releases: [release('shop/a-c', { chart: 'c' })] } },
    expect: ['unmanaged-resource shop mine: mine'],
  },
  {
    says: 'where a pack only has objects, nothing of others is listed',
    world: { packs: [packOf(definition('a', { namespace: 'one', objects: ['shop/Secret/a'] }))], objects: [mine] },
    expect: [],
  },
  {
    says: 'where a pack only has labels, nothing is listed',
    world: {
      packs: [
        packOf(
          definition('a', {
            namespace: 'one',
            namespaceLabels: [{ namespace: nameText('shop'), entries: [], malformed: [] }],
          }),
        ),
      ],
      objects: [mine],
    },
    expect: [],
  },
  {
    says: 'what Kubernetes makes in every namespace is not listed',
    world: {
      packs: [pack('a')],
      objects: [
        object('shop/ConfigMap/kube-root-ca.crt'),
        object('shop/ServiceAccount/default'),
        object('shop/Event/e'),
      ],
    },
    expect: [],
  },
  {
    says: 'a pack that has objects in a namespace another destroys shares it',
    world: { packs: [pack('a'), packOf(definition('b', { namespace: 'else', objects: ['shop/Secret/b'] }))] },
    expect: ['shared-namespace shop:'],
  },
  {
    says: 'a pack that only labels it does not',
    world: {
      packs: [
        pack('a'),
        packOf(
          definition('b', {
            namespace: 'else',
            namespaceLabels: [{ namespace: nameText('shop'), entries: [], malformed: [] }],
          }),
        ),
      ],
    },
    expect: [],
  },
  {
    says: 'a protected namespace is counted, its contents are not listed',
    world: {
      packs: [pack('a', 'kube-system')],
      objects: [object('kube-system/ConfigMap/x', { manager: 'kubectl-create' })],
    },
    expect: ['protected-namespace kube-system:'],
  },
  {
    says: 'unless -n names it',
    world: {
      packs: [pack('a', 'kube-system')],
      objects: [object('kube-system/ConfigMap/x', { manager: 'kubectl-create' })],
      narrowedTo: ['kube-system'],
    },
    expect: ['protected-namespace kube-system: x'],
  },
  {
    says: '-n leaves out what is found elsewhere',
    world: { packs: [pack('a'), pack('b', 'two')], objects: [mine], narrowedTo: ['two'] },
    expect: [],
  },
  {
    says: 'a copied mark is refuted, and its bearer is foreign',
    world: {
      packs: [pack('a')],
      objects: [object('shop/ConfigMap/copy', { annotations: helmMarks('a-c', 'shop'), manager: 'kubectl-create' })],
      given: { releases: [release('shop/a-c', { chart: 'c' })] },
    },
    expect: ['unmanaged-resource shop copy: copy', 'claim-refuted shop: copy'],
  },
  {
    says: 'two proofs are a conflict, and the object is foreign',
    world: {
      packs: [
        packOf(definition('a', { namespace: 'shop', objects: ['/Secret/s'] })),
        packOf(definition('b', { namespace: 'shop', objects: ['/Secret/s'] })),
      ],
      objects: [object('shop/Secret/s')],
    },
    expect: ['shared-namespace shop:', 'unmanaged-resource shop s: s', 'owner-conflict shop: s'],
  },
  {
    says: 'what Palette left behind is a leftover and no application',
    world: {
      packs: [pack('a')],
      objects: [object('shop/ConfigMap/old', { annotations: { [HASH]: '1' }, manager: 'palette-agent' })],
      given: { paletteManagers: ['palette-agent'] },
    },
    expect: ['leftover shop a: old'],
  },
  {
    says: 'names such as constructor and __proto__ are ordinary',
    world: {
      packs: [pack('constructor', '__proto__'), pack('__proto__', '__proto__')],
      objects: [object('__proto__/ConfigMap/constructor', { manager: 'kubectl-create' })],
    },
    expect: ['shared-namespace __proto__:', 'unmanaged-resource __proto__ constructor: constructor'],
  },
];

describe('rules about what shares a namespace', () => {
  for (const { says, world, expect } of CASES) it(says, () => assert.deepEqual(found(world), expect));

  it('tells whose removal destroys it from who only has objects there', () => {
    const packs = [pack('a'), packOf(definition('b', { namespace: 'else', objects: ['shop/Secret/b'] }))];
    const [shared] = audit(subjectOf({ packs })).findings;
    assert.deepEqual(shared?.rule === 'shared-namespace' && shared.facts.destroying, ['a']);
  });

  it('lists the volumes of packs that share a namespace, and nothing else of them', () => {
    const objects = ['/PersistentVolumeClaim/data', '/ConfigMap/plain'];
    const world = {
      packs: [packOf(definition('a', { namespace: 'shop', objects })), pack('b')],
      objects: [object('shop/PersistentVolumeClaim/data'), object('shop/ConfigMap/plain')],
    };
    assert.deepEqual(found(world), ['shared-namespace shop: data']);
  });

  it('names packs with their profiles', () => {
    const packs = ['b', 'a'].map((name) =>
      packOf(definition(name, { namespace: 'shop', profile: profile(`p-${name}`) })),
    );
    const [finding] = audit(subjectOf({ packs })).findings;
    assert.deepEqual(finding?.rule === 'shared-namespace' && finding.facts.packs, [
      { pack: 'a', profiles: ['p-a'] },
      { pack: 'b', profiles: ['p-b'] },
    ]);
  });

  it('counts a claim whose namespace is not resolved as unseen', () => {
    const packs = [packOf(definition('a', { namespace: '{{ .spectro.var.ns }}' }))];
    assert.equal(audit(subjectOf({ packs })).complete, false);
    assert.equal(audit(subjectOf({ packs, narrowedTo: ['shop'] })).complete, false);
  });

  it('counts a part of a definition that could not be read as unseen, also where -n looks elsewhere', () => {
    const gaps = [{ reason: 'manifest-unreadable', subject: 'm', place: PLACE }] as const;
    const packs = [packOf(definition('a', { namespace: 'shop', gaps }))];
    assert.equal(audit(subjectOf({ packs, narrowedTo: ['else'] })).complete, false);
  });
});
