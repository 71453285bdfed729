import type { DefinedObject, NameText, PackDefinition, Place } from '../model/definition.ts';
import { groupOf } from '../model/resource.ts';
import { holdsMacro, restsOnDefault } from './macros.ts';
import { type Reading, checkNamespace, manifestField, readName, warnIfNotText } from './names.ts';
import { type Fault, type ParsedDocument, parseDocuments } from './parse.ts';
import { type Source, type Tree, type TreeText, at, isGiven, itemsAt, textAt, wordAt } from './tree.ts';

/** A manifest's text. `isPossible` says of a line whether a template decides if it exists. */
export interface ManifestText {
  readonly name: string;
  readonly source: Source;
  readonly isPossible: (line: number) => boolean;
  /** Whether a template's value stands in a line. */
  readonly isValued?: (line: number) => boolean;
  /** Marks of template expressions that were not evaluated; a name that holds one is not known. */
  readonly isOpen: (text: string) => boolean;
}

export interface ManifestFacts {
  readonly objects: readonly DefinedObject[];
  readonly createdNamespaces: PackDefinition['createdNamespaces'];
}

/** Kubernetes refuses these in every name; where they stand, something else puts the real name in. */
const NEVER_IN_A_NAME = /[%/{}$\s]/;
const NEVER_IN_A_TYPE = /[%{}$\s]/;
const KEEP = 'helm.sh/resource-policy';

/**
 * Reads the objects of a manifest, `List` kinds taken apart. What cannot be read is a gap named after the manifest.
 * Of the objects only identities and the keep mark are taken.
 */
export function readManifest(manifest: ManifestText, reading: Reading): ManifestFacts {
  const read = parseDocuments(inner(manifest)).flatMap((document) => readDocument(document, manifest, reading));
  return {
    objects: read.flatMap(({ object }) => (object === undefined ? [] : [object])),
    createdNamespaces: read.flatMap(({ namespace }) => (namespace === undefined ? [] : [namespace])),
  };
}

function readDocument(document: ParsedDocument, manifest: ManifestText, reading: Reading): readonly ReadObject[] {
  const { tree, faults } = document;
  const fault = faults.find((candidate) => tree === undefined || hidesIdentity(candidate));
  if (fault !== undefined) noteGap(manifest, 'manifest-unreadable', { place: fault.place, reading });
  return tree === undefined || !isGiven(tree) ? [] : flatten(tree).map((item) => readObject(item, manifest, reading));
}

/** The manifest's own lines while it is read: `isPossible` asks by them. */
function inner({ source }: ManifestText): Source {
  return { text: source.text, locate: (line, column) => ({ path: '', line, column }) };
}

function outerPlace({ source }: ManifestText, { line, column }: Place): Place {
  return source.locate(line, column);
}

function hidesIdentity({ kind, path }: Fault): boolean {
  return kind !== 'duplicate-key' || path.length === 1 || (path.length === 2 && path[0] === 'metadata');
}

function flatten(tree: Tree): readonly Tree[] {
  const isList = (wordAt(tree, 'kind') ?? '').endsWith('List') && at(tree, 'items')?.kind === 'list';
  return isList ? itemsAt(tree, 'items').flatMap(flatten) : [tree];
}

interface ReadObject {
  readonly object: DefinedObject | undefined;
  readonly namespace: PackDefinition['createdNamespaces'][number] | undefined;
}

interface Head {
  readonly kind: TreeText;
  readonly apiVersion: string;
  readonly name: TreeText;
}

function readObject(tree: Tree, manifest: ManifestText, reading: Reading): ReadObject {
  const head = readHead(tree, manifest, reading);
  if (head === undefined) return { object: undefined, namespace: undefined };
  const metadata = at(tree, 'metadata');
  const possible = [tree, head.kind, head.name].some(({ place }) => manifest.isPossible(place.line));
  const facts = { manifest: manifest.name, possible, keep: isKept(metadata) };
  const name = readObjectName(head.name, manifest, reading);
  const kind = head.kind.text.trim();
  const isNamespace = kind === 'Namespace' && head.apiVersion === 'v1';
  if (isNamespace) checkNamespace(name, manifestField(manifest.name), reading);
  const within = isNamespace ? '' : readObjectNamespace(metadata, manifest, reading);
  const namespace = isNamespace ? { ...facts, namespace: name } : undefined;
  if (!name.resolved || within === undefined) return { object: undefined, namespace };
  const ref = { group: groupOf(head.apiVersion), kind, namespace: within, name: name.text };
  return {
    object: { ref, ...facts, ...valued(head, metadata, manifest), ...assumed(head, metadata, reading) },
    namespace,
  };
}

function assumed({ name }: Head, metadata: Tree | undefined, { macros }: Reading): Pick<DefinedObject, 'assumed'> {
  const names = [name, textAt(metadata, 'namespace')];
  return names.some((node) => node !== undefined && restsOnDefault(node.text, macros)) ? { assumed: true } : {};
}

function valued(head: Head, metadata: Tree | undefined, { isValued }: ManifestText): Pick<DefinedObject, 'fromValues'> {
  const within = textAt(metadata, 'namespace');
  const name = isValued?.(head.name.place.line) === true ? (['name'] as const) : [];
  const namespace = within !== undefined && isValued?.(within.place.line) === true ? (['namespace'] as const) : [];
  return name.length + namespace.length === 0 ? {} : { fromValues: [...name, ...namespace] };
}

/** What makes a document an object of Kubernetes; a document without it is a gap. */
function readHead(tree: Tree, manifest: ManifestText, reading: Reading): Head | undefined {
  const kind = textAt(tree, 'kind');
  const apiVersion = wordAt(tree, 'apiVersion');
  const name = textAt(tree, 'metadata', 'name');
  if (kind === undefined || apiVersion === undefined) {
    noteGap(manifest, 'manifest-unreadable', { place: tree.place, reading });
    return undefined;
  }
  if (manifest.isOpen(kind.text + apiVersion) || NEVER_IN_A_TYPE.test(kind.text.trim() + apiVersion)) {
    noteGap(manifest, 'template-not-evaluated', { place: kind.place, reading });
    return undefined;
  }
  if (name === undefined) noteGap(manifest, 'template-not-evaluated', { place: tree.place, reading });
  return name === undefined ? undefined : { kind, apiVersion, name };
}

function isKept(metadata: Tree | undefined): boolean {
  return wordAt(metadata, 'annotations', KEEP) === 'keep';
}

/** Only Palette's macros and placeholders are replaced: policies hold other braces that are meant as they stand. */
function readObjectName(node: TreeText, manifest: ManifestText, reading: Reading): NameText {
  const outer = { ...node, place: outerPlace(manifest, node.place) };
  if (manifest.isOpen(node.text)) {
    noteGap(manifest, 'template-not-evaluated', { place: node.place, reading });
    return { text: '', resolved: false, place: outer.place };
  }
  const field = manifestField(manifest.name);
  const name = holdsMacro(node.text) ? readName(outer, field, reading) : plainName(outer, field, reading);
  if (!name.resolved || !NEVER_IN_A_NAME.test(name.text)) return name;
  noteGap(manifest, 'template-not-evaluated', { place: node.place, reading });
  return { ...name, resolved: false };
}

function plainName(node: TreeText, field: string, reading: Reading): NameText {
  warnIfNotText(node, field, reading.problems);
  return { text: node.text.trim(), resolved: true, place: node.place };
}

function readObjectNamespace(metadata: Tree | undefined, manifest: ManifestText, reading: Reading): string | undefined {
  const node = at(metadata, 'namespace');
  if (node === undefined || !isGiven(node)) return '';
  if (node.kind === 'text') {
    const name = readObjectName(node, manifest, reading);
    return name.resolved ? name.text : undefined;
  }
  noteGap(manifest, 'template-not-evaluated', { place: node.place, reading });
  return undefined;
}

function noteGap(
  manifest: ManifestText,
  reason: 'manifest-unreadable' | 'template-not-evaluated',
  { place, reading }: { readonly place: Place; readonly reading: Reading },
): void {
  const { name } = manifest;
  if (reading.gaps.some((gap) => gap.reason === reason && gap.subject === name)) return;
  reading.gaps.push({ reason, subject: name, place: outerPlace(manifest, place) });
}
