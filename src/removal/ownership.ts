import type { ClusterObject } from '../model/inventory.ts';
import type { Pack } from '../model/pack.ts';
import type { OwnerClass, Step } from '../model/removal.ts';
import type { DestructionSet, Member } from './destruction.ts';
import { ownedBy, type OwnerOf, type Ownership } from './owner-class.ts';
import type { World } from './world.ts';

/** What the new version of a pack that stays no longer has of what it had. */
export interface GivenUp {
  readonly namespaces: ReadonlySet<string>;
  readonly has: (object: ClusterObject) => boolean;
}

/** What a removal takes of packs: all of those that leave, and of those that only change what they give up. */
export interface Departure {
  readonly leaving: ReadonlySet<string>;
  readonly changed: ReadonlyMap<string, GivenUp>;
  /** The packs that there are afterwards, as they are then. */
  readonly remaining: readonly Pack[];
}

/** The departure of whole packs. */
export function departureOf({ subject }: World, leaving: ReadonlySet<string>): Departure {
  return { leaving, changed: new Map(), remaining: subject.packs.filter(({ name }) => !leaving.has(name)) };
}

/** Steps by which one object is no more than a part of another one: it has that one's owner where it has none of its own. */
const PART_OF_ANOTHER: ReadonlySet<Step> = new Set(['volume', 'snapshot-content', 'derived', 'release-record']);

/** Owners that a part may have without being anybody's by itself: a controller wrote it. */
const NO_OWNER: ReadonlySet<OwnerClass> = new Set(['unexplained', 'injected', 'palette', 'kubernetes']);

/**
 * Whose each object is while `set` goes: what a pack that stays loses by another one's departure is not its own to
 * lose, though it gives up other things.
 */
export function ownersOf(world: World, set: DestructionSet, { leaving, changed }: Departure): OwnerOf {
  const ownOf = (object: ClusterObject): Ownership => {
    const attribution = world.attributionOf(object);
    const owned = ownedBy(attribution, (pack) => leaving.has(pack) || changed.get(pack)?.has(object) === true);
    return { ...owned, strength: attribution?.strength ?? 'none' };
  };
  return (object) => {
    const own = ownOf(object);
    const whole = NO_OWNER.has(own.ownerClass) ? wholeOf(set.get(object.uid)) : undefined;
    return whole === undefined ? own : ownOf(whole);
  };
}

/** The object that a member is a part of. */
function wholeOf(member: Member | undefined): ClusterObject | undefined {
  return member !== undefined && PART_OF_ANOTHER.has(member.step) ? member.after : undefined;
}
