import assert from 'node:assert/strict';
import type { CheckId } from '../../src/model/check.ts';
import type { ReferenceKind } from '../../src/model/reference.ts';
import { breakagesBy, runOf, testChecks, type CheckCase } from '../support/check-cases.ts';
import { readInFull, reference, type Given } from '../support/removed-world.ts';
import { covered, namespaceRecord, object } from '../support/world.ts';

/** One reference from what stays to what goes; `back` points from what goes to what stays. */
interface Pointing {
  readonly check: CheckId;
  readonly kind: ReferenceKind;
  readonly ends: readonly [string, string];
  readonly facts?: Readonly<Record<string, string>>;
  readonly sentence: string;
  readonly needs: string;
}

const pointing: readonly Pointing[] = [
  {
    check: 'role-binding',
    kind: 'subject',
    ends: ['/ClusterRoleBinding/reader', 'gone/ServiceAccount/web'],
    facts: { role: 'ClusterRole/view' },
    sentence:
      'clusterrolebinding/reader: grants ClusterRole/view to serviceaccount/web in gone; who makes it anew has the grant again.',
    needs: 'references/clusterrolebindings.rbac.authorization.k8s.io',
  },
  {
    check: 'role-binding',
    kind: 'subject',
    ends: ['team/RoleBinding/reader', 'gone/ServiceAccount/'],
    sentence:
      'rolebinding/reader in team: grants a role to every ServiceAccount of gone; who makes it anew has the grant again.',
    needs: 'references/rolebindings.rbac.authorization.k8s.io',
  },
  {
    check: 'policy-parameter',
    kind: 'policy-parameter',
    ends: ['/ValidatingAdmissionPolicyBinding/b', 'gone//limits'],
    facts: { policy: 'replicas' },
    sentence:
      'validatingadmissionpolicybinding/b: its parameters (limits) in gone go: policy replicas is not applied any more, or refuses everything.',
    needs: 'references/validatingadmissionpolicybindings.admissionregistration.k8s.io',
  },
  {
    check: 'store-secret',
    kind: 'store-secret',
    ends: ['/ClusterSecretStore/vault', 'gone/Secret/token'],
    sentence:
      'clustersecretstore/vault: needs secret/token in gone: secrets of all namespaces that use it are no longer fetched.',
    needs: 'references/clustersecretstores.external-secrets.io',
  },
  {
    check: 'route',
    kind: 'route-parent',
    ends: ['team/HTTPRoute/web', 'gone/Gateway/public'],
    sentence: 'httproute/web in team: needs gateway/public in gone: its requests are no longer answered.',
    needs: 'references/httproutes.gateway.networking.k8s.io',
  },
  {
    check: 'route',
    kind: 'route-backend',
    ends: ['team/HTTPRoute/web', 'gone/Service/api'],
    sentence: 'httproute/web in team: needs service/api in gone: its requests are no longer answered.',
    needs: 'references/httproutes.gateway.networking.k8s.io',
  },
  {
    check: 'mesh-host',
    kind: 'mesh-host',
    ends: ['team/VirtualService/web', 'gone/Service/api'],
    sentence: 'virtualservice/web in team: sends traffic to service/api in gone.',
    needs: 'references/virtualservices.networking.istio.io',
  },
  {
    check: 'external-name',
    kind: 'external-name',
    ends: ['team/Service/alias', 'gone/Service/api'],
    sentence: 'service/alias in team: is an alias of service/api in gone.',
    needs: 'references/services',
  },
  {
    check: 'mention',
    kind: 'mention',
    ends: ['team/Deployment/web', 'gone/Service/api'],
    facts: { in: 'environment, arguments' },
    sentence:
      'deployment/web in team: names service/api in gone in its environment, arguments (a match of text, best effort).',
    needs: 'references/deployments.apps',
  },
  {
    check: 'network-peer',
    kind: 'network-peer',
    ends: ['team/NetworkPolicy/allow', '/Namespace/gone'],
    facts: { direction: 'ingress' },
    sentence:
      'networkpolicy/allow in team: selects gone for ingress; a namespace that takes its place and labels is let in, too.',
    needs: 'references/networkpolicies.networking.k8s.io',
  },
  {
    check: 'monitor',
    kind: 'monitor',
    ends: ['team/ServiceMonitor/all', '/Namespace/gone'],
    sentence: 'servicemonitor/all in team: watches gone, which then has nothing to tell.',
    needs: 'references/servicemonitors.monitoring.coreos.com',
  },
  {
    check: 'destination',
    kind: 'destination',
    ends: ['team/Application/shop', '/Namespace/gone'],
    sentence:
      'application/shop in team: deploys to gone: it is out of sync, and may make the namespace and its contents again.',
    needs: 'references/applications.argoproj.io',
  },
  {
    check: 'flux-source',
    kind: 'flux-source',
    ends: ['team/Kustomization/apps', 'gone/GitRepository/repo'],
    sentence:
      'kustomization/apps in team: takes its contents from gitrepository/repo in gone: it applies nothing new any more.',
    needs: 'references/kustomizations.kustomize.toolkit.fluxcd.io',
  },
  {
    check: 'operator-target',
    kind: 'operator-target',
    ends: ['team/OperatorGroup/group', '/Namespace/gone'],
    sentence: 'operatorgroup/group in team: its operators watch gone.',
    needs: 'references/operatorgroups.operators.coreos.com',
  },
];

/** The same end in a namespace that goes: the holder then goes as well. */
function inside(path: string): string {
  return path.startsWith('team/') ? path.replace('team/', 'gone/') : path;
}

function caseOf({ check, kind, ends, facts = {}, sentence, needs }: Pointing): CheckCase {
  const [from, to] = ends;
  const isClusterWide = from.startsWith('/');
  return {
    says: `${from} names ${to}`,
    check,
    given: { references: [reference(kind, [from, to], facts)] },
    severity: 'warning',
    sentence,
    harmless: {
      objects: isClusterWide ? [object(from)] : [],
      released: isClusterWide ? [from] : [],
      references: [reference(kind, [inside(from), to], facts)],
    },
    needs,
  };
}

const others: readonly CheckCase[] = [
  {
    says: 'a class of the release that others name',
    check: 'class',
    given: {
      objects: [object('/StorageClass/fast')],
      released: ['/StorageClass/fast'],
      references: [
        reference('class', ['team/PersistentVolumeClaim/a', '/StorageClass/fast']),
        reference('class', ['team/PersistentVolumeClaim/b', '/StorageClass/fast']),
        reference('class', ['crew/StatefulSet/c', '/StorageClass/fast']),
      ],
    },
    severity: 'warning',
    sentence:
      'storageclass/fast: used by 2 PersistentVolumeClaims, 1 StatefulSet in crew, team: what is made or started anew with it is refused or waits.',
    harmless: {
      objects: [object('/StorageClass/fast')],
      released: ['/StorageClass/fast'],
      references: [reference('class', ['gone/PersistentVolumeClaim/a', '/StorageClass/fast'])],
    },
    needs: 'references/persistentvolumeclaims',
  },
  {
    says: 'a class that stays and loses its controller',
    check: 'class-controller',
    given: {
      objects: [object('/IngressClass/nginx'), object('gone/Deployment/ingress-nginx-controller')],
      references: [
        reference('class-controller', ['/IngressClass/nginx', '/IngressClass/nginx'], {
          controller: 'k8s.io/ingress-nginx',
        }),
        reference('class', ['team/Ingress/web', '/IngressClass/nginx']),
      ],
    },
    severity: 'warning',
    sentence:
      'ingressclass/nginx: its controller k8s.io/ingress-nginx goes (ingress-nginx-controller): ingress/web in team is no longer served.',
    harmless: {
      objects: [
        object('/IngressClass/nginx'),
        object('gone/Deployment/ingress-nginx-controller'),
        object('other/DaemonSet/ingress-nginx'),
      ],
      references: [
        reference('class-controller', ['/IngressClass/nginx', '/IngressClass/nginx'], {
          controller: 'k8s.io/ingress-nginx',
        }),
        reference('class', ['team/Ingress/web', '/IngressClass/nginx']),
      ],
    },
    needs: 'references/ingressclasses.networking.k8s.io',
  },
  {
    says: 'a storage class that stays and loses its driver',
    check: 'provisioner',
    given: {
      references: [reference('provisioner', ['/StorageClass/ceph', '/CSIDriver/gone.rbd.csi.ceph.com'])],
    },
    severity: 'warning',
    sentence:
      'storageclass/ceph: its driver gone.rbd.csi.ceph.com goes (namespace/gone): new claims of this class wait for ever.',
    harmless: {
      references: [reference('provisioner', ['/StorageClass/ceph', '/CSIDriver/rook.rbd.csi.ceph.com'])],
    },
    needs: 'references/storageclasses.storage.k8s.io',
  },
  {
    says: 'a Secret of the name that an issuer names',
    check: 'issuer-secret',
    given: {
      objects: [object('gone/Secret/ca-key')],
      references: [reference('issuer-secret', ['/ClusterIssuer/ca', '/Secret/ca-key'])],
    },
    severity: 'warning',
    sentence: 'clusterissuer/ca: may need secret/ca-key in gone: it can no longer issue or renew certificates.',
    harmless: {
      objects: [object('team/Secret/ca-key')],
      references: [reference('issuer-secret', ['/ClusterIssuer/ca', '/Secret/ca-key'])],
    },
    needs: 'references/clusterissuers.cert-manager.io',
  },
  {
    says: 'a grant goes and those stay whom it lets in',
    check: 'reference-grant',
    given: {
      objects: [object('gone/ReferenceGrant/grant')],
      references: [reference('reference-grant', ['gone/ReferenceGrant/grant', '/Namespace/team'])],
    },
    severity: 'warning',
    sentence: 'namespace/team: referencegrant/grant in gone lets it refer to gone: that is revoked.',
    harmless: {
      references: [reference('reference-grant', ['team/ReferenceGrant/grant', '/Namespace/gone'])],
    },
    needs: 'references/referencegrants.gateway.networking.k8s.io',
  },
];

/** A class whose controller's name tells no workload. */
function writtenBy(manager: string): Given {
  return {
    objects: [object('/IngressClass/edge', { manager }), object('gone/Deployment/proxy')],
    references: [
      reference('class-controller', ['/IngressClass/edge', '/IngressClass/edge'], { controller: 'example.com/edge' }),
      reference('class', ['team/Ingress/web', '/IngressClass/edge']),
    ],
  };
}

describe('what a removal breaks: references', () => {
  testChecks([...pointing.map(caseOf), ...others]);

  it('a reference that was not read at all leaves its check not run', () => {
    assert.deepEqual(runOf('mention', { references: undefined }), {
      check: 'mention',
      ran: false,
      needs: 'what objects say of each other was not read',
      hits: 0,
    });
  });

  it('a type that the cluster does not serve has nothing to break', () => {
    const given = { given: { types: [] }, coverage: [] };
    assert.deepEqual(runOf('store-secret', given), { check: 'store-secret', ran: true, needs: '', hits: 0 });
  });

  it('a type of which nobody knows whether it is served leaves its check not run', () => {
    for (const resource of [
      'discovery',
      '*.external-secrets.io',
      'discovery/clustersecretstores.external-secrets.io',
    ]) {
      const unknown = covered(resource, { state: 'unknown-discovery', reason: 'no answer' });
      const run = runOf('store-secret', { given: { types: [] }, coverage: [unknown] });
      assert.deepEqual([run?.ran, run?.needs.endsWith('no answer')], [false, true], resource);
    }
  });

  it('tells all that keeps it from running in full', () => {
    const refused = ['pods', 'jobs.batch'].map((type) =>
      covered(`references/${type}`, { state: 'forbidden', needs: `list ${type}` }),
    );
    const failed = covered('references/discovery/references/x', { state: 'failed' });
    assert.equal(
      runOf('mention', { coverage: [...readInFull(), ...refused, failed] })?.needs,
      'list jobs.batch, list pods',
    );
  });

  it('a check that looks at no reference runs in full without any', () => {
    assert.equal(runOf('pod-security', { references: undefined })?.ran, true);
  });

  it('what was never read is told by its name', () => {
    const coverage = readInFull().filter(({ resource }) => resource !== 'references/services');
    assert.equal(runOf('external-name', { coverage })?.needs, 'services: not read');
    const failed = covered('references/services', { state: 'failed' });
    assert.equal(runOf('external-name', { coverage: [...coverage, failed] })?.needs, 'services: failed');
  });

  it('a core type of whose group nobody knows leaves its check not run', () => {
    const unknown = covered('*', { state: 'unknown-discovery', reason: 'no answer' });
    assert.equal(runOf('external-name', { given: { types: [] }, coverage: [unknown] })?.needs, '*: no answer');
  });

  const team = covered('references/services', { scope: 'team' });
  const crew = covered('references/services', { scope: 'crew' });
  const refused = covered('references/services', { state: 'forbidden', needs: 'list services' });
  const known = readInFull().filter(({ resource }) => resource !== 'references/services');
  const records = { namespaces: ['team', 'crew'].map((name) => namespaceRecord(name)) };
  const scopes: readonly (readonly [says: string, given: Given, needs: string])[] = [
    ['each namespace', { coverage: [...known, refused, team, crew], given: records }, ''],
    ['one namespace of two', { coverage: [...known, refused, team], given: records }, 'list services'],
    [
      'each namespace that could be listed',
      {
        coverage: [...known.filter(({ resource }) => resource !== 'namespaces'), refused, team, crew],
        given: records,
      },
      'list services',
    ],
    ['no namespace, for none is there', { coverage: [...known, refused], given: { namespaces: [] } }, 'list services'],
    [
      'the whole cluster, though not one namespace by itself',
      { coverage: [...known, covered('references/services'), { ...refused, scope: 'team' }], given: records },
      '',
    ],
  ];
  for (const [says, given, needs] of scopes) {
    it(`a check has ${needs === '' ? '' : 'not '}run when its references were read in ${says}`, () => {
      assert.deepEqual(runOf('external-name', given), { check: 'external-name', ran: needs === '', needs, hits: 0 });
    });
  }

  it('one part of a type that failed leaves its check not run, whatever else was read of it', () => {
    const part = covered('references/pods', { state: 'failed', reason: 'no answer' });
    const { ran, needs } = runOf('mention', { coverage: [...readInFull(), part] }) ?? {};
    assert.deepEqual([ran, needs], [false, 'pods: no answer']);
  });

  it('what is in a namespace breaks also where something goes that bears the name of the namespace', () => {
    const given = {
      objects: [object('gone/ConfigMap/team')],
      references: [reference('mention', ['team/Deployment/web', 'gone/Service/api'])],
    };
    assert.equal(breakagesBy('mention', given).length, 1);
  });

  it('a class that its controller wrote is known by that', () => {
    assert.equal(breakagesBy('class-controller', writtenBy('proxy')).length, 1);
    assert.equal(breakagesBy('class-controller', writtenBy('kubectl-create')).length, 0);
  });

  it('names of __proto__ and constructor are ordinary', () => {
    const names = ['__proto__', 'constructor'].map((name) =>
      reference('external-name', [`team/Service/${name}`, `gone/Service/${name}`]),
    );
    assert.equal(breakagesBy('external-name', { references: names }).length, 2);
  });
});
