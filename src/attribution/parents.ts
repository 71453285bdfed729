import { annotationOf, labelOf } from '../model/evidence-keys.ts';
import type { ClusterObject, OwnerReference } from '../model/inventory.ts';
import { kindKey, type ResourceType } from '../model/resource.ts';
import type { Context } from './context.ts';
import { personsManager } from './managers.ts';

/** The object another one was made for, and how that is known. */
export interface Parent {
  readonly object: ClusterObject;
  readonly strength: 'verified' | 'inferred';
  readonly text: string;
}

/** An owner as the parent of those that name it: one for all of them. */
export function owningParent(owner: ClusterObject): Parent {
  const text = `owned by ${owner.type.kind} ${owner.name} (owner reference, UID agrees)`;
  return { object: owner, strength: 'verified', text };
}

/**
 * The live objects an object derives from: its owner references, the controlling one first, else what its kind
 * derives from by Kubernetes' own rules. An owner counts only if UID, kind, name and namespace all agree; a dangling
 * or foreign-namespace reference names nobody. What a person wrote by hand derives from nothing by its name alone.
 */
export function parentsOf(object: ClusterObject, context: Context): readonly Parent[] {
  if (object.owners.length > 0) return ownerParents(object, context);
  const derive = DERIVED.get(kindKey(object.type));
  if (derive === undefined || personsManager(object) !== undefined) return NONE;
  const parent = derive(object, context);
  return parent === undefined ? NONE : [parent];
}

const NONE: readonly Parent[] = [];

function ownerParents(object: ClusterObject, context: Context): readonly Parent[] {
  const only = object.owners.at(0);
  if (only !== undefined && object.owners.length === 1) {
    const owner = liveOwner(only, object, context);
    return owner === undefined ? NONE : [context.parentOf(owner)];
  }
  const live = object.owners.flatMap((reference) => {
    const owner = liveOwner(reference, object, context);
    return owner === undefined ? [] : [{ owner, controller: reference.controller }];
  });
  const controller = live.find((one) => one.controller);
  return (controller === undefined ? live : [controller]).map(({ owner }) => context.parentOf(owner));
}

function liveOwner(reference: OwnerReference, object: ClusterObject, { byUid }: Context): ClusterObject | undefined {
  const owner = byUid.get(reference.uid);
  const agrees =
    owner !== undefined &&
    owner.uid !== object.uid &&
    owner.name === reference.name &&
    owner.type.kind === reference.kind &&
    owner.type.group === reference.group &&
    (owner.namespace === '' || owner.namespace === object.namespace);
  return agrees ? owner : undefined;
}

type Derive = (object: ClusterObject, context: Context) => Parent | undefined;

const DERIVED: ReadonlyMap<string, Derive> = new Map<string, Derive>([
  ['/Endpoints', sameNameService],
  ['discovery.k8s.io/EndpointSlice', sliceService],
  ['/Secret', secretParent],
  ['/PersistentVolumeClaim', claimParent],
  ['coordination.k8s.io/Lease', leaseHolder],
  ['autoscaling.k8s.io/VerticalPodAutoscalerCheckpoint', recommended],
]);

/** A kind of which an object may derive from one by its name. */
export type Sought = Pick<ResourceType, 'group' | 'kind'>;

const SOUGHT = {
  account: { group: '', kind: 'ServiceAccount' },
  certificate: { group: 'cert-manager.io', kind: 'Certificate' },
  pod: { group: '', kind: 'Pod' },
  service: { group: '', kind: 'Service' },
  autoscaler: { group: 'autoscaling.k8s.io', kind: 'VerticalPodAutoscaler' },
} as const satisfies Readonly<Record<string, Sought>>;

/** These kinds, see `kindKey`. */
export const SOUGHT_KINDS: readonly string[] = Object.values(SOUGHT).map(kindKey);

/** The live pod of a name. */
export function podNamed(name: string, namespace: string, { find }: Context): ClusterObject | undefined {
  return find(SOUGHT.pod, namespace, name);
}

/** Endpoints carry no owner reference in any version; a Service of the same name is what they belong to. */
function sameNameService(object: ClusterObject, context: Context): Parent | undefined {
  const service = context.find(SOUGHT.service, object.namespace, object.name);
  return service && { object: service, strength: 'verified', text: `endpoints of Service ${service.name}` };
}

const SLICE_CONTROLLERS: ReadonlySet<string> = new Set([
  'endpointslice-controller.k8s.io',
  'endpointslicemirroring-controller.k8s.io',
]);

/** Only a slice that Kubernetes' own controllers manage; one made by hand is somebody's. */
function sliceService(object: ClusterObject, context: Context): Parent | undefined {
  if (!SLICE_CONTROLLERS.has(labelOf(object, 'endpointslice.kubernetes.io/managed-by') ?? '')) return undefined;
  const name = labelOf(object, 'kubernetes.io/service-name');
  if (name === undefined) return undefined;
  const service = context.find(SOUGHT.service, object.namespace, name);
  return service && { object: service, strength: 'verified', text: `endpoints of Service ${name}` };
}

function secretParent(object: ClusterObject, context: Context): Parent | undefined {
  return tokenAccount(object, context) ?? certificate(object, context);
}

const MADE_FOR_ACCOUNTS: ReadonlySet<string> = new Set([
  'kubernetes.io/service-account-token',
  'kubernetes.io/dockercfg',
]);

/** Whether a Secret is of a type that controllers make for ServiceAccounts: a token, or what pulls images. */
export function isForAccounts({ facts }: ClusterObject): boolean {
  return MADE_FOR_ACCOUNTS.has(facts.type ?? '');
}

/** Annotations are copied with an object; a copy that is of another type is no token, whatever it bears. */
function tokenAccount(object: ClusterObject, context: Context): Parent | undefined {
  if (object.facts.type !== undefined && !isForAccounts(object)) return undefined;
  const name = annotationOf(object, 'kubernetes.io/service-account.name');
  const uid = annotationOf(object, 'kubernetes.io/service-account.uid');
  if (name === undefined) return undefined;
  const account = context.find(SOUGHT.account, object.namespace, name);
  if (account === undefined || account.uid !== uid) return undefined;
  return { object: account, strength: 'verified', text: `token of ServiceAccount ${name} (UID agrees)` };
}

/**
 * cert-manager sets no owner reference by default; the annotation names the Certificate. It makes Secrets of this type
 * alone: another one that was there before is filled, or is a copy with its annotations.
 */
function certificate(object: ClusterObject, context: Context): Parent | undefined {
  const name = annotationOf(object, 'cert-manager.io/certificate-name');
  if (name === undefined) return undefined;
  const found = context.find(SOUGHT.certificate, object.namespace, name);
  const isTls = (object.facts.type ?? TLS) === TLS;
  return found && { object: found, strength: isTls ? 'verified' : 'inferred', text: `issued for Certificate ${name}` };
}

const TLS = 'kubernetes.io/tls';

/**
 * A StatefulSet's volume: its whole name is `<template>-<statefulset>-<ordinal>`, and the live StatefulSet has that
 * template. A name that merely ends alike belongs to nobody.
 */
function claimParent(object: ClusterObject, context: Context): Parent | undefined {
  const ordinal = /-(?:0|[1-9]\d*)$/.exec(object.name);
  if (ordinal === null) return undefined;
  const stem = object.name.slice(0, ordinal.index);
  const uid = context.templates.get(object.namespace)?.get(stem);
  const statefulSet = uid === undefined || uid === '' ? undefined : context.byUid.get(uid);
  return (
    statefulSet && {
      object: statefulSet,
      strength: 'verified',
      text: `volume of StatefulSet ${statefulSet.name} by its template`,
    }
  );
}

/** Makers of pods that put a random text behind the name: no pod elsewhere is called so. */
const GIVES_RANDOM_NAMES: ReadonlySet<string> = new Set(['ReplicaSet', 'DaemonSet', 'Job']);

/** Leader election: client-go's holder is `<pod>` or `<pod>_<uuid>`. A plain name may be that of a pod elsewhere. */
function leaseHolder(object: ClusterObject, context: Context): Parent | undefined {
  const holder = object.facts.holder;
  if (holder === undefined) return undefined;
  const [name = holder] = holder.split('_');
  const pod = podNamed(name, object.namespace, context);
  if (pod === undefined) return undefined;
  const isUnique = pod.owners.some(({ kind, controller }) => controller && GIVES_RANDOM_NAMES.has(kind));
  return { object: pod, strength: isUnique ? 'verified' : 'inferred', text: `lease held by Pod ${name}` };
}

/**
 * What a recommender remembers of a container: its name is `<autoscaler>-<container>`, in which both may hold dashes.
 * Source: Kubernetes autoscaler, Vertical Pod Autoscaler, checkpoints.
 */
function recommended({ name, namespace }: ClusterObject, { find }: Context): Parent | undefined {
  const stems = Array.from(name.matchAll(/-/g), ({ index }) => name.slice(0, index));
  const [autoscaler, another] = stems.flatMap((stem) => find(SOUGHT.autoscaler, namespace, stem) ?? []);
  if (autoscaler === undefined || another !== undefined) return undefined;
  return { object: autoscaler, strength: 'inferred', text: `checkpoint of VerticalPodAutoscaler ${autoscaler.name}` };
}
