import assert from 'node:assert/strict';
import type { DefinedObject } from '../../src/model/definition.ts';
import type { Removal } from '../../src/model/removal.ts';
import { judgedGone } from '../support/judged.ts';
import { OTHER, type Given } from '../support/removed-world.ts';
import { definition, namespaceRecord, nameText, object, packOf, ref, release } from '../support/world.ts';

const NAMESPACE = '/Namespace/gone';

/** Everything that is told of as destroyed, with its owner. */
function told({ namespaces, outside }: Removal): readonly string[] {
  return [...namespaces.flatMap(({ groups }) => groups), ...outside].flatMap(({ ownerClass, resources }) =>
    resources.map(({ kind, name }) => `${kind}/${name} ${ownerClass}`),
  );
}

/** Whether the Namespace object itself is told of, by whose it is. */
const owners: readonly (readonly [says: string, given: Given, told: readonly string[]])[] = [
  ['nobody’s', {}, []],
  ['its own pack’s', { released: [NAMESPACE], objects: [object(NAMESPACE)] }, []],
  ['a person’s', { objects: [object(NAMESPACE, { manager: 'kubectl-create' })] }, []],
  [
    'an outside release’s',
    { releases: [release('team/shop', { has: [NAMESPACE] })], objects: [object(NAMESPACE)] },
    ['Namespace/gone application'],
  ],
  [
    'a pack’s that stays',
    { releases: [release('other/other-chart', { chart: 'chart', has: [NAMESPACE] })], objects: [object(NAMESPACE)] },
    ['Namespace/gone staying-pack'],
  ],
  [
    'two packs’',
    {
      released: [NAMESPACE],
      releases: [release('other/other-chart', { chart: 'chart', has: [NAMESPACE] })],
      objects: [object(NAMESPACE)],
    },
    ['Namespace/gone disputed'],
  ],
];

/** An object of a manifest, in namespace `team`. */
function defined(name: string, keep: boolean): DefinedObject {
  return { ref: ref(`team/ConfigMap/${name}`), manifest: 'm', possible: false, keep };
}

/** A release with one hook. */
function hooking(hook: boolean, events: readonly string[] | undefined, namespace: string): Given {
  const job = { group: 'batch', kind: 'Job', namespace, name: 'clean' };
  const objects = [{ ref: job, hook, keep: false, ...(events && { events }) }];
  return { releases: [release('gone/gone-chart', { chart: 'chart', objects })] };
}

const hooks: readonly (readonly [says: string, given: Given, hooks: readonly string[]])[] = [
  ['before it', hooking(true, ['pre-delete'], ''), ['gone/clean pre-delete']],
  ['after it', hooking(true, ['post-delete'], 'team'), ['team/clean post-delete']],
  [
    'around it, beside other events',
    hooking(true, ['pre-install', 'pre-delete', 'post-delete'], ''),
    ['gone/clean pre-delete,post-delete'],
  ],
  ['at another time', hooking(true, ['pre-install', 'post-upgrade'], ''), []],
  ['at a time that nobody knows', hooking(true, undefined, ''), []],
  ['never, for it is none', hooking(false, ['pre-delete'], ''), []],
];

describe('what a removal tells of namespaces', () => {
  for (const [says, given, expected] of owners) {
    it(`a Namespace that is ${says} is ${expected.length === 0 ? 'only a container' : 'told of as theirs'}`, () => {
      assert.deepEqual(told(judgedGone(given)), expected);
    });
  }

  it('each with its fate, who says so, and whether it is there', () => {
    const stakes = packOf(
      definition('gone', {
        namespace: 'gone',
        additionalNamespaces: [nameText('gone'), nameText('missing'), nameText('kube-system'), nameText('{{ns}}')],
        namespaceLabels: ['labelled', 'kube-system'].map((name) => {
          return { namespace: nameText(name), entries: [], malformed: [] };
        }),
        objects: ['seen/ConfigMap/a'],
      }),
    );
    const { namespaces } = judgedGone({
      packs: [stakes, OTHER],
      objects: [object('seen/ConfigMap/a')],
      given: {
        namespaces: [
          namespaceRecord('gone', { uid: 'u', deletingSince: '2026-11-10T13:00:00Z' }),
          namespaceRecord('seen'),
        ],
      },
    });
    assert.deepEqual(
      namespaces.map((one) => [
        one.namespace,
        one.fate,
        one.basis,
        one.sources.join(),
        one.exists,
        one.uid,
        one.deletingSince,
      ]),
      [
        ['gone', 'destroyed', 'documented', 'additionalNamespaces,pack.namespace', true, 'u', '2026-11-10T13:00:00Z'],
        ['kube-system', 'protected', 'none', 'additionalNamespaces', false, '', ''],
        ['labelled', 'labelled-only', 'documented', 'namespaceLabels', false, '', ''],
        ['missing', 'destroyed', 'assumed', 'additionalNamespaces', false, '', ''],
        ['seen', 'objects-only', 'seen', 'objects seen', true, 'uid:namespace/seen', ''],
        ['{{ns}}', 'unknown', 'none', 'additionalNamespaces', false, '', ''],
      ],
    );
  });

  it('of two claims on one the worse, with nothing of the other', () => {
    const keep = { namespace: nameText('gone'), manifest: 'm', keep: true, possible: false };
    const packs = [packOf(definition('gone', { namespace: 'gone', createdNamespaces: [keep] })), OTHER];
    assert.deepEqual(
      judgedGone({ packs }).namespaces.map(({ fate, basis, sources, packs: names }) => [fate, basis, sources, names]),
      [['destroyed', 'documented', ['pack.namespace'], ['gone']]],
    );
  });

  it('one that goes only since its object does, which nothing documents', () => {
    const { namespaces } = judgedGone({
      objects: [
        object('/ClusterRole/owner'),
        object('/Namespace/owned', {
          owners: [
            {
              group: 'rbac.authorization.k8s.io',
              kind: 'ClusterRole',
              name: 'owner',
              uid: 'uid:/ClusterRole/owner',
              controller: true,
            },
          ],
        }),
      ],
      released: ['/ClusterRole/owner'],
    });
    assert.deepEqual(
      namespaces.map(({ namespace, fate, basis, sources, packs }) => [namespace, fate, basis, sources, packs]),
      [
        ['gone', 'destroyed', 'documented', ['pack.namespace'], ['gone']],
        ['owned', 'destroyed', 'assumed', [], []],
      ],
    );
  });

  it('what is kept, of releases and manifests, and whether that saves it', () => {
    const kept = ['team/ConfigMap/b', 'team/ConfigMap/unseen', 'gone/ConfigMap/inside'].map((path) => ({
      ref: ref(path),
      hook: false,
      keep: true,
    }));
    const paths = ['team/ConfigMap/a', 'team/ConfigMap/b', 'team/ConfigMap/left', 'gone/ConfigMap/inside'];
    const removal = judgedGone({
      packs: [
        packOf({
          ...definition('gone', { namespace: 'gone' }),
          objects: [defined('a', true), defined('left', false), defined('missing', true)],
        }),
        OTHER,
      ],
      releases: [release('gone/gone-chart', { chart: 'chart', objects: kept })],
      objects: paths.map((path) => object(path)),
    });
    assert.deepEqual(
      removal.kept.map(({ name, release: by, saved }) => [name, by, saved]),
      [
        ['inside', 'gone/gone-chart', false],
        ['a', 'manifest m', true],
        ['b', 'gone/gone-chart', true],
      ],
    );
  });

  for (const [says, given, expected] of hooks) {
    it(`a hook runs ${says}`, () => {
      assert.deepEqual(
        judgedGone(given).hooks.map(({ namespace, name, events }) => `${namespace}/${name} ${events.join(',')}`),
        expected,
      );
    });
  }
});
