import { refOf } from '../model/inventory.ts';
import type { Pack } from '../model/pack.ts';
import { placeKey } from '../model/placement.ts';
import type { Reference, ReferenceKind } from '../model/reference.ts';
import type { ObjectRef } from '../model/resource.ts';
import type { DestructionSet } from './destruction.ts';
import type { OwnerOf } from './owner-class.ts';
import { ownersOf, type Departure } from './ownership.ts';
import { isNamespace, type World } from './world.ts';

/** The world as a removal leaves it. */
export interface Aftermath {
  readonly world: World;
  readonly set: DestructionSet;
  readonly ownerOf: OwnerOf;
  /** The packs that there are afterwards, as they are then. */
  readonly remaining: readonly Pack[];
  /** Namespaces that go. */
  readonly namespaces: ReadonlySet<string>;
  /** Whether what this names goes; in a namespace that goes nothing stays, whether it was seen or not. */
  readonly goes: (ref: ObjectRef) => boolean;
}

/** Joins a world with what of it goes. */
export function aftermathOf(world: World, set: DestructionSet, departure: Departure): Aftermath {
  const members = [...set.values()].map(({ object }) => object);
  const namespaces = new Set(members.filter(isNamespace).map(({ name }) => name));
  const kinds = new Set(members.map(({ type }) => type.kind));
  const gone = new Set(members.map((object) => placeKey(refOf(object))));
  return {
    world,
    set,
    ownerOf: ownersOf(world, set, departure),
    remaining: departure.remaining,
    namespaces,
    goes: (ref) => namespaces.has(ref.namespace) || (kinds.has(ref.kind) && gone.has(placeKey(ref))),
  };
}

/** References of one kind from what stays to what goes. One whose holder goes, too, breaks nothing. */
export function severed({ world, goes }: Aftermath, kind: ReferenceKind): readonly Reference[] {
  return world.references(kind).filter(({ from, to }) => goes(to) && !goes(from));
}
