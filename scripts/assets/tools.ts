/** Where a tool's sources are pinned and how the binary is told, and says, which version it is. */
export interface Tool {
  readonly name: ToolName;
  /** The folder beside this file whose go.mod pins the tool. */
  readonly module: string;
  /** The pinned Go module. */
  readonly source: string;
  /** The Go package of the program. */
  readonly program: string;
  /** Empty for a program that cannot say its version: then what Go wrote into the binary counts. */
  readonly versionArguments: readonly string[];
  /** What the tool's own release build would set. */
  readonly variables: (pinOf: PinOf) => LinkerVariables;
}

/** The version (`v1.2.3`) that the tool's go.mod pins a Go module to. */
type PinOf = (source: string) => string;

/** Go variables and what the linker puts into them. */
type LinkerVariables = Readonly<Record<string, string>>;

export type ToolName =
  | 'kube-apiserver'
  | 'kube-controller-manager'
  | 'kube-scheduler'
  | 'kubectl'
  | 'etcd'
  | 'kwok'
  | 'helm3'
  | 'helm4'
  | 'krew'
  | 'validate-krew-manifest';

/** Every binary of the cluster tests, in the order in which they are built: the large ones first. */
export const TOOLS: readonly Tool[] = [
  kubernetes('kube-apiserver', ['--version']),
  kubernetes('kube-controller-manager', ['--version']),
  kubernetes('kube-scheduler', ['--version']),
  kubernetes('kubectl', ['version', '--client']),
  {
    name: 'etcd',
    module: 'etcd',
    source: 'go.etcd.io/etcd/server/v3',
    program: 'go.etcd.io/etcd/server/v3',
    versionArguments: ['--version'],
    variables: () => ({}),
  },
  {
    name: 'kwok',
    module: 'kwok',
    source: 'sigs.k8s.io/kwok',
    program: 'sigs.k8s.io/kwok/cmd/kwok',
    versionArguments: ['--version'],
    variables: (pinOf) => ({ 'sigs.k8s.io/kwok/pkg/consts.Version': pinOf('sigs.k8s.io/kwok') }),
  },
  helm(3, helm3Variables),
  helm(4),
  krew('krew', ['version']),
  krew('validate-krew-manifest', []),
];

function kubernetes(name: ToolName, versionArguments: readonly string[]): Tool {
  return {
    name,
    module: 'kubernetes',
    source: 'k8s.io/kubernetes',
    program: `k8s.io/kubernetes/cmd/${name}`,
    versionArguments,
    variables: kubernetesVariables,
  };
}

function helm(major: 3 | 4, variables: Tool['variables'] = () => ({})): Tool {
  const source = `helm.sh/helm/v${major}`;
  return {
    name: `helm${major}`,
    module: `helm${major}`,
    source,
    program: `${source}/cmd/helm`,
    versionArguments: ['version', '--template', '{{.Version}}'],
    variables: (pinOf) => ({ [`${source}/internal/version.version`]: pinOf(source), ...variables(pinOf) }),
  };
}

function krew(name: ToolName, versionArguments: readonly string[]): Tool {
  const source = 'sigs.k8s.io/krew';
  return {
    name,
    module: 'krew',
    source,
    program: `${source}/cmd/${name}`,
    versionArguments,
    variables: (pinOf) => ({ [`${source}/internal/version.gitTag`]: pinOf(source) }),
  };
}

/**
 * Without these the server calls itself v0.0.0-master, and charts that look at the version fail in odd ways.
 * The commit stays empty and the tree is an `archive`: a module download has no commit, and says so.
 */
function kubernetesVariables(pinOf: PinOf): LinkerVariables {
  const pin = pinOf('k8s.io/kubernetes');
  const [major = '', minor = ''] = pin.slice(1).split('.');
  const version = 'k8s.io/component-base/version';
  return {
    [`${version}.gitVersion`]: pin,
    [`${version}.gitMajor`]: major,
    [`${version}.gitMinor`]: minor,
    [`${version}.gitCommit`]: '',
    [`${version}.gitTreeState`]: 'archive',
    [`${version}.buildDate`]: '1970-01-01T00:00:00Z',
  };
}

/** Without these `helm template` takes every cluster for Kubernetes 1.20. Helm 4 looks at its modules by itself. */
function helm3Variables(pinOf: PinOf): LinkerVariables {
  const minor = pinOf('k8s.io/client-go').split('.')[1] ?? '';
  return {
    'helm.sh/helm/v3/pkg/chartutil.k8sVersionMajor': '1',
    'helm.sh/helm/v3/pkg/chartutil.k8sVersionMinor': minor,
    'helm.sh/helm/v3/pkg/lint/rules.k8sVersionMajor': '1',
    'helm.sh/helm/v3/pkg/lint/rules.k8sVersionMinor': minor,
  };
}
