import { refOf } from '../model/inventory.ts';
import { placeKey } from '../model/placement.ts';
import type { Reference, ReferenceKind } from '../model/reference.ts';
import type { ObjectRef } from '../model/resource.ts';
import type { DestructionSet } from './destruction.ts';
import { isNamespace, type World } from './world.ts';

/** The world as a removal leaves it. */
export interface Aftermath {
  readonly world: World;
  readonly set: DestructionSet;
  /** Names of the packs that are removed. */
  readonly removed: ReadonlySet<string>;
  /** Namespaces that go. */
  readonly namespaces: ReadonlySet<string>;
  /** Whether what this names goes; in a namespace that goes nothing stays, whether it was seen or not. */
  readonly goes: (ref: ObjectRef) => boolean;
}

/** Joins a world with what of it goes. */
export function aftermathOf(world: World, set: DestructionSet, removed: ReadonlySet<string>): Aftermath {
  const members = [...set.values()].map(({ object }) => object);
  const namespaces = new Set(members.filter(isNamespace).map(({ name }) => name));
  const kinds = new Set(members.map(({ type }) => type.kind));
  const gone = new Set(members.map((object) => placeKey(refOf(object))));
  return {
    world,
    set,
    removed,
    namespaces,
    goes: (ref) => namespaces.has(ref.namespace) || (kinds.has(ref.kind) && gone.has(placeKey(ref))),
  };
}

/** References of one kind from what stays to what goes. One whose holder goes, too, breaks nothing. */
export function severed({ world, goes }: Aftermath, kind: ReferenceKind): readonly Reference[] {
  return world.references(kind).filter(({ from, to }) => goes(to) && !goes(from));
}
