import type { NamespaceSetting, PackDefinition } from '../model/definition.ts';
import type { declaredKeys } from './read-subject.ts';

/**
 * Definitions read beside a snapshot: what they want on namespaces is left unchecked where the snapshot cannot tell,
 * for of a namespace it holds only the keys that its own definitions declare.
 */
export function checkable(
  definitions: readonly PackDefinition[],
  held: ReturnType<typeof declaredKeys>,
): readonly PackDefinition[] {
  return definitions.map((definition) => ({
    ...definition,
    namespaceLabels: definition.namespaceLabels.map((setting) => known(setting, held.declaredLabelKeys)),
    namespaceAnnotations: definition.namespaceAnnotations.map((setting) => known(setting, held.declaredAnnotationKeys)),
  }));
}

function known(setting: NamespaceSetting, keys: ReadonlySet<string>): NamespaceSetting {
  const entries = setting.entries.map((entry) => (keys.has(entry.key) ? entry : { ...entry, resolved: false }));
  return { ...setting, entries };
}
