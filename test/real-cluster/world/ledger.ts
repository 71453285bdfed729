import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseAllDocuments } from 'yaml';
import { at, listAt, textAt } from '../../../src/cluster/json.ts';
import { groupOf } from '../../../src/model/resource.ts';
import type { ControlPlane } from '../support/control-plane.ts';
import type { Runner } from '../support/runner.ts';
import { must } from './palette.ts';

/** In milliseconds. */
const PAUSE = 500;

/** A live object, as `kubectl get` tells it. */
export interface LiveObject {
  readonly uid: string;
  readonly group: string;
  readonly kind: string;
  readonly namespace: string;
  readonly name: string;
  /** UIDs of its owners. */
  readonly owners: readonly string[];
  readonly finalizers: readonly string[];
  readonly content: unknown;
}

/** Who made what, written down by those who made it: never asked of the program. */
export interface Ledger {
  /** `owner` made these: `pack NAME`, `helm NAME`, `person`, `unexplained`, `leftover`, `kubernetes`. */
  readonly note: (owner: string, namespace: string, objects: readonly unknown[]) => void;
  /** A Helm release: what Helm itself says is in it, and its record. */
  readonly noteRelease: (owner: string, helm: Runner, release: { name: string; namespace: string }) => Promise<void>;
  /** The owner of each of these objects, by UID. Whose nobody can say is an error. */
  readonly ownersOf: (objects: readonly LiveObject[]) => ReadonlyMap<string, string>;
}

export function createLedger(): Ledger {
  const owners = new Map<string, string>();
  const note: Ledger['note'] = (owner, namespace, objects) => {
    for (const one of objects) owners.set(keyOf({ ...identityOf(one), namespace }), owner);
  };
  return {
    note,
    noteRelease: async (owner, helm, { name, namespace }) => {
      const inNamespace = `--namespace=${namespace}`;
      for (const part of ['manifest', 'hooks'])
        note(owner, namespace, parsed(await must(helm, 'get', part, name, inNamespace)));
      const revisions = [1, 2].map((revision) => `sh.helm.release.v1.${name}.v${String(revision)}`);
      note(
        owner,
        namespace,
        revisions.map((secret) => ({ apiVersion: 'v1', kind: 'Secret', metadata: { name: secret } })),
      );
    },
    ownersOf: (objects) => {
      const byUid = new Map(objects.map((object) => [object.uid, object]));
      return new Map(objects.map((object) => [object.uid, ownerOf(object, owners, byUid)]));
    },
  };
}

/** All YAML documents of a text that hold something. */
export function parsed(text: string): readonly unknown[] {
  const documents = parseAllDocuments(text);
  assert.ok(Array.isArray(documents));
  return documents.map((document): unknown => document.toJS()).filter((value) => value !== null);
}

function ownerOf(
  object: LiveObject,
  owners: ReadonlyMap<string, string>,
  byUid: ReadonlyMap<string, LiveObject>,
): string {
  const noted = owners.get(keyOf(object)) ?? KUBERNETES.get(`${object.kind} ${object.name}`);
  if (noted !== undefined) return noted;
  if (object.kind === 'Event') return 'kubernetes';
  // Endpoints are the one kind that Kubernetes makes for another and does not refer to it.
  const made = object.kind === 'Endpoints' ? owners.get(keyOf({ ...object, kind: 'Service' })) : undefined;
  if (made !== undefined) return made;
  const owner = object.owners.map((uid) => byUid.get(uid)).find((found) => found !== undefined);
  if (owner === undefined) return assert.fail(`nobody has noted who made ${keyOf(object)}`);
  return ownerOf(owner, owners, byUid);
}

const KUBERNETES: ReadonlyMap<string, string> = new Map([
  ['ConfigMap kube-root-ca.crt', 'kubernetes'],
  ['ServiceAccount default', 'kubernetes'],
]);

type Identity = Pick<LiveObject, 'group' | 'kind' | 'namespace' | 'name'>;

function keyOf({ group, kind, namespace, name }: Identity): string {
  return `${group}/${kind} ${namespace}/${name}`;
}

function identityOf(one: unknown): Identity {
  return {
    group: groupOf(textAt(one, 'apiVersion') ?? ''),
    kind: textAt(one, 'kind') ?? '',
    namespace: textAt(one, 'metadata', 'namespace') ?? '',
    name: textAt(one, 'metadata', 'name') ?? '',
  };
}

/** Every object of every type that can be listed, by UID: the API server's own word, not the program's. */
export async function listEverything({ kubectl }: ControlPlane): Promise<ReadonlyMap<string, LiveObject>> {
  const objects = listAt(JSON.parse(await everything(kubectl)), 'items').map(liveObject);
  return new Map(objects.map((object) => [object.uid, object]));
}

/** A type may go after it was told of and before it is listed, or come back: then the types are asked for again. */
async function everything(kubectl: Runner, tries = 5): Promise<string> {
  const types = (await kubectl('api-resources', '--verbs=list', '--output=name')).stdout.trim().split('\n');
  const list = ['get', types.join(','), '--all-namespaces', '--output=json'];
  const { code, stdout, stderr } = await kubectl(...list);
  if (code === 0) return stdout;
  assert.ok(tries > 1, `${list.join(' ')}: ${stderr}`);
  await sleep(PAUSE);
  return everything(kubectl, tries - 1);
}

function liveObject(content: unknown): LiveObject {
  const uid = textAt(content, 'metadata', 'uid') ?? '';
  const owners = listAt(content, 'metadata', 'ownerReferences').map((owner) => textAt(owner, 'uid') ?? '');
  const finalizers = listAt(content, 'metadata', 'finalizers').filter((one) => typeof one === 'string');
  return { ...identityOf(content), uid, owners, finalizers, content: at(content, 'spec') };
}
