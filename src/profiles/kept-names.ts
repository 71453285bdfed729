import { DISPLAY_NAME, type NameText, type PackDefinition } from '../model/definition.ts';
import { grouped } from '../model/grouped.ts';
import type { Pack } from '../model/pack.ts';
import { tellsValues } from './differences.ts';
import { holds } from './fill.ts';
import { manifestField } from './names.ts';
import { overrideField } from './pack-block.ts';
import { manifestNamespaceField } from './values.ts';

/**
 * Definitions of a new profile version, before they are joined. Where a name of it rests on the default of a variable,
 * the cluster's Pack resource of the same pack among `present` tells the name, for the cluster keeps the value that it
 * was given. That the name rests on a variable stays among the assumptions. Where the cluster does not tell it, or more
 * than one name could be meant, the default stays.
 */
export function withPresentNames(next: readonly PackDefinition[], present: readonly Pack[]): readonly PackDefinition[] {
  return next.map((definition) => {
    if (definition.assumptions === undefined) return definition;
    const pack = presentOf(definition, { next, present });
    const there = pack?.definitions.find(({ source }) => source.kind === 'cluster');
    return there === undefined ? definition : named(definition, there);
  });
}

/** The pack of today by its name or, where a variable is a part of that, the only one that nothing else is called. */
function presentOf(
  definition: PackDefinition,
  { next, present }: { readonly next: readonly PackDefinition[]; readonly present: readonly Pack[] },
): Pack | undefined {
  const same = present.find(({ name }) => name === definition.name);
  if (same !== undefined || !restsOn(definition, DISPLAY_NAME)) return same;
  const alike = next.filter(({ baseName }) => baseName === definition.baseName);
  const called = new Set(alike.filter((one) => !restsOn(one, DISPLAY_NAME)).map(({ name }) => name));
  const possible = present.filter(
    ({ name, definitions }) =>
      !called.has(name) && definitions.some(({ baseName }) => baseName === definition.baseName),
  );
  const isOnly = possible.length === 1 && alike.length === called.size + 1;
  return isOnly ? possible[0] : undefined;
}

function restsOn({ assumptions = [] }: PackDefinition, field: string): boolean {
  return assumptions.some(({ subject }) => subject === field);
}

/** The definition with the cluster's names in place of those that rest on a default. */
function named(next: PackDefinition, there: PackDefinition): PackDefinition {
  const withIdentity = restsOn(next, DISPLAY_NAME)
    ? { ...next, name: there.name, displayName: there.displayName }
    : next;
  const withBodies = { ...withIdentity, ...bodiesOf(next, there) };
  return tellsValues(there) ? { ...withBodies, ...valuesOf(next, there) } : withBodies;
}

function bodiesOf(next: PackDefinition, there: PackDefinition): Pick<PackDefinition, 'objects' | 'createdNamespaces'> {
  const read = new Set(next.manifests.filter((name) => holds(there, name) && isRead(there, manifestField(name))));
  return {
    objects: oneForOne(next.objects, there.objects, {
      groupOf: ({ manifest, ref }) => (read.has(manifest) ? `${manifest} ${ref.kind}.${ref.group}` : undefined),
      nameOf: ({ ref }) => `${ref.namespace}/${ref.name}`,
      isOpen: ({ assumed }) => assumed === true,
    }),
    createdNamespaces: oneForOne(next.createdNamespaces, there.createdNamespaces, {
      groupOf: ({ manifest }) => (read.has(manifest) ? manifest : undefined),
      ...BY_NAMESPACE,
    }),
  };
}

function valuesOf(
  next: PackDefinition,
  there: PackDefinition,
): Pick<PackDefinition, 'namespace' | 'additionalNamespaces' | 'manifestNamespaces' | 'releaseNameOverrides'> {
  const names = (field: string, mine: readonly NameText[], theirs: readonly NameText[]): readonly NameText[] =>
    oneForOne(mine, theirs, {
      groupOf: () => (isRead(there, field) ? field : undefined),
      nameOf: ({ text }) => text,
      isOpen: ({ assumed }) => assumed === true,
    });
  const overrides = Array.from(next.releaseNameOverrides, ([key, name]): [string, string] => {
    const isTold = restsOn(next, overrideField(key)) && isRead(there, overrideField(key));
    return [key, (isTold ? there.releaseNameOverrides.get(key) : undefined) ?? name];
  });
  return {
    namespace: names('pack.namespace', listOf(next.namespace), listOf(there.namespace))[0],
    additionalNamespaces: names('additionalNamespaces', next.additionalNamespaces, there.additionalNamespaces),
    manifestNamespaces: oneForOne(next.manifestNamespaces, there.manifestNamespaces, {
      groupOf: ({ manifest }) => (isRead(there, manifestNamespaceField(manifest)) ? manifest : undefined),
      ...BY_NAMESPACE,
    }),
    releaseNameOverrides: new Map(overrides),
  };
}

function listOf(name: NameText | undefined): readonly NameText[] {
  return name === undefined ? [] : [name];
}

function isRead({ gaps }: PackDefinition, field: string): boolean {
  return !gaps.some(({ subject }) => subject === field);
}

interface Pairing<Item> {
  /** What may stand for each other; undefined for what the cluster does not tell. */
  readonly groupOf: (item: Item) => string | undefined;
  readonly nameOf: (item: Item) => string;
  readonly isOpen: (item: Item) => boolean;
}

const BY_NAMESPACE: Omit<Pairing<{ readonly namespace: NameText }>, 'groupOf'> = {
  nameOf: ({ namespace }) => namespace.text,
  isOpen: ({ namespace }) => namespace.assumed === true,
};

/** Open items give way to those that only the cluster has, if these are as many: else which is which is not known. */
function oneForOne<Item>(
  mine: readonly Item[],
  theirs: readonly Item[],
  { groupOf, nameOf, isOpen }: Pairing<Item>,
): readonly Item[] {
  const keyOf = (item: Item): string => JSON.stringify([groupOf(item), nameOf(item)]);
  const known = new Set(theirs.map(keyOf));
  const own = new Set(mine.map(keyOf));
  const open = grouped(mine, (item) => (isOpen(item) && !known.has(keyOf(item)) ? groupOf(item) : undefined));
  const free = grouped(theirs, (item) => (own.has(keyOf(item)) ? undefined : groupOf(item)));
  const instead = new Map<Item, Item>();
  for (const [group, items] of open) {
    const others = free.get(group) ?? [];
    if (others.length === items.length)
      for (const [index, item] of items.entries()) instead.set(item, others[index] ?? item);
  }
  return mine.map((item) => instead.get(item) ?? item);
}
