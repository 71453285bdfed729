import { EVIDENCE_LABELS } from '../model/evidence-keys.ts';
import { UserError } from '../model/errors.ts';
import type { Inventory } from '../model/inventory.ts';
import { quoted } from './quoted.ts';
import { word } from './suggested-command.ts';

/**
 * Refuses a label key of `-l` or `-L` that the snapshot does not hold: an empty column, or a filter that nothing
 * passes, would read as an answer.
 *
 * @throws {UserError} that names the key and how to take a snapshot that holds it.
 */
export function refuseLostLabels(
  keys: ReadonlySet<string>,
  { extraLabelKeys = [] }: Pick<Inventory, 'extraLabelKeys'>,
  path: string,
): void {
  const lost = [...keys].find((key) => !EVIDENCE_LABELS.has(key) && !extraLabelKeys.includes(key));
  if (lost === undefined) return;
  throw new UserError(
    `${path} does not hold the label ${quoted(lost)}: a snapshot keeps only labels that tell an owner, and those it was asked for`,
    `Take it again with "kubectl palette-audit snapshot FILE -L ${word(lost)}", or ask the cluster itself.`,
  );
}
