import type { AddressLost, DataAtStake, VolumeAtStake } from '../model/removal.ts';
import { age } from './age.ts';
import { count, list } from './counts.ts';
import type { Block } from './page.ts';
import { VOLUME_FATES } from './words/removals.ts';

/** What data goes, and what there is to get it back from. */
export function dataBlocks(data: DataAtStake, takenAt: string): readonly Block[] {
  return [
    {
      kind: 'table',
      title: 'Data',
      columns: [
        { head: 'DATA', shrinks: true, as: 'name' },
        { head: 'SIZE', right: true },
        { head: 'CLASS' },
        { head: 'POLICY' },
        { head: 'THE DATA IS' },
        { head: 'MOUNTED BY', shrinks: true },
      ],
      rows: data.volumes.map(volumeRow),
    },
    {
      kind: 'notes',
      lines: [...strandedLines(data), ...snapshotLines(data), ...backupLines(data, takenAt), ...lostLines(data)],
    },
  ];
}

function volumeRow({
  claim,
  capacity,
  storageClass,
  reclaimPolicy,
  fate,
  mountedBy,
}: VolumeAtStake): readonly string[] {
  return [
    `${claim.namespace}/${claim.name}`,
    capacity,
    storageClass,
    reclaimPolicy,
    VOLUME_FATES[fate],
    mountedBy.join(', '),
  ];
}

function strandedLines({ stranded }: DataAtStake): readonly string[] {
  return stranded.map(
    ({ namespace, claim, capacity, driver, because, lost }) =>
      `Data of others: persistentvolumeclaim/${claim} in ${namespace}${capacity === '' ? '' : ` (${capacity})`}${driver === '' ? '' : ` of driver ${driver}`}: ${lost ? `its data is lost with ${because}` : `it can no longer be mounted, for ${because} goes`}.`,
  );
}

function snapshotLines({ snapshots }: DataAtStake): readonly string[] {
  return snapshots.map(
    ({ namespace, name, ready, createdAt, fate }) =>
      `Volume snapshot ${name} in ${namespace} (ready: ${ready || 'unknown'}, ${createdAt || 'time unknown'}): its content is ${VOLUME_FATES[fate]}.`,
  );
}

function backupLines({ backups }: DataAtStake, takenAt: string): readonly string[] {
  return backups.map(
    ({ namespace, name, includes, phase, completedAt }) =>
      `Velero backup ${namespace}/${name} includes ${includes}: ${phase || 'phase unknown'}, ${completedAt === '' ? 'not completed' : `${age(completedAt, takenAt)} old`}.`,
  );
}

/** An entrance of which no address is known has perhaps none yet. */
function addressLine({ type, namespace, name, hosts, addresses }: AddressLost): string {
  const by = [...hosts, ...addresses];
  const object = `${type}/${name} in ${namespace}`;
  return by.length === 0
    ? `No longer reachable from outside: ${object}.`
    : `No longer reachable: ${list(by)} (${object}).`;
}

function lostLines({ addresses, secrets, histories }: DataAtStake): readonly string[] {
  return [
    ...addresses.map(addressLine),
    ...(secrets.length === 0
      ? []
      : [
          `${count(secrets.length, 'Secret')} that nothing makes again: ${list(secrets.map(({ namespace, name }) => `${namespace}/${name}`))}.`,
        ]),
    ...histories.map(
      ({ namespace, release, revisions }) =>
        `The history of Helm release ${release} (${count(revisions, 'revision')}) lies in ${namespace} and goes with it.`,
    ),
  ];
}
