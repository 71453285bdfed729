import assert from 'node:assert/strict';
import { attribute } from '../../../src/attribution/attribute.ts';
import { claimsOf } from '../../../src/cli/read-subject.ts';
import { decodeSnapshot } from '../../../src/cluster/snapshot.ts';
import type { Attribution, Owner } from '../../../src/model/attribution.ts';
import { joinPacks } from '../../../src/profiles/join.ts';

/** Every attribution that a snapshot leads to, by UID: the answers of the program list only what is nobody's pack's. */
export function attributionsIn(snapshot: string): ReadonlyMap<string, Attribution> {
  const { inventory, definitions } = decodeSnapshot(snapshot, 'snapshot');
  const { releases, types, namespaces } = inventory;
  const claims = claimsOf(joinPacks(definitions), releases, { types, owned: { namespaces, types } });
  const attributions = attribute({ inventory, ...claims });
  return new Map(attributions.map((attribution) => [attribution.object.uid, attribution]));
}

/** An owner in the words of the ledger. */
export function ownerText(owner: Owner): string {
  switch (owner.kind) {
    case 'pack':
      return `pack ${owner.pack}`;
    case 'application':
      return `${owner.via} ${owner.name}`;
    case 'person':
    case 'palette':
    case 'kubernetes':
    case 'injected':
    case 'leftover':
    case 'unexplained':
      return owner.kind;
  }
}

/** Two maps with the same entries; else the error shows just those that differ. */
export function assertSame(actual: ReadonlyMap<string, string>, expected: ReadonlyMap<string, string>): void {
  assert.deepEqual(differing(actual, expected), differing(expected, actual));
}

function differing(map: ReadonlyMap<string, string>, other: ReadonlyMap<string, string>): readonly string[] {
  const entries = [...map].filter(([key, value]) => other.get(key) !== value);
  return entries.map(([key, value]) => `${key}: ${value}`).toSorted();
}
