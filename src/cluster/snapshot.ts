import type { PackDefinition } from '../model/definition.ts';
import { UserError } from '../model/errors.ts';
import type { Inventory } from '../model/inventory.ts';
import type { PaletteResources } from '../model/pack-resource.ts';
import { at, isRecord } from './json.ts';
import { plainText } from './plain-text.ts';
import { definitionOf, packedDefinition } from './snapshot-definitions.ts';
import { MalformedSnapshot, fieldsOf } from './snapshot-fields.ts';
import { inventoryOf, packedObject } from './snapshot-inventory.ts';
import { packedReference } from './snapshot-references.ts';
import { SEAL, isWhole, sealed } from './snapshot-seal.ts';
import { stableJson } from './stable-json.ts';

const KIND = 'palette-audit-snapshot';
const SCHEMA_VERSION = 1;

/** What a snapshot holds: identities only, no values and no payloads. */
export interface Snapshot {
  readonly inventory: Inventory;
  readonly definitions: readonly PackDefinition[];
  readonly palette: Pick<PaletteResources, 'served' | 'agentNamespace'>;
}

function packedReferences({ references }: Inventory): { readonly references?: readonly unknown[] } {
  return references === undefined ? {} : { references: references.map(packedReference) };
}

/**
 * The text of a snapshot: the same content gives the same bytes. How long reading took, in how many pages and
 * attempts, is left out, since it differs from run to run.
 */
export function encodeSnapshot({ inventory, definitions, palette }: Snapshot): string {
  const indexByType = new Map(inventory.types.map((type, index) => [type, index]));
  const types = [...inventory.types];
  const indexOf = (type: (typeof types)[number]): number => {
    const known = indexByType.get(type);
    if (known !== undefined) return known;
    types.push(type);
    indexByType.set(type, types.length - 1);
    return types.length - 1;
  };
  const objects = inventory.objects.map((object) => packedObject(object, indexOf(object.type)));
  const coverage = inventory.coverage.map((entry) => ({
    ...entry,
    pages: undefined,
    attempts: undefined,
    durationMs: undefined,
  }));
  const { served, agentNamespace } = palette;
  const content = stableJson(
    new Map<string, unknown>([
      ...Object.entries({ ...inventory, types, objects, coverage, ...packedReferences(inventory) }),
      ['kind', KIND],
      SEAL,
      ['schemaVersion', SCHEMA_VERSION],
      ['palette', { served, agentNamespace }],
      ['definitions', definitions.map(packedDefinition)],
    ]),
  );
  return sealed(content);
}

function decoded(value: unknown): Snapshot {
  const fields = fieldsOf(value, 'snapshot');
  return {
    inventory: inventoryOf(fields),
    definitions: fields.list('definitions', definitionOf),
    palette: fields.object('palette', (palette) => ({
      served: palette.flag('served'),
      agentNamespace: palette.optionalText('agentNamespace'),
    })),
  };
}

function unusable(path: string, reason: string): UserError {
  return new UserError(`${path} cannot be used as a snapshot: ${reason}`, 'Take a new one with the snapshot command.');
}

/** Reads a snapshot's text, trusting nothing of it. Throws UserError naming `path` and the place that is wrong. */
export function decodeSnapshot(text: string, path: string): Snapshot {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw unusable(path, 'it is cut or not JSON');
  }
  if (!isRecord(value) || at(value, 'kind') !== KIND) throw unusable(path, 'it is not one');
  const version = at(value, 'schemaVersion');
  if (version !== SCHEMA_VERSION) {
    const known = `this program reads schema version ${SCHEMA_VERSION}`;
    throw unusable(path, `its schema version is ${plainText(String(version), 20)}, and ${known}`);
  }
  try {
    const snapshot = decoded(value);
    if (isWhole(text)) return snapshot;
  } catch (error) {
    if (error instanceof MalformedSnapshot) throw unusable(path, plainText(error.message));
    throw error;
  }
  throw unusable(path, 'it was changed after it was taken');
}
