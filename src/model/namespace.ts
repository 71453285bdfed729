/** Namespaces of Palette's own components, by whole name. Source: Palette docs, "Palette Specific Namespaces and Pods". */
const NAMES: ReadonlySet<string> = new Set([
  'palette-system',
  'spectro-system',
  'spectro-task',
  'os-patch',
  'reach-system',
  'system-upgrade',
  'jet-system',
  'hubble-system',
  'cp-system',
  'ui-system',
  'capi-system',
  'capi-webhook-system',
  'capi-kubeadm-bootstrap-system',
  'capi-kubeadm-control-plane-system',
]);

/** `cluster-<uid>` with Palette's 24 hexadecimal digits, its numbered task namespaces, and providers of Cluster API. */
const PATTERNS = [
  /^cluster-[0-9a-f]{24}$/,
  /^cluster-mgmt-/,
  /^spectro-task-/,
  /^system-upgrade-/,
  // Capsule is no provider of Cluster API.
  /^cap(?!sule-)[a-z]{1,6}-system$/,
];

/** Whether Palette's agents or management components live in this namespace. */
export function isAgentNamespace(namespace: string): boolean {
  return NAMES.has(namespace) || PATTERNS.some((pattern) => pattern.test(namespace));
}

/** Namespaces that Kubernetes refuses to delete. Source: kube-apiserver, admission plugin NamespaceLifecycle. */
export const PROTECTED_NAMESPACES: ReadonlySet<string> = new Set(['default', 'kube-system', 'kube-public']);

/** Namespaces of Palette's own components that packs are often given, too. Source: as above. */
const SHARED_WITH_PALETTE: ReadonlySet<string> = new Set(['cert-manager']);

/** Whether Palette's own components live in this namespace, or may live there beside a pack. */
export function mayHoldAgents(namespace: string): boolean {
  return isAgentNamespace(namespace) || SHARED_WITH_PALETTE.has(namespace);
}
