import { stringify } from 'yaml';
import { sideBySide } from '../../../src/cluster/concurrency.ts';
import { collectionPath } from '../../../src/cluster/api-path.ts';
import { at, listAt, textAt } from '../../../src/cluster/json.ts';
import { typeName } from '../../../src/model/resource.ts';
import type { ControlPlane } from '../../real-cluster/support/control-plane.ts';
import * as make from '../../real-cluster/world/objects.ts';
import { playPalette } from '../../real-cluster/world/palette.ts';
import { settled } from '../../real-cluster/world/settled.ts';
import { connectMetadata, METADATA_LIST } from '../measure/metadata-client.ts';
import { listableTypes } from '../measure/served-types.ts';
import { AT_ONCE, connectApi, type Api } from './api.ts';
import type { RenderedChart } from './charts.ts';
import { addConfigMaps, benchNamespaces, seedNamespace, type BenchNamespace } from './namespace.ts';
import { addCustomObjects, addTypes, type AddedType } from './types.ts';

/** What a world is to be seeded with. */
export interface WorldSize {
  /** Namespaces with a pack. */
  readonly packs: number;
  /** Types that can be listed. */
  readonly types: number;
}

/** A cluster that was filled. */
export interface SeededWorld {
  readonly plane: ControlPlane;
  readonly api: Api;
  /** Those with a pack. */
  readonly namespaces: readonly BenchNamespace[];
  /** Full names of all types that can be listed. */
  readonly types: readonly string[];
  readonly added: readonly AddedType[];
}

/** A cluster with a pack in each of its first namespaces, and nothing that moves any more. */
export async function seedPacks(
  plane: ControlPlane,
  charts: readonly RenderedChart[],
  { packs, types }: WorldSize,
): Promise<SeededWorld> {
  const api = connectApi(plane.kubeconfig);
  const get = connectMetadata(plane.kubeconfig);
  const namespaces = benchNamespaces(packs, charts);
  await playPalette(plane, {
    uid: '0123456789abcdef01234567',
    name: 'bench',
    profiles: [
      {
        name: 'bench',
        version: '1.0.0',
        packs: namespaces.map(({ name, pack, rendered }) => ({
          name: pack,
          version: '1.0.0',
          values: stringify({ pack: { namespace: name }, charts: { [rendered.chart]: {} } }),
        })),
      },
    ],
  });
  const added = await addTypes(api, get, types);
  // Each packs ten records, so no more than there are cores at a time.
  await sideBySide(namespaces, (one) => seedNamespace(api, one), 2);
  const places = namespaces.map(({ name: namespace }) => ({ namespace, name: 'one' }));
  for (const type of added.slice(0, 10)) await addCustomObjects(api, type, places);
  await settled(plane);
  return { plane, api, namespaces, added, types: (await listableTypes(get)).map(typeName) };
}

/** Fills the world's namespaces with ConfigMaps, as many in each, until the cluster holds about so many objects. */
export async function fillUp(world: SeededWorld, wanted: number): Promise<void> {
  const present = await objectsIn(world);
  const names = world.namespaces.map(({ name }) => name);
  const count = Math.max(0, Math.floor((wanted - present) / names.length));
  await addConfigMaps(world.api, names, { count, size: 4000 });
}

/** How many objects the cluster holds, by the server's own count; Events, which have two names, count once. */
export async function objectsIn({ plane, types }: SeededWorld): Promise<number> {
  const get = connectMetadata(plane.kubeconfig);
  const served = (await listableTypes(get)).filter((type) => typeName(type) !== 'events.events.k8s.io');
  const counts = await sideBySide(served, async (type) => {
    const page = await get(`${collectionPath(type, '')}?limit=1`, METADATA_LIST);
    return listAt(page, 'items').length + Number(at(page, 'metadata', 'remainingItemCount') ?? 0);
  });
  if (counts.length < types.length - 1) throw new Error('the cluster serves fewer types than it did');
  return counts.reduce((sum, count) => sum + count, 0);
}

/** So many empty namespaces of nobody's pack, once controllers have done with them. */
export async function addNamespaces(
  { plane, api }: SeededWorld,
  prefix: string,
  count: number,
): Promise<readonly string[]> {
  const names = Array.from({ length: count }, (_, index) => `${prefix}-${String(index + 1).padStart(3, '0')}`);
  await sideBySide(names, (name) => api.send('POST', '/api/v1/namespaces', make.namespace(name)), AT_ONCE);
  await plane.waitFor('every namespace has its root certificate', async () => {
    const selector = encodeURIComponent('metadata.name=kube-root-ca.crt');
    const list = await api.send('GET', `/api/v1/configmaps?fieldSelector=${selector}`);
    const there = new Set(listAt(list, 'items').map((one) => textAt(one, 'metadata', 'namespace')));
    return names.every((name) => there.has(name));
  });
  return names;
}
