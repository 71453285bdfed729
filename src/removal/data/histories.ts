import { releaseKey } from '../../model/attribution.ts';
import { grouped } from '../../model/grouped.ts';
import type { ClusterObject } from '../../model/inventory.ts';
import type { HistoryLost } from '../../model/removal.ts';
import { compareText } from '../../model/resource.ts';
import type { Aftermath } from '../aftermath.ts';

/** Name of a record of Helm's storage: release and revision. Source: Helm, `pkg/storage`. */
const RECORD = /^sh\.helm\.release\.v1\.(.+)\.v\d+$/;

/**
 * Helm's records that go and are of releases that are not the removed packs'. Told by the records themselves, so
 * that one that could not be decoded counts as well.
 */
export function historiesLost({ world, set, removed }: Aftermath): readonly HistoryLost[] {
  const own = new Set(
    world.subject.links
      .filter(({ pack }) => removed.has(pack))
      .flatMap(({ release }) => world.releaseOf(release) ?? [])
      .map(({ storageNamespace, name }) => releaseKey({ namespace: storageNamespace, name })),
  );
  const histories = grouped(set.values(), ({ object }) => historyKey(object));
  return [...histories]
    .filter(([key]) => !own.has(key))
    .map(([key, found]) => {
      const [namespace = '', release = ''] = key.split('/');
      return { namespace, release, revisions: found.length };
    })
    .toSorted((a, b) => compareText(a.namespace, b.namespace) || compareText(a.release, b.release));
}

function historyKey({ type, namespace, name }: ClusterObject): string | undefined {
  const release = RECORD.exec(name)?.[1];
  const isRecord = type.group === '' && (type.kind === 'Secret' || type.kind === 'ConfigMap');
  return isRecord && release !== undefined ? releaseKey({ namespace, name: release }) : undefined;
}
