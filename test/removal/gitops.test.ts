import assert from 'node:assert/strict';
import type { ClusterObject } from '../../src/model/inventory.ts';
import type { Reference } from '../../src/model/reference.ts';
import type { CheckRun } from '../../src/model/removal.ts';
import { notFollowed, unreadFollowers } from '../../src/removal/not-followed.ts';
import { objectName } from '../../src/removal/world.ts';
import { reference, removedWorld, type Given } from '../support/removed-world.ts';
import { object, ownedBy, release } from '../support/world.ts';

const ARGO = 'resources-finalizer.argocd.argoproj.io';
const FLUX = 'finalizers.fluxcd.io';
const ARGO_INSTANCE = 'argocd.argoproj.io/instance';
const TRACKING_ID = 'argocd.argoproj.io/tracking-id';
const SYNC_OPTIONS = 'argocd.argoproj.io/sync-options';

function app(name: string, finalizers: readonly string[] = [ARGO]): ClusterObject {
  return object(`gone/Application/${name}`, { finalizers });
}

function tracked(path: string, id: string): ClusterObject {
  return object(path, { annotations: { 'argocd.argoproj.io/tracking-id': id } });
}

function labelled(path: string, instance: string, owners: ClusterObject['owners'] = []): ClusterObject {
  return object(path, { labels: { 'app.kubernetes.io/instance': instance }, owners });
}

/** What a deployer says of itself. */
function how(path: string, facts: Readonly<Record<string, string>> = {}): Reference {
  return reference('cascade', [path, path], facts);
}

const OWNER = object('team/Deployment/owner');
const WEB = 'gone/Application/web';

interface Case {
  readonly says: string;
  readonly given: Given;
  /** What goes outside the namespace. */
  readonly goes: readonly string[];
}

const APPLICATION_CASES: readonly Case[] = [
  {
    says: 'an Application takes along what bears its tracking id, and nobody else’s',
    given: {
      objects: [
        app('web'),
        tracked('team/Deployment/a', 'web:apps/Deployment:team/a'),
        tracked('team/Deployment/b', 'gone_web:apps/Deployment:team/b'),
        tracked('team/Deployment/c', 'website:apps/Deployment:team/c'),
      ],
    },
    goes: ['deployments.apps/a', 'deployments.apps/b'],
  },
  {
    says: 'without the finalizer nothing goes',
    given: { objects: [app('web', ['other']), tracked('team/Deployment/a', 'web:apps/Deployment:team/a')] },
    goes: [],
  },
  {
    says: 'one of several finalizers is enough',
    given: {
      objects: [app('web', ['other', ARGO]), tracked('team/Deployment/a', 'web:apps/Deployment:team/a')],
    },
    goes: ['deployments.apps/a'],
  },
  ...[`x.${ARGO}`, `${ARGO}.example.com`].map((finalizer) => ({
    says: `a finalizer of another name, ${finalizer}, takes nothing along`,
    given: { objects: [app('web', [finalizer]), tracked('team/Deployment/a', 'web:apps/Deployment:team/a')] },
    goes: [],
  })),
  {
    says: 'the finalizer may say how',
    given: {
      objects: [app('web', [`${ARGO}/background`]), tracked('team/Deployment/a', 'web:apps/Deployment:team/a')],
    },
    goes: ['deployments.apps/a'],
  },
  {
    says: 'where it lists nothing, the instance label tells, but not of what has an owner',
    given: {
      objects: [
        app('web'),
        OWNER,
        labelled('team/ConfigMap/a', 'web'),
        labelled('team/ConfigMap/b', 'gone_web'),
        labelled('team/ConfigMap/c', 'shop'),
        labelled('team/ConfigMap/d', 'web', [ownedBy(OWNER)]),
      ],
    },
    goes: ['configmaps/a', 'configmaps/b'],
  },
  {
    says: 'a tracking id of another application goes before the label',
    given: {
      objects: [
        app('web'),
        object('team/ConfigMap/a', {
          labels: { 'app.kubernetes.io/instance': 'web' },
          annotations: { 'argocd.argoproj.io/tracking-id': 'shop:/ConfigMap:team/a' },
        }),
      ],
    },
    goes: [],
  },
  {
    says: 'what it lists as its own goes, and then the label tells nothing more',
    given: {
      objects: [
        app('web'),
        object('team/ConfigMap/listed'),
        object('/ClusterRole/listed'),
        labelled('team/ConfigMap/chart', 'web'),
      ],
      references: [
        how(WEB),
        reference('deploys', [WEB, 'team/ConfigMap/listed']),
        reference('deploys', [WEB, 'team/ClusterRole/listed']),
        reference('deploys', ['gone/Application/else', 'team/ConfigMap/chart']),
      ],
    },
    goes: ['clusterroles.rbac.authorization.k8s.io/listed', 'configmaps/listed'],
  },
  {
    says: 'unless what it lists bears the label and no tracking id: then that is how Argo CD knows its own',
    given: {
      objects: [
        app('web'),
        labelled('team/ConfigMap/listed', 'web'),
        labelled('team/ConfigMap/unlisted', 'web'),
        labelled('team/ConfigMap/other', 'shop'),
      ],
      references: [how(WEB), reference('deploys', [WEB, 'team/ConfigMap/listed'])],
    },
    goes: ['configmaps/listed', 'configmaps/unlisted'],
  },
  {
    says: 'a tracking id on anything that it lists tells that labels are its charts’',
    given: {
      objects: [
        app('web'),
        labelled('team/ConfigMap/listed', 'web'),
        tracked('team/Deployment/listed', 'web:apps/Deployment:team/listed'),
        labelled('team/ConfigMap/unlisted', 'web'),
      ],
      references: [
        how(WEB),
        reference('deploys', [WEB, 'team/ConfigMap/listed']),
        reference('deploys', [WEB, 'team/Deployment/listed']),
      ],
    },
    goes: ['configmaps/listed', 'deployments.apps/listed'],
  },
  {
    says: 'Argo CD’s own label tells whatever is listed, unless a tracking id names another application',
    given: {
      objects: [
        app('web'),
        object('team/ConfigMap/a', { labels: { [ARGO_INSTANCE]: 'web' } }),
        object('team/ConfigMap/b', { labels: { [ARGO_INSTANCE]: 'shop' } }),
        object('team/ConfigMap/c', {
          labels: { [ARGO_INSTANCE]: 'web' },
          annotations: { 'argocd.argoproj.io/tracking-id': 'shop:/ConfigMap:team/c' },
        }),
        object('team/ConfigMap/d', { labels: { [ARGO_INSTANCE]: 'web' }, owners: [ownedBy(OWNER)] }),
        OWNER,
        object('team/ConfigMap/listed'),
      ],
      references: [how(WEB), reference('deploys', [WEB, 'team/ConfigMap/listed'])],
    },
    goes: ['configmaps/a', 'configmaps/listed'],
  },
  {
    says: 'what Argo CD is told to leave, and every definition, stays',
    given: {
      objects: [
        app('web'),
        ...['Delete=false', 'Prune=false, Delete=false', 'Prune=false', 'Delete=confirm'].map((options, index) =>
          object(`team/PersistentVolumeClaim/c${index}`, {
            annotations: { [TRACKING_ID]: `web:/PersistentVolumeClaim:team/c${index}`, [SYNC_OPTIONS]: options },
          }),
        ),
        object('team/ConfigMap/kept', {
          annotations: { [TRACKING_ID]: 'web:/ConfigMap:team/kept', 'helm.sh/resource-policy': 'keep' },
        }),
        object('/CustomResourceDefinition/things.example.org', {
          annotations: { [TRACKING_ID]: 'web:apiextensions.k8s.io/CustomResourceDefinition:/things.example.org' },
        }),
      ],
    },
    goes: ['persistentvolumeclaims/c2', 'persistentvolumeclaims/c3'],
  },
];

const UNPRUNED = 'kustomize.toolkit.fluxcd.io/prune';

/** One more object of the Kustomization, which is told how it is pruned. */
function pruned(told: Parameters<typeof object>[1]): Given {
  const { objects = [], ...given } = kustomized({});
  return { ...given, objects: [...objects, object('team/ConfigMap/missing', told)] };
}

function kustomized(facts: Readonly<Record<string, string>>, finalizers: readonly string[] = [FLUX]): Given {
  return {
    objects: [
      object('gone/Kustomization/apps', { finalizers }),
      object('team/ConfigMap/a'),
      object('team/ConfigMap/of-another'),
    ],
    references: [how('gone/Kustomization/apps', facts)],
    given: {
      fluxInventories: [
        {
          kind: 'Kustomization',
          namespace: 'gone',
          name: 'apps',
          ids: ['/ConfigMap/team/a', '/ConfigMap/team/missing'],
        },
        { kind: 'Kustomization', namespace: 'gone', name: 'else', ids: ['/ConfigMap/team/of-another'] },
        { kind: 'Kustomization', namespace: 'team', name: 'apps', ids: ['/ConfigMap/team/of-another'] },
      ],
    },
  };
}

const RELEASED = ['team/ConfigMap/a', '/ClusterRole/a'];

function helmReleased(
  facts: Readonly<Record<string, string>>,
  given: { readonly finalizers?: readonly string[]; readonly status?: string; readonly stored?: string } = {},
): Given {
  const { finalizers = [FLUX], status = 'deployed', stored = 'gone' } = given;
  return {
    objects: [
      object('gone/HelmRelease/shop', { finalizers }),
      object('team/Secret/sh.helm.release.v1.shop.v1'),
      object('team/ConfigMap/a'),
      object('/ClusterRole/a'),
      object('team/ConfigMap/hook'),
    ],
    releases: [
      release('team/shop', {
        chart: 'shop',
        has: RELEASED,
        hooks: ['team/ConfigMap/hook'],
        status,
        storageNamespace: 'team',
      }),
    ],
    references: [
      how('gone/HelmRelease/shop', facts),
      {
        ...reference('deploys', ['gone/HelmRelease/shop', '']),
        to: { group: 'helm.sh', kind: 'Release', namespace: stored, name: 'shop' },
      },
    ],
  };
}

const FLUX_CASES: readonly Case[] = [
  { says: 'a Kustomization takes its inventory along', given: kustomized({}), goes: ['configmaps/a'] },
  { says: 'but not where it keeps it', given: kustomized({ keeps: 'yes' }), goes: [] },
  { says: 'nor in another cluster', given: kustomized({ elsewhere: 'yes' }), goes: [] },
  {
    says: 'nor what a label or an annotation takes out of it',
    given: pruned({ labels: { [UNPRUNED]: 'disabled' } }),
    goes: ['configmaps/a'],
  },
  {
    says: 'of which there are two',
    given: pruned({ annotations: { 'kustomize.toolkit.fluxcd.io/reconcile': 'disabled' } }),
    goes: ['configmaps/a'],
  },
  ...['enabled', 'Disabled'].map((value) => ({
    says: `but what says ${value} goes, or may go`,
    given: pruned({ annotations: { [UNPRUNED]: value } }),
    goes: ['configmaps/a', 'configmaps/missing'],
  })),
  { says: 'nor without its finalizer', given: kustomized({}, []), goes: [] },
  {
    says: 'where nobody read what it keeps, its inventory goes',
    given: { ...kustomized({}), references: undefined },
    goes: ['configmaps/a'],
  },
  {
    says: 'a HelmRelease takes its release along, with its records and without its hooks',
    given: helmReleased({}, { stored: 'team' }),
    goes: ['clusterroles.rbac.authorization.k8s.io/a', 'configmaps/a', 'secrets/sh.helm.release.v1.shop.v1'],
  },
  { says: 'but no release of that name in another namespace', given: helmReleased({}), goes: [] },
  { says: 'nor one that is uninstalled', given: helmReleased({}, { stored: 'team', status: 'uninstalled' }), goes: [] },
  { says: 'nor while it is suspended', given: helmReleased({ keeps: 'yes' }, { stored: 'team' }), goes: [] },
  { says: 'nor in another cluster', given: helmReleased({ elsewhere: 'yes' }, { stored: 'team' }), goes: [] },
  { says: 'nor without its finalizer', given: helmReleased({}, { stored: 'team', finalizers: [] }), goes: [] },
];

const CLAIM = { 'crossplane.io/claim-name': 'orders', 'crossplane.io/claim-namespace': 'gone' };
const COMPOSITE = object('/XDatabase/orders-x1', { labels: CLAIM });

const OTHER_CASES: readonly Case[] = [
  {
    says: 'a claim takes its composite along, and that what it is composed of',
    given: {
      objects: [
        object('gone/Database/orders'),
        COMPOSITE,
        object('/Instance/orders-x1-db', { labels: CLAIM, owners: [ownedBy(COMPOSITE)] }),
        object('/XDatabase/else', { labels: { ...CLAIM, 'crossplane.io/claim-name': 'else' } }),
      ],
    },
    goes: ['instances.rds.aws.example.org/orders-x1-db', 'xdatabases.example.org/orders-x1'],
  },
  {
    says: 'something else of the claim’s name is no claim',
    given: { objects: [object('gone/ConfigMap/orders'), COMPOSITE] },
    goes: [],
  },
];

describe('what goes with what deployed it', () => {
  for (const { says, given, goes } of [...APPLICATION_CASES, ...FLUX_CASES, ...OTHER_CASES]) {
    it(says, () => {
      const gone = [...removedWorld(given).set.values()].map((member) => member.object);
      const outside = gone.filter(({ namespace, type }) => namespace !== 'gone' && type.kind !== 'Namespace');
      assert.deepEqual(outside.map(objectName).toSorted(), goes.toSorted());
    });
  }
});

/** Whether a check of warnings ran in full. */
function run(check: CheckRun['check'], ran: boolean): CheckRun {
  return { check, ran, critical: false, needs: ran ? '' : 'list', hits: 0 };
}

/** What goes and cannot be followed. */
function unfollowed(given: Given): readonly string[] {
  const { world, set } = removedWorld(given);
  return notFollowed(
    [...set.values()].map((member) => member.object),
    world,
  );
}

describe('what cannot be followed', () => {
  for (const [finalizer, isFar] of [
    ['cluster.cluster.x-k8s.io', true],
    ['awsmachine.infrastructure.cluster.x-k8s.io', true],
    ['finalizer.managedresource.crossplane.io', true],
    ['finalizers.s3.services.k8s.aws/Bucket', true],
    ['finalizers.kapp-ctrl.k14s.io/delete', true],
    ['cnrm.cloud.google.com/finalizer', true],
    ['serviceoperator.azure.com/finalizer', true],
    ['workspace.app.terraform.io/finalizer', true],
    ['finalizers.tf.contrib.fluxcd.io', true],
    ['finalizer.stack.pulumi.com', true],
    ['fleet.cattle.io/bundle-finalizer', true],
    ['app.oam.dev/resource-tracker-finalizer', true],
    ['fluxcd.controlplane.io/finalizer', true],
    ['kro.run/finalizer', true],
    ['karpenter.sh/termination', true],
    ['baremetalhost.metal3.io', true],
    ['hive.openshift.io/deprovision', true],
    ['cluster.open-cluster-management.io/manifest-work-cleanup', true],
    ['karmada.io/execution-controller', true],
    ['clustersummaryfinalizer.projectsveltos.io', true],
    ['strimzi.io/topic-operator', true],
    ['pushsecret.externalsecrets.io/finalizer', true],
    ['kubernetes.io/pvc-protection', false],
    ['notcluster.x-k8s.io', false],
    ['longhorn.io', false],
  ] as const) {
    it(`${finalizer} ${isFar ? 'reaches far' : 'does not'}`, () => {
      const found = unfollowed({ objects: [object('gone/Machine/m', { finalizers: [finalizer] })] });
      assert.deepEqual(found, isFar ? ['machines.cluster.x-k8s.io/m'] : []);
    });
  }

  it('is a node that goes with what owns it, for others run there', () => {
    const role = object('/ClusterRole/pool');
    const node = object('/Node/worker', { owners: [ownedBy(role)] });
    const given = { objects: [role, node, object('/Node/other')], released: ['/ClusterRole/pool'] };
    assert.deepEqual(unfollowed(given), ['nodes/worker']);
  });

  it('is a deployer that goes and acts in another cluster or lists what may be out of date, unless it keeps what it deployed', () => {
    const objects = [
      app('far'),
      app('kept', []),
      app('outdated'),
      app('outdated-and-kept', []),
      object('gone/Kustomization/far', { finalizers: [FLUX] }),
      object('gone/HelmRelease/far', { finalizers: [FLUX] }),
      object('gone/HelmRelease/kept', { finalizers: [FLUX] }),
      object('gone/HelmRelease/near', { finalizers: [FLUX] }),
      object('team/HelmRelease/stays', { finalizers: [FLUX] }),
    ];
    const references = [
      how('gone/Application/far', { elsewhere: 'yes' }),
      how('gone/Application/kept', { elsewhere: 'yes' }),
      how('gone/Application/outdated', { outdated: 'yes' }),
      how('gone/Application/outdated-and-kept', { outdated: 'yes' }),
      how('gone/Kustomization/far', { elsewhere: 'yes' }),
      how('gone/HelmRelease/far', { elsewhere: 'yes' }),
      how('gone/HelmRelease/kept', { elsewhere: 'yes', keeps: 'yes' }),
      how('gone/HelmRelease/near'),
      how('team/HelmRelease/stays', { elsewhere: 'yes' }),
    ];
    assert.deepEqual(unfollowed({ objects, references }), [
      'applications.argoproj.io/far',
      'applications.argoproj.io/outdated',
      'helmreleases.helm.toolkit.fluxcd.io/far',
      'kustomizations.kustomize.toolkit.fluxcd.io/far',
    ]);
  });

  it('is what a deployer deployed whose own word was not read', () => {
    const checks = [run('destination', false), run('flux-source', false), run('monitor', false)];
    const hidden = object('gone/Kustomization/apps');
    assert.deepEqual(unreadFollowers([hidden], checks), ['flux-source']);
    assert.deepEqual(unreadFollowers([hidden, app('web')], checks), ['destination', 'flux-source']);
    assert.deepEqual(unreadFollowers([object('gone/VolumeSnapshot/x')], [run('snapshot-content', false)]), [
      'snapshot-content',
    ]);
    assert.deepEqual(unreadFollowers([object('gone/ConfigMap/x')], checks), []);
    assert.deepEqual(unreadFollowers([hidden], [run('flux-source', true)]), []);
  });
});
