import type { ClusterObject } from '../model/inventory.ts';
import type { Reference } from '../model/reference.ts';
import type { ObjectRef } from '../model/resource.ts';
import type { World } from './world.ts';

/** What is known of a PersistentVolume; texts are '' where nothing tells. `object` is it itself, if it was seen. */
export interface VolumeRecord {
  readonly name: string;
  /** The claim it is bound to; undefined when there is none, or another one of that name. */
  readonly claim: ObjectRef | undefined;
  readonly capacity: string;
  readonly storageClass: string;
  readonly driver: string;
  readonly handle: string;
  readonly server: string;
  readonly reclaimPolicy: string;
  readonly object: ClusterObject | undefined;
}

type Text = 'capacity' | 'storageClass' | 'reclaimPolicy';

/** A volume of which nothing is known. */
export const UNSEEN_VOLUME: VolumeRecord = {
  name: '',
  claim: undefined,
  capacity: '',
  storageClass: '',
  driver: '',
  handle: '',
  server: '',
  reclaimPolicy: '',
  object: undefined,
};

/** Every volume of the cluster, by what its object and its own words tell. */
export function volumeRecords(world: World): readonly VolumeRecord[] {
  const references = new Map(world.references('volume-claim').map((reference) => [reference.from.name, reference]));
  const objects = new Map((world.byType.get('persistentvolumes') ?? []).map((object) => [object.name, object]));
  return [...new Set([...references.keys(), ...objects.keys()])].map((name) =>
    recordOf(name, { reference: references.get(name), object: objects.get(name) }, world),
  );
}

interface Known {
  readonly reference: Reference | undefined;
  readonly object: ClusterObject | undefined;
}

function recordOf(name: string, known: Known, world: World): VolumeRecord {
  const words = known.reference?.facts;
  const told = (text: Text): string => words?.get(text) ?? known.object?.facts[text] ?? '';
  return {
    name,
    claim: claimOf(known, world),
    capacity: told('capacity'),
    storageClass: told('storageClass'),
    driver: words?.get('driver') ?? '',
    handle: words?.get('handle') ?? '',
    server: words?.get('server') ?? '',
    reclaimPolicy: told('reclaimPolicy'),
    object: known.object,
  };
}

/** A volume in one of these phases has a claim that is no more, or none yet. */
const UNBOUND: ReadonlySet<string> = new Set(['Released', 'Available', 'Failed']);

function claimOf(known: Known, world: World): ObjectRef | undefined {
  const claim = namedClaim(known);
  const phase = known.object?.facts.status ?? '';
  return claim === undefined || UNBOUND.has(phase) || isAnother(claim, known, world) ? undefined : claim;
}

/** Whether a claim of that name is there and is not the one that the volume was bound to. */
function isAnother(claim: ObjectRef, { reference }: Known, world: World): boolean {
  const uid = reference?.facts.get('uid');
  const live = world.find(claim);
  return uid !== undefined && live !== undefined && live.uid !== uid;
}

function namedClaim({ reference, object }: Known): ObjectRef | undefined {
  if (reference !== undefined) return reference.to;
  const [namespace, name] = object?.facts.claim?.split('/') ?? [];
  if (namespace === undefined || name === undefined) return undefined;
  return { group: '', kind: 'PersistentVolumeClaim', namespace, name };
}
