import { textAt, textsAt } from '../json.ts';
import { namespaceRef, pointer } from './referring.ts';
import type { Pointer, ReferenceContext, Referring, ReferringType } from './referring.ts';

/** Whether `parts` come one after the other in `text`. */
function areInOrder(parts: readonly string[], text: string): boolean {
  let place = 0;
  for (const part of parts) {
    const found = text.indexOf(part, place);
    if (found < 0) return false;
    place = found + part.length;
  }
  return true;
}

/** In the names of Velero's backups a `*` stands for any text. */
function isMatch(pattern: string, name: string): boolean {
  const [start = '', ...rest] = pattern.split('*');
  const end = rest.pop();
  if (end === undefined) return pattern === name;
  const isFramed = name.startsWith(start) && name.endsWith(end) && name.length >= start.length + end.length;
  return isFramed && areInOrder(rest, name.slice(start.length, name.length - end.length));
}

function isNamed(name: string, patterns: readonly string[]): boolean {
  return patterns.some((pattern) => isMatch(pattern, name));
}

/** A backup that names no namespace holds every one that it does not exclude. */
function backupOf({ object }: Referring, { labels }: ReferenceContext): readonly Pointer[] {
  const named = textsAt(object, 'spec', 'includedNamespaces');
  const included = named.length === 0 ? ['*'] : named;
  const excluded = textsAt(object, 'spec', 'excludedNamespaces');
  const facts = {
    phase: textAt(object, 'status', 'phase'),
    completedAt: textAt(object, 'status', 'completionTimestamp'),
    storage: textAt(object, 'spec', 'storageLocation'),
  };
  return [...labels.keys()]
    .filter((name) => isNamed(name, included) && !isNamed(name, excluded))
    .map((name) => pointer('backup', namespaceRef(name), facts));
}

/** What was saved of which namespace. Source: CRDs of Velero. */
export const BACKUP_TYPES: readonly ReferringType[] = [
  { type: 'backups.velero.io', take: backupOf, needsLabels: true },
];
