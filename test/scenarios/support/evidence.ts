import { lookWithin, subjectOf } from '../../../src/cli/read-subject.ts';
import { decodeSnapshot } from '../../../src/cluster/snapshot.ts';
import { joinPacks } from '../../../src/profiles/join.ts';
import { attributionLines } from '../../support/attribution-lines.ts';

/** Every resource in a snapshot's text with its owner and the reasons for it. */
export async function evidenceIn(snapshot: string): Promise<string> {
  const { inventory, definitions } = decodeSnapshot(snapshot, 'snapshot.json');
  const reading = { inventory, narrowedTo: [], allNamespaces: true };
  const { attributions } = await subjectOf(joinPacks(definitions), reading, lookWithin);
  return `${attributions.flatMap(attributionLines).join('\n')}\n`;
}
