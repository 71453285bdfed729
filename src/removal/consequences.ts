import { annotationOf } from '../model/evidence-keys.ts';
import { refOf, type ClusterObject } from '../model/inventory.ts';
import { compareRefs, typeName } from '../model/resource.ts';
import type { Step } from '../model/removal.ts';
import { copiesOf } from './copies.ts';
import { groupOfDefinition, isNamespace, objectName, type World } from './world.ts';
import { isDeletable } from './seeds.ts';
import {
  APPLICATIONS,
  argoResources,
  compositesOf,
  fluxRelease,
  fluxResources,
  HELM_RELEASES,
  KUSTOMIZATIONS,
} from './gitops.ts';

/** An object that goes because another one goes. */
export interface Consequence {
  readonly object: ClusterObject;
  readonly step: Step;
  readonly because: string;
  /** The object it follows from; absent for what the removal deletes by itself. */
  readonly after?: ClusterObject;
}

/** Whether an object is in the set so far. */
export type Contains = (object: ClusterObject) => boolean;

type Follow = (gone: ClusterObject, world: World, contains: Contains) => readonly ClusterObject[];

const DEFINITIONS = 'customresourcedefinitions.apiextensions.k8s.io';
const ANCHORS = 'subnamespaceanchors.hnc.x-k8s.io';

/** What Kubernetes does when an object goes, by the type of the object; '' is every type. */
const RULES: readonly { readonly type: string; readonly step: Step; readonly follow: Follow }[] = [
  { type: 'namespaces', step: 'namespace', follow: contentsOf },
  { type: DEFINITIONS, step: 'custom-resource', follow: customResources },
  { type: DEFINITIONS, step: 'derived', follow: generatedApiServices },
  { type: 'apiservices.apiregistration.k8s.io', step: 'custom-resource', follow: servedResources },
  { type: 'persistentvolumeclaims', step: 'volume', follow: volumeOf },
  { type: 'volumesnapshots.snapshot.storage.k8s.io', step: 'snapshot-content', follow: snapshotContents },
  { type: 'persistentvolumes', step: 'derived', follow: attachments },
  { type: 'services', step: 'derived', follow: endpointsAndAddresses },
  { type: 'serviceaccounts', step: 'derived', follow: tokens },
  { type: APPLICATIONS, step: 'derived', follow: argoResources },
  { type: KUSTOMIZATIONS, step: 'derived', follow: fluxResources },
  { type: HELM_RELEASES, step: 'derived', follow: fluxRelease },
  { type: ANCHORS, step: 'derived', follow: subnamespace },
  { type: '', step: 'derived', follow: compositesOf },
  { type: '', step: 'owned', follow: orphans },
  { type: '', step: 'copied', follow: copiesOf },
];

/** Everything that follows at once from the end of `gone`, while `contains` is what goes already. What cannot be deleted stays. */
export function consequencesOf(gone: ClusterObject, world: World, contains: Contains): readonly Consequence[] {
  const type = typeName(gone.type);
  const because = isNamespace(gone) ? `namespace/${gone.name}` : objectName(gone);
  return RULES.filter((rule) => rule.type === '' || rule.type === type).flatMap(({ step, follow }) =>
    follow(gone, world, contains)
      .filter(isDeletable)
      .map((object) => ({ object, step, because, after: gone })),
  );
}

/**
 * The namespace controller deletes every namespaced resource that has the verb `delete`, whatever its owner or its Helm
 * policy. Source: Kubernetes, `namespaced_resources_deleter.go`.
 */
function contentsOf(namespace: ClusterObject, world: World): readonly ClusterObject[] {
  return world.byNamespace.get(namespace.name) ?? [];
}

/** With a definition go all its resources, in every namespace. */
function customResources(crd: ClusterObject, world: World): readonly ClusterObject[] {
  return world.byType.get(crd.name) ?? [];
}

/**
 * The API server makes an APIService for each group and version of custom resources, and deletes it with the last
 * definition that serves it. One with a Service of its own is not of this making.
 */
function generatedApiServices(crd: ClusterObject, world: World, contains: Contains): readonly ClusterObject[] {
  const group = groupOfDefinition(crd);
  const others = (world.byType.get(DEFINITIONS) ?? []).filter(
    (other) => groupOfDefinition(other) === group && !contains(other),
  );
  const served = new Set(world.references('api-service').map(({ from }) => from.name));
  return (world.byType.get('apiservices.apiregistration.k8s.io') ?? []).filter(
    ({ name }) =>
      name.slice(name.indexOf('.') + 1) === group &&
      !served.has(name) &&
      !others.some((other) => servesVersion(other, name.slice(0, name.indexOf('.')), world)),
  );
}

/**
 * With the registration of an API that a Service serves, nobody gets at its resources any more, wherever that stores them.
 * One of a definition's making has none of its own. Source: Kubernetes docs, API Aggregation Layer.
 */
function servedResources({ name, uid }: ClusterObject, world: World): readonly ClusterObject[] {
  const isServed = world.references('api-service').some(({ from }) => world.find(from)?.uid === uid);
  if (!isServed) return [];
  const dot = name.indexOf('.');
  const [version, group] = [name.slice(0, dot), name.slice(dot + 1)];
  const types = world.subject.inventory.types.filter((type) => type.group === group && type.version === version);
  return types.flatMap((type) => world.byType.get(typeName(type)) ?? []);
}

/**
 * HNC deletes a subnamespace with its anchor, which lies in the namespace above, but not where anchors only go with
 * their definition. Whether it may take further ones along is not asked. Source: HNC, `anchor/reconciler.go`.
 */
function subnamespace(anchor: ClusterObject, world: World, contains: Contains): readonly ClusterObject[] {
  const isGone = (type: string, name: string): boolean =>
    (world.byType.get(type) ?? []).some((object) => object.name === name && contains(object));
  const isUninstalled = isGone(DEFINITIONS, ANCHORS) && !isGone('namespaces', anchor.namespace);
  return isUninstalled ? [] : (world.byType.get('namespaces') ?? []).filter(({ name }) => name === anchor.name);
}

/** Where nobody noted which versions a definition serves, it may serve any. */
function servesVersion({ name }: ClusterObject, version: string, { subject }: World): boolean {
  const versions = subject.inventory.customTypes.find(({ crd }) => crd === name)?.versions;
  return versions === undefined || versions.includes(version);
}

/** Policies by which a volume outlives its claim; of a recycled one only the data goes. */
const KEPT_VOLUMES: ReadonlySet<string> = new Set(['Retain', 'Recycle']);

/** A claim's volume goes with it unless its reclaim policy keeps it; a policy that is not known counts as Delete. */
function volumeOf(claim: ClusterObject, world: World): readonly ClusterObject[] {
  return boundTo(claim, world).filter(({ facts }) => !KEPT_VOLUMES.has(facts.reclaimPolicy ?? ''));
}

/** The volume that a claim names, unless that names another claim; of one that names none, whatever volume names it. */
function boundTo(claim: ClusterObject, world: World): readonly ClusterObject[] {
  const { volume: name = '' } = claim.facts;
  const own = `${claim.namespace}/${claim.name}`;
  if (name === '') return world.volumes.get(own) ?? [];
  const volume = world.find({ group: '', kind: 'PersistentVolume', namespace: '', name });
  return volume === undefined || (volume.facts.claim ?? own) !== own ? [] : [volume];
}

function snapshotContents(snapshot: ClusterObject, world: World): readonly ClusterObject[] {
  return world
    .references('snapshot-content')
    .filter(({ to, facts }) => compareRefs(to, refOf(snapshot)) === 0 && facts.get('deletionPolicy') !== 'Retain')
    .flatMap(({ from }) => world.find(from) ?? []);
}

function attachments(volume: ClusterObject, world: World): readonly ClusterObject[] {
  return (world.byType.get('volumeattachments.storage.k8s.io') ?? []).filter(
    ({ facts }) => facts.volume === volume.name,
  );
}

/** Endpoints carry no owner reference, and neither do the addresses that the API server keeps of a Service. */
function endpointsAndAddresses(service: ClusterObject, world: World): readonly ClusterObject[] {
  const endpoints = world.find({ ...refOf(service), kind: 'Endpoints' });
  const addresses = world.addresses.get(`services/${service.namespace}/${service.name}`) ?? [];
  return endpoints === undefined ? addresses : [endpoints, ...addresses];
}

/** Token Secrets of a ServiceAccount. Source: Kubernetes, token controller. */
function tokens(account: ClusterObject, world: World): readonly ClusterObject[] {
  return (world.byNamespace.get(account.namespace) ?? []).filter(
    (secret) =>
      typeName(secret.type) === 'secrets' &&
      annotationOf(secret, 'kubernetes.io/service-account.name') === account.name &&
      annotationOf(secret, 'kubernetes.io/service-account.uid') === account.uid,
  );
}

/**
 * The garbage collector deletes what has no owner left. An owner in another namespace is no owner: a namespaced owner
 * lives in the namespace of what it owns. Nor is one of another kind or name than the reference says, and one that is
 * being deleted holds nothing for long. What has no namespace and an owner in one is never collected. Source: Kubernetes
 * docs, "Owners and Dependents", and `garbagecollector.go`, `isDangling`.
 */
function orphans(gone: ClusterObject, world: World, contains: Contains): readonly ClusterObject[] {
  return (world.dependents.get(gone.uid) ?? []).filter((dependent) => {
    const owners = dependent.owners.flatMap((owner) => ownerBy(owner, world));
    if (dependent.namespace === '' && owners.some(({ namespace }) => namespace !== '')) return false;
    return owners
      .filter(({ namespace }) => namespace === '' || namespace === dependent.namespace)
      .every((owner) => contains(owner) || owner.deletingSince !== undefined);
  });
}

function ownerBy({ uid, kind, name }: ClusterObject['owners'][number], { byUid }: World): readonly ClusterObject[] {
  const owner = byUid.get(uid);
  return owner?.type.kind === kind && owner.name === name ? [owner] : [];
}
