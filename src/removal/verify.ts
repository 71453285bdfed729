import { coveredBy } from '../model/covered.ts';
import type { ClusterObject, Inventory } from '../model/inventory.ts';
import type {
  PredictedObject,
  Prediction,
  RemainingNamespace,
  RemainingObject,
  VerifyReport,
} from '../model/verification.ts';
import type { CoverageSummary } from '../model/report.ts';
import { compareText, typeName } from '../model/resource.ts';
import { discoveryOf, readInEach } from './check-coverage.ts';

/** Holds a prediction against what the whole cluster holds now, object by object. */
export function verifyReport(inventory: Inventory, coverage: CoverageSummary, prediction: Prediction): VerifyReport {
  const now = nowOf(inventory);
  const destroyed = prediction.destroyed.toSorted(inOrder);
  const remaining = destroyed.flatMap((object) => remainingOf(object, now));
  return {
    cluster: inventory.cluster,
    takenAt: inventory.takenAt,
    predictedAt: prediction.takenAt,
    complete: coverage.complete,
    coverage,
    targets: prediction.targets,
    predicted: destroyed.length,
    gone: destroyed.filter((object) => isGone(object, now)).length,
    remaining,
    namespaces: prediction.namespaces.flatMap((namespace) => namespaceOf(inventory, namespace, prediction)),
    recreated: destroyed.filter((object) => isGone(object, now) && now.byName.has(nameKey(object))),
    unpredicted: wentWithout(prediction, now).toSorted(inOrder),
  };
}

interface Now {
  readonly byUid: ReadonlyMap<string, ClusterObject>;
  readonly byName: ReadonlySet<string>;
  /** `TYPE.GROUP`s that were listed: what was not looked for is not gone. */
  readonly listed: (type: string, namespace: string) => boolean;
}

function nowOf(inventory: Inventory): Now {
  const { objects } = inventory;
  return {
    byUid: new Map(objects.map((object) => [object.uid, object])),
    byName: new Set(objects.map((object) => nameKey({ ...object, type: typeName(object.type) }))),
    listed: listedIn(inventory),
  };
}

/**
 * A type was listed by one list, by one of the namespace, or by one of each namespace while that one is not there. What
 * is no longer served has no objects, if discovery can tell.
 */
function listedIn(inventory: Inventory): Now['listed'] {
  const { coverage, types, customTypes } = inventory;
  const { seen } = coveredBy(coverage);
  const blind = new Set(coverage.filter(({ state }) => state !== 'complete').map(({ resource }) => resource));
  const served = new Set([...types.map(typeName), ...customTypes.map(({ crd }) => crd)]);
  const inEach = readInEach(inventory);
  return (type, namespace) => {
    if (!served.has(type)) return !discoveryOf(type).some((entry) => blind.has(entry));
    return seen(type, namespace) || (namespace !== '' && inEach(type));
  };
}

/** What could not be listed may still be there. */
function isGone({ uid, type, namespace }: PredictedObject, { byUid, listed }: Now): boolean {
  return !byUid.has(uid) && listed(type, namespace);
}

function nameKey({ type, namespace, name }: Pick<PredictedObject, 'type' | 'namespace' | 'name'>): string {
  return `${type}/${namespace}/${name}`;
}

function inOrder(a: PredictedObject, b: PredictedObject): number {
  return compareText(nameKey(a), nameKey(b)) || compareText(a.uid, b.uid);
}

function remainingOf({ namespace, type, name, uid }: PredictedObject, { byUid }: Now): readonly RemainingObject[] {
  const object = byUid.get(uid);
  if (object === undefined) return [];
  const { deletingSince = '', finalizers } = object;
  return [{ namespace, type, name, uid, deletingSince, finalizers }];
}

function namespaceOf(
  { namespaces }: Inventory,
  namespace: string,
  { destroyed }: Prediction,
): readonly RemainingNamespace[] {
  const record = namespaces.find(({ name }) => name === namespace);
  if (record === undefined) return [];
  const before = destroyed.find(({ type, name }) => type === 'namespaces' && name === namespace);
  const conditions = (record.conditions ?? [])
    .filter(({ status }) => status !== 'False')
    .map(({ type, message }) => ({ type, message }));
  const same = before === undefined || before.uid === record.uid;
  return [{ namespace, deletingSince: record.deletingSince ?? '', conditions, same }];
}

function wentWithout({ stays }: Prediction, now: Now): PredictedObject[] {
  return stays.flatMap(({ type, namespace, objects }) =>
    objects.map(([name, uid]) => ({ type, namespace, name, uid })).filter((object) => isGone(object, now)),
  );
}
