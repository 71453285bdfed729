import type { Reached } from '../model/explanation.ts';
import type { ClusterObject } from '../model/inventory.ts';
import type { Step } from '../model/removal.ts';
import type { Subject } from '../model/subject.ts';
import { missingFor } from './check-coverage.ts';
import { CHECKS } from './checks.ts';
import { aftermathOf } from './aftermath.ts';
import { destructionSet } from './destruction.ts';
import { FOLLOWING } from './not-followed.ts';
import { departureOf } from './ownership.ts';
import { seedsOfPacks } from './seeds.ts';
import { worldOf } from './world.ts';

/** Steps that rest on what a controller does. */
const BY_CONTROLLERS: ReadonlySet<Step> = new Set<Step>(['derived', 'copied']);

/** What the removal of each pack by itself reaches, worked out once for all objects. */
export interface Reach {
  readonly of: (object: ClusterObject) => readonly Reached[];
  /** What was not read of that by which one thing takes others along, as one text; '' when all was. */
  readonly unread: string;
}

/** Follows the removal of each pack through the whole cluster. Reached packs are in the order of `subject.packs`. */
export function reachOf(subject: Subject): Reach {
  const world = worldOf(subject);
  const sets = subject.packs.map(
    ({ name }) => [name, destructionSet(world, seedsOfPacks(world, new Set([name])))] as const,
  );
  const nothing = aftermathOf(world, new Map(), departureOf(world, new Set()));
  const needs = CHECKS.filter(({ id }) => FOLLOWING.has(id)).flatMap((check) => check.needs(nothing));
  return {
    of: ({ uid }) =>
      sets.flatMap(([pack, set]) => {
        const member = set.get(uid);
        return member === undefined ? [] : [{ pack, because: member.because, sure: !BY_CONTROLLERS.has(member.step) }];
      }),
    unread: missingFor(needs, subject.inventory),
  };
}
