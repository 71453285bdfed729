import { annotationOf } from './evidence-keys.ts';
import type { NamespaceRecord } from './inventory.ts';
import type { ResourceType } from './resource.ts';

/** The namespace above a subnamespace, as its annotation names it. */
export type NamespaceAbove = (namespace: Pick<NamespaceRecord, 'annotations'>) => string | undefined;

/**
 * Tells subnamespaces of HNC, which go with the namespace above: there lies the anchor that HNC deletes them with. An
 * annotation that is left of an HNC that is no more tells nothing. Source: HNC docs, "Subnamespaces".
 */
export function namespaceAbove(types: readonly ResourceType[]): NamespaceAbove {
  const hasAnchors = types.some(
    ({ group, resource }) => group === 'hnc.x-k8s.io' && resource === 'subnamespaceanchors',
  );
  return (namespace) => (hasAnchors ? annotationOf(namespace, 'hnc.x-k8s.io/subnamespace-of') : undefined);
}
