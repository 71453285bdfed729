import type { CheckId } from '../model/check.ts';
import type { Reached } from '../model/explanation.ts';
import type { ClusterObject } from '../model/inventory.ts';
import type { Step, StrandedVolume } from '../model/removal.ts';
import { remembered } from '../model/remembered.ts';
import { typeName, type ResourceType } from '../model/resource.ts';
import type { Subject } from '../model/subject.ts';
import { missingFor } from './check-coverage.ts';
import { CHECKS } from './checks.ts';
import { aftermathOf, type Aftermath } from './aftermath.ts';
import { strandedVolumes } from './data/stranded.ts';
import { destructionSet } from './destruction.ts';
import { FOLLOWING } from './not-followed.ts';
import { departureOf } from './ownership.ts';
import { seedsOfPacks } from './seeds.ts';
import { worldOf } from './world.ts';

const CLAIMS = 'persistentvolumeclaims';

/** The checks that tell what claims are left without. */
const STRANDING: readonly CheckId[] = ['stranded-volumes', 'volume-elsewhere'];

/** Steps that rest on what a controller does. */
const BY_CONTROLLERS: ReadonlySet<Step> = new Set<Step>(['derived', 'copied']);

function isClaim({ type }: ClusterObject): boolean {
  return typeName(type) === CLAIMS;
}

/** Claims that stay without their data or who serves it, by namespace and name. */
function strandedIn(after: Aftermath): ReadonlyMap<string, StrandedVolume> {
  return new Map(strandedVolumes(after).map((one) => [`${one.namespace}/${one.claim}`, one]));
}

/** What the removal of each pack by itself reaches, worked out once for all objects. */
export interface Reach {
  readonly of: (object: ClusterObject) => readonly Reached[];
  /** What was not read of that by which one thing takes others along, as one text; '' when all was. */
  readonly unread: string;
}

/** Follows the removal of each pack through the whole cluster. Reached packs are in the order of `subject.packs`. */
export function reachOf(subject: Subject, asked?: Pick<ResourceType, 'group' | 'resource'>): Reach {
  const world = worldOf(subject);
  const sets = subject.packs.map(
    ({ name }) => [name, destructionSet(world, seedsOfPacks(world, new Set([name])))] as const,
  );
  const strandedBy = remembered(([pack, set]: (typeof sets)[number]) =>
    strandedIn(aftermathOf(world, set, departureOf(world, new Set([pack])))),
  );
  const strands = (one: (typeof sets)[number], object: ClusterObject): StrandedVolume | undefined =>
    isClaim(object) ? strandedBy(one).get(`${object.namespace}/${object.name}`) : undefined;
  const nothing = aftermathOf(world, new Map(), departureOf(world, new Set()));
  const needed = asked !== undefined && typeName(asked) === CLAIMS ? new Set([...FOLLOWING, ...STRANDING]) : FOLLOWING;
  const needs = CHECKS.filter(({ id }) => needed.has(id)).flatMap((check) => check.needs(nothing));
  return {
    of: (object) =>
      sets.flatMap((one): readonly Reached[] => {
        const [pack, set] = one;
        const member = set.get(object.uid);
        if (member !== undefined)
          return [{ pack, cause: 'follows', because: member.because, sure: !BY_CONTROLLERS.has(member.step) }];
        const stranded = strands(one, object);
        return stranded === undefined
          ? []
          : [{ pack, cause: 'stranded', because: stranded.because, sure: stranded.lost }];
      }),
    unread: missingFor(needs, subject.inventory),
  };
}
