import { at, listAt, textAt } from '../../../src/cluster/json.ts';
import type { FakeCluster, FakeObject } from '../../support/fake-api/description.ts';

/** UIDs of all that a prediction says goes. */
export function predicted(prediction: unknown): ReadonlySet<string> {
  const removals = listAt(prediction, 'removals');
  const namespaces = removals.flatMap((removal) => listAt(removal, 'namespaces'));
  const groups = [
    ...namespaces.flatMap((one) => listAt(one, 'groups')),
    ...removals.flatMap((one) => listAt(one, 'outside')),
  ];
  const gone = namespaces.filter((one) => textAt(one, 'fate') === 'destroyed');
  return new Set(
    [...gone, ...groups.flatMap((group) => listAt(group, 'resources'))].map((one) => textAt(one, 'uid') ?? ''),
  );
}

/** What becomes of one object of a type; undefined when it is gone. */
export type Become = (object: FakeObject, type: string) => FakeObject | undefined;

/** The cluster with each of its objects as it has become. */
export function changed(cluster: FakeCluster, become: Become): FakeCluster {
  const objects = [...cluster.objects].map(
    ([type, listed]) => [type, listed.flatMap((object) => become(object, type) ?? [])] as const,
  );
  return { ...cluster, objects: new Map(objects) };
}

/** The cluster without these objects. */
export function without(cluster: FakeCluster, uids: ReadonlySet<string>): FakeCluster {
  return changed(cluster, (object) => (uids.has(String(at(object, 'metadata', 'uid'))) ? undefined : object));
}
