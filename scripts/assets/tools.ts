/** Where a tool's sources are pinned and how the binary is told, and says, which version it is. */
export interface Tool {
  readonly name: ToolName;
  /** The folder beside this file whose go.mod pins the tool. */
  readonly module: string;
  /** The pinned Go module. */
  readonly source: string;
  /** The Go package of the program. */
  readonly program: string;
  readonly versionArguments: readonly string[];
  /** Linker variables, from the pin (`v1.2.3`): what the tool's own release build would set. */
  readonly variables: (pin: string) => Readonly<Record<string, string>>;
}

export type ToolName =
  | 'kube-apiserver'
  | 'kube-controller-manager'
  | 'kube-scheduler'
  | 'kubectl'
  | 'etcd'
  | 'kwok'
  | 'helm3'
  | 'helm4';

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
    variables: (pin) => ({ 'sigs.k8s.io/kwok/pkg/consts.Version': pin }),
  },
  helm(3),
  helm(4),
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

function helm(major: 3 | 4): Tool {
  const source = `helm.sh/helm/v${major}`;
  return {
    name: `helm${major}`,
    module: `helm${major}`,
    source,
    program: `${source}/cmd/helm`,
    versionArguments: ['version', '--template', '{{.Version}}'],
    variables: (pin) => ({ [`${source}/internal/version.version`]: pin }),
  };
}

/**
 * Without these the server calls itself v0.0.0-master, and charts that look at the version fail in odd ways.
 * The commit stays empty and the tree is an `archive`: a module download has no commit, and says so.
 */
function kubernetesVariables(pin: string): Readonly<Record<string, string>> {
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
