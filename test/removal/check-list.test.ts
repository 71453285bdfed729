import assert from 'node:assert/strict';
import { REFERRING_TYPES } from '../../src/cluster/references/referring-types.ts';
import { WORKLOAD_TYPES } from '../../src/cluster/references/workloads.ts';
import { CHECK_IDS, type CheckId } from '../../src/model/check.ts';
import type { BreakageSeverity } from '../../src/model/removal.ts';
import type { Check } from '../../src/removal/check.ts';
import { CHECKS, hitsOf } from '../../src/removal/checks.ts';
import { dataAtStake } from '../../src/removal/data.ts';
import { hangRisks } from '../../src/removal/hang-risks.ts';
import { brokenIn } from '../support/check-cases.ts';
import { reference, removedWorld, type Given } from '../support/removed-world.ts';
import { object, ref, release } from '../support/world.ts';

/** A world in which a good deal happens. */
const busy: Given = {
  objects: [
    object('/CustomResourceDefinition/widgets.example.com', { manager: 'engine' }),
    object('/StorageClass/fast'),
    object('gone/Deployment/engine'),
    object('gone/DaemonSet/node'),
    object('gone/DaemonSet/other-node'),
    object('gone/Widget/a', { finalizers: ['example.com/x'] }),
    object('gone/Widget/b', { finalizers: ['example.com/x'] }),
    object('gone/Secret/a'),
    object('gone/Secret/b'),
    object('team/Widget/a', { finalizers: ['example.com/x'], manager: 'kubectl-create' }),
    object('crew/Widget/a', { finalizers: ['example.com/x'] }),
    object('team/PersistentVolumeClaim/data'),
    object('crew/PersistentVolumeClaim/data'),
  ],
  released: ['/StorageClass/fast'],
  releases: [release('gone/shop', { has: ['gone/Secret/a'] }), release('gone/db', { has: ['gone/Secret/b'] })],
  references: [
    reference('class', ['team/PersistentVolumeClaim/data', '/StorageClass/fast']),
    reference('class', ['crew/PersistentVolumeClaim/data', '/StorageClass/fast']),
    reference('volume-claim', ['/PersistentVolume/a', 'team/PersistentVolumeClaim/data'], {
      driver: 'ebs.csi.aws.com',
    }),
    reference('volume-claim', ['/PersistentVolume/b', 'crew/PersistentVolumeClaim/data'], {
      driver: 'ebs.csi.aws.com',
    }),
    reference('driver-mention', ['gone/DaemonSet/node', '/CSIDriver/ebs.csi.aws.com']),
    reference('driver-mention', ['gone/DaemonSet/other-node', '/CSIDriver/ebs.csi.aws.com']),
    reference('webhook', ['/ValidatingWebhookConfiguration/a', 'gone/Service/x'], { webhook: 'one' }),
    reference('webhook', ['/ValidatingWebhookConfiguration/a', 'gone/Service/x'], { webhook: 'two' }),
  ],
};

const WORKLOADS = ['deployments.apps', 'statefulsets.apps', 'daemonsets.apps'];
const PODS = [...WORKLOADS, 'replicationcontrollers', 'cronjobs.batch', 'jobs.batch', 'replicasets.apps', 'pods'];
const DEFINITIONS = 'customresourcedefinitions.apiextensions.k8s.io';
const WEBHOOKS = ['validating', 'mutating'].map((kind) => `${kind}webhookconfigurations.admissionregistration.k8s.io`);
const POLICIES = ['validating', 'mutating'].map(
  (kind) => `${kind}admissionpolicybindings.admissionregistration.k8s.io`,
);
const ROUTES = ['http', 'grpc', 'tls', 'tcp', 'udp'].map((kind) => `${kind}routes.gateway.networking.k8s.io`);
const CLASS_USERS = [
  'persistentvolumeclaims',
  'ingresses.networking.k8s.io',
  'gateways.gateway.networking.k8s.io',
  'volumesnapshots.snapshot.storage.k8s.io',
  'volumesnapshotcontents.snapshot.storage.k8s.io',
];
const CONTROLLERS = { lists: [DEFINITIONS, ...WORKLOADS], references: [DEFINITIONS] };
const DRIVERS = {
  lists: ['persistentvolumes', 'persistentvolumeclaims', 'csidrivers.storage.k8s.io', 'leases.coordination.k8s.io'],
  references: ['persistentvolumes', 'storageclasses.storage.k8s.io', ...WORKLOADS],
};

interface Looks {
  readonly lists?: readonly string[];
  readonly references?: readonly string[];
}

/** What each check has to see before nothing found means that there is nothing. */
const LOOKS: Readonly<Record<CheckId, Looks>> = {
  webhook: { references: WEBHOOKS },
  'api-service': { references: ['apiservices.apiregistration.k8s.io'] },
  'conversion-webhook': { references: [DEFINITIONS] },
  'custom-resources': { lists: [DEFINITIONS] },
  'stranded-volumes': { ...DRIVERS, references: [...DRIVERS.references, 'services'] },
  'volumes-of-others': {
    lists: ['persistentvolumeclaims', 'persistentvolumes'],
    references: ['persistentvolumes'],
  },
  'volume-elsewhere': { references: ['persistentvolumes'] },
  'snapshot-content': { references: ['volumesnapshotcontents.snapshot.storage.k8s.io'] },
  'policy-parameter': { references: POLICIES },
  class: { references: [...CLASS_USERS, ...PODS] },
  'class-controller': {
    lists: WORKLOADS,
    references: ['ingressclasses.networking.k8s.io', 'gatewayclasses.gateway.networking.k8s.io', ...CLASS_USERS],
  },
  provisioner: DRIVERS,
  'operator-resources': CONTROLLERS,
  'finalizers-elsewhere': CONTROLLERS,
  'issuer-secret': { references: ['clusterissuers.cert-manager.io'] },
  'store-secret': { references: ['clustersecretstores.external-secrets.io'] },
  'reference-grant': { references: ['referencegrants.gateway.networking.k8s.io'] },
  route: { references: ROUTES },
  'mesh-host': { references: ['virtualservices.networking.istio.io', 'destinationrules.networking.istio.io'] },
  'external-name': { references: ['services'] },
  mention: { references: PODS },
  'network-peer': { references: ['networkpolicies.networking.k8s.io'] },
  monitor: { references: ['servicemonitors.monitoring.coreos.com', 'podmonitors.monitoring.coreos.com'] },
  destination: { references: ['applications.argoproj.io'] },
  'flux-source': {
    references: ['kustomizations.kustomize.toolkit.fluxcd.io', 'helmreleases.helm.toolkit.fluxcd.io'],
  },
  'operator-target': { references: ['operatorgroups.operators.coreos.com'] },
  'role-binding': {
    references: ['clusterrolebindings.rbac.authorization.k8s.io', 'rolebindings.rbac.authorization.k8s.io'],
  },
  'pod-security': { lists: ['namespaces'] },
  'deletion-apis': { references: ['apiservices.apiregistration.k8s.io'] },
  'deletion-webhooks': { references: WEBHOOKS },
  'deletion-finalizers': {
    lists: [DEFINITIONS, ...WORKLOADS],
    references: [DEFINITIONS, 'persistentvolumes', ...PODS],
  },
};

/** What breaks things for others at once, and cannot be undone by installing something again. */
const CRITICAL: ReadonlySet<CheckId> = new Set<CheckId>([
  'webhook',
  'api-service',
  'conversion-webhook',
  'custom-resources',
  'stranded-volumes',
  'volumes-of-others',
  'volume-elsewhere',
]);

function answer(given: Given): string {
  const { after } = removedWorld(given);
  const all = [brokenIn(given), dataAtStake(after), hangRisks(after)];
  return JSON.stringify(all, (_key, value: unknown) => (value instanceof Map ? [...value] : value));
}

describe('the checks of a removal as a whole', () => {
  it('find nothing worse than they say of themselves: what may be a conflict has to have been looked for', () => {
    const { after } = removedWorld({});
    const [from, to] = [ref('team/Deployment/web'), ref('gone/Service/api')];
    const found = (severity: BreakageSeverity, hit: BreakageSeverity | undefined): readonly string[] => {
      const check: Check = {
        id: 'mention',
        severity,
        source: '',
        needs: () => [],
        find: () => [{ from, to, facts: new Map(), ...(hit === undefined ? {} : { severity: hit }) }],
      };
      return hitsOf(check, after).map((breakage) => breakage.severity);
    };
    assert.deepEqual(found('warning', 'critical'), ['warning']);
    assert.deepEqual(found('critical', 'warning'), ['warning']);
    assert.deepEqual(found('critical', undefined), ['critical']);
    assert.deepEqual(found('warning', undefined), ['warning']);
  });

  it('are those of the list, in its order, each with the source of its fact', () => {
    assert.deepEqual(
      CHECKS.map(({ id }) => id),
      CHECK_IDS,
    );
    for (const { id, source } of CHECKS) assert.match(source, /\w{4}/, id);
  });

  for (const { id, severity, needs } of CHECKS) {
    it(`${id} is ${severity}, and has run when all was seen that it looks at`, () => {
      const { lists = [], references = [] } = LOOKS[id];
      const expected = [...lists, ...references.map((type) => `references/${type}`)];
      assert.deepEqual([...needs(removedWorld({}).after)].toSorted(), expected.toSorted());
      assert.equal(severity, CRITICAL.has(id) ? 'critical' : 'warning');
    });
  }

  it('need the resources of the definitions that go, and for operators of all definitions', () => {
    const { after } = removedWorld({
      objects: ['widgets.example.com', 'orders.example.com'].map((name) => object(`/CustomResourceDefinition/${name}`)),
      released: ['/CustomResourceDefinition/widgets.example.com'],
    });
    const needed = (id: CheckId): readonly string[] => CHECKS.find((check) => check.id === id)?.needs(after) ?? [];
    assert.deepEqual(needed('custom-resources'), [DEFINITIONS, 'widgets.example.com']);
    assert.deepEqual(needed('operator-resources').slice(-2), ['widgets.example.com', 'orders.example.com']);
  });

  it('need only references that are read', () => {
    const read = new Set([...REFERRING_TYPES, ...WORKLOAD_TYPES].map(({ type }) => `references/${type}`));
    const { after } = removedWorld(busy);
    const needed = CHECKS.flatMap(({ needs }) => needs(after)).filter((need) => need.startsWith('references/'));
    assert.deepEqual(
      needed.filter((need) => !read.has(need)),
      [],
    );
  });

  it('none runs in full where nothing was read', () => {
    const { checks } = brokenIn({ coverage: [], references: undefined });
    assert.deepEqual(
      checks.filter(({ ran }) => ran),
      [],
    );
  });

  it('tell what is critical first, then by check, then by the names of both ends', () => {
    const { breakages } = brokenIn({
      references: [
        reference('mention', ['team/Deployment/b', 'gone/Service/y']),
        reference('mention', ['team/Deployment/b', 'gone/Service/x']),
        reference('mention', ['team/Deployment/a', 'gone/Service/y']),
        reference('webhook', ['/ValidatingWebhookConfiguration/b', 'gone/Service/x'], { failurePolicy: 'Ignore' }),
        reference('conversion-webhook', ['/CustomResourceDefinition/a.example.com', 'gone/Service/x']),
        reference('webhook', ['/ValidatingWebhookConfiguration/a', 'gone/Service/x']),
        reference('api-service', ['/APIService/v1.example.com', 'gone/Service/x']),
        reference('mention', ['team/Deployment/b', 'gone/Service/y']),
      ],
    });
    assert.deepEqual(
      breakages.map((one) => [one.check, one.from.name, one.to.name]),
      [
        ['webhook', 'a', 'x'],
        ['api-service', 'v1.example.com', 'x'],
        ['conversion-webhook', 'a.example.com', 'x'],
        ['webhook', 'b', 'x'],
        ['mention', 'a', 'y'],
        ['mention', 'b', 'x'],
        ['mention', 'b', 'y'],
      ],
    );
  });

  it('do not depend on the order of anything', () => {
    const { objects = [], references = [], releases = [] } = busy;
    const turned = {
      ...busy,
      objects: objects.toReversed(),
      references: references.toReversed(),
      releases: releases.toReversed(),
    };
    assert.equal(answer(turned), answer(busy));
  });
});
