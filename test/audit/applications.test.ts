import assert from 'node:assert/strict';
import { applicationsOf, findingId, provenance } from '../../src/audit/applications.ts';
import { helmMarks, object, ownedBy, release } from '../support/world.ts';
import { subjectOf } from '../support/subject.ts';
import type { ClusterObject } from '../../src/model/inventory.ts';

const part = (label: string) => ({ labels: { 'app.kubernetes.io/part-of': label }, manager: 'kubectl-create' });
const deployment = object('team/Deployment/web', { manager: 'kubectl-create' });
const replicas = object('team/ReplicaSet/web-1', { owners: [ownedBy(deployment)] });
const releases = [
  release('team/dash', { has: ['/Deployment/dash', '/Service/dash'] }),
  release('team/other', { has: ['/Secret/dash'] }),
];

interface Case {
  readonly says: string;
  readonly objects: readonly ClusterObject[];
  /** `name owner movable: members`. */
  readonly expect: readonly string[];
}

const CASES: readonly Case[] = [
  {
    says: 'objects of one Helm release are one application',
    objects: [
      object('team/Deployment/dash', { annotations: helmMarks('dash', 'team') }),
      object('team/Service/dash', { annotations: helmMarks('dash', 'team') }),
    ],
    expect: ['dash helm movable: dash dash'],
  },
  {
    says: 'two releases are two applications though objects bear the same name',
    objects: [
      object('team/Deployment/dash', { annotations: helmMarks('dash', 'team') }),
      object('team/Secret/dash', { annotations: helmMarks('other', 'team') }),
    ],
    expect: ['dash helm movable: dash', 'other helm movable: dash'],
  },
  {
    says: 'a root with its children is one application',
    objects: [deployment, replicas],
    expect: ['web person movable: web web-1'],
  },
  {
    says: 'a label says what belongs together',
    objects: [object('team/ConfigMap/a', part('shop')), object('team/Secret/b', part('shop'))],
    expect: ['shop person movable: a b'],
  },
  {
    says: 'an empty label says nothing',
    objects: [object('team/ConfigMap/a', part('')), object('team/Secret/b', part(''))],
    expect: ['a person movable: a', 'b person movable: b'],
  },
  {
    says: 'what nobody is known to have made is not advised to move',
    objects: [object('team/ConfigMap/state', { manager: 'operator' })],
    expect: ['state unexplained stays: state'],
  },
  {
    says: 'a person who wrote one member vouches for the group',
    objects: [
      object('team/ConfigMap/a', { labels: { 'app.kubernetes.io/instance': 'shop' }, manager: 'operator' }),
      object('team/Secret/b', { labels: { 'app.kubernetes.io/instance': 'shop' }, manager: 'kubectl-edit' }),
    ],
    expect: ['shop person movable: a b'],
  },
  {
    says: 'objects of one name and two kinds, such as a Deployment and its Service, are one application',
    objects: [
      object('team/ConfigMap/a', { manager: 'kubectl-create' }),
      object('team/Secret/a', { manager: 'kubectl-create' }),
    ],
    expect: ['a person movable: a a'],
  },
  {
    says: 'names such as constructor and __proto__ are ordinary',
    objects: [
      object('__proto__/ConfigMap/constructor', part('__proto__')),
      object('__proto__/Secret/toString', part('constructor')),
    ],
    expect: ['__proto__ person movable: constructor', 'constructor person movable: toString'],
  },
  {
    says: 'Kubernetes’ own, Palette’s own and leftovers are no application',
    objects: [
      object('team/ConfigMap/kube-root-ca.crt'),
      object('cluster-69af4d3e45baa7b0b501055a/Deployment/agent'),
      object('team/ConfigMap/old', {
        annotations: { 'cluster.spectrocloud.com/last-applied-hash': '1' },
        manager: 'palette-agent',
      }),
    ],
    expect: [],
  },
];

const written = (manager: string, at: string) => [{ manager, operation: 'Update', at, subresource: '' }];

describe('applicationsOf', () => {
  for (const { says, objects, expect } of CASES) {
    it(says, () => {
      const { attributions } = subjectOf({
        packs: [],
        objects,
        given: { releases, paletteManagers: ['palette-agent'] },
      });
      const found = applicationsOf(attributions);
      assert.deepEqual(
        found.map(({ name, owner, movable, members }) => {
          const names = members.map(({ object: { name: member } }) => member);
          return `${name} ${owner} ${movable ? 'movable' : 'stays'}: ${names.join(' ')}`;
        }),
        expect,
      );
      assert.equal(
        new Set(found.map(({ key, namespace }) => `${namespace} ${key}`)).size,
        found.length,
        'keys are unique',
      );
    });
  }

  it('keeps applications of one name in two namespaces apart', () => {
    const objects = [object('a/ConfigMap/x', part('shop')), object('b/ConfigMap/x', part('shop'))];
    const { attributions } = subjectOf({ packs: [], objects });
    assert.deepEqual(
      applicationsOf(attributions).map(({ namespace }) => namespace),
      ['a', 'b'],
    );
  });

  it('tells the newest writer and the oldest creation', () => {
    const objects = [
      {
        ...object('team/ConfigMap/a', part('shop')),
        createdAt: '2026-02-01T00:00:00Z',
        writers: written('newer', '2026-03-02'),
      },
      {
        ...object('team/Secret/b', part('shop')),
        createdAt: '2026-01-01T00:00:00Z',
        writers: written('older', '2026-03-01'),
      },
    ];
    const { attributions } = subjectOf({ packs: [], objects });
    assert.deepEqual(provenance(attributions), { lastWriter: 'newer', createdAt: '2026-01-01T00:00:00Z' });
  });

  it('tells who wrote what controllers made more of, and not the controllers', () => {
    const objects = [
      { ...deployment, writers: written('helm', '2026-03-01') },
      { ...replicas, writers: written('kube-controller-manager', '2026-03-02') },
    ];
    const { attributions } = subjectOf({ packs: [], objects });
    assert.equal(provenance(attributions).lastWriter, 'helm');
  });

  it('hashes the four parts of a finding so that no two cuts of one text agree', () => {
    assert.notEqual(findingId(['r', 'ab', 'c', '']), findingId(['r', 'a', 'bc', '']));
    assert.match(findingId(['r', 'n', 'p', 'a']), /^[0-9a-f]{12}$/);
  });
});
