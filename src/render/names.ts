import type { ListedResource } from '../model/finding.ts';
import { logLine, terminalText } from './escape.ts';

/** Lines of `-o name`, each part escaped by itself; nothing at all when there is none. */
export function nameLines(rows: readonly (readonly string[])[]): string {
  return rows.map((parts) => `${logLine(parts.map(terminalText).join('/'))}\n`).join('');
}

/** In the place of the namespace of what has none. */
const NO_NAMESPACE = '-';

/**
 * `NAMESPACE/TYPE.GROUP/NAME` of one resource. kubectl does not take this form, on purpose: it cannot be piped into
 * a deletion.
 */
export function resourceParts({
  namespace,
  type,
  name,
}: Pick<ListedResource, 'namespace' | 'type' | 'name'>): readonly string[] {
  return [namespace === '' ? NO_NAMESPACE : namespace, type, name];
}
