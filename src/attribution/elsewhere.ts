import { ownWriters, type Elsewhere, type Inventory } from '../model/inventory.ts';
import { typeName } from '../model/resource.ts';

/**
 * Finds the candidates in every namespace of an inventory of the whole cluster, as the live reader would by asking.
 * Sorted by type and name as the candidates are; writers by namespace.
 */
export function elsewhereIn(
  inventory: Inventory,
  candidates: readonly { readonly resource: string; readonly name: string }[],
): readonly Elsewhere[] {
  const wanted = new Map(
    candidates.map(({ resource, name }) => [`${resource}/${name}`, new Map<string, Set<string>>()]),
  );
  const names = new Set(candidates.map(({ name }) => name));
  for (const object of inventory.objects) {
    if (!names.has(object.name)) continue;
    const managers = wanted.get(`${typeName(object.type)}/${object.name}`);
    if (managers === undefined) continue;
    const here = managers.get(object.namespace) ?? new Set<string>();
    for (const { manager } of ownWriters(object)) here.add(manager);
    managers.set(object.namespace, here);
  }
  return candidates.map(({ resource, name }) => ({
    resource,
    name,
    writers: [...(wanted.get(`${resource}/${name}`) ?? new Map<string, Set<string>>())].flatMap(
      ([namespace, managers]) => [...managers].toSorted().map((manager) => ({ namespace, manager })),
    ),
  }));
}
