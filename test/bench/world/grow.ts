import { sideBySide } from '../../../src/cluster/concurrency.ts';
import * as make from '../../real-cluster/world/objects.ts';
import { connectMetadata } from '../measure/metadata-client.ts';
import { AT_ONCE } from './api.ts';
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

/** Custom types are many and mostly small, as in clusters that people run; the rest is of few types, and large. */
const PER_CUSTOM_TYPE = 20;
const LARGE_TYPES = [
  ['Secret', '/api/v1', 'secrets'],
  ['ServiceAccount', '/api/v1', 'serviceaccounts'],
  ['PodTemplate', '/api/v1', 'podtemplates'],
  ['Lease', '/apis/coordination.k8s.io/v1', 'leases'],
] as const;

/** Adds types, namespaces and objects until the cluster is as large as that. */
export async function growTo(world: SeededWorld, size: LargeSize, filled: readonly string[]): Promise<void> {
  const added = await addTypes(world.api, connectMetadata(world.plane.kubeconfig), size.types);
  const missing = size.namespaces - filled.length - world.namespaces.length;
  const names = [...filled, ...(await addNamespaces(world, 'custom', missing))];
  const places = (count: number, from: number) =>
    Array.from({ length: count }, (_, place) => ({
      namespace: names[(from + place) % names.length] ?? '',
      name: `one-${String(place)}`,
    }));
  for (const [index, type] of added.entries())
    await addCustomObjects(world.api, type, places(PER_CUSTOM_TYPE, index * PER_CUSTOM_TYPE));
  const each = Math.ceil((size.objects - (await objectsIn(world))) / LARGE_TYPES.length);
  for (const [kind, base, plural] of LARGE_TYPES) await addPlain(world, { kind, base, plural }, places(each, 0));
}

async function addPlain(
  { api }: SeededWorld,
  { kind, base, plural }: { readonly kind: string; readonly base: string; readonly plural: string },
  places: readonly { readonly namespace: string; readonly name: string }[],
): Promise<void> {
  const apiVersion = base.replace(/^\/apis?\//, '');
  const body = kind === 'PodTemplate' ? { template: POD } : {};
  await sideBySide(
    places,
    ({ namespace, name }) =>
      api.send('POST', `${base}/namespaces/${namespace}/${plural}`, make.object(apiVersion, kind, name, body)),
    AT_ONCE,
  );
}

const POD = { spec: { containers: [{ name: 'one', image: 'one:1' }] } };
