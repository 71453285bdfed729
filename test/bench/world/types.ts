import { setTimeout as sleep } from 'node:timers/promises';
import { sideBySide } from '../../../src/cluster/concurrency.ts';
import * as make from '../../real-cluster/world/objects.ts';
import type { Get } from '../measure/metadata-client.ts';
import { listableTypes } from '../measure/served-types.ts';
import { AT_ONCE, type Api } from './api.ts';

/** A type that was added to fill the cluster. */
export interface AddedType {
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
}

/** Types of a group, as custom types often come. */
const PER_GROUP = 4;

/** Adds custom types until the cluster serves `wanted` that can be listed, and waits until all are served. */
export async function addTypes(api: Api, get: Get, wanted: number): Promise<readonly AddedType[]> {
  const present = (await listableTypes(get)).length;
  const added = Array.from({ length: Math.max(0, wanted - present) }, (_, index): AddedType => {
    const number = String(present + index);
    const group = `g${String(Math.floor((present + index) / PER_GROUP))}.bench.example.com`;
    return { group, kind: `Thing${number}`, plural: `thing${number}s` };
  });
  const path = '/apis/apiextensions.k8s.io/v1/customresourcedefinitions';
  await sideBySide(
    added,
    ({ group, kind, plural }) => api.send('POST', path, make.customType(group, kind, plural)),
    AT_ONCE,
  );
  const deadline = Date.now() + 120_000;
  while ((await listableTypes(get)).length < wanted) {
    if (Date.now() > deadline) throw new Error(`the cluster does not serve ${String(wanted)} types`);
    await sleep(500);
  }
  return added;
}

/** Makes one object of the type in each of these places: `namespace/name`. */
export async function addCustomObjects(
  api: Api,
  { group, kind, plural }: AddedType,
  places: readonly { readonly namespace: string; readonly name: string }[],
): Promise<void> {
  await sideBySide(
    places,
    ({ namespace, name }) =>
      api.send('POST', `/apis/${group}/v1/namespaces/${namespace}/${plural}`, {
        ...make.object(`${group}/v1`, kind, name, { spec: { size: 3 } }),
      }),
    AT_ONCE,
  );
}
