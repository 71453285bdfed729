import type { ClusterObject } from '../model/inventory.ts';
import { compareText } from '../model/resource.ts';
import { STEPS } from '../model/removal.ts';
import { consequencesOf, type Consequence } from './consequences.ts';
import { isDeletable, namespaceObject, type Seeds } from './seeds.ts';
import { objectName, type World } from './world.ts';

/** An object that goes, and why: the step and cause that are preferred among those that came first. */
export type Member = Consequence;

/** What goes, by UID, in the order in which it became known. */
export type DestructionSet = ReadonlyMap<string, Member>;

/**
 * Everything that goes when the seeds go: the least set that holds them and everything that follows from its members.
 * Works round by round, so that the answer does not depend on the order of objects.
 */
export function destructionSet(world: World, seeds: Seeds): DestructionSet {
  const members = new Map<string, Member>();
  const contains = ({ uid }: ClusterObject): boolean => members.has(uid);
  let round = chosen(seedsOf(world, seeds), members);
  while (round.length > 0) {
    for (const member of round) members.set(member.object.uid, member);
    round = chosen(
      round.flatMap(({ object }) => consequencesOf(object, world, contains)),
      members,
    );
  }
  return members;
}

/** The contents of a namespace go also where its Namespace object could not be read. */
function seedsOf(world: World, { namespaces, objects }: Seeds): readonly Consequence[] {
  const whole = namespaces.flatMap((name): Consequence[] => {
    const object = namespaceObject(world, name);
    const because = `namespace/${name}`;
    if (object !== undefined) return [{ object, step: 'namespace', because }];
    const contents = (world.byNamespace.get(name) ?? []).filter(isDeletable);
    return contents.map((content) => ({ object: content, step: 'namespace', because }));
  });
  return [...whole, ...objects];
}

/** Of several causes of one object the preferred one; sorted, so that rounds are the same whatever came first. */
function chosen(found: readonly Consequence[], members: ReadonlyMap<string, Member>): readonly Member[] {
  const best = new Map<string, Consequence>();
  for (const one of found) {
    if (members.has(one.object.uid)) continue;
    const known = best.get(one.object.uid);
    if (known === undefined || preference(one, known) < 0) best.set(one.object.uid, one);
  }
  return [...best.values()].toSorted((a, b) => compareText(a.object.uid, b.object.uid));
}

function preference(a: Consequence, b: Consequence): number {
  return STEPS.indexOf(a.step) - STEPS.indexOf(b.step) || compareText(a.because, b.because);
}

/** Members of one type, such as `persistentvolumeclaims`, sorted by namespace and name. */
export function membersOf(set: DestructionSet, isWanted: (object: ClusterObject) => boolean): readonly Member[] {
  return [...set.values()]
    .filter(({ object }) => isWanted(object))
    .toSorted(
      (a, b) =>
        compareText(a.object.namespace, b.object.namespace) || compareText(objectName(a.object), objectName(b.object)),
    );
}
