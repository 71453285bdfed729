import type { DataAtStake } from '../../src/model/removal.ts';
import type { Reference } from '../../src/model/reference.ts';
import { dataAtStake } from '../../src/removal/data.ts';
import { reference, removedWorld, type Given } from './removed-world.ts';
import { object } from './world.ts';

/** What becomes of data when pack `gone` is removed. */
export function dataOf(given: Given): DataAtStake {
  return dataAtStake(removedWorld(given).after);
}

/** What volume `pv-1` says of itself and its claim. */
export function bound(
  facts: Readonly<Record<string, string>> = {},
  claim = 'team/PersistentVolumeClaim/data',
): Reference {
  return reference('volume-claim', ['/PersistentVolume/pv-1', claim], facts);
}

/** What claim `data` in `team`, which stays, loses of its volume, and by what. */
export function strandedIn(given: Given): readonly (readonly [because: string, lost: boolean])[] {
  const { stranded } = dataOf({
    ...given,
    objects: [object('team/PersistentVolumeClaim/data'), ...(given.objects ?? [])],
  });
  return stranded.map(({ because, lost }) => [because, lost]);
}
