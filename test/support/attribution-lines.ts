import type { Attribution, Owner } from '../../src/model/attribution.ts';
import { refOf } from '../../src/model/inventory.ts';
import type { ClusterObject } from '../../src/model/inventory.ts';

function objectName(object: ClusterObject): string {
  const { group, kind, namespace, name } = refOf(object);
  return [namespace, group === '' ? kind : `${kind}.${group}`, name].filter((part) => part !== '').join('/');
}

function ownerName(owner: Owner): string {
  return Object.values(owner).join(' ');
}

/** One object's owner with the whole chain of evidence, a line for each, as a golden holds it. */
export function attributionLines(attribution: Attribution): readonly string[] {
  const { object, owner, strength, evidence, root, refuted, conflict } = attribution;
  const more = [
    root === object ? [] : [`root ${objectName(root)}`],
    refuted === undefined ? [] : [`refuted ${refuted}`],
    conflict.map((name) => `conflict ${name}`),
    evidence.map((reason) => `${reason.strength}: ${reason.text}`),
  ];
  return [`${objectName(object)}: ${ownerName(owner)}, ${strength}`, ...more.flat().map((line) => `  ${line}`)];
}
