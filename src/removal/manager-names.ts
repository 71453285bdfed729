/** Field managers that so many programs use that they tell nothing. */
const GENERIC: ReadonlySet<string> = new Set(['manager', 'controller', 'operator', 'main', 'server', 'app', 'unknown']);

/**
 * Whether a field manager may be a workload's: it is the workload's name, with something behind it
 * (`cert-manager-certificates` of `cert-manager`) or, in a workload named after its release, before it.
 */
export function isNamedAlike(manager: string, workload: string): boolean {
  const one = plain(manager);
  const other = plain(workload);
  if (one === '' || GENERIC.has(one)) return false;
  return one === other || one.startsWith(`${other}-`) || other.endsWith(`-${one}`);
}

/** `PrometheusOperator` and `prometheus_operator` as `prometheus-operator`. */
function plain(name: string): string {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-');
}
