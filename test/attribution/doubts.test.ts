import assert from 'node:assert/strict';
import { attribute } from '../../src/attribution/attribute.ts';
import type { Attribution, Owner } from '../../src/model/attribution.ts';
import type { ClusterObject, Inventory } from '../../src/model/inventory.ts';
import type { Pack } from '../../src/model/pack.ts';
import { attributionLines } from '../support/attribution-lines.ts';
import { matchesGolden } from '../support/golden.ts';
import {
  attributionInput,
  definition,
  helmMarks,
  inventory,
  object,
  ownedBy,
  packOf,
  release,
} from '../support/world.ts';

const COST = 'cost-analyzer-cost-analyzer';
const costPack = packOf(definition('cost-analyzer', { namespace: 'shop', chartKeys: ['cost-analyzer'] }));
const costRelease = release(`shop/${COST}`, {
  chart: 'cost-analyzer',
  has: ['/Deployment/cost', '/StatefulSet/store'],
});
const helloPack = packOf(
  definition('hello', { namespace: 'shop', objects: ['/Deployment/hello', 'shop/Service/hello'] }),
);

const pack = (name: string): Owner => ({ kind: 'pack', pack: name });
const person = (manager: string): Owner => ({ kind: 'person', manager });
const UNEXPLAINED: Owner = { kind: 'unexplained' };
const KUBERNETES: Owner = { kind: 'kubernetes' };

interface Case {
  readonly says: string;
  readonly objects: readonly ClusterObject[];
  readonly packs?: readonly Pack[];
  readonly given?: Partial<Inventory>;
  /** Of the last object. */
  readonly owner: Owner;
  readonly strength: Attribution['strength'];
  readonly refuted?: string;
}

const deployment = object('shop/Deployment/cost', { annotations: helmMarks(COST, 'shop') });
const statefulSet = object('shop/StatefulSet/store', { annotations: helmMarks(COST, 'shop') });
const templates = {
  claimTemplates: [{ namespace: 'shop', statefulSet: 'store', uid: statefulSet.uid, templates: ['data'] }],
};

const CASES: readonly Case[] = [
  {
    says: 'a resource of a type that two packs brought tells nothing of its maker',
    objects: [object('shop/Widget/made', { manager: 'cost' })],
    packs: [costPack, packOf(definition('hello', { objects: ['/CustomResourceDefinition/widgets.example.com'] }))],
    given: {
      customTypes: [{ group: 'example.com', kind: 'Widget', crd: 'widgets.example.com' }],
      releases: [
        release(`shop/${COST}`, {
          chart: 'cost-analyzer',
          has: ['/CustomResourceDefinition/widgets.example.com', '/Deployment/cost'],
        }),
      ],
    },
    owner: UNEXPLAINED,
    strength: 'none',
  },
  {
    says: 'a workload of a cluster-scoped resource in the release is the pack’s',
    objects: [
      object('/ClusterRole/policy'),
      object('shop/Deployment/driver', { owners: [ownedBy(object('/ClusterRole/policy'))] }),
    ],
    given: { releases: [release(`shop/${COST}`, { chart: 'cost-analyzer', has: ['/ClusterRole/policy'] })] },
    owner: pack('cost-analyzer'),
    strength: 'verified',
  },
  {
    says: 'a volume that two StatefulSets would name alike is neither’s',
    objects: [
      statefulSet,
      object('shop/StatefulSet/b', { manager: 'kubectl-create' }),
      object('shop/PersistentVolumeClaim/data-store-0'),
    ],
    given: {
      claimTemplates: [
        ...templates.claimTemplates,
        { namespace: 'shop', statefulSet: 'b', uid: 'uid:shop/StatefulSet/b', templates: ['data-store'] },
        { namespace: 'shop', statefulSet: 'store', uid: 'uid:shop/StatefulSet/b', templates: ['data'] },
      ],
    },
    owner: UNEXPLAINED,
    strength: 'none',
  },
  {
    says: 'a child of two owners of different packs is nobody’s',
    objects: [
      deployment,
      object('shop/Deployment/hello'),
      object('shop/ConfigMap/both', {
        owners: [ownedBy(deployment, false), ownedBy(object('shop/Deployment/hello'), false)],
      }),
    ],
    owner: UNEXPLAINED,
    strength: 'none',
  },
  {
    says: 'the controlling owner counts before the others',
    objects: [
      deployment,
      object('shop/Deployment/hello'),
      object('shop/ConfigMap/both', {
        owners: [ownedBy(deployment, false), ownedBy(object('shop/Deployment/hello'))],
      }),
    ],
    owner: pack('hello'),
    strength: 'verified',
  },
  {
    says: 'an object in two packs’ manifests has two proofs, hence no owner',
    objects: [object('shop/Deployment/hello')],
    packs: [helloPack, packOf(definition('other', { namespace: 'shop', objects: ['/Deployment/hello'] }))],
    owner: UNEXPLAINED,
    strength: 'none',
  },
  {
    says: 'an object in a manifest that a release of somebody else marks is not the pack’s',
    objects: [object('shop/Deployment/hello', { annotations: helmMarks('taken', 'shop') })],
    owner: UNEXPLAINED,
    strength: 'none',
    refuted: 'taken in shop',
  },
  {
    says: 'an object in a manifest with marks of a release that could not be read is only inferred to be the pack’s',
    objects: [object('shop/Deployment/cost', { annotations: helmMarks(COST, 'shop') })],
    packs: [
      packOf(
        definition('cost-analyzer', { namespace: 'shop', chartKeys: ['cost-analyzer'], objects: ['/Deployment/cost'] }),
      ),
    ],
    given: { releases: [release(`shop/${COST}`, { chart: '', decoded: false })] },
    owner: pack('cost-analyzer'),
    strength: 'claimed',
  },
  {
    says: 'a pack whose namespace is not resolved proves no object that names none',
    objects: [object('default/Deployment/hello', { manager: 'kubectl-create' })],
    packs: [packOf(definition('hello', { namespace: '{{ .spectro.var.ns }}', objects: ['/Deployment/hello'] }))],
    owner: person('kubectl-create'),
    strength: 'inferred',
  },
  {
    says: 'an uninstalled release proves nothing',
    objects: [object('shop/Deployment/cost', { manager: 'kubectl-create' })],
    given: {
      releases: [release(`shop/${COST}`, { chart: 'cost-analyzer', status: 'uninstalled', has: ['/Deployment/cost'] })],
    },
    owner: person('kubectl-create'),
    strength: 'inferred',
  },
  {
    says: 'what Helm kept when a later revision dropped it is left over',
    objects: [
      object('shop/ConfigMap/kept', {
        annotations: { ...helmMarks(COST, 'shop'), 'helm.sh/resource-policy': 'keep' },
        manager: 'helm',
      }),
    ],
    owner: { kind: 'leftover', pack: 'cost-analyzer' },
    strength: 'inferred',
    refuted: 'pack cost-analyzer',
  },
  {
    says: 'a copy of it that a person made is the person’s',
    objects: [
      object('shop/ConfigMap/kept', {
        annotations: { ...helmMarks(COST, 'shop'), 'helm.sh/resource-policy': 'keep' },
        manager: 'kubectl-create',
      }),
    ],
    owner: person('kubectl-create'),
    strength: 'inferred',
    refuted: 'pack cost-analyzer',
  },
  {
    says: 'OLM’s label claims an application of OLM',
    objects: [object('shop/Deployment/op', { labels: { 'olm.owner': 'op.v1' } })],
    owner: { kind: 'application', via: 'olm', name: 'op.v1', namespace: 'shop' },
    strength: 'claimed',
  },
  {
    says: 'an issued Secret follows its Certificate',
    objects: [
      object('shop/Certificate/tls', { manager: 'kubectl-create' }),
      object('shop/Secret/tls', {
        annotations: { 'cert-manager.io/certificate-name': 'tls' },
        manager: 'cert-manager',
      }),
    ],
    owner: person('kubectl-create'),
    strength: 'inferred',
  },
  {
    says: 'a Lease follows the Pod that holds it',
    objects: [
      deployment,
      object('shop/Pod/cost-x', { owners: [ownedBy(deployment)] }),
      object('shop/Lease/leader', { facts: { holder: 'cost-x_0af3' } }),
    ],
    owner: pack('cost-analyzer'),
    strength: 'inferred',
  },
  {
    says: 'a Lease of a Pod that is gone is nobody’s known',
    objects: [deployment, object('shop/Lease/leader', { facts: { holder: 'gone_0af3' } })],
    owner: UNEXPLAINED,
    strength: 'none',
  },
  {
    says: 'a token for nodes to join is Kubernetes’ own, in kube-system',
    objects: [
      object('kube-system/Secret/bootstrap-token-abcdef', { facts: { type: 'bootstrap.kubernetes.io/token' } }),
    ],
    owner: KUBERNETES,
    strength: 'inferred',
  },
  {
    says: 'a Secret merely named like one is not',
    objects: [object('shop/Secret/bootstrap-token-abcdef', { manager: 'kubectl-create' })],
    owner: person('kubectl-create'),
    strength: 'inferred',
  },
  {
    says: 'a Secret named like a further record of a release, but not of Helm’s type, is whoever’s wrote it',
    objects: [
      object(`shop/Secret/sh.helm.release.v1.${COST}.v99`, { facts: { type: 'Opaque' }, manager: 'kubectl-create' }),
    ],
    given: { releases: [costRelease] },
    owner: person('kubectl-create'),
    strength: 'inferred',
  },
];

describe('attribute, in doubt', () => {
  for (const { says, objects, packs = [costPack, helloPack], given = {}, owner, strength, refuted } of CASES) {
    it(says, () => {
      const found = attribute(attributionInput(packs, inventory(objects, { releases: [costRelease], ...given }))).at(
        -1,
      );
      assert.deepEqual(
        { owner: found?.owner, strength: found?.strength, refuted: found?.refuted },
        { owner, strength, refuted },
      );
    });
  }

  it('gives its reasons for every case', () => {
    const reasons = CASES.flatMap(({ says, objects, packs = [costPack, helloPack], given = {} }) => {
      const world = inventory(objects, { releases: [costRelease], ...given });
      return [`# ${says}`].concat(attribute(attributionInput(packs, world)).flatMap(attributionLines));
    });
    matchesGolden(`${reasons.join('\n')}\n`, 'attribution/doubts.txt');
  });
});
