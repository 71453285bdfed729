import assert from 'node:assert/strict';
import type { ApplicationVia, Attribution, Owner } from '../../src/model/attribution.ts';
import type { ClusterObject } from '../../src/model/inventory.ts';
import { secretsLost } from '../../src/removal/data/secrets.ts';
import { attributed } from '../support/attributed.ts';
import { dataOf } from '../support/data-at-stake.ts';
import { removedWorld } from '../support/removed-world.ts';
import { helmMarks, object, ownedBy, release } from '../support/world.ts';

describe('data at stake: Secrets that nobody makes again', () => {
  const store = object('gone/ExternalSecret/db');
  const database = object('gone/StatefulSet/db', { manager: 'kubectl-create' });
  const operator = object('gone/Deployment/operator');
  const secrets = [
    { says: 'one made by hand', secret: object('gone/Secret/a', { manager: 'kubectl-create' }), lost: true },
    { says: 'one of nobody known', secret: object('gone/Secret/a'), lost: true },
    { says: 'one of an outside release', secret: object('gone/Secret/shop'), lost: true },
    { says: "one of the pack's release", secret: object('gone/Secret/own'), lost: false },
    {
      says: 'one that only bears the marks of a release',
      secret: object('gone/Secret/a', { annotations: helmMarks('gone-chart', 'gone') }),
      lost: true,
    },
    {
      says: "one that the pack's own controller made",
      secret: object('gone/Secret/a', { owners: [ownedBy(operator)] }),
      lost: true,
    },
    { says: 'a release record', secret: object('gone/Secret/sh.helm.release.v1.x.v1'), lost: false },
    {
      says: 'a token',
      secret: object('gone/Secret/a', { facts: { type: 'kubernetes.io/service-account-token' } }),
      lost: false,
    },
    {
      says: 'a certificate',
      secret: object('gone/Secret/a', { annotations: { 'cert-manager.io/certificate-name': 'web' } }),
      lost: false,
    },
    { says: 'one that a store fills', secret: object('gone/Secret/a', { owners: [ownedBy(store)] }), lost: false },
    {
      says: 'one whose password an operator made up',
      secret: object('gone/Secret/a', { owners: [ownedBy(database)] }),
      lost: true,
    },
    { says: 'one elsewhere', secret: object('other/Secret/a', { manager: 'kubectl-create' }), lost: false },
    {
      says: 'one of another type of that kind',
      secret: {
        ...object('gone/Secret/a', { manager: 'kubectl-create' }),
        type: { ...object('gone/Secret/a').type, group: 'example.com' },
      },
      lost: false,
    },
    {
      says: 'one that two packs prove to be theirs',
      secret: object('gone/Secret/both'),
      lost: true,
    },
    {
      says: 'a record of a release of the pack in other storage',
      secret: object('gone/Secret/a', { facts: { type: 'helm.sh/release.v1' } }),
      lost: false,
    },
    ...['kubernetes.io/dockercfg', 'bootstrap.kubernetes.io/token'].map((type) => ({
      says: `one of type ${type}`,
      secret: object('gone/Secret/a', { facts: { type } }),
      lost: false,
    })),
    { says: 'one of a type of its own', secret: object('gone/Secret/a', { facts: { type: 'Opaque' } }), lost: true },
    ...['reflector.v1.k8s.emberstack.com/reflects', 'kubed.appscode.com/origin'].map((key) => ({
      says: `one marked as a copy by ${key}`,
      secret: object('gone/Secret/a', { annotations: { [key]: 'team/a' } }),
      lost: false,
    })),
    ...['hnc.x-k8s.io/inherited-from', 'generate.kyverno.io/policy-name'].map((key) => ({
      says: `one labelled as a copy by ${key}`,
      secret: object('gone/Secret/a', { labels: { [key]: 'team' } }),
      lost: false,
    })),
    ...[
      'external-secrets.io',
      'generators.external-secrets.io',
      'cert-manager.io',
      'bitnami.com',
      'secrets.hashicorp.com',
      'onepassword.com',
      'isindir.github.com',
    ].map((group) => ({
      says: `one that a resource of ${group} fills`,
      secret: object('gone/Secret/a', { owners: [{ group, kind: 'Any', name: 'a', uid: 'any', controller: true }] }),
      lost: false,
    })),
  ];
  for (const { says, secret, lost } of secrets) {
    it(`${lost ? 'is told' : 'is not told'}: ${says}`, () => {
      const found = dataOf({
        objects: [store, database, operator, secret],
        released: ['gone/Secret/own', 'gone/Secret/both', 'gone/Deployment/operator'],
        releases: [
          release('gone/shop', { has: ['gone/Secret/shop'] }),
          release('other/other-chart', { chart: 'chart', has: ['gone/Secret/both'] }),
        ],
      });
      assert.equal(found.secrets.length, lost ? 1 : 0);
    });
  }
});

function application(via: ApplicationVia): Owner {
  return { kind: 'application', via, name: 'shop', namespace: 'gone' };
}

describe('whether an owner makes a Secret again', () => {
  const SECRET = object('gone/Secret/a');
  const isLost = (attribution: Attribution | undefined, beside: readonly ClusterObject[] = []): boolean => {
    const { after } = removedWorld({ objects: [SECRET, ...beside] });
    return secretsLost({ ...after, world: { ...after.world, attributionOf: () => attribution } }).length > 0;
  };
  const owners: readonly (readonly [Owner, again: boolean])[] = [
    [{ kind: 'pack', pack: 'gone' }, true],
    [application('argocd'), true],
    [application('flux'), true],
    [application('helm'), false],
    [application('label'), false],
    [{ kind: 'kubernetes' }, true],
    [{ kind: 'injected', manager: 'injector' }, true],
    [{ kind: 'palette', by: 'its manager' }, true],
    [{ kind: 'person', manager: 'kubectl-create' }, false],
    [{ kind: 'leftover', pack: 'gone' }, false],
    [{ kind: 'unexplained' }, false],
  ];
  for (const [owner, again] of owners) {
    it(`${JSON.stringify(owner)}: ${again ? 'yes' : 'no'}`, () => {
      assert.equal(isLost(attributed(owner, { object: SECRET })), !again);
    });
  }

  const deliverers: readonly (readonly [ApplicationVia, deliverers: readonly string[], again: boolean])[] = [
    ['argocd', ['team/Application/shop'], true],
    ['argocd', ['gone/Application/shop'], false],
    ['argocd', ['gone/Application/shop', 'team/Application/shop'], true],
    ['argocd', ['gone/Application/other'], true],
    ['flux', ['gone/Kustomization/shop'], false],
    ['flux', ['gone/HelmRelease/shop'], false],
    ['flux', ['gone/Application/shop'], true],
  ];
  for (const [via, paths, again] of deliverers) {
    it(`${via} by ${paths.join(' and ')}: ${again ? 'yes' : 'no, for that goes'}`, () => {
      const beside = paths.map((path) => object(path));
      assert.equal(isLost(attributed(application(via), { object: SECRET }), beside), !again);
    });
  }

  it('a pack or repository of which only marks tell does not', () => {
    for (const owner of [{ kind: 'pack', pack: 'gone' } as const, application('argocd'), application('flux')]) {
      assert.equal(isLost(attributed(owner, { object: SECRET, strength: 'claimed' })), true);
    }
  });

  it('a pack does not that only has what made it, and nobody does of whom nothing is known', () => {
    const made = { object: SECRET, root: object('gone/Deployment/operator') };
    assert.equal(isLost(attributed({ kind: 'pack', pack: 'gone' }, made)), true);
    assert.equal(isLost(undefined), true);
  });
});
