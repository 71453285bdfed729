import { connectMetadata } from '../measure/metadata-client.ts';
import { addConfigMaps } from './namespace.ts';
import { addCustomObjects, addTypes } from './types.ts';
import { addNamespaces, objectsIn, type SeededWorld } from './worlds.ts';

/** Puts so many ConfigMaps into 400 namespaces of nobody's pack. */
export async function addOneType(world: SeededWorld, objects: number): Promise<readonly string[]> {
  const names = await addNamespaces(world, 'filled', 400);
  await addConfigMaps(world.api, names, { count: Math.ceil(objects / names.length), size: 400 });
  return names;
}

/** What a large world comes to. */
export interface LargeSize {
  readonly objects: number;
  readonly namespaces: number;
  readonly types: number;
}

/** Adds types, namespaces and objects of those types until the cluster is as large as that. */
export async function growTo(world: SeededWorld, size: LargeSize, filled: readonly string[]): Promise<void> {
  const added = await addTypes(world.api, connectMetadata(world.plane.kubeconfig), size.types);
  const missing = size.namespaces - filled.length - world.namespaces.length;
  const names = [...filled, ...(await addNamespaces(world, 'custom', missing))];
  const perType = Math.ceil((size.objects - (await objectsIn(world))) / added.length);
  for (const [index, type] of added.entries()) {
    const places = Array.from({ length: perType }, (_, place) => ({
      namespace: names[(index + place) % names.length] ?? '',
      name: `one-${String(place)}`,
    }));
    await addCustomObjects(world.api, type, places);
  }
}
