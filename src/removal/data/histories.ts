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
export function historiesLost({ world, set, removed }: Aftermath): readonly HistoryLost[] {
  const own = new Set(
    world.subject.links
      .filter(({ pack }) => removed.has(pack))
      .flatMap(({ release }) => world.releasesOf(release))
      .map(({ storageNamespace, name }) => releaseKey({ namespace: storageNamespace, name })),
  );
  const records = [...set.values()].flatMap(({ object }) => recordOf(object));
  const histories = grouped(records, ({ namespace, release }) => releaseKey({ namespace, name: release }));
  return [...histories]
    .filter(([key]) => !own.has(key))
    .map(([, [{ namespace, release }, ...more]]) => ({ namespace, release, revisions: 1 + more.length }))
    .toSorted((a, b) => compareText(a.namespace, b.namespace) || compareText(a.release, b.release));
}

function recordOf({ type, namespace, name }: ClusterObject): readonly Omit<HistoryLost, 'revisions'>[] {
  const release = RECORD.exec(name)?.[1];
  return release !== undefined && STORAGE.has(typeName(type)) ? [{ namespace, release }] : [];
}
