import type { StrandedVolume } from '../../model/removal.ts';
import { compareText } from '../../model/resource.ts';
import { grouped } from '../../model/grouped.ts';
import type { Aftermath } from '../aftermath.ts';
import { driverFates } from '../drivers.ts';
import { engineFates } from '../engines.ts';
import { serverFates } from '../servers.ts';
import { volumeRecords, type VolumeRecord } from '../volume-records.ts';

/** Claims that stay while the driver or Service goes that serves their volumes, or the engine's records of these. In output order. */
export function strandedByDriver(after: Aftermath): readonly StrandedVolume[] {
  const fateOf = driverFates(after);
  const engineOf = engineFates(after);
  const serverOf = serverFates(after);
  return inOrder(
    boundOutside(after).flatMap(({ stranded, handle, server }) => {
      const engine = engineOf({ driver: stranded.driver, handle });
      const because = engine ?? serverOf(server) ?? fateOf(stranded.driver);
      return because === undefined ? [] : [Object.assign(stranded, { because, lost: engine !== undefined })];
    }),
  );
}

/** A volume that outlived its claim, as its policy says, and by the end of what it is lost. */
interface RetainedVolume extends Pick<VolumeRecord, 'name' | 'driver' | 'capacity'> {
  readonly because: string;
}

const OUTLIVES: ReadonlySet<string> = new Set(['Released', 'Failed']);

/** Volumes that are kept without a claim, and whose engine's records go. Sorted by name. */
export function retainedByEngine(after: Aftermath): readonly RetainedVolume[] {
  const engineOf = engineFates(after);
  return volumeRecords(after.world)
    .filter(({ object, reclaimPolicy }) => reclaimPolicy === 'Retain' && OUTLIVES.has(object?.facts.status ?? ''))
    .flatMap((record): RetainedVolume[] => {
      const because = engineOf(record);
      return because === undefined ? [] : [{ ...record, because }];
    })
    .toSorted((a, b) => compareText(a.name, b.name));
}

/** Claims that stay while a release or manifest of the removal contains their volume. In output order. */
export function strandedByVolume(after: Aftermath): readonly StrandedVolume[] {
  return inOrder(
    boundOutside(after).flatMap(({ stranded, object, reclaimPolicy }) => {
      const member = object === undefined ? undefined : after.set.get(object.uid);
      return member === undefined
        ? []
        : [Object.assign(stranded, { because: member.because, lost: reclaimPolicy !== 'Retain' })];
    }),
  );
}

/**
 * Claims that stay while another volume of the same data goes, and its data with it: to reach the data from a second
 * namespace, people make a second volume of the same handle. In output order.
 */
export function strandedBySharedData(after: Aftermath): readonly StrandedVolume[] {
  const destroyed = grouped(
    volumeRecords(after.world).filter((record) => isDestroyed(record, after)),
    dataOf,
  );
  return inOrder(
    boundOutside(after).flatMap(({ stranded, handle, object }) => {
      const [other] = destroyed.get(dataOf({ driver: stranded.driver, handle }) ?? '') ?? [];
      const goesItself = object !== undefined && after.set.has(object.uid);
      if (other === undefined || goesItself) return [];
      return [Object.assign(stranded, { because: `persistentvolumes/${other.name}`, lost: true })];
    }),
  );
}

function isDestroyed({ object, claim, reclaimPolicy }: VolumeRecord, { set, goes }: Aftermath): boolean {
  const isGone = object !== undefined && set.has(object.uid);
  return reclaimPolicy !== 'Retain' && (isGone || (claim !== undefined && goes(claim)));
}

function dataOf({ driver, handle }: Pick<VolumeRecord, 'driver' | 'handle'>): string | undefined {
  return handle === '' ? undefined : `${driver} ${handle}`;
}

/** Every claim that stays and loses what holds its data, each once. Sorted by namespace and claim. */
export function strandedVolumes(after: Aftermath): readonly StrandedVolume[] {
  const all = [...strandedByDriver(after), ...strandedByVolume(after), ...strandedBySharedData(after)];
  const byVolume = grouped(all, ({ volume }) => volume);
  return inOrder([...byVolume.values()].map((group) => group.find(({ lost }) => lost) ?? group[0]));
}

function inOrder(stranded: readonly StrandedVolume[]): readonly StrandedVolume[] {
  return stranded.toSorted(
    (a, b) => compareText(a.namespace, b.namespace) || compareText(a.claim, b.claim) || compareText(a.volume, b.volume),
  );
}

/** A volume as it is told when nobody serves it any more. */
interface BoundVolume extends Pick<VolumeRecord, 'handle' | 'server' | 'reclaimPolicy' | 'object'> {
  readonly stranded: Omit<StrandedVolume, 'because' | 'lost'>;
}

/** Volumes whose claim is there and stays. */
function boundOutside({ world, goes }: Aftermath): readonly BoundVolume[] {
  return volumeRecords(world).flatMap(({ name, claim, capacity, driver, ...record }) => {
    if (claim === undefined || goes(claim)) return [];
    const stranded = { namespace: claim.namespace, claim: claim.name, volume: name, capacity, driver };
    return [{ stranded, ...record }];
  });
}
