import type { DataAtStake } from '../model/removal.ts';
import { aftermathOf } from './aftermath.ts';
import { addressesLost } from './data/addresses.ts';
import { backupsFound, snapshotsAtStake } from './data/copies.ts';
import { historiesLost } from './data/histories.ts';
import { secretsLost } from './data/secrets.ts';
import { strandedVolumes } from './data/stranded.ts';
import { volumesAtStake } from './data/volumes.ts';
import type { DestructionSet } from './destruction.ts';
import type { World } from './world.ts';

/** The data that a removal destroys or cuts off, the removed packs' own included; every list in output order. */
export function dataAtStake(world: World, set: DestructionSet, removed: ReadonlySet<string>): DataAtStake {
  const after = aftermathOf(world, set, removed);
  return {
    volumes: volumesAtStake(after),
    stranded: strandedVolumes(after),
    snapshots: snapshotsAtStake(after),
    backups: backupsFound(after),
    addresses: addressesLost(after),
    secrets: secretsLost(after),
    histories: historiesLost(after),
  };
}
