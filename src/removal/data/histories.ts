import { releaseKey } from '../../model/attribution.ts';
import { grouped } from '../../model/grouped.ts';
import type { ClusterObject } from '../../model/inventory.ts';
import type { HistoryLost } from '../../model/removal.ts';
import { compareText, typeName } from '../../model/resource.ts';
import type { Aftermath } from '../aftermath.ts';

/** Name of a record of Helm's storage: release and revision. Source: Helm, `pkg/storage`. */
const RECORD = /^sh\.helm\.release\.v1\.(.+)\.v\d+$/;

/** Types in which Helm keeps records. */
const STORAGE: ReadonlySet<string> = new Set(['secrets', 'configmaps']);

/**
 * Helm's records that go and are of releases that are not the removed packs'. Told by the records themselves, so
 * that one that could not be decoded counts as well.
 */
export function historiesLost({ set, ownerOf }: Aftermath): readonly HistoryLost[] {
  const records = [...set.values()].flatMap(({ object }) => recordOf(object));
  const histories = grouped(records, ({ namespace, release }) => releaseKey({ namespace, name: release }));
  return [...histories.values()]
    .filter((all) => all.every(({ object }) => ownerOf(object).ownerClass !== 'removed-pack'))
    .map(([{ namespace, release }, ...more]) => ({ namespace, release, revisions: 1 + more.length }))
    .toSorted((a, b) => compareText(a.namespace, b.namespace) || compareText(a.release, b.release));
}

/** One stored revision of a release. */
interface Stored extends Omit<HistoryLost, 'revisions'> {
  readonly object: ClusterObject;
}

function recordOf(object: ClusterObject): readonly Stored[] {
  const { type, namespace, name } = object;
  const release = RECORD.exec(name)?.[1];
  return release !== undefined && STORAGE.has(typeName(type)) ? [{ namespace, release, object }] : [];
}
