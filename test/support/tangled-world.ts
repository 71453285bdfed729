import type { ClusterObject, Elsewhere, Inventory } from '../../src/model/inventory.ts';
import { typeName } from '../../src/model/resource.ts';
import { ownedBy } from './world.ts';

/** Who may have written it everywhere. */
export const INJECTORS = ['operator', 'palette', '', 'helm'] as const;

/** Owner references at random between objects of one namespace: chains, rings and owners that several objects share. */
export function tangled(
  objects: readonly ClusterObject[],
  links: readonly (readonly [number, number])[],
): readonly ClusterObject[] {
  const owners = new Map<ClusterObject, ClusterObject['owners']>();
  for (const [child, parent] of links) {
    const [one, other] = [objects[child % objects.length], objects[parent % objects.length]];
    if (one === undefined || other === undefined || one.namespace !== other.namespace) continue;
    owners.set(one, [...(owners.get(one) ?? one.owners), ownedBy(other, links.length % 2 === 0)]);
  }
  return objects.map((object) => Object.assign({}, object, { owners: owners.get(object) ?? object.owners }));
}

/** As if every namespace had an object like each of these. */
export function everywhere(
  { objects, namespaces }: Inventory,
  chosen: readonly (readonly [number, string])[],
): readonly Elsewhere[] {
  const entries = chosen.flatMap(([at, manager]): readonly Elsewhere[] => {
    const object = objects[at % objects.length];
    if (object === undefined) return [];
    const writers = namespaces.map(({ name }) => ({ namespace: name, manager }));
    return [{ resource: typeName(object.type), name: object.name, writers }];
  });
  return [...new Map(entries.map((entry) => [`${entry.resource}/${entry.name}`, entry])).values()];
}
