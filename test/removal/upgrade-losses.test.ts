import assert from 'node:assert/strict';
import { destroyedResources } from '../../src/model/destroyed.ts';
import type { PackDefinition } from '../../src/model/definition.ts';
import type { ClusterObject, Release } from '../../src/model/inventory.ts';
import { next, now, upgradedTo } from '../support/profile-versions.ts';
import { readInFull } from '../support/removed-world.ts';
import { subjectOf } from '../support/subject.ts';
import { namespaceRecord, nameText, object, ownedBy, packOf, ref, release } from '../support/world.ts';

// A pack that stays leaves a namespace in which its new version has something still.

interface Case {
  readonly says: string;
  readonly before: PackDefinition;
  readonly after: PackDefinition;
  readonly objects: readonly ClusterObject[];
  readonly releases?: readonly Release[];
  /** What the pack loses without giving it up, and the verdict. */
  readonly lost: readonly string[];
  readonly verdict: string;
}

type Given = Parameters<typeof now>[1];

const EXTRA = { additionalNamespaces: [nameText('extra')] };
const CHART = { chartKeys: ['web'], charts: [{ name: 'web', version: '1.0.0' }] };
const DEPLOYMENT = object('extra/Deployment/a');
const PODS = object('extra/ReplicaSet/a-1', { owners: [ownedBy(DEPLOYMENT)] });
const RECORD = object('extra/Secret/sh.helm.release.v1.shop-web.v1', { facts: { type: 'helm.sh/release.v1' } });
const MADE = { objects: ['extra/Deployment/a'], manifests: ['m'] };
const WEB = release('shop/shop-web', { chart: 'web', has: ['extra/Deployment/a'] });

const CASES: readonly Case[] = [
  {
    says: 'what its manifests contain is a loss, with what belongs to it',
    before: now('shop', { ...MADE, ...EXTRA }),
    after: next('shop', MADE),
    objects: [DEPLOYMENT, PODS],
    lost: ['Deployment/a', 'ReplicaSet/a-1'],
    verdict: 'conflict',
  },
  {
    says: 'what they contain no longer is given up',
    before: now('shop', { ...MADE, ...EXTRA }),
    after: next('shop', { manifests: ['m'] }),
    objects: [DEPLOYMENT, PODS],
    lost: [],
    verdict: 'clear',
  },
  {
    says: 'what a release contains that stays is a loss where the chart is the same',
    before: now('shop', { ...CHART, ...EXTRA }),
    after: next('shop', CHART),
    objects: [DEPLOYMENT],
    releases: [WEB],
    lost: ['Deployment/a'],
    verdict: 'conflict',
  },
  {
    says: 'of another chart nobody knows that',
    before: now('shop', { ...CHART, ...EXTRA }),
    after: next('shop', { ...CHART, valuesDigest: 'other' }),
    objects: [DEPLOYMENT],
    releases: [WEB],
    lost: [],
    verdict: 'unknown',
  },
  {
    says: 'a release that gets another name is given up',
    before: now('shop', { ...CHART, ...EXTRA }),
    after: next('shop', { ...CHART, releaseNameOverrides: new Map([['web', 'renamed']]) }),
    objects: [DEPLOYMENT],
    releases: [WEB],
    lost: [],
    verdict: 'clear',
  },
  {
    says: 'the records of a release that stays are a loss whatever its chart',
    before: now('shop', { ...CHART, ...EXTRA }),
    after: next('shop', { ...CHART, valuesDigest: 'other' }),
    objects: [DEPLOYMENT, RECORD],
    releases: [{ ...WEB, storageNamespace: 'extra' }],
    lost: ['Secret/sh.helm.release.v1.shop-web.v1'],
    verdict: 'conflict',
  },
];

const created = (keep: boolean) => ({
  createdNamespaces: [{ namespace: nameText('extra'), manifest: 'm', keep, possible: false }],
});

function upgraded({ before, after, objects, releases = [] }: Case) {
  const namespaces = ['shop', 'extra'].map((name) => object(`/Namespace/${name}`));
  const given = { coverage: readInFull(), references: [], releases };
  return upgradedTo(subjectOf({ packs: [packOf(before)], objects: [...namespaces, ...objects], given }), [after]);
}

describe('a pack that leaves a namespace and stays', () => {
  for (const one of CASES) {
    it(one.says, () => {
      const { verdict, removals } = upgraded(one);
      const lost = removals.flatMap(destroyedResources).filter(({ ownerClass }) => ownerClass === 'staying-pack');
      assert.deepEqual([lost.map(({ kind, name }) => `${kind}/${name}`), verdict], [one.lost, one.verdict]);
    });
  }

  const kept: readonly (readonly [says: string, before: Given, after: Given, left: readonly string[]])[] = [
    ['does not leave one whose object its manifests keep from now on', created(false), created(true), []],
    ['leaves one that it no longer names, though its object is kept', EXTRA, created(true), ['extra']],
    ['leaves one whose object its manifests have no longer', created(false), {}, ['extra']],
  ];
  for (const [says, before, after, left] of kept) {
    it(says, () => {
      const packs = [packOf(now('shop', { manifests: ['m'], ...before }))];
      const objects = ['shop', 'extra'].map((name) => object(`/Namespace/${name}`));
      const subject = subjectOf({ packs, objects, given: { coverage: readInFull(), references: [] } });
      const { removals } = upgradedTo(subject, [next('shop', { manifests: ['m'], ...after })]);
      const going = removals.flatMap(({ namespaces }) => namespaces.map(({ namespace }) => namespace));
      assert.deepEqual(going, left);
    });
  }

  it('lists what the policy of a release that it gives up keeps', () => {
    const policy = { ref: ref('extra/ConfigMap/kept'), hook: false, keep: true };
    const packs = [packOf(now('shop', CHART))];
    const objects = [object('/Namespace/shop'), object('/Namespace/extra'), object('extra/ConfigMap/kept')];
    const releases = [{ ...WEB, objects: [policy] }];
    const subject = subjectOf({ packs, objects, given: { coverage: readInFull(), references: [], releases } });
    const renamed = next('shop', { ...CHART, releaseNameOverrides: new Map([['web', 'renamed']]) });
    assert.deepEqual(
      upgradedTo(subject, [renamed]).removals.flatMap((removal) =>
        removal.kept.map(({ name, saved }) => [name, saved]),
      ),
      [['kept', true]],
    );
  });

  it('gives up a namespace that goes with what it leaves, and no other', () => {
    const anchor = object('extra/Widget/team');
    const objects = [
      { ...anchor, type: { ...anchor.type, group: 'hnc.x-k8s.io', resource: 'subnamespaceanchors' } },
      ...['shop', 'extra', 'team'].map((name) => object(`/Namespace/${name}`)),
    ];
    const more = { additionalNamespaces: [nameText('team')] };
    const packs = [
      packOf(now('shop', { additionalNamespaces: [...EXTRA.additionalNamespaces, ...more.additionalNamespaces] })),
      packOf(now('blog', more)),
    ];
    const subject = subjectOf({ packs, objects, given: { coverage: readInFull(), references: [] } });
    const { removals } = upgradedTo(subject, [next('shop', more), next('blog', more)]);
    assert.deepEqual(
      removals.flatMap(({ namespaces }) => namespaces.map((one) => [one.namespace, one.packs])),
      [
        ['extra', ['shop']],
        ['team', ['shop']],
      ],
    );
  });

  it('has no stake in a namespace that only another pack leaves', () => {
    const own = { objects: ['extra/Deployment/extra'], manifests: ['m'] };
    const packs = [now('shop', { ...own, ...EXTRA }), now('blog', EXTRA)];
    const after = [next('shop', { ...EXTRA, manifests: ['m'] }), next('blog')];
    const objects = [
      object('extra/Deployment/extra'),
      ...['shop', 'blog', 'extra'].map((name) => object(`/Namespace/${name}`)),
    ];
    const subject = subjectOf({
      packs: packs.map((one) => packOf(one)),
      objects,
      given: { coverage: readInFull(), references: [] },
    });
    const { removals } = upgradedTo(subject, after);
    assert.deepEqual(
      removals.flatMap(({ namespaces }) => namespaces.map((one) => [one.namespace, one.packs])),
      [['extra', ['blog']]],
    );
  });

  const LABELS = {
    namespaceLabels: [
      {
        namespace: nameText('team'),
        entries: [{ key: 'pod-security.kubernetes.io/enforce', value: 'privileged', resolved: true }],
        malformed: [],
      },
    ],
  };
  const labels: readonly (readonly [says: string, after: PackDefinition, told: readonly string[]])[] = [
    ['are told of where no pack declares them any more', next('shop', { manifests: ['m'] }), ['team']],
    ['are not where its new version does', next('shop', { ...LABELS, manifests: ['m'] }), []],
  ];
  for (const [says, after, told] of labels) {
    it(`Pod Security labels ${says}`, () => {
      const subject = subjectOf({
        packs: [packOf(now('shop', { ...MADE, ...LABELS }))],
        objects: [DEPLOYMENT, object('/Namespace/team')],
        given: {
          coverage: readInFull(),
          references: [],
          namespaces: [
            namespaceRecord('team', { labels: new Map([['pod-security.kubernetes.io/enforce', 'privileged']]) }),
          ],
        },
      });
      const found = upgradedTo(subject, [after]).removals.flatMap(({ breakages }) => breakages);
      assert.deepEqual(
        found.map(({ from }) => from.name),
        told,
      );
    });
  }
});
