import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ControlPlane } from '../support/control-plane.ts';
import type { Runner } from '../support/runner.ts';
import { documents } from './chart.ts';
import { configMap, customType, deployment, namespace, object, placed, type KubeObject } from './objects.ts';

const GROUP = 'cluster.spectrocloud.com';
/** Who writes for Palette here; its real name is not public. */
const MANAGER = 'palette-controller-manager';

/** A pack as Palette's agent is told of it. */
export interface PlayedPack {
  readonly name: string;
  readonly version: string;
  readonly values: string;
  readonly type?: string;
}

export interface PlayedProfile {
  readonly name: string;
  readonly version: string;
  readonly packs: readonly PlayedPack[];
}

/** A cluster as Palette would manage it. */
export interface PlayedCluster {
  readonly uid: string;
  readonly name: string;
  readonly profiles: readonly PlayedProfile[];
}

/** Standard output of a command that must succeed. */
export async function must(run: Runner, ...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await run(...args);
  assert.equal(code, 0, `${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** Puts into the cluster what Palette's agent brings: its namespace and workloads, SpectroCluster and Pack resources. */
export async function playPalette(plane: ControlPlane, { uid, name, profiles }: PlayedCluster): Promise<void> {
  const agent = `cluster-${uid}`;
  await applyAsPalette(plane, [
    customType(GROUP, 'Pack', 'packs'),
    customType(GROUP, 'SpectroCluster', 'spectroclusters'),
    namespace(agent, { 'spectrocloud.com/cluster-name': name }),
  ]);
  for (const type of ['packs', 'spectroclusters'])
    await must(plane.kubectl, 'wait', `crd/${type}.${GROUP}`, '--for=condition=Established', '--timeout=60s');
  const inAgent = (one: KubeObject): KubeObject => placed(one, { namespace: agent });
  const packs = profiles.flatMap((profile) => profile.packs);
  await applyAsPalette(
    plane,
    [
      configMap('cluster-info'),
      configMap('namespace-labeler-labels'),
      deployment('cluster-management-agent-lite'),
      deployment('palette-lite-controller-manager'),
      object(`${GROUP}/v1`, 'SpectroCluster', name, { spec: { clusterProfileTemplates: profiles.map(template) } }),
      ...packs.map(packResource),
    ].map(inAgent),
  );
  const status = { status: { conditions: [{ type: 'Ready', status: 'True' }] } };
  await applyAsPalette(
    plane,
    packs.map((pack) => inAgent({ ...object(`${GROUP}/v1`, 'Pack', pack.name), ...status })),
    ['--subresource=status'],
  );
}

function template({ name, version, packs }: PlayedProfile) {
  return { name, profileVersion: version, type: 'add-on', packs: packs.map((pack) => ({ name: pack.name })) };
}

function packResource({ name, version, values, type = 'oci' }: PlayedPack): KubeObject {
  return object(`${GROUP}/v1`, 'Pack', name, {
    spec: { packRef: { name, layer: 'addon', type, version, tag: version, values } },
  });
}

/** Applies a pack's manifest as Palette's agent does: on the server side, marked with the hash of each object. */
export async function applyManifest(plane: ControlPlane, objects: readonly KubeObject[]): Promise<void> {
  await applyAsPalette(
    plane,
    objects.map((one) => {
      const hash = createHash('sha256').update(JSON.stringify(one)).digest('hex');
      return placed(one, { annotations: { [`${GROUP}/last-applied-hash`]: hash } });
    }),
  );
}

let count = 0;

async function applyAsPalette(plane: ControlPlane, objects: readonly KubeObject[], more: readonly string[] = []) {
  await applyAs(plane, MANAGER, objects, more);
}

/** Applies on the server side, under the name of any controller. */
export async function applyAs(
  { kubectl, folder }: ControlPlane,
  manager: string,
  objects: readonly KubeObject[],
  more: readonly string[] = [],
): Promise<void> {
  const path = join(folder, `applied-${++count}.yaml`);
  writeFileSync(path, documents(objects));
  await must(kubectl, 'apply', '--server-side', `--field-manager=${manager}`, `--filename=${path}`, ...more);
}
