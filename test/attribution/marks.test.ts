import assert from 'node:assert/strict';
import { attribute } from '../../src/attribution/attribute.ts';
import type { Attribution } from '../../src/model/attribution.ts';
import type { ClusterObject, Inventory } from '../../src/model/inventory.ts';
import type { Pack } from '../../src/model/pack.ts';
import { attributionLines } from '../support/attribution-lines.ts';
import { matchesGolden } from '../support/golden.ts';
import {
  attributionInput,
  covered,
  definition,
  helmMarks,
  inventory,
  object,
  ownedBy,
  packOf,
  PLACE,
  release,
  TYPES,
} from '../support/world.ts';

const COST = 'cost-analyzer-cost-analyzer';
const costPack = packOf(definition('cost-analyzer', { namespace: 'shop', chartKeys: ['cost-analyzer'] }));
const costRelease = release(`shop/${COST}`, { chart: 'cost-analyzer', has: ['/Deployment/cost'] });
const unreadPack = packOf(
  definition('hello', {
    namespace: 'shop',
    gaps: [{ reason: 'manifest-only-referenced', subject: 'm', place: PLACE }],
  }),
);

const HASH = { 'cluster.spectrocloud.com/last-applied-hash': 'x' };
const ARGO = 'argocd.argoproj.io/tracking-id';
const FLUX = { 'kustomize.toolkit.fluxcd.io/name': 'web', 'kustomize.toolkit.fluxcd.io/namespace': 'flux' };
const RECORD = { owner: 'helm' };
const noSecrets = TYPES.map(({ group, resource }) =>
  covered(group === '' ? resource : `${resource}.${group}`, resource === 'secrets' ? { state: 'forbidden' } : {}),
);
const cost = object('shop/Deployment/cost', { annotations: helmMarks(COST, 'shop') });

function ofType(path: string, group: string, kind: string): ClusterObject {
  const made = object(path);
  return { ...made, type: { ...made.type, group, kind } };
}

function chain(length: number): readonly ClusterObject[] {
  const objects = [cost];
  for (let index = 1; index < length; index += 1) {
    objects.push(object(`shop/Pod/p${index}`, { owners: [ownedBy(objects[index - 1] ?? cost)] }));
  }
  return objects;
}

interface Case {
  readonly says: string;
  readonly objects: readonly ClusterObject[];
  readonly packs?: readonly Pack[];
  readonly given?: Partial<Inventory>;
  /** Of the last object: the words of the owner, and the strength. */
  readonly owner: string;
}

const CASES: readonly Case[] = [
  {
    says: 'a release’s name without its namespace claims nothing',
    objects: [object('shop/Deployment/x', { annotations: { 'meta.helm.sh/release-name': COST } })],
    owner: 'unexplained, none',
  },
  {
    says: 'a release’s namespace without its name claims nothing',
    objects: [object('shop/Deployment/x', { annotations: { 'meta.helm.sh/release-namespace': 'shop' } })],
    owner: 'unexplained, none',
  },
  {
    says: 'a record in a ConfigMap is the release’s whose records are ConfigMaps',
    objects: [object(`shop/ConfigMap/sh.helm.release.v1.${COST}.v12`, { labels: RECORD })],
    given: { releases: [{ ...costRelease, storageKind: 'ConfigMap' }] },
    owner: 'pack cost-analyzer, verified',
  },
  {
    says: 'a Secret named like a record of such a release is not',
    objects: [object(`shop/Secret/sh.helm.release.v1.${COST}.v12`, { labels: RECORD })],
    given: { releases: [{ ...costRelease, storageKind: 'ConfigMap' }] },
    owner: 'unexplained, none',
  },
  ...[
    ['a name that only ends like a record’s', `x.sh.helm.release.v1.${COST}.v1`],
    ['a name that only begins like a record’s', `sh.helm.release.v1.${COST}.v1.bak`],
  ].map(([says = '', name = '']) => ({
    says: `${says} is no record`,
    objects: [object(`shop/Secret/${name}`, { labels: RECORD })],
    owner: 'unexplained, none',
  })),
  {
    says: 'a Service named like a record is none',
    objects: [object(`shop/Service/sh.helm.release.v1.${COST}.v1`, { labels: RECORD })],
    owner: 'unexplained, none',
  },
  {
    says: 'a Secret of another group named like a record is none',
    objects: [ofType(`shop/Secret/sh.helm.release.v1.${COST}.v1`, 'example.com', 'Secret')],
    owner: 'unexplained, none',
  },
  {
    says: 'where records were not read, one that is labelled as such is its release’s',
    objects: [object('shop/Secret/sh.helm.release.v1.nginx.v1', { labels: RECORD })],
    given: { releases: [], coverage: noSecrets },
    owner: 'application helm nginx shop, claimed',
  },
  {
    says: 'and of the pack whose release it would be',
    objects: [object(`shop/Secret/sh.helm.release.v1.${COST}.v1`, { labels: RECORD })],
    given: { releases: [], coverage: noSecrets },
    owner: 'pack cost-analyzer, claimed',
  },
  {
    says: 'one that is not labelled so is nobody’s',
    objects: [object('shop/Secret/sh.helm.release.v1.nginx.v1')],
    given: { releases: [], coverage: noSecrets },
    owner: 'unexplained, none',
  },
  {
    says: 'where all records were read, one of no release is nobody’s, however labelled',
    objects: [object('shop/Secret/sh.helm.release.v1.nginx.v1', { labels: RECORD })],
    owner: 'unexplained, none',
  },
  {
    says: 'the record of a release that could not be decoded is only claimed',
    objects: [object(`shop/Secret/sh.helm.release.v1.${COST}.v1`, { labels: RECORD })],
    given: { releases: [release(`shop/${COST}`, { decoded: false, chart: '' })] },
    owner: 'pack cost-analyzer, claimed',
  },
  {
    says: 'an Argo CD tracking id without a colon tells nothing',
    objects: [object('shop/ConfigMap/x', { annotations: { [ARGO]: 'web' } })],
    owner: 'unexplained, none',
  },
  {
    says: 'a Flux name without a namespace tells nothing',
    objects: [object('shop/ConfigMap/x', { labels: { 'kustomize.toolkit.fluxcd.io/name': 'web' } })],
    owner: 'unexplained, none',
  },
  {
    says: 'a Flux namespace without a name tells nothing',
    objects: [object('shop/ConfigMap/x', { labels: { 'kustomize.toolkit.fluxcd.io/namespace': 'flux' } })],
    owner: 'unexplained, none',
  },
  {
    says: 'Flux’s labels are claimed where its inventory could not be read',
    objects: [object('shop/ConfigMap/x', { labels: FLUX })],
    owner: 'application flux web flux, claimed',
  },
  {
    says: 'Flux’s labels are refuted by an inventory without the object',
    objects: [object('shop/ConfigMap/x', { labels: FLUX })],
    given: { fluxInventories: [{ kind: 'Kustomization', namespace: 'flux', name: 'web', ids: [] }] },
    owner: 'unexplained, none',
  },
  {
    says: 'an operator that OLM installed is OLM’s',
    objects: [ofType('shop/Widget/operator.v1', 'operators.coreos.com', 'ClusterServiceVersion')],
    owner: 'application olm operator.v1 shop, claimed',
  },
  {
    says: 'another kind of OLM’s group is not',
    objects: [ofType('shop/Widget/operator.v1', 'operators.coreos.com', 'Subscription')],
    owner: 'unexplained, none',
  },
  {
    says: 'the same kind of another group is not',
    objects: [ofType('shop/Widget/operator.v1', 'example.com', 'ClusterServiceVersion')],
    owner: 'unexplained, none',
  },
  {
    says: 'OLM’s label names the namespace of the operator',
    objects: [object('shop/ConfigMap/x', { labels: { 'olm.owner': 'operator', 'olm.owner.namespace': 'olm' } })],
    owner: 'application olm operator olm, claimed',
  },
  {
    says: 'two proofs of outside owners are no conflict: the object is foreign either way',
    objects: [object('shop/Deployment/nginx', { annotations: helmMarks('nginx', 'shop'), labels: FLUX })],
    given: {
      releases: [release('shop/nginx', { has: ['/Deployment/nginx'] })],
      fluxInventories: [{ kind: 'Kustomization', namespace: 'flux', name: 'web', ids: ['apps/Deployment/shop/nginx'] }],
    },
    owner: 'application helm nginx shop, verified',
  },
  {
    says: 'an outside mark goes before Palette’s hash, and both are said',
    objects: [object('shop/Deployment/x', { annotations: { ...HASH, [ARGO]: 'web:apps/Deployment:shop/x' } })],
    packs: [unreadPack],
    owner: 'application argocd web , claimed',
  },
  {
    says: 'of two marks of packs the release’s goes before Palette’s hash',
    objects: [object('shop/Deployment/x', { annotations: { ...HASH, ...helmMarks(COST, 'shop') } })],
    packs: [costPack, unreadPack],
    given: { releases: [], coverage: noSecrets },
    owner: 'pack cost-analyzer, claimed',
  },
  {
    says: 'a hash of no current definition adds nothing to another mark',
    objects: [
      object('shop/Deployment/x', {
        annotations: { ...HASH, [ARGO]: 'web:apps/Deployment:shop/x' },
        manager: 'palette',
      }),
    ],
    given: { paletteManagers: ['palette'] },
    owner: 'application argocd web , claimed',
  },
  {
    says: 'of a long chain of owners only the nearest links are kept',
    objects: chain(20),
    owner: 'pack cost-analyzer, verified',
  },
  {
    says: 'a child of what nobody explains is listed with it',
    objects: [
      object('shop/Deployment/x'),
      object('shop/ReplicaSet/x-1', { owners: [ownedBy(object('shop/Deployment/x'))] }),
    ],
    owner: 'unexplained, none',
  },
  {
    says: 'a child by a naming rule is only inferred',
    objects: [
      cost,
      object('shop/Pod/cost-1', { owners: [ownedBy(cost)] }),
      object('shop/Lease/l', { facts: { holder: 'cost-1_uuid' } }),
    ],
    owner: 'pack cost-analyzer, inferred',
  },
];

function attributed({ objects, packs = [costPack], given = {} }: Case): readonly Attribution[] {
  return attribute(attributionInput(packs, inventory(objects, { releases: [costRelease], ...given })));
}

describe('attribute, by marks', () => {
  for (const one of CASES) {
    it(one.says, () => {
      const [first = ''] = attributed(one).slice(-1).flatMap(attributionLines);
      assert.equal(first.slice(first.indexOf(': ') + 2), one.owner);
    });
  }

  it('gives its reasons for every case', () => {
    const reasons = CASES.flatMap((one) => [`# ${one.says}`].concat(attributed(one).flatMap(attributionLines)));
    matchesGolden(`${reasons.join('\n')}\n`, 'attribution/marks.txt');
  });
});
