import { annotationOf, labelOf } from '../model/evidence-keys.ts';
import { refOf, type ClusterObject } from '../model/inventory.ts';
import { placeKey } from '../model/placement.ts';
import type { Reference } from '../model/reference.ts';
import { refKey, typeName, type ObjectRef } from '../model/resource.ts';
import { isDeletable, releaseSeeds } from './seeds.ts';
import type { World } from './world.ts';

export const APPLICATIONS = 'applications.argoproj.io';
export const KUSTOMIZATIONS = 'kustomizations.kustomize.toolkit.fluxcd.io';
export const HELM_RELEASES = 'helmreleases.helm.toolkit.fluxcd.io';

/** Finalizers with which Argo CD deletes what an Application deployed. Source: Argo CD docs, App Deletion. */
const CASCADING =
  /^(?:resources-finalizer|foreground\.finalizers|background\.finalizers)\.argocd\.argoproj\.io(?:\/|$)/;
const OF_FLUX = 'finalizers.fluxcd.io';

/**
 * Whether an object takes along what it deployed, as far as it says: it has the finalizer for that, and nothing tells it
 * to leave things alone. What was not read counts as told to take along.
 */
export function cascades(object: ClusterObject, world: World): boolean {
  const { finalizers, type } = object;
  const isHeld = typeName(type) === APPLICATIONS ? finalizers.some(isCascading) : finalizers.includes(OF_FLUX);
  return isHeld && !told(object, world).some(({ facts }) => facts.get('keeps') === 'yes');
}

function isCascading(finalizer: string): boolean {
  return CASCADING.test(finalizer);
}

/** Whether what an object deployed is, or may be, in another cluster. */
export function deploysElsewhere(object: ClusterObject, world: World): boolean {
  return told(object, world).some(({ facts }) => facts.get('elsewhere') === 'yes');
}

/** Whether the list of what an object deployed may be of an earlier time. */
export function listsOutdated(object: ClusterObject, world: World): boolean {
  return told(object, world).some(({ facts }) => facts.get('outdated') === 'yes');
}

function told(object: ClusterObject, { cascades: known }: World): readonly Reference[] {
  return known.get(refKey(refOf(object))) ?? [];
}

function deployedBy(object: ClusterObject, { deploys }: World): readonly ObjectRef[] {
  return (deploys.get(refKey(refOf(object))) ?? []).map(({ to }) => to);
}

/**
 * An Argo CD Application with a cascading finalizer takes along what it lists as its own and what carries its tracking
 * id or Argo CD's own label, in any namespace. The instance label, which charts and people set as well, counts for an
 * Application that lists nothing, and where what it lists bears the label and no tracking id: then Argo CD goes by the
 * label, and its list may be behind. An Application outside Argo CD's own namespace is named `NAMESPACE_NAME` there.
 * Definitions it leaves, and what annotations keep. Source: Argo CD docs, Resource Tracking and FAQ, and
 * `shouldBeDeleted` in its `controller/appcontroller.go`.
 */
export function argoResources(application: ClusterObject, world: World): readonly ClusterObject[] {
  if (!cascades(application, world)) return [];
  const { namespace, name } = application;
  const names = [name, `${namespace}_${name}`];
  const listed = deployedBy(application, world);
  const own = listed.flatMap((ref) => placesOf(ref, world));
  const byLabel = listed.length === 0 || goesByLabel(own, names);
  const marked = world.subject.inventory.objects.filter((object) => {
    const id = annotationOf(object, TRACKING_ID);
    if (id !== undefined) return isIdOf(id, names);
    return isLabelled(object, names, 'argocd.argoproj.io/instance') || (byLabel && isLabelled(object, names));
  });
  return [...marked, ...own].filter((object) => isDeletable(object) && !isLeftByArgo(object));
}

function isLeftByArgo(object: ClusterObject): boolean {
  const options = annotationOf(object, 'argocd.argoproj.io/sync-options');
  const policies = annotationOf(object, 'helm.sh/resource-policy');
  return typeName(object.type) === DEFINITIONS || hasOption(options, 'Delete=false') || hasOption(policies, 'keep');
}

const DEFINITIONS = 'customresourcedefinitions.apiextensions.k8s.io';

function hasOption(options = '', wanted: string): boolean {
  return options.split(',').some((option) => option.trim() === wanted);
}

const TRACKING_ID = 'argocd.argoproj.io/tracking-id';

function isIdOf(id: string, names: readonly string[]): boolean {
  return names.some((one) => id.startsWith(`${one}:`));
}

function goesByLabel(own: readonly ClusterObject[], names: readonly string[]): boolean {
  const hasIds = own.some((object) => isIdOf(annotationOf(object, TRACKING_ID) ?? '', names));
  return !hasIds && own.some((object) => isLabelled(object, names));
}

/** What has an owner is that one's to clean up, also where the label was copied to it. */
function isLabelled(object: ClusterObject, names: readonly string[], label: InstanceLabel = SHARED_LABEL): boolean {
  return object.owners.length === 0 && names.includes(labelOf(object, label) ?? '');
}

/** Its default, and the one of its own that its FAQ recommends. */
type InstanceLabel = typeof SHARED_LABEL | 'argocd.argoproj.io/instance';

const SHARED_LABEL = 'app.kubernetes.io/instance';

/** An object without a namespace may be listed with the one that its manifest names. */
function placesOf(ref: ObjectRef, { byPlace }: World): readonly ClusterObject[] {
  return byPlace.get(placeKey(ref)) ?? byPlace.get(placeKey({ ...ref, namespace: '' })) ?? [];
}

/**
 * A Flux Kustomization that prunes takes its inventory along, but what a label or an annotation takes out of that.
 * Source: Flux docs, Kustomization, "Garbage collection".
 */
export function fluxResources(kustomization: ClusterObject, world: World): readonly ClusterObject[] {
  if (!cascades(kustomization, world) || deploysElsewhere(kustomization, world)) return [];
  return world.subject.inventory.fluxInventories
    .filter(({ namespace, name }) => namespace === kustomization.namespace && name === kustomization.name)
    .flatMap(({ ids }) => ids.flatMap((id) => world.byPlace.get(id) ?? []))
    .filter((object) => isDeletable(object) && !isLeftByFlux(object));
}

/** Newer versions take the word in any letters; in others than these it may yet go. */
function isLeftByFlux(object: ClusterObject): boolean {
  return FLUX_SWITCHES.some((key) => labelOf(object, key) === 'disabled' || annotationOf(object, key) === 'disabled');
}

const FLUX_SWITCHES = ['kustomize.toolkit.fluxcd.io/prune', 'kustomize.toolkit.fluxcd.io/reconcile'] as const;

/** A Flux HelmRelease that goes has its release uninstalled. Source: Flux docs, HelmRelease, "Uninstall configuration". */
export function fluxRelease(helmRelease: ClusterObject, world: World): readonly ClusterObject[] {
  if (!cascades(helmRelease, world) || deploysElsewhere(helmRelease, world)) return [];
  const wanted = deployedBy(helmRelease, world);
  return world.subject.inventory.releases
    .filter(({ name, storageNamespace, status }) => {
      const isWanted = wanted.some((ref) => ref.name === name && ref.namespace === storageNamespace);
      return isWanted && status !== 'uninstalled';
    })
    .flatMap((release) => releaseSeeds(world, release).map(({ object }) => object));
}

/**
 * With a Crossplane claim goes its composite resource, which its labels name; what that is composed of it owns. Source:
 * Crossplane docs, Claims.
 */
export function compositesOf(claim: ClusterObject, world: World): readonly ClusterObject[] {
  const made = world.composites.get(`${claim.namespace}/${claim.name}`) ?? [];
  return made.filter(({ type }) => type.group === claim.type.group);
}
