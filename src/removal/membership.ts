import type { Inventory } from '../model/inventory.ts';
import type { PackDefinition } from '../model/definition.ts';
import type { Pack } from '../model/pack.ts';
import { compareText } from '../model/resource.ts';
import type { Subject } from '../model/subject.ts';
import { coreLayerOf, isCoreLayer } from './core-layers.ts';

/** What tells which packs a profile has: their definitions, and how the cluster's own word was read. */
export type Membership = Pick<Subject, 'packs'> & { readonly inventory: Pick<Inventory, 'coverage' | 'unseenPacks'> };

/** The packs that a profile has by what any source tells. */
export function packsOfProfile(packs: readonly Pack[], profile: string): readonly Pack[] {
  return packs.filter(({ profiles }) => profiles.some(({ name }) => name === profile));
}

/** Names of all profiles that any source tells of. Sorted. */
export function profileNames(packs: readonly Pack[]): readonly string[] {
  return [...new Set(packs.flatMap(({ profiles }) => profiles.map(({ name }) => name)))].toSorted(compareText);
}

/**
 * Packs that may or may not belong to a profile; sorted. A file tells all packs of one version, which is the version on
 * the cluster only where the cluster says so: else packs without a profile may be in it, and those that the file alone
 * puts into a profile that the cluster knows otherwise may have left it. While the cluster's own word was not read,
 * nothing is certain.
 */
export function uncertainMembers({ packs, inventory }: Membership, profile: string): readonly string[] {
  const members = packsOfProfile(packs, profile);
  const homeless = packs.filter(({ profiles }) => profiles.length === 0);
  if (!wasRead(inventory)) return namesOf([...members, ...homeless]);
  const told = members.flatMap(({ definitions }) => definitions.flatMap((one) => tellings(one, profile)));
  const atCluster = told.filter(({ kind }) => kind === 'cluster');
  if (isConfirmed(told)) return [];
  const left = members.filter((pack) => atCluster.length > 0 && !isToldByCluster(pack, profile));
  return namesOf([...left, ...homeless]);
}

/**
 * Packs that a profile has by the cluster's word, and of which neither a Pack resource nor a file tells; sorted. Of core
 * layers it is not documented whether they have Pack resources, and Palette does not remove them.
 */
export function unseenMembers({ packs, inventory }: Membership, profile: string): readonly string[] {
  const told = new Set(packsOfProfile(packs, profile).map(({ name }) => name));
  const unseen = (inventory.unseenPacks ?? []).filter(
    (one) => one.profile === profile && !isCoreLayer(one.layer) && !told.has(one.name),
  );
  return [...new Set(unseen.map(({ name }) => name))].toSorted(compareText);
}

/** Whether everything in which the cluster itself may name profiles was read. */
function wasRead({ coverage }: Membership['inventory']): boolean {
  return !coverage.some(({ resource, state }) => resource.startsWith('profiles/') && state !== 'complete');
}

/** That a definition puts its pack into a profile: by which kind of source, and at which version of the profile. */
interface Telling {
  readonly kind: 'file' | 'cluster';
  readonly version: string | undefined;
}

function tellings({ profile, possibleProfiles = [], source }: PackDefinition, name: string): readonly Telling[] {
  const all = profile === undefined ? possibleProfiles : [profile];
  return all.filter((one) => one.name === name).map(({ version }) => ({ kind: source.kind, version }));
}

function isToldByCluster({ definitions }: Pack, profile: string): boolean {
  return definitions.some((one) => tellings(one, profile).some(({ kind }) => kind === 'cluster'));
}

/** Whether every file is of the very version that the cluster says it has. */
function isConfirmed(told: readonly Telling[]): boolean {
  const versions = new Set(told.map(({ version }) => version));
  return new Set(told.map(({ kind }) => kind)).size === 2 && versions.size === 1 && !versions.has(undefined);
}

function namesOf(packs: readonly Pack[]): readonly string[] {
  return [...new Set(packs.filter((pack) => coreLayerOf(pack) === undefined).map(({ name }) => name))].toSorted(
    compareText,
  );
}
