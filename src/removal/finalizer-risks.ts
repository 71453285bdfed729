import { grouped, leastOf, type Group } from '../model/grouped.ts';
import { refOf, type ClusterObject } from '../model/inventory.ts';
import type { HangRisk } from '../model/removal.ts';
import { compareRefs, compareText, typeName } from '../model/resource.ts';
import type { Aftermath } from './aftermath.ts';
import { factsOf } from './check.ts';
import { controllersOf, type Controllers } from './controllers.ts';
import { strandedByVolume } from './data/stranded.ts';
import { driverFates, type DriverFate } from './drivers.ts';
import { finalizerController, finalizersOfOthers, type FinalizerController } from './finalizers.ts';
import { objectName } from './world.ts';

/** An object that goes, a finalizer of it, and what keeps that from being taken off. */
interface Held {
  readonly object: ClusterObject;
  readonly finalizer: string;
  readonly cause: HangRisk['cause'];
  readonly controller: string;
}

/** What tells who takes finalizers off; built once for a removal. */
interface Judge {
  readonly after: Aftermath;
  readonly controllers: Controllers;
  readonly driverFate: DriverFate;
}

/** Finalizers that may keep objects from going, one risk for each cause, finalizer and type. */
export function finalizerRisks(after: Aftermath): readonly HangRisk[] {
  const judge = { after, controllers: controllersOf(after.world), driverFate: driverFates(after) };
  const members = [...after.set.values()].map(({ object }) => object);
  const held = [...members.flatMap((object) => heldByOthers(object, judge)), ...volumesInUse(after)];
  const groups = grouped(held, ({ object, finalizer, cause, controller }) =>
    JSON.stringify([cause, finalizer, controller, typeName(object.type)]),
  );
  return [...groups.values()].map(riskOf);
}

function riskOf(group: Group<Held>): HangRisk {
  const { object, finalizer, cause, controller } = leastOf(group, (a, b) =>
    compareRefs(refOf(a.object), refOf(b.object)),
  );
  return { cause, subject: refOf(object), facts: factsOf({ finalizer, controller }), count: group.length };
}

type Hold = Pick<Held, 'cause' | 'controller'>;

function heldByOthers(object: ClusterObject, judge: Judge): readonly Held[] {
  return finalizersOfOthers(object).flatMap((finalizer) => {
    const hold = isDriversFinalizer(finalizer)
      ? heldByDriver(object, judge)
      : heldByController(finalizerController(finalizer, object, judge.controllers), judge);
    return hold === undefined ? [] : [{ object, finalizer, ...hold }];
  });
}

const UNKNOWN: Hold = { cause: 'controller-unknown', controller: '' };

/** A controller that is only possible shows a risk, but never that there is none. */
function heldByController({ certain, possible }: FinalizerController, { after }: Judge): Hold | undefined {
  const candidates = certain.length > 0 ? certain : possible;
  if (candidates.length === 0) return UNKNOWN;
  const staying = candidates.filter((candidate) => !after.goes(refOf(candidate)));
  if (staying.length === 0) return { cause: 'controller-goes', controller: namesOf(candidates) };
  if (staying.every(isIdle)) return { cause: 'controller-not-running', controller: namesOf(staying) };
  return certain.length > 0 ? undefined : UNKNOWN;
}

function isIdle({ facts }: ClusterObject): boolean {
  return facts.ready?.startsWith('0/') === true;
}

function namesOf(objects: readonly ClusterObject[]): string {
  return [...new Set(objects.map(objectName))].toSorted(compareText).join(', ');
}

/** Finalizers of the sidecars of CSI drivers. Sources: kubernetes-csi, external-provisioner and external-attacher. */
function isDriversFinalizer(finalizer: string): boolean {
  return (
    finalizer === 'external-provisioner.volume.kubernetes.io/finalizer' || finalizer.startsWith('external-attacher/')
  );
}

/** The driver of a volume, or of the volume of an attachment, takes these off. */
function heldByDriver({ name, facts }: ClusterObject, { after, driverFate }: Judge): Hold | undefined {
  const volume = facts.volume ?? name;
  const references = after.world.references('volume-claim').filter(({ from }) => from.name === volume);
  const [driver] = references.flatMap((reference) => reference.facts.get('driver') ?? []);
  if (driver === undefined) return UNKNOWN;
  const because = driverFate(driver);
  return because === undefined ? undefined : { cause: 'controller-goes', controller: because };
}

/** Volumes and claims that Kubernetes protects while something uses them that stays. */
function volumesInUse(after: Aftermath): readonly Held[] {
  const { world, goes } = after;
  const volumes = strandedByVolume(after).map(({ volume, namespace, claim }) => ({
    ref: { group: '', kind: 'PersistentVolume', namespace: '', name: volume },
    finalizer: 'kubernetes.io/pv-protection',
    controller: `persistentvolumeclaim/${claim} in ${namespace}`,
  }));
  const claims = world
    .references('mount')
    .filter(({ from, to }) => goes(to) && !goes(from))
    .map(({ from, to }) => ({
      ref: to,
      finalizer: 'kubernetes.io/pvc-protection',
      controller: `${from.kind.toLowerCase()}/${from.name} in ${from.namespace}`,
    }));
  return [...volumes, ...claims].flatMap(({ ref, finalizer, controller }) => {
    const object = world.find(ref);
    return object?.finalizers.includes(finalizer) === true
      ? [{ object, finalizer, cause: 'volume-in-use' as const, controller }]
      : [];
  });
}
