import {
  DISPLAY_NAME,
  type DefinedObject,
  type NamespaceEntry,
  type NamespaceSetting,
  type NameText,
  type PackDefinition,
} from '../model/definition.ts';
import { tellsValues } from './differences.ts';
import { holds } from './fill.ts';
import { manifestField } from './names.ts';
import { overrideField } from './pack-block.ts';
import { manifestNamespaceField } from './values.ts';

/** What the cluster has of a pack: its definition there, `unseen` where nobody knows, undefined for nothing. */
export type Deployed = PackDefinition | 'unseen' | undefined;

/**
 * Where the cluster has the pack, it may have given a variable another value than the default in a file. What the
 * cluster tells counts then, in the place of the file's names; any other name that rests on a default stays a claim,
 * is a gap, and proves nothing. Elsewhere the default is what will be.
 */
export function settled(given: PackDefinition, deployed: Deployed): PackDefinition {
  const { assumptions = [], ...definition } = given;
  if (assumptions.length === 0 && !settingsOf(given).some(isAssumed)) return given;
  if (deployed === undefined)
    return { ...withNames(definition, BELIEVED), ...(assumptions.length === 0 ? {} : { assumptions }) };
  const told = toldBy(deployed);
  const assumed = new Set(assumptions.map(({ subject }) => subject));
  const isOpen = (field: string): boolean => assumed.has(field) && !told(field);
  const kept = withNames(definition, {
    names: (name, field) => (name.assumed === true && told(field) ? [] : [name]),
    entries: (entry, field) => doubtedEntry(entry, told(field)),
    objects: (object) =>
      doubted(object, told(manifestField(object.manifest)) && !isOpen(manifestNamespaceField(object.manifest))),
  });
  const overrides = [...kept.releaseNameOverrides].filter(([key]) => !assumed.has(overrideField(key)));
  return {
    ...placedAs(kept, definition, deployed),
    releaseNameOverrides: new Map(overrides),
    gaps: [...kept.gaps, ...assumptions.filter(({ subject }) => !told(subject))],
  };
}

function settingsOf({ namespaceLabels, namespaceAnnotations }: PackDefinition): readonly NamespaceSetting[] {
  return [...namespaceLabels, ...namespaceAnnotations];
}

function isAssumed({ entries }: NamespaceSetting): boolean {
  return entries.some(({ assumed }) => assumed === true);
}

function doubtedEntry(entry: NamespaceEntry, isTold: boolean): readonly NamespaceEntry[] {
  const { key, value, assumed } = entry;
  if (assumed === undefined) return [entry];
  return isTold ? [] : [{ key, value, resolved: false }];
}

function doubted(object: DefinedObject, isTold: boolean): readonly DefinedObject[] {
  if (object.assumed === undefined) return [object];
  return isTold ? [] : [{ ...believed(object), possible: true }];
}

function believed(object: DefinedObject): DefinedObject {
  const { ref, manifest, possible, keep, fromValues } = object;
  return { ref, manifest, possible, keep, ...(fromValues === undefined ? {} : { fromValues }) };
}

/** Whether the cluster tells what a field of the values names, or what a manifest holds. */
function toldBy(deployed: Exclude<Deployed, undefined>): (field: string) => boolean {
  if (deployed === 'unseen') return () => false;
  const held = deployed.manifests.filter((name) => holds(deployed, name)).map((name) => manifestField(name));
  // Its name is what it was joined by.
  const told = new Set([DISPLAY_NAME, ...held, ...(tellsValues(deployed) ? namedBy(deployed) : [])]);
  for (const { subject } of deployed.gaps) told.delete(subject);
  return (field) => told.has(field);
}

/** Fields in which the values name something. One that they leave out contradicts a file that has it, and tells nothing. */
function namedBy(deployed: PackDefinition): readonly string[] {
  const { namespace, additionalNamespaces, manifestNamespaces, releaseNameOverrides } = deployed;
  return [
    ...(namespace === undefined ? [] : ['pack.namespace']),
    ...(additionalNamespaces.length === 0 ? [] : ['additionalNamespaces']),
    ...manifestNamespaces.map(({ manifest }) => manifestNamespaceField(manifest)),
    ...Array.from(releaseNameOverrides.keys(), overrideField),
    ...SETTINGS,
  ];
}

/** By these nothing is at stake. */
const SETTINGS = ['namespaceLabels', 'namespaceAnnotations'];

/** Where the file's own name was dropped, its manifests land where the cluster says. */
function placedAs(kept: PackDefinition, before: PackDefinition, deployed: PackDefinition | 'unseen'): PackDefinition {
  if (deployed === 'unseen') return kept;
  const dropped = before.manifestNamespaces.filter((entry) => !kept.manifestNamespaces.includes(entry));
  const names = new Set(dropped.map(({ manifest }) => manifest));
  const told = deployed.manifestNamespaces.filter(({ manifest }) => names.has(manifest));
  return {
    ...kept,
    namespace: before.namespace !== undefined && kept.namespace === undefined ? deployed.namespace : kept.namespace,
    manifestNamespaces: [...kept.manifestNamespaces, ...told],
  };
}

interface Change {
  /** What becomes of a name: itself, another one, or nothing. */
  readonly names: (name: NameText, field: string) => readonly NameText[];
  readonly entries: (entry: NamespaceEntry, field: string) => readonly NamespaceEntry[];
  readonly objects: (object: DefinedObject) => readonly DefinedObject[];
}

const BELIEVED: Change = {
  names: ({ text, resolved, place }) => [{ text, resolved, place }],
  entries: ({ key, value, resolved }) => [{ key, value, resolved }],
  objects: (object) => [believed(object)],
};

function withNames(definition: PackDefinition, { names, entries, objects }: Change): PackDefinition {
  const settings = (all: readonly NamespaceSetting[], field: string): readonly NamespaceSetting[] =>
    all.flatMap((setting) =>
      placed(
        { ...setting, entries: setting.entries.flatMap((entry) => entries(entry, field)) },
        names(setting.namespace, field),
      ),
    );
  const { namespace } = definition;
  return {
    ...definition,
    namespace: namespace === undefined ? undefined : names(namespace, 'pack.namespace')[0],
    additionalNamespaces: definition.additionalNamespaces.flatMap((name) => names(name, 'additionalNamespaces')),
    manifestNamespaces: definition.manifestNamespaces.flatMap((entry) =>
      placed(entry, names(entry.namespace, manifestNamespaceField(entry.manifest))),
    ),
    createdNamespaces: definition.createdNamespaces.flatMap((entry) =>
      placed(entry, names(entry.namespace, manifestField(entry.manifest))),
    ),
    namespaceLabels: settings(definition.namespaceLabels, 'namespaceLabels'),
    namespaceAnnotations: settings(definition.namespaceAnnotations, 'namespaceAnnotations'),
    objects: definition.objects.flatMap(objects),
  };
}

/** An entry with its namespace as it became. */
function placed<Entry extends { readonly namespace: NameText }>(
  entry: Entry,
  names: readonly NameText[],
): readonly Entry[] {
  return names.map((namespace) => (namespace === entry.namespace ? entry : { ...entry, namespace }));
}
