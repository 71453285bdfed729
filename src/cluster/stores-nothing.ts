/** APIs that compute what they serve. */
const COMPUTED: ReadonlySet<string> = new Set(['metrics.k8s.io', 'custom.metrics.k8s.io', 'external.metrics.k8s.io']);

/** Whether a group computes what it serves: nothing of it is destroyed with a namespace, and it owns nothing. */
export function storesNothing(group: string): boolean {
  return COMPUTED.has(group);
}
