import assert from 'node:assert/strict';
import type { Owner } from '../../src/model/attribution.ts';
import type { ClusterObject } from '../../src/model/inventory.ts';
import type { OwnerClass, Step } from '../../src/model/removal.ts';
import { destroyed, groupsOf, ownedBy } from '../../src/removal/owner-class.ts';
import { departureOf, ownersOf } from '../../src/removal/ownership.ts';
import { worldOf } from '../../src/removal/world.ts';
import { attributed } from '../support/attributed.ts';
import { subjectOf } from '../support/subject.ts';
import { object } from '../support/world.ts';

const isGivenUp = (pack: string): boolean => pack === 'gone';

const OWNERS: readonly (readonly [Owner, OwnerClass, string])[] = [
  [{ kind: 'pack', pack: 'gone' }, 'removed-pack', 'gone'],
  [{ kind: 'pack', pack: 'other' }, 'staying-pack', 'other'],
  [{ kind: 'application', via: 'helm', name: 'dashboard', namespace: 'gone' }, 'application', 'dashboard'],
  [{ kind: 'person', manager: 'kubectl-create' }, 'person', 'kubectl-create'],
  [{ kind: 'leftover', pack: 'gone' }, 'leftover', 'gone'],
  [{ kind: 'injected', manager: 'injector' }, 'injected', 'injector'],
  [{ kind: 'palette', by: 'its manager' }, 'palette', ''],
  [{ kind: 'kubernetes' }, 'kubernetes', ''],
  [{ kind: 'unexplained' }, 'unexplained', ''],
];

describe('whose a destroyed object is', () => {
  for (const [owner, ownerClass, name] of OWNERS) {
    it(`${JSON.stringify(owner)}: ${ownerClass}`, () => {
      assert.deepEqual(ownedBy(attributed(owner), isGivenUp), { ownerClass, owner: name });
    });
  }

  it('two proofs make it disputed, whatever else is said', () => {
    const disputed = attributed({ kind: 'unexplained' }, { conflict: ['pack gone', 'pack other'] });
    assert.deepEqual(ownedBy(disputed, isGivenUp), { ownerClass: 'disputed', owner: 'pack gone, pack other' });
  });

  it('what nobody attributed is nobody’s known', () => {
    assert.deepEqual(ownedBy(undefined, isGivenUp), { ownerClass: 'unexplained', owner: '' });
  });
});

describe('a part of another object', () => {
  const claim = object('gone/PersistentVolumeClaim/data');
  const volume = object('/PersistentVolume/pv');
  const classOf = (step: Step, own: Owner, after: ClusterObject | undefined): OwnerClass => {
    const subject = {
      ...subjectOf({ packs: [], objects: [claim, volume] }),
      attributions: [
        attributed({ kind: 'person', manager: 'kubectl-create' }, { object: claim }),
        attributed(own, { object: volume }),
      ],
    };
    const member = { object: volume, step, because: '', ...(after === undefined ? {} : { after }) };
    const world = worldOf(subject);
    return ownersOf(world, new Map([[volume.uid, member]]), departureOf(world, new Set(['gone'])))(volume).ownerClass;
  };

  for (const step of ['volume', 'snapshot-content', 'derived', 'release-record'] as const) {
    it(`has the owner of that one by step ${step}`, () => {
      assert.equal(classOf(step, { kind: 'unexplained' }, claim), 'person');
    });
  }

  for (const step of ['namespace', 'release', 'manifest', 'custom-resource', 'owned'] as const) {
    it(`is none by step ${step}`, () => assert.equal(classOf(step, { kind: 'unexplained' }, claim), 'unexplained'));
  }

  it('keeps an owner of its own', () => {
    assert.equal(classOf('volume', { kind: 'pack', pack: 'other' }, claim), 'staying-pack');
  });

  const makers: readonly Owner[] = [
    { kind: 'injected', manager: 'injector' },
    { kind: 'palette', by: 'its manager' },
    { kind: 'kubernetes' },
  ];
  for (const maker of makers) {
    it(`has the owner of that one also where ${maker.kind} made it`, () => {
      assert.equal(classOf('volume', maker, claim), 'person');
    });
  }

  it('keeps its own where it follows from nothing', () => {
    assert.equal(classOf('volume', { kind: 'unexplained' }, undefined), 'unexplained');
  });
});

describe('groups of destroyed objects', () => {
  it('are the removed packs’ own first and what Kubernetes made last, resources in output order', () => {
    const classes = [...OWNERS.map(([, ownerClass, owner]) => [ownerClass, owner] as const), ['disputed', ''] as const];
    const resources = classes.flatMap(([ownerClass, owner]) =>
      ['b', 'a'].map((name) =>
        destroyed({ object: object(`gone/ConfigMap/${name}`), step: 'namespace', because: '' }, () => ({
          ownerClass,
          owner,
          strength: 'none',
        })),
      ),
    );
    const groups = groupsOf(resources.toReversed());
    assert.deepEqual(
      groups.map((group) => group.ownerClass),
      [
        'removed-pack',
        'staying-pack',
        'application',
        'person',
        'disputed',
        'unexplained',
        'leftover',
        'palette',
        'injected',
        'kubernetes',
      ],
    );
    assert.deepEqual(
      groups.flatMap(({ strengths }) => strengths),
      groups.map(() => 'none'),
    );
    for (const group of groups)
      assert.deepEqual(
        group.resources.map(({ name }) => name),
        ['a', 'b'],
      );
  });
});
