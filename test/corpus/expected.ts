/** What one pack of the corpus must come out as. Typed from the files by hand; identities only. */
export interface ExpectedPack {
  readonly name: string;
  /** `pack.namespace`; `default` where the values leave it out; `unknown` where there are no values to tell. */
  readonly namespace: string;
  /** `manifests.<m>.namespace`, by manifest. */
  readonly manifestNamespaces?: Readonly<Record<string, string>>;
  /** Namespace objects in the manifests; `?` marks those that a template may leave out. */
  readonly created?: readonly string[];
  /** Keys of `namespaceLabels`. */
  readonly labelled?: readonly string[];
  /** Helm releases: `<pack>-<chart>` or the override. */
  readonly releases: readonly string[];
  readonly installPriority?: number;
}

/** By name of the pack directory. */
export const EXPECTED_PACKS: ReadonlyMap<string, ExpectedPack> = new Map([
  [
    'argo-rollouts-1.2.1',
    {
      name: 'argo-rollouts',
      namespace: 'default',
      manifestNamespaces: { install: 'argo-rollouts' },
      created: ['argo-rollouts'],
      releases: [],
    },
  ],
  [
    'citrix-adc-1.7.6',
    {
      name: 'lb-citrix-adc',
      namespace: 'default',
      manifestNamespaces: { vip: 'citrix-system', 'citrix-k8s-ingress-controller': 'citrix-system' },
      created: ['citrix-system', 'citrix-system'],
      releases: [],
    },
  ],
  ['cks-kubebench-0.16.7', { name: 'kubebench', namespace: 'unknown', releases: [] }],
  [
    'haproxy-ingress-1.49.0',
    { name: 'haproxy-ingress', namespace: 'haproxy-system', releases: ['kubernetes-ingress'] },
  ],
  [
    'hello-universe-1.1.2',
    {
      name: 'hello-universe',
      namespace: 'default',
      manifestNamespaces: { 'hello-universe': 'hello-universe' },
      created: ['hello-universe?'],
      releases: [],
    },
  ],
  [
    'hello-universe-1.3.1',
    {
      name: 'hello-universe',
      namespace: 'default',
      manifestNamespaces: { 'hello-universe': 'hello-universe' },
      created: ['hello-universe?'],
      releases: [],
    },
  ],
  ['kubecost-1.103.3', { name: 'cost-analyzer', namespace: 'kubecost', releases: ['cost-analyzer-cost-analyzer'] }],
  ['kubehunter-1.0.3', { name: 'kubehunter', namespace: 'monitoring', releases: ['kubehunter-kube-hunter'] }],
  ['kubewatch-1.0.7', { name: 'kubewatch', namespace: 'monitoring', releases: ['kubewatch-kubewatch'] }],
  ['kyverno-1.12.2', { name: 'kyverno', namespace: 'kyverno', releases: ['kyverno-kyverno'] }],
  ['oauth2-proxy-8.2.0', { name: 'oauth2-proxy--oauth2-proxy', namespace: 'oauth2-proxy', releases: ['oauth2-proxy'] }],
  [
    'piraeus-operator-2.9.0',
    {
      name: 'piraeus-operator',
      namespace: 'piraeus-system',
      labelled: ['piraeus-system'],
      releases: ['linstor-gui', 'piraeus', 'piraeus-cluster', 'piraeus-dashboard'],
    },
  ],
  ['rbacmanager-1.9.0', { name: 'rbac-manager', namespace: 'rbac-manager', releases: ['rbac-manager-rbac-manager'] }],
  [
    'spegel-0.7.2',
    { name: 'spegel', namespace: 'spegel-system', labelled: ['spegel-system'], releases: ['spegel-spegel'] },
  ],
  [
    'strimzi-kafka-operator-1.0.0',
    { name: 'strimzi-kafka', namespace: 'strimzi-kafka', releases: ['strimzi-kafka-strimzi-kafka-operator'] },
  ],
  ['unctl-1.1.0', { name: 'unctl', namespace: 'monitoring', releases: ['unctl-unctl'] }],
  ['vmo-ns-mgmt-1.0.3', { name: 'vmo-ns-mgmt', namespace: 'default', releases: ['vmo-ns-mgmt-vmo-ns-mgmt'] }],
  ['wordpress-6.4.3', { name: 'wordpress-chart', namespace: 'wordpress', releases: ['wordpress-chart-wordpress'] }],
]);

/** By file name of the profile, packs in the file's order. */
export const EXPECTED_PROFILES: ReadonlyMap<string, readonly ExpectedPack[]> = new Map([
  [
    'eleven-packs-in-core.export.yaml',
    [
      inCore('eis-series-install-notifier'),
      inCore('eis-dcm-deletion-service'),
      inCore('eis-dcm-auto-delete-service'),
      inCore('eis-dcm-services-stow'),
      inCore('eis-dcm-services-query'),
      inCore('eis-dcm-services-wado'),
      inCore('ehl-redis'),
      inCore('eis-dcm-uid-service'),
      inCore('eis-dcm-remote-query'),
      inCore('transformer'),
      inCore('eis-dcm-scp'),
    ],
  ],
  [
    'kubeflow-argocd-istio.export.json',
    [
      { name: 'kubeflow', namespace: 'kubeflow-operator', releases: [], installPriority: 0 },
      { name: 'argo-cd', namespace: 'argocd', releases: ['argo-cd-argo-cd'], installPriority: 0 },
      {
        name: 'istio',
        namespace: 'default',
        releases: ['istio-istio-controlplane', 'istio-istio-operator'],
        installPriority: 0,
      },
    ],
  ],
  [
    'manifest-layer.export.yaml',
    [{ name: 'install-application', namespace: 'default', releases: [], installPriority: 320 }],
  ],
  [
    'vmo-bmc-automation.export.json',
    [
      { name: 'kyverno', namespace: 'kyverno', releases: ['kyverno-kyverno'], installPriority: 45 },
      {
        name: 'kubemacpool',
        namespace: 'default',
        created: ['kubemacpool-system', 'vms'],
        releases: [],
        installPriority: 45,
      },
      { name: 'kubevirtbmc-autogen', namespace: 'default', releases: [], installPriority: 50 },
      {
        name: 'maas-reconciler',
        namespace: 'default',
        created: ['maas-automation'],
        releases: [],
        installPriority: 55,
      },
    ],
  ],
]);

/** The eleven Helm packs of one profile: each overrides its release name with its own, all share one namespace. */
function inCore(name: string): ExpectedPack {
  return { name, namespace: 'core', releases: [name], installPriority: 700 };
}
