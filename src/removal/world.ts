import { releaseKey, type Attribution } from '../model/attribution.ts';
import { labelOf } from '../model/evidence-keys.ts';
import { grouped } from '../model/grouped.ts';
import { refOf, type ClusterObject, type Release } from '../model/inventory.ts';
import { placeKey } from '../model/placement.ts';
import type { Reference, ReferenceKind } from '../model/reference.ts';
import { refKey, typeName, type ObjectRef } from '../model/resource.ts';
import type { Subject } from '../model/subject.ts';
import { typeScope, type TypeScope } from '../model/type-scope.ts';

/** The cluster with the indexes that following a removal needs; built once, and only read. */
export interface World {
  readonly subject: Subject;
  readonly scope: TypeScope;
  readonly byUid: ReadonlyMap<string, ClusterObject>;
  /** By `placeKey`: an object that moved between groups is found under either. */
  readonly byPlace: ReadonlyMap<string, readonly ClusterObject[]>;
  readonly byNamespace: ReadonlyMap<string, readonly ClusterObject[]>;
  /** By `TYPE.GROUP`. */
  readonly byType: ReadonlyMap<string, readonly ClusterObject[]>;
  /** Objects that name a UID as their owner. */
  readonly dependents: ReadonlyMap<string, readonly ClusterObject[]>;
  readonly attributionOf: (object: ClusterObject) => Attribution | undefined;
  /** More than one where a Secret and a ConfigMap hold releases of one name. */
  readonly releasesOf: (key: string) => readonly Release[];
  /** IP addresses by what they are allocated to, `services/NAMESPACE/NAME`. */
  readonly addresses: ReadonlyMap<string, readonly ClusterObject[]>;
  /** Workloads by the claim that they mount, see `refKey`. */
  readonly mounts: ReadonlyMap<string, readonly Reference[]>;
  /** PersistentVolumes by the claim that they name, `NAMESPACE/NAME`. */
  readonly volumes: ReadonlyMap<string, readonly ClusterObject[]>;
  /** What an Application or HelmRelease deploys, and how, by the `refKey` of it. */
  readonly deploys: ReadonlyMap<string, readonly Reference[]>;
  readonly cascades: ReadonlyMap<string, readonly Reference[]>;
  /** Crossplane's composite resources by the claim that they are made for, `NAMESPACE/NAME`. */
  readonly composites: ReadonlyMap<string, readonly ClusterObject[]>;
  readonly references: (kind: ReferenceKind) => readonly Reference[];
  /** The live object that a reference names, if it is there. */
  readonly find: (ref: ObjectRef) => ClusterObject | undefined;
}

/** Indexes a subject whose inventory holds the whole cluster. */
export function worldOf(subject: Subject): World {
  const { objects, releases, types, references = [] } = subject.inventory;
  const attributions = new Map(subject.attributions.map((attribution) => [attribution.object.uid, attribution]));
  const releasesByKey = grouped(releases, (release) => releaseKey(release));
  const byKind = grouped(references, ({ kind }) => kind);
  const byRef = new Map(objects.map((object) => [refKey(refOf(object)), object]));
  return {
    subject,
    scope: typeScope(types),
    byUid: new Map(objects.map((object) => [object.uid, object])),
    byPlace: grouped(objects, (object) => placeKey(refOf(object))),
    byNamespace: grouped(objects, ({ namespace }) => namespace),
    byType: grouped(objects, ({ type }) => typeName(type)),
    dependents: dependentsOf(objects),
    attributionOf: ({ uid }) => attributions.get(uid),
    releasesOf: (key) => releasesByKey.get(key) ?? [],
    addresses: grouped(objects, ({ type, facts }) => (type.kind === 'IPAddress' ? facts.parent : undefined)),
    mounts: grouped(byKind.get('mount') ?? [], ({ to }) => refKey(to)),
    volumes: grouped(objects, ({ type, facts }) => (type.kind === 'PersistentVolume' ? facts.claim : undefined)),
    deploys: grouped(byKind.get('deploys') ?? [], ({ from }) => refKey(from)),
    cascades: grouped(byKind.get('cascade') ?? [], ({ from }) => refKey(from)),
    composites: grouped(objects, claimOf),
    references: (kind) => byKind.get(kind) ?? [],
    find: (ref) => byRef.get(refKey(ref)),
  };
}

/** Of everything that is made for a claim, the composite is what has no namespace and no owner. */
function claimOf(object: ClusterObject): string | undefined {
  const name = labelOf(object, 'crossplane.io/claim-name');
  const namespace = labelOf(object, 'crossplane.io/claim-namespace');
  if (name === undefined || namespace === undefined || object.namespace !== '') return undefined;
  return object.owners.length > 0 ? undefined : `${namespace}/${name}`;
}

function dependentsOf(objects: readonly ClusterObject[]): ReadonlyMap<string, readonly ClusterObject[]> {
  const dependents = new Map<string, ClusterObject[]>();
  for (const object of objects) {
    for (const uid of new Set(object.owners.map((owner) => owner.uid))) {
      const known = dependents.get(uid);
      if (known === undefined) dependents.set(uid, [object]);
      else known.push(object);
    }
  }
  return dependents;
}

/** `TYPE.GROUP/NAME`, as `-o name` writes it. */
export function objectName(object: ClusterObject): string {
  return `${typeName(object.type)}/${object.name}`;
}

/** Whether an object is a Namespace, whose end takes its contents along. */
export function isNamespace({ type }: ClusterObject): boolean {
  return typeName(type) === 'namespaces';
}

/** The group of the resources that a CustomResourceDefinition defines: its name is `<plural>.<group>`. */
export function groupOfDefinition({ name }: Pick<ClusterObject, 'name'>): string {
  return name.slice(name.indexOf('.') + 1);
}
