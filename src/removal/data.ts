import type { DataAtStake } from '../model/removal.ts';
import type { Aftermath } from './aftermath.ts';
import { addressesLost } from './data/addresses.ts';
import { backupsFound, snapshotsAtStake } from './data/copies.ts';
import { historiesLost } from './data/histories.ts';
import { secretsLost } from './data/secrets.ts';
import { strandedVolumes } from './data/stranded.ts';
import { volumesAtStake } from './data/volumes.ts';

/** The data that a removal destroys or cuts off, the removed packs' own included; every list in output order. */
export function dataAtStake(after: Aftermath): DataAtStake {
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
