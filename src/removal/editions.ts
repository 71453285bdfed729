import type { PackDefinition } from '../model/definition.ts';
import type { Pack } from '../model/pack.ts';

type Defined = Pick<Pack, 'definitions'>;

/** What the cluster itself says of a pack counts before what a file says. */
export function deployed(pack: Pack): Defined {
  const own = pack.definitions.filter(({ source }) => source.kind === 'cluster');
  return own.length === 0 ? pack : { definitions: own };
}

/** Whether both are surely one version of the pack with the same values. */
export function isSameEdition(one: Defined, other: Defined): boolean {
  const editions = [...one.definitions, ...other.definitions].map((definition) => {
    const told = [versionOf(definition), definition.valuesDigest];
    return told.includes(undefined) ? undefined : JSON.stringify(told);
  });
  return new Set(editions).size === 1 && !editions.includes(undefined);
}

/** Whether the versions of the pack differ, whatever its values are. */
export function isOtherVersion(one: Defined, other: Defined): boolean {
  return new Set([...one.definitions, ...other.definitions].map(versionOf)).size > 1;
}

function versionOf({ tag, version }: PackDefinition): string | undefined {
  return tag ?? version;
}
