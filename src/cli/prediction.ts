import { at, listAt, textAt } from '../cluster/json.ts';
import { readSnapshotFile } from '../cluster/snapshot-file.ts';
import { UserError } from '../model/errors.ts';
import type { RemovalTarget, StayingObjects } from '../model/removal.ts';
import type { PredictedObject, Prediction } from '../model/verification.ts';

const REMEDY = 'Give what "kubectl palette-audit removal NAME -o json" wrote before the removal.';

function unusable(path: string, reason: string): UserError {
  return new UserError(`${path} cannot be used as a prediction: ${reason}`, REMEDY);
}

/** Reads the file of a prediction. Throws UserError when it cannot be used. */
export async function readPrediction(path: string): Promise<Prediction> {
  return parsePrediction(await readSnapshotFile(path, 'the file of a prediction'), path);
}

/**
 * Reads what `removal -o json` wrote, trusting nothing of it.
 *
 * @throws {UserError} that names `path`, when it is anything else.
 */
export function parsePrediction(text: string, path: string): Prediction {
  const value = parsed(text, path);
  if (textAt(value, 'kind') !== 'Removal') throw unusable(path, 'it is not the answer of removal with a name');
  const clusterUid = textAt(value, 'cluster', 'uid');
  const takenAt = textAt(value, 'takenAt');
  const removals = listAt(value, 'removals');
  if (clusterUid === undefined || takenAt === undefined || removals.length === 0 || !Array.isArray(at(value, 'stays')))
    throw unusable(path, 'it is not whole');
  const namespaces = removals.flatMap((removal) => listAt(removal, 'namespaces')).filter(isDestroyed);
  return {
    clusterUid,
    takenAt,
    targets: removals.flatMap((removal) => listAt(removal, 'targets')).map((entry) => targetOf(entry, path)),
    destroyed: unique([
      ...namespaces.filter((entry) => textAt(entry, 'uid') !== undefined).map((entry) => namespaceOf(entry, path)),
      ...removals
        .flatMap(groupsOf)
        .flatMap((group) => listAt(group, 'resources'))
        .map((entry) => objectOf(entry, path)),
    ]),
    namespaces: [...new Set(namespaces.map((entry) => needed(entry, 'namespace', path)))],
    stays: listAt(value, 'stays').map((entry) => staysOf(entry, path)),
  };
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unusable(path, 'it is cut or not JSON');
  }
}

function isDestroyed(namespace: unknown): boolean {
  return textAt(namespace, 'fate') === 'destroyed';
}

function groupsOf(removal: unknown): readonly unknown[] {
  return [...listAt(removal, 'namespaces').flatMap((entry) => listAt(entry, 'groups')), ...listAt(removal, 'outside')];
}

function needed(entry: unknown, key: string, path: string): string {
  const text = textAt(entry, key);
  if (text === undefined) throw unusable(path, `an entry has no ${key}`);
  return text;
}

function targetOf(entry: unknown, path: string): RemovalTarget {
  const kind = (['pack', 'profile', 'upgrade'] as const).find((one) => one === textAt(entry, 'kind'));
  if (kind === undefined) throw unusable(path, 'a target has no kind');
  return { kind, name: needed(entry, 'name', path) };
}

function objectOf(entry: unknown, path: string): PredictedObject {
  const [type, name, uid] = ['type', 'name', 'uid'].map((key) => needed(entry, key, path));
  return { namespace: textAt(entry, 'namespace') ?? '', type: type ?? '', name: name ?? '', uid: uid ?? '' };
}

function namespaceOf(entry: unknown, path: string): PredictedObject {
  const name = needed(entry, 'namespace', path);
  return { namespace: '', type: 'namespaces', name, uid: needed(entry, 'uid', path) };
}

function unique(objects: readonly PredictedObject[]): readonly PredictedObject[] {
  return [...new Map(objects.map((object) => [object.uid, object])).values()];
}

function staysOf(entry: unknown, path: string): StayingObjects {
  const objects = listAt(entry, 'objects').map((row): readonly [string, string] => {
    const [name, uid] = Array.isArray(row) ? row : [];
    if (typeof name !== 'string' || typeof uid !== 'string') throw unusable(path, 'a row of stays is no name and UID');
    return [name, uid];
  });
  return { type: needed(entry, 'type', path), namespace: textAt(entry, 'namespace') ?? '', objects };
}
