import { grouped } from '../model/grouped.ts';
import { ownWriters, type Elsewhere, type Inventory } from '../model/inventory.ts';
import { lastRemembered } from '../model/remembered.ts';
import { typeName, type ResourceType } from '../model/resource.ts';

/**
 * Finds the candidates in every namespace of an inventory of the whole cluster, as the live reader would by asking.
 * Sorted by type and name as the candidates are; writers by namespace.
 */
export function elsewhereIn(
  inventory: Inventory,
  candidates: readonly { readonly resource: string; readonly name: string }[],
): readonly Elsewhere[] {
  const wanted = new Map(
    Array.from(
      grouped(candidates, ({ resource }) => resource),
      ([resource, ofType]) => [resource, new Map(ofType.map(({ name }) => [name, new Map<string, Set<string>>()]))],
    ),
  );
  const wantedOf = lastRemembered((type: ResourceType) => wanted.get(typeName(type)));
  for (const object of inventory.objects) {
    const managers = wantedOf(object.type)?.get(object.name);
    if (managers === undefined) continue;
    const here = managers.get(object.namespace) ?? new Set<string>();
    for (const { manager } of ownWriters(object)) here.add(manager);
    managers.set(object.namespace, here);
  }
  return candidates.map(({ resource, name }) => ({
    resource,
    name,
    writers: [...(wanted.get(resource)?.get(name) ?? new Map<string, Set<string>>())].flatMap(([namespace, managers]) =>
      [...managers].toSorted().map((manager) => ({ namespace, manager })),
    ),
  }));
}
