import { destroyedResources } from '../model/destroyed.ts';
import type { DestroyedGroup, DestroyedResource, OwnerClass, Removal } from '../model/removal.ts';
import { compareText } from '../model/resource.ts';
import { age } from './age.ts';
import { distinct } from './counts.ts';
import { kindsText } from './kinds.ts';
import type { Block } from './page.ts';
import { groupText, OWNER_CLASSES } from './words/removals.ts';

/** What a page shows of the resources: `-n` narrows it, `takenAt` is what ages are measured against. */
export interface Shown {
  readonly takenAt: string;
  readonly narrowedTo: readonly string[];
}

interface Row {
  readonly namespace: string;
  readonly group: DestroyedGroup;
}

/** One line per namespace and owner: how many resources go, whose they are and what; a few of nobody by their names. */
export function destroyedBlock({ namespaces, outside }: Removal, { takenAt, narrowedTo }: Shown, full: boolean): Block {
  const inside = namespaces
    .filter(({ namespace }) => narrowedTo.length === 0 || narrowedTo.includes(namespace))
    .flatMap(({ namespace, groups }) => groups.map((group): Row => ({ namespace, group })));
  const elsewhere = narrowedTo.length > 0 ? [] : outside.map((group): Row => ({ namespace: OUTSIDE, group }));
  return {
    kind: 'table',
    title: 'Destroyed',
    columns: [
      { head: 'DESTROYED IN', as: 'name' },
      { head: 'RESOURCES', right: true },
      { head: 'OF' },
      { head: 'WHICH ARE', shrinks: true },
      { head: 'CREATED' },
      ...(full ? [{ head: 'LAST WRITER' }] : []),
    ],
    rows: [...inside, ...elsewhere].map(({ namespace, group }) => groupRow({ namespace, group }, takenAt, full)),
  };
}

/** Where there is no namespace, or one that stays. */
const OUTSIDE = 'outside';

function groupRow({ namespace, group }: Row, takenAt: string, full: boolean): readonly string[] {
  const { resources, ownerClass } = group;
  const newest = resources.toSorted((a, b) => compareText(b.createdAt, a.createdAt))[0];
  const writers = WRITTEN.has(ownerClass) ? distinct(resources.map(({ lastWriter }) => lastWriter)) : [];
  const which =
    NAMED.has(ownerClass) && resources.length <= MOST_NAMED ? namesText(resources) : kindsText(resources, full);
  return [
    namespace,
    String(resources.length),
    groupText(group),
    which,
    newest === undefined ? '' : age(newest.createdAt, takenAt),
    ...(full ? [writers.join(', ')] : []),
  ];
}

/** Owners whose resources are looked for one by one, since nothing holds them together. */
const NAMED: ReadonlySet<OwnerClass> = new Set<OwnerClass>(['person', 'unexplained', 'disputed', 'leftover']);
const MOST_NAMED = 2;

/** Owners of whom the last writer tells something. */
const WRITTEN: ReadonlySet<OwnerClass> = new Set<OwnerClass>(['application', 'person', 'unexplained', 'disputed']);

function namesText(resources: readonly DestroyedResource[]): string {
  return resources.map(({ type, name }) => `${type}/${name}`).join(', ');
}

/** Every destroyed resource, for `-o wide`. */
export function removalResourcesBlock(removal: Removal, { takenAt, narrowedTo }: Shown): Block {
  const resources = destroyedResources(removal).filter(
    ({ namespace }) => narrowedTo.length === 0 || narrowedTo.includes(namespace),
  );
  return fullBlock(resources, takenAt);
}

function fullBlock(resources: readonly DestroyedResource[], takenAt: string): Block {
  return {
    kind: 'table',
    title: 'Resources',
    columns: [
      { head: 'NAMESPACE', as: 'name' },
      { head: 'RESOURCE', as: 'name' },
      { head: 'OWNER' },
      { head: 'STRENGTH' },
      { head: 'STEP' },
      { head: 'BECAUSE OF', as: 'name' },
      { head: 'LAST WRITER', as: 'name' },
      { head: 'CREATED' },
      { head: 'DATA' },
      { head: 'FINALIZER', as: 'name' },
    ],
    rows: resources.map((resource) => [
      resource.namespace,
      `${resource.type}/${resource.name}`,
      ownerCell(resource),
      resource.strength,
      resource.step,
      resource.because,
      resource.lastWriter,
      age(resource.createdAt, takenAt),
      resource.data,
      (resource.finalizers ?? []).join(','),
    ]),
  };
}

function ownerCell({ ownerClass, owner }: DestroyedResource): string {
  return owner === '' ? OWNER_CLASSES[ownerClass] : `${OWNER_CLASSES[ownerClass]} ${owner}`;
}
