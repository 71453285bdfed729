import type { DestroyedGroup, DestroyedResource, Removal } from './removal.ts';

/** What goes with a removal, by owner: in its namespaces first, then outside them. */
export function destroyedGroups({
  namespaces,
  outside,
}: Pick<Removal, 'namespaces' | 'outside'>): readonly DestroyedGroup[] {
  return [...namespaces.flatMap(({ groups }) => groups), ...outside];
}

/** Everything that goes with a removal. */
export function destroyedResources(removal: Pick<Removal, 'namespaces' | 'outside'>): readonly DestroyedResource[] {
  return destroyedGroups(removal).flatMap(({ resources }) => resources);
}
