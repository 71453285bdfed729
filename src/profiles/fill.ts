import type { DefinedObject, DefinitionGap, NameText, PackDefinition, ProfileRef } from '../model/definition.ts';

import { manifestField } from './names.ts';

type Created = PackDefinition['createdNamespaces'][number];

/** Whether a pack directory tells how this pack is made: same name and same version, or no version given. */
export function fits(definition: PackDefinition, directory: PackDefinition): boolean {
  if (definition.baseName !== directory.baseName) return false;
  const versions = [definition.version, definition.tag].filter((version) => version !== undefined);
  return versions.length === 0 || versions.includes(directory.version ?? '');
}

/**
 * A definition with what it leaves open taken from the pack's directory: charts, manifests, and, where the definition
 * has no values at all, everything the directory's values say. What the definition says itself always stays.
 */
export function fillFrom(definition: PackDefinition, directory: PackDefinition): PackDefinition {
  const isBare = definition.gaps.some(isMissingValues);
  const base = isBare ? withDefaults(definition, directory) : definition;
  const open = new Set(definition.gaps.filter(isUnseenManifest).map(({ subject }) => subject));
  const missing = directory.manifests.filter((name) => open.has(name) || !definition.manifests.includes(name));
  const names = new Set(missing);
  const isTaken = ({ manifest }: { readonly manifest: string }): boolean => names.has(manifest);
  const rename = renaming(base, directory);
  const moved = (object: DefinedObject): DefinedObject => renameObject(object, rename, isBare);
  const kept = definition.gaps.filter(
    (gap) => !(isBare && isMissingValues(gap)) && !(isUnseenManifest(gap) && names.has(gap.subject)),
  );
  return {
    ...base,
    layer: base.layer ?? directory.layer,
    charts: base.charts.length > 0 ? base.charts : directory.charts,
    manifests: [...new Set([...base.manifests, ...missing])],
    objects: [...base.objects, ...directory.objects.filter(isTaken).map(moved)],
    createdNamespaces: [
      ...base.createdNamespaces,
      ...directory.createdNamespaces.filter(isTaken).map((created) => renameCreated(created, rename)),
    ],
    gaps: [...kept, ...directory.gaps.filter((gap) => isOfDirectory(gap, names, isBare))],
    problems: isBare ? [...base.problems, ...directory.problems] : base.problems,
  };
}

/**
 * Definitions of one pack, of which one may hold the manifest that another only refers to: an export has the bodies, a
 * Pack resource has not. Only the same version of pack and profile can tell, for bodies change with these; where neither is given, none can.
 */
export function closedByEachOther(group: readonly PackDefinition[]): readonly PackDefinition[] {
  return group.map((definition) => {
    const gaps = definition.gaps.filter(
      (gap) =>
        !(
          isUnseenManifest(gap) && group.some((other) => isSameEdition(definition, other) && holds(other, gap.subject))
        ),
    );
    return gaps.length === definition.gaps.length ? definition : { ...definition, gaps };
  });
}

/** Whether a definition has the manifest, and does not only refer to it. */
export function holds({ manifests, gaps }: PackDefinition, manifest: string): boolean {
  return manifests.includes(manifest) && !gaps.some((gap) => isUnseenManifest(gap) && gap.subject === manifest);
}

function isSameEdition(one: PackDefinition, other: PackDefinition): boolean {
  const isTold = one.version !== undefined || one.tag !== undefined;
  return one.version === other.version && one.tag === other.tag && isSameProfile(one.profile, other.profile, isTold);
}

/** `isTold`: the packs' own versions agree, which is enough where one side does not know its profile. */
function isSameProfile(one: ProfileRef | undefined, other: ProfileRef | undefined, isTold: boolean): boolean {
  if (one === undefined || other === undefined) return isTold;
  return one.name === other.name && one.version === other.version && (isTold || one.version !== undefined);
}

function isMissingValues({ reason, subject }: DefinitionGap): boolean {
  return reason === 'values-unreadable' && subject === 'pack.namespace';
}

function isUnseenManifest({ reason }: DefinitionGap): boolean {
  return reason === 'manifest-only-referenced';
}

function isOfDirectory({ reason, subject }: DefinitionGap, manifests: ReadonlySet<string>, isBare: boolean): boolean {
  return isBare || reason === 'chart-unreadable' || [...manifests].some((name) => isAbout(subject, name));
}

/** Whether a gap is in this manifest, or in a name of it. */
export function isAbout(subject: string, manifest: string): boolean {
  return subject === manifest || subject === manifestField(manifest);
}

/** Without values of its own, the pack is installed with the values of its directory. */
function withDefaults(definition: PackDefinition, directory: PackDefinition): PackDefinition {
  return {
    ...definition,
    namespace: directory.namespace,
    additionalNamespaces: directory.additionalNamespaces,
    manifestNamespaces: directory.manifestNamespaces,
    namespaceLabels: directory.namespaceLabels,
    namespaceAnnotations: directory.namespaceAnnotations,
    installPriority: directory.installPriority,
    chartKeys: directory.chartKeys,
    ...(directory.mayHoldOneChart === undefined ? {} : { mayHoldOneChart: true }),
    releaseNameOverrides: directory.releaseNameOverrides,
  };
}

/**
 * The directory's manifests were read with the directory's values. Where the definition gives a manifest another
 * namespace, the objects follow it: from manifest and namespace to the namespace that counts, undefined for no other.
 */
function renaming(definition: PackDefinition, directory: PackDefinition): Rename {
  const targets = new Map(definition.manifestNamespaces.map(({ manifest, namespace }) => [manifest, namespace]));
  const origins = new Map(directory.manifestNamespaces.map(({ manifest, namespace }) => [manifest, namespace.text]));
  return (manifest, namespace) => {
    const target = targets.get(manifest);
    return target?.resolved === true && origins.get(manifest) === namespace ? target : undefined;
  };
}

type Rename = (manifest: string, namespace: string) => NameText | undefined;

/**
 * A name that came from the directory's values is not proven where the definition has values of its own, for these
 * replace them; a namespace is, once the definition gives it.
 */
function renameObject(object: DefinedObject, rename: Rename, isBare: boolean): DefinedObject {
  const { ref, manifest, fromValues = [] } = object;
  const field = ref.kind === 'Namespace' && ref.group === '' ? 'name' : 'namespace';
  const target = rename(manifest, ref[field]);
  const unproven = fromValues.some((which) => which !== field || target === undefined);
  const renamed = { ...ref, [field]: target?.text ?? ref[field] };
  return { ...object, ref: renamed, possible: object.possible || (!isBare && unproven), ...assumedAs(target) };
}

function assumedAs(target: NameText | undefined): { readonly assumed?: true } {
  return target?.assumed === true ? { assumed: true } : {};
}

function renameCreated(created: Created, rename: Rename): Created {
  const { namespace, manifest } = created;
  const target = rename(manifest, namespace.text);
  return target === undefined
    ? created
    : { ...created, namespace: { ...namespace, text: target.text, ...assumedAs(target) } };
}
