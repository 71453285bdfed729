import { parseDocuments } from './parse.ts';
import type { Source, Tree } from './tree.ts';

/**
 * The `pack:` block of a text that is not valid YAML, read alone: the lines below a `pack:` that begins a line, as far
 * as they are indented. Undefined when there is not exactly one such line, or when the block itself is faulty.
 */
export function recoverPackBlock(source: Source): Tree | undefined {
  const lines = source.text.split(/\r?\n/);
  const starts = lines.flatMap((line, index) => (/^['"]?pack['"]?\s*:/.test(line) ? [index] : []));
  const [start, second] = starts;
  if (start === undefined || second !== undefined) return undefined;
  const length = lines.slice(start + 1).findIndex((line) => /^[^\s#]/.test(line));
  const block = lines.slice(start, length < 0 ? undefined : start + 1 + length);
  const locate: Source['locate'] = (line, column) => source.locate(line + start, column);
  const [document, more] = parseDocuments({ text: block.join('\n'), locate });
  return more === undefined && document?.faults.length === 0 ? mapOf(document.tree) : undefined;
}

function mapOf(tree: Tree | undefined): Tree | undefined {
  return tree?.kind === 'map' ? tree : undefined;
}
