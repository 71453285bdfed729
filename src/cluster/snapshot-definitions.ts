import type {
  ChartIdentity,
  DefinedObject,
  DefinitionGap,
  DefinitionProblem,
  DefinitionSource,
  NamespaceSetting,
  NameText,
  PackDefinition,
  Place,
  ProfileRef,
} from '../model/definition.ts';
import type { Fields } from './snapshot-fields.ts';
import { refOf } from './snapshot-references.ts';

const GAP_REASONS = [
  'manifest-only-referenced',
  'manifest-unreadable',
  'template-not-evaluated',
  'chart-unreadable',
  'values-unreadable',
  'macro-unresolved',
  'name-unreadable',
] as const;

const PROBLEM_CODES = [
  'definition-unreadable',
  'name-not-text',
  'invalid-namespace-name',
  'invalid-label-text',
  'label-not-checked',
  'draft-only',
] as const;

const STATES = ['installed', 'failing', 'being removed', 'unknown'] as const;

function placeOf(fields: Fields): Place {
  return { path: fields.text('path'), line: fields.count('line'), column: fields.count('column') };
}

function nameOf(fields: Fields): NameText {
  return {
    text: fields.text('text'),
    resolved: fields.flag('resolved'),
    ...(fields.has('assumed') ? { assumed: true } : {}),
    place: fields.object('place', placeOf),
  };
}

function sourceOf(fields: Fields): DefinitionSource {
  return fields.oneOf('kind', ['file', 'cluster']) === 'file'
    ? { kind: 'file', path: fields.text('path') }
    : { kind: 'cluster', namespace: fields.text('namespace') };
}

function profileOf(fields: Fields): ProfileRef {
  return { name: fields.text('name'), version: fields.optionalText('version'), type: fields.optionalText('type') };
}

function settingOf(fields: Fields): NamespaceSetting {
  return {
    namespace: fields.object('namespace', nameOf),
    entries: fields.list('entries', (entry) => ({
      key: entry.text('key'),
      value: entry.text('value'),
      resolved: entry.flag('resolved'),
      ...(entry.has('assumed') ? { assumed: true } : {}),
    })),
    malformed: fields.texts('malformed'),
  };
}

function chartOf(fields: Fields): ChartIdentity {
  return { name: fields.text('name'), version: fields.optionalText('version') };
}

function namesFromValues(texts: readonly string[]): readonly ('name' | 'namespace')[] {
  return (['name', 'namespace'] as const).filter((name) => texts.includes(name));
}

function definedObjectOf(fields: Fields): DefinedObject {
  return {
    ref: fields.object('ref', refOf),
    manifest: fields.text('manifest'),
    possible: fields.flag('possible'),
    keep: fields.flag('keep'),
    ...(fields.has('assumed') ? { assumed: true } : {}),
    ...(fields.has('fromValues') ? { fromValues: namesFromValues(fields.texts('fromValues')) } : {}),
  };
}

function gapOf(fields: Fields): DefinitionGap {
  return {
    reason: fields.oneOf('reason', GAP_REASONS),
    subject: fields.text('subject'),
    place: fields.object('place', placeOf),
    ...(fields.has('variables') ? { variables: fields.texts('variables') } : {}),
  };
}

function problemOf(fields: Fields): DefinitionProblem {
  return {
    code: fields.oneOf('code', PROBLEM_CODES),
    subject: fields.text('subject'),
    detail: fields.text('detail'),
    place: fields.object('place', placeOf),
  };
}

type Namespaces = Pick<
  PackDefinition,
  | 'namespace'
  | 'additionalNamespaces'
  | 'manifestNamespaces'
  | 'createdNamespaces'
  | 'namespaceLabels'
  | 'namespaceAnnotations'
>;

function namespacesOf(fields: Fields): Namespaces {
  return {
    namespace: fields.optionalObject('namespace', nameOf),
    additionalNamespaces: fields.list('additionalNamespaces', nameOf),
    manifestNamespaces: fields.list('manifestNamespaces', (entry) => ({
      manifest: entry.text('manifest'),
      namespace: entry.object('namespace', nameOf),
    })),
    createdNamespaces: fields.list('createdNamespaces', (entry) => ({
      namespace: entry.object('namespace', nameOf),
      manifest: entry.text('manifest'),
      keep: entry.flag('keep'),
      possible: entry.flag('possible'),
    })),
    namespaceLabels: fields.list('namespaceLabels', settingOf),
    namespaceAnnotations: fields.list('namespaceAnnotations', settingOf),
  };
}

function priorityOf(fields: Fields): number | undefined {
  const text = fields.optionalText('installPriority');
  return text === undefined ? undefined : Number(text);
}

/** A definition as a snapshot holds it: its priority, which may be any number, as text. */
export function packedDefinition(definition: PackDefinition): Record<string, unknown> {
  const { installPriority } = definition;
  return { ...definition, installPriority: installPriority === undefined ? undefined : String(installPriority) };
}

/** Reads a definition of a snapshot. Throws MalformedSnapshot. */
export function definitionOf(fields: Fields): PackDefinition {
  const hasState = fields.optionalText('reportedState') !== undefined;
  return {
    name: fields.text('name'),
    baseName: fields.text('baseName'),
    displayName: fields.optionalText('displayName'),
    layer: fields.optionalText('layer'),
    type: fields.optionalText('type'),
    version: fields.optionalText('version'),
    tag: fields.optionalText('tag'),
    reportedState: hasState ? fields.oneOf('reportedState', STATES) : undefined,
    source: fields.object('source', sourceOf),
    place: fields.object('place', placeOf),
    profile: fields.optionalObject('profile', profileOf),
    ...(fields.has('possibleProfiles') ? { possibleProfiles: fields.list('possibleProfiles', profileOf) } : {}),
    ...namespacesOf(fields),
    installPriority: priorityOf(fields),
    ...(fields.has('valuesDigest') ? { valuesDigest: fields.text('valuesDigest') } : {}),
    charts: fields.list('charts', chartOf),
    chartKeys: fields.texts('chartKeys'),
    ...(fields.has('mayHoldOneChart') ? { mayHoldOneChart: true } : {}),
    manifests: fields.texts('manifests'),
    releaseNameOverrides: fields.map('releaseNameOverrides'),
    objects: fields.list('objects', definedObjectOf),
    gaps: fields.list('gaps', gapOf),
    ...(fields.has('assumptions') ? { assumptions: fields.list('assumptions', gapOf) } : {}),
    problems: fields.list('problems', problemOf),
    isPackDirectory: fields.flag('isPackDirectory'),
  };
}
