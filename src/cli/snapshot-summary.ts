import type { Inventory } from '../model/inventory.ts';
import { terminalText } from '../render/escape.ts';

/** What `snapshot` says when it is done: what the file holds and whether anything is missing in it. */
export function snapshotSummary(file: string, inventory: Inventory, complete: boolean): string {
  const { cluster, objects, namespaces, takenAt } = inventory;
  const held = `${objects.length} resources in ${namespaces.length} namespaces of ${cluster.context || cluster.server}, at ${takenAt}`;
  const lines = complete
    ? [`Snapshot written to ${file}: ${held}.`]
    : [
        `INCOMPLETE: snapshot written to ${file}: ${held}, but not everything could be read.`,
        'An audit of it names the gaps.',
      ];
  return `${[...lines, `Audit it with: kubectl palette-audit --snapshot ${file}`].map((line) => terminalText(line)).join('\n')}\n`;
}
