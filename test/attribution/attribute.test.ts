import assert from 'node:assert/strict';
import { attribute } from '../../src/attribution/attribute.ts';
import { injectionCandidates } from '../../src/attribution/makers.ts';
import type { Attribution, Owner } from '../../src/model/attribution.ts';
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
  namespaceRecord,
  object,
  ownedBy,
  packOf,
  release,
  TYPES,
} from '../support/world.ts';

const COST = 'cost-analyzer-cost-analyzer';
const costPack = packOf(definition('cost-analyzer', { namespace: 'shop', chartKeys: ['cost-analyzer'] }));
const costRelease = release(`shop/${COST}`, {
  chart: 'cost-analyzer',
  has: ['/Deployment/cost', '/StatefulSet/store'],
});
const dashboard = release('shop/kubernetes-dashboard', { has: ['/Deployment/kubernetes-dashboard'] });
const helloPack = packOf(
  definition('hello', { namespace: 'shop', objects: ['/Deployment/hello', 'shop/Service/hello'] }),
);

const pack = (name: string): Owner => ({ kind: 'pack', pack: name });
const helm = (name: string): Owner => ({ kind: 'application', via: 'helm', name, namespace: 'shop' });
const person = (manager: string): Owner => ({ kind: 'person', manager });
const UNEXPLAINED: Owner = { kind: 'unexplained' };
const KUBERNETES: Owner = { kind: 'kubernetes' };
const noSecrets = TYPES.map(({ group, resource }) =>
  covered(group === '' ? resource : `${resource}.${group}`, resource === 'secrets' ? { state: 'forbidden' } : {}),
);

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
const replicaSet = object('shop/ReplicaSet/cost-1', { owners: [ownedBy(deployment)] });
const statefulSet = object('shop/StatefulSet/store', { annotations: helmMarks(COST, 'shop') });
const account = object('shop/ServiceAccount/deployer', { manager: 'kubectl-create' });
const service = object('shop/Service/hello');
const templates = {
  claimTemplates: [{ namespace: 'shop', statefulSet: 'store', uid: statefulSet.uid, templates: ['data'] }],
};

const CASES: readonly Case[] = [
  {
    says: 'an object in the manifest of a pack release whose marks agree is that pack’s, verified',
    objects: [deployment],
    owner: pack('cost-analyzer'),
    strength: 'verified',
  },
  {
    says: 'a hook of the release bears no marks and is the pack’s all the same',
    objects: [object('shop/Job/hook')],
    given: { releases: [release(`shop/${COST}`, { chart: 'cost-analyzer', hooks: ['/Job/hook'] })] },
    owner: pack('cost-analyzer'),
    strength: 'verified',
  },
  {
    says: 'a grandchild by owner references follows its root',
    objects: [deployment, replicaSet, object('shop/Pod/cost-1-x', { owners: [ownedBy(replicaSet)] })],
    owner: pack('cost-analyzer'),
    strength: 'verified',
  },
  {
    says: 'a copied Helm mark is refuted by the record, and a person’s write names the owner',
    objects: [object('shop/Deployment/copied', { annotations: helmMarks(COST, 'shop'), manager: 'kubectl-create' })],
    owner: person('kubectl-create'),
    strength: 'inferred',
    refuted: 'pack cost-analyzer',
  },
  {
    says: 'a mark of a release that is not there is refuted',
    objects: [object('shop/Deployment/x', { annotations: helmMarks('gone', 'shop') })],
    owner: UNEXPLAINED,
    strength: 'none',
    refuted: 'gone in shop',
  },
  {
    says: 'without the right to read Secrets a mark of the pack’s expected release is only claimed',
    objects: [deployment],
    given: { releases: [], coverage: noSecrets },
    owner: pack('cost-analyzer'),
    strength: 'claimed',
  },
  {
    says: 'without the right to read Secrets a mark of another release claims an outside application',
    objects: [object('shop/Deployment/x', { annotations: helmMarks('nginx', 'shop') })],
    given: { releases: [], coverage: noSecrets },
    owner: helm('nginx'),
    strength: 'claimed',
  },
  {
    says: 'a release whose record could not be decoded leaves its marks claimed',
    objects: [deployment],
    given: { releases: [release(`shop/${COST}`, { chart: '', decoded: false })] },
    owner: pack('cost-analyzer'),
    strength: 'claimed',
  },
  {
    says: 'an object of a release that is no pack’s belongs to that release',
    objects: [
      object('shop/Deployment/kubernetes-dashboard', { annotations: helmMarks('kubernetes-dashboard', 'shop') }),
    ],
    owner: helm('kubernetes-dashboard'),
    strength: 'verified',
  },
  {
    says: 'marks of one release on an object of another make it nobody’s',
    objects: [object('shop/Deployment/cost', { annotations: helmMarks('kubernetes-dashboard', 'shop') })],
    owner: UNEXPLAINED,
    strength: 'none',
    refuted: 'kubernetes-dashboard in shop',
  },
  {
    says: 'every revision of a release’s record is the release’s',
    objects: [object(`shop/Secret/sh.helm.release.v1.${COST}.v7`, { labels: { owner: 'helm', name: COST } })],
    owner: pack('cost-analyzer'),
    strength: 'verified',
  },
  {
    says: 'a Secret that is merely named like a record is not',
    objects: [object('shop/Secret/sh.helm.release.v1.other.v1', { manager: 'kubectl-create' })],
    owner: person('kubectl-create'),
    strength: 'inferred',
  },
  {
    says: 'an object in a readable manifest is its pack’s, in the pack’s namespace when it names none',
    objects: [object('shop/Deployment/hello')],
    owner: pack('hello'),
    strength: 'verified',
  },
  {
    says: 'the same name in another namespace is not in the manifest',
    objects: [object('else/Deployment/hello', { manager: 'kubectl-create' })],
    owner: person('kubectl-create'),
    strength: 'inferred',
  },
  {
    says: 'an object under a template action is no evidence',
    objects: [object('shop/Deployment/maybe', { manager: 'kubectl-apply' })],
    packs: [packOf(definition('hello', { namespace: 'shop', possible: ['/Deployment/maybe'] }))],
    owner: person('kubectl-apply'),
    strength: 'inferred',
  },
  {
    says: 'Palette’s hash on such an object claims it for the pack',
    objects: [
      object('shop/Deployment/maybe', {
        annotations: { 'cluster.spectrocloud.com/last-applied-hash': '1' },
        manager: 'agent',
      }),
    ],
    packs: [packOf(definition('hello', { namespace: 'shop', possible: ['/Deployment/maybe'] }))],
    owner: pack('hello'),
    strength: 'claimed',
  },
  {
    says: 'a person who copied an object copied Palette’s hash with it',
    objects: [
      object('shop/Deployment/maybe', {
        annotations: { 'cluster.spectrocloud.com/last-applied-hash': '1' },
        managers: ['agent', 'kubectl-client-side-apply'],
      }),
    ],
    packs: [packOf(definition('hello', { namespace: 'shop', possible: ['/Deployment/maybe'] }))],
    owner: person('kubectl-client-side-apply'),
    strength: 'inferred',
  },
  {
    says: 'Palette’s hash on an object of no current definition marks a leftover, of nobody knows which of two packs',
    objects: [
      object('shop/ConfigMap/old', {
        annotations: { 'cluster.spectrocloud.com/last-applied-hash': '1' },
        manager: 'agent',
      }),
    ],
    given: { paletteManagers: ['agent'] },
    owner: { kind: 'leftover', pack: '' },
    strength: 'inferred',
  },
  {
    says: 'Palette’s hash is not believed on an object of no definition while nobody knows Palette’s managers',
    objects: [
      object('shop/ConfigMap/old', {
        annotations: { 'cluster.spectrocloud.com/last-applied-hash': '1' },
        manager: 'agent',
      }),
    ],
    owner: UNEXPLAINED,
    strength: 'none',
  },
  {
    says: 'the root CA of every namespace is Kubernetes’ own',
    objects: [object('shop/ConfigMap/kube-root-ca.crt', { manager: 'kube-controller-manager' })],
    owner: KUBERNETES,
    strength: 'inferred',
  },
  {
    says: 'a name that only contains one of Kubernetes’ names is not',
    objects: [object('shop/ServiceAccount/my-default-runner', { manager: 'kubectl-create' })],
    owner: person('kubectl-create'),
    strength: 'inferred',
  },
  {
    says: 'Endpoints follow the Service of their name',
    objects: [service, object('shop/Endpoints/hello', { manager: 'kube-controller-manager' })],
    owner: pack('hello'),
    strength: 'verified',
  },
  {
    says: 'Endpoints without a Service are somebody’s own',
    objects: [object('shop/Endpoints/lonely', { manager: 'kubectl-create' })],
    owner: person('kubectl-create'),
    strength: 'inferred',
  },
  {
    says: 'an EndpointSlice made by hand for a pack’s Service is the person’s',
    objects: [
      service,
      object('shop/EndpointSlice/hello-x', {
        labels: { 'kubernetes.io/service-name': 'hello' },
        manager: 'kubectl-create',
      }),
    ],
    owner: person('kubectl-create'),
    strength: 'inferred',
  },
  {
    says: 'a volume by a StatefulSet’s template is the StatefulSet’s',
    objects: [statefulSet, object('shop/PersistentVolumeClaim/data-store-0', { manager: 'kube-controller-manager' })],
    given: templates,
    owner: pack('cost-analyzer'),
    strength: 'verified',
  },
  {
    says: 'a volume whose name merely ends like a StatefulSet’s is nobody’s known',
    objects: [
      statefulSet,
      object('shop/PersistentVolumeClaim/otherdata-store-0', { manager: 'kube-controller-manager' }),
    ],
    given: templates,
    owner: UNEXPLAINED,
    strength: 'none',
  },
  {
    says: 'a volume with a template’s name that a person made is the person’s',
    objects: [statefulSet, object('shop/PersistentVolumeClaim/data-store-9', { manager: 'kubectl-create' })],
    given: templates,
    owner: person('kubectl-create'),
    strength: 'inferred',
  },
  {
    says: 'a token Secret follows its ServiceAccount when the UID agrees',
    objects: [
      account,
      object('shop/Secret/token', {
        annotations: {
          'kubernetes.io/service-account.name': 'deployer',
          'kubernetes.io/service-account.uid': account.uid,
        },
      }),
    ],
    owner: person('kubectl-create'),
    strength: 'inferred',
  },
  {
    says: 'a dangling owner reference names nobody',
    objects: [object('shop/ConfigMap/orphan', { owners: [ownedBy(object('shop/Deployment/cost', { uid: 'gone' }))] })],
    owner: UNEXPLAINED,
    strength: 'none',
  },
  {
    says: 'an owner in another namespace does not count',
    objects: [deployment, object('else/ConfigMap/child', { owners: [ownedBy(deployment)] })],
    owner: UNEXPLAINED,
    strength: 'none',
  },
  {
    says: 'an owner reference with the right UID and the wrong name does not count',
    objects: [deployment, object('shop/ConfigMap/child', { owners: [{ ...ownedBy(deployment), name: 'other' }] })],
    owner: UNEXPLAINED,
    strength: 'none',
  },
  {
    says: 'an Argo CD tracking id that names the object is an outside application’s',
    objects: [
      object('shop/Deployment/web', {
        annotations: { 'argocd.argoproj.io/tracking-id': 'web:apps/Deployment:shop/web' },
      }),
    ],
    owner: { kind: 'application', via: 'argocd', name: 'web', namespace: '' },
    strength: 'claimed',
  },
  {
    says: 'Argo CD’s own label makes it an outside application’s, too',
    objects: [object('shop/Deployment/web', { labels: { 'argocd.argoproj.io/instance': 'web' } })],
    owner: { kind: 'application', via: 'argocd', name: 'web', namespace: '' },
    strength: 'claimed',
  },
  {
    says: 'a copied tracking id names another object and is not believed',
    objects: [
      object('shop/Deployment/copy', {
        annotations: { 'argocd.argoproj.io/tracking-id': 'web:apps/Deployment:shop/web' },
      }),
    ],
    owner: UNEXPLAINED,
    strength: 'none',
    refuted: 'web',
  },
  {
    says: 'a Flux inventory that contains the object proves its labels',
    objects: [
      object('shop/ConfigMap/app', {
        labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps', 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system' },
      }),
    ],
    given: {
      fluxInventories: [
        { kind: 'Kustomization', namespace: 'flux-system', name: 'apps', ids: ['/ConfigMap/shop/app'] },
      ],
    },
    owner: { kind: 'application', via: 'flux', name: 'apps', namespace: 'flux-system' },
    strength: 'verified',
  },
  {
    says: 'an object in a pack’s release and in a Flux inventory has two proofs, hence no owner',
    objects: [
      object('shop/Deployment/cost', {
        annotations: helmMarks(COST, 'shop'),
        labels: { 'kustomize.toolkit.fluxcd.io/name': 'apps', 'kustomize.toolkit.fluxcd.io/namespace': 'flux-system' },
      }),
    ],
    given: {
      fluxInventories: [
        { kind: 'Kustomization', namespace: 'flux-system', name: 'apps', ids: ['apps/Deployment/shop/cost'] },
      ],
    },
    owner: UNEXPLAINED,
    strength: 'none',
  },
  {
    says: 'what lives in Palette’s agent namespace is Palette’s',
    objects: [object('cluster-69af4d3e45baa7b0b501055a/Deployment/cluster-management-agent', { manager: 'agent' })],
    owner: { kind: 'palette', by: "in Palette's namespace cluster-69af4d3e45baa7b0b501055a" },
    strength: 'inferred',
  },
  {
    says: 'a RoleBinding by the manager that writes Pack status is Palette’s',
    objects: [object('shop/RoleBinding/workspace', { manager: 'palette-manager' })],
    given: { paletteManagers: ['palette-manager'] },
    owner: { kind: 'palette', by: "written by palette-manager, which also writes Palette's Pack status" },
    strength: 'inferred',
  },
  {
    says: 'a Deployment by that manager is not taken for Palette’s own',
    objects: [object('shop/Deployment/web', { manager: 'palette-manager' })],
    given: { paletteManagers: ['palette-manager'] },
    owner: UNEXPLAINED,
    strength: 'none',
  },
  {
    says: 'a resource of a type the pack brought, written by its component, is inferred to be the pack’s',
    objects: [object('shop/Widget/made', { manager: 'cost' })],
    given: {
      customTypes: [{ group: 'example.com', kind: 'Widget', crd: 'widgets.example.com' }],
      releases: [
        release(`shop/${COST}`, {
          chart: 'cost-analyzer',
          has: ['/CustomResourceDefinition/widgets.example.com', '/Deployment/cost'],
        }),
      ],
    },
    owner: pack('cost-analyzer'),
    strength: 'inferred',
  },
  {
    says: 'a resource of such a type that a person made is the person’s',
    objects: [object('shop/Widget/mine', { managers: ['cost', 'kubectl-create'] })],
    given: {
      customTypes: [{ group: 'example.com', kind: 'Widget', crd: 'widgets.example.com' }],
      releases: [
        release(`shop/${COST}`, {
          chart: 'cost-analyzer',
          has: ['/CustomResourceDefinition/widgets.example.com', '/Deployment/cost'],
        }),
      ],
    },
    owner: person('kubectl-create'),
    strength: 'inferred',
  },
  {
    says: 'an object nobody has a word about is unexplained',
    objects: [object('shop/ConfigMap/state', { manager: 'operator' })],
    owner: UNEXPLAINED,
    strength: 'none',
  },
  {
    says: 'names such as constructor are ordinary',
    objects: [object('constructor/ConfigMap/__proto__', { manager: 'kubectl-create', labels: { constructor: 'x' } })],
    owner: person('kubectl-create'),
    strength: 'inferred',
  },
];

describe('attribute', () => {
  for (const { says, objects, packs = [costPack, helloPack], given = {}, owner, strength, refuted } of CASES) {
    it(says, () => {
      const input = attributionInput(packs, inventory(objects, { releases: [costRelease, dashboard], ...given }));
      const found = attribute(input).at(-1);
      assert.deepEqual(
        { owner: found?.owner, strength: found?.strength, refuted: found?.refuted },
        { owner, strength, refuted },
      );
    });
  }

  it('gives its reasons for every case', () => {
    const reasons = CASES.flatMap(({ says, objects, packs = [costPack, helloPack], given = {} }) => {
      const world = inventory(objects, { releases: [costRelease, dashboard], ...given });
      return [`# ${says}`].concat(attribute(attributionInput(packs, world)).flatMap(attributionLines));
    });
    matchesGolden(`${reasons.join('\n')}\n`, 'attribution/attribute.txt');
  });

  it('recognises what one manager put into at least 80 % of the namespaces, and only there', () => {
    const names = ['a', 'b', 'c', 'd', 'shop'];
    const quota = object('shop/ResourceQuota/everywhere', { manager: 'policy-engine' });
    const elsewhere = (count: number): Inventory =>
      inventory([quota], {
        namespaces: names.map((name) => namespaceRecord(name)),
        elsewhere: [
          {
            resource: 'resourcequotas',
            name: 'everywhere',
            writers: names.slice(-count).map((namespace) => ({ namespace, manager: 'policy-engine' })),
          },
        ],
      });
    const ownerFor = (count: number): Owner | undefined =>
      attribute(attributionInput([costPack], elsewhere(count)))[0]?.owner;
    assert.deepEqual(ownerFor(4), { kind: 'injected', manager: 'policy-engine' });
    assert.deepEqual(ownerFor(3), UNEXPLAINED);
    const unlisted = { ...elsewhere(4), coverage: [covered('namespaces', { scope: 'shop' })] };
    assert.deepEqual(attribute(attributionInput([costPack], unlisted))[0]?.owner, UNEXPLAINED);
  });

  it('looks elsewhere for what nobody explains in a namespace, each type and name once', () => {
    const found = attribute(
      attributionInput(
        [costPack],
        inventory([
          object('/ClusterRole/global'),
          object('shop/ResourceQuota/q', { manager: 'engine' }),
          object('team/ResourceQuota/q', { manager: 'engine' }),
          object('team/ConfigMap/mine', { manager: 'kubectl-create' }),
        ]),
      ),
    );
    assert.deepEqual(injectionCandidates(found), [{ resource: 'resourcequotas', name: 'q' }]);
  });
});
