import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { at, listAt, textAt } from '../../../src/cluster/json.ts';
import type { ControlPlane } from '../support/control-plane.ts';
import type { Runner } from '../support/runner.ts';
import { documents } from './chart.ts';
import { CLUSTER_UID } from './example.ts';
import { listEverything, type LiveObject } from './ledger.ts';
import type { KubeObject } from './objects.ts';
import { must } from './palette.ts';

/** What of a pack Palette deletes by itself, by its documentation. */
export interface RemovedPack {
  readonly name: string;
  /** Its Helm release, where it is a chart. */
  readonly release?: { readonly name: string; readonly namespace: string };
  /** The objects of its manifests. */
  readonly manifest?: readonly KubeObject[];
  readonly namespaces: readonly string[];
}

/**
 * Does what Palette documents: uninstalls the release, deletes what the manifests hold, and deletes the namespaces; nobody
 * waits for their end. The pack's own resource goes last, when the caller says so with {@link forgetPack}.
 */
export async function removePack(
  plane: ControlPlane,
  helm: Runner,
  { release, manifest = [], namespaces }: RemovedPack,
): Promise<void> {
  if (release !== undefined)
    await must(helm, 'uninstall', release.name, `--namespace=${release.namespace}`, '--timeout=60s');
  if (manifest.length > 0) {
    const path = join(plane.folder, 'removed-manifest.yaml');
    writeFileSync(path, documents(manifest));
    await must(plane.kubectl, 'delete', `--filename=${path}`, '--wait=false');
  }
  if (namespaces.length > 0)
    await must(plane.kubectl, 'delete', 'namespaces', ...namespaces, '--wait=false', '--ignore-not-found');
}

/** Takes a pack out of what Palette's agent is told. */
export async function forgetPack({ kubectl }: ControlPlane, name: string): Promise<void> {
  await must(kubectl, 'delete', 'packs.cluster.spectrocloud.com', name, `--namespace=cluster-${CLUSTER_UID}`);
}

type Objects = ReadonlyMap<string, LiveObject>;

/** Events come and go by themselves. */
export async function lastingObjects(plane: ControlPlane): Promise<Objects> {
  const all = await listEverything(plane);
  return new Map([...all].filter(([, { kind }]) => kind !== 'Event'));
}

/** UIDs and names of what was there before and is not any more. */
export function vanished(before: Objects, now: Objects): ReadonlyMap<string, string> {
  return new Map([...before].filter(([uid]) => !now.has(uid)).map(([uid, one]) => [uid, liveName(one)]));
}

/** `Kind namespace/name`. */
export function liveName({ kind, namespace, name }: LiveObject): string {
  return kind === 'Namespace' ? `${kind} ${name}` : `${kind} ${namespace}/${name}`;
}

/** Types of the conditions of a namespace that tell why it is not gone, sorted; undefined when it is gone. */
export async function heldBy({ kubectl }: ControlPlane, namespace: string): Promise<readonly string[] | undefined> {
  const { code, stdout } = await kubectl('get', 'namespace', namespace, '--output=json');
  if (code !== 0) return undefined;
  return listAt(JSON.parse(stdout), 'status', 'conditions')
    .filter((condition) => at(condition, 'status') === 'True')
    .map((condition) => textAt(condition, 'type') ?? '')
    .toSorted();
}
