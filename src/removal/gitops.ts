import { annotationOf } from '../model/evidence-keys.ts';
import type { ClusterObject } from '../model/inventory.ts';
import { isDeletable } from './seeds.ts';
import type { World } from './world.ts';

/** Finalizers with which Argo CD deletes what an Application deployed. Source: Argo CD docs, App Deletion. */
const CASCADING =
  /^(?:resources-finalizer|foreground\.finalizers|background\.finalizers)\.argocd\.argoproj\.io(?:\/|$)/;

/**
 * An Argo CD Application with a cascading finalizer takes along what carries its tracking id, in any namespace. An
 * Application outside Argo CD's own namespace is named `NAMESPACE_NAME` there.
 */
export function argoResources({ finalizers, namespace, name }: ClusterObject, world: World): readonly ClusterObject[] {
  if (!finalizers.some((finalizer) => CASCADING.test(finalizer))) return [];
  const names = [`${name}:`, `${namespace}_${name}:`];
  return world.subject.inventory.objects.filter((object) => {
    const id = annotationOf(object, 'argocd.argoproj.io/tracking-id') ?? '';
    return names.some((start) => id.startsWith(start)) && isDeletable(object);
  });
}

/**
 * A Flux Kustomization takes its inventory along unless it was told not to prune, which is not read: it counts as
 * pruning. Source: Flux docs, Kustomization, "Garbage collection".
 */
export function fluxResources({ finalizers, namespace, name }: ClusterObject, world: World): readonly ClusterObject[] {
  if (!finalizers.includes('finalizers.fluxcd.io')) return [];
  return world.subject.inventory.fluxInventories
    .filter((inventory) => inventory.namespace === namespace && inventory.name === name)
    .flatMap(({ ids }) => ids.flatMap((id) => world.byPlace.get(id) ?? []))
    .filter(isDeletable);
}
