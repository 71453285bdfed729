import type { ReleasedObject } from '../model/inventory.ts';
import { groupOf } from '../model/resource.ts';
import { listAt, textAt } from './json.ts';
import { escapedDocuments, SEPARATOR, type EscapedDocument, type HeadLines } from './escaped-manifest.ts';
import { plainObject } from './plain-manifest.ts';
import { pool } from './pool.ts';
import { yamlDocuments } from './yaml-documents.ts';

const KEY = /^([A-Za-z][A-Za-z0-9._/-]*):(?:\s|$)/;
const IDENTITY: ReadonlySet<string> = new Set(['apiVersion', 'kind', 'metadata']);

/** The key of an outermost line; '' for a blank, indented or comment line, undefined for any other form. */
function outermostKey(line: string): string | undefined {
  return line.trim() === '' || /^[\s#]/.test(line) ? '' : KEY.exec(line)?.[1];
}

/**
 * The part of a document that identifies its object: the outermost keys apiVersion, kind and metadata. Bodies are most
 * of a manifest and need no parsing. Undefined for any other form than a block mapping with each of these once: then
 * the whole document is parsed.
 */
function identityPart(document: string): string | undefined {
  const kept: string[] = [];
  const seen: string[] = [];
  let section = '';
  for (const line of document.split('\n')) {
    const key = outermostKey(line);
    if (key === undefined || key === 'items') return undefined;
    section = key === '' ? section : key;
    if (IDENTITY.has(key)) seen.push(key);
    if (IDENTITY.has(section)) kept.push(line);
  }
  return seen.toSorted().join() === [...IDENTITY].join() ? kept.join('\n') : undefined;
}

function objectOf(value: unknown, hook: boolean): readonly ReleasedObject[] {
  const kind = textAt(value, 'kind');
  const apiVersion = textAt(value, 'apiVersion');
  if (kind === undefined || apiVersion === undefined) throw new Error('an object of the manifest has no kind');
  const name = textAt(value, 'metadata', 'name');
  if (name === undefined) return [];
  const policy = textAt(value, 'metadata', 'annotations', 'helm.sh/resource-policy') ?? '';
  const namespace = textAt(value, 'metadata', 'namespace') ?? '';
  const keep = policy.trim().toLowerCase() === 'keep';
  return [{ ref: { group: groupOf(apiVersion), kind, namespace, name }, hook, keep }];
}

const BLANK = /^\n*$/;

const NOTHING: ReadonlySet<unknown> = new Set([null, undefined, '', 'null', '~']);

function flattened(value: unknown, hook: boolean): readonly ReleasedObject[] {
  if (NOTHING.has(value)) return [];
  const items = listAt(value, 'items');
  const isList = items.length > 0 && (textAt(value, 'kind') ?? '').endsWith('List');
  return isList ? items.flatMap((item) => flattened(item, hook)) : objectOf(value, hook);
}

/** Where an alias may stand, which may be for something in a body. */
const ALIAS = /(?:^|[\s[{,])\*[^\s"']/m;

function documentValues(document: string): readonly unknown[] {
  const plain = plainObject(document);
  if (plain !== undefined) return [plain];
  const part = identityPart(document);
  if (part === undefined || ALIAS.test(part)) return yamlDocuments(document);
  try {
    return yamlDocuments(part);
  } catch {
    return yamlDocuments(document);
  }
}

function objectsOf(values: readonly unknown[], hook: boolean): readonly ReleasedObject[] {
  return values.flatMap((value) => flattened(value, hook));
}

/** A part of a text keeps all of it in memory, and of a manifest of megabytes only names are needed. */
function copied(objects: readonly ReleasedObject[]): readonly ReleasedObject[] {
  return structuredClone(objects);
}

/**
 * The identities in a Helm manifest: lists flattened, empty documents and nameless objects (`generateName`) skipped.
 * Throws an Error, which quotes nothing, when a document is not YAML or has no kind.
 */
export function manifestObjects(manifest: string, hook: boolean): readonly ReleasedObject[] {
  return copied(objectsOf(manifest.split(SEPARATOR).flatMap(documentValues), hook));
}

/** In bytes and back, for whatever a text is made of. */
function ownText(text: string): string {
  return text === '' ? text : Buffer.from(text, 'utf16le').toString('utf16le');
}

const sharedText = pool<string>(undefined, ownText);

/** A text of its own, and one for all that are equal: kinds, groups and namespaces are few. */
function shared(text: string): string {
  return sharedText(text, () => ownText(text));
}

/** The same for objects of little text each, of which there may be very many. */
function ownTexts({ ref, hook, keep }: ReleasedObject): ReleasedObject {
  const { group, kind, namespace, name } = ref;
  const own = { group: shared(group), kind: shared(kind), namespace: shared(namespace), name: ownText(name) };
  return { ref: own, hook, keep };
}

/** Undefined unless all documents are plain or empty. */
function plainObjects(documents: readonly EscapedDocument[]): readonly unknown[] | undefined {
  const plain = documents.filter(({ heads }) => !BLANK.test(heads)).map(({ heads }) => plainObject(heads));
  return plain.includes(undefined) ? undefined : plain;
}

/** A manifest that is still in JSON, a text with its quotes, and what was seen of it when its end was looked for. */
export interface EscapedManifest {
  readonly json: Buffer;
  readonly heads?: HeadLines | undefined;
}

/**
 * The same of a manifest that is still in JSON: of most of its bytes only line ends are looked at. Throws an Error for
 * the same manifests, and where it is not JSON.
 */
export function escapedManifestObjects({ json, heads }: EscapedManifest, hook: boolean): readonly ReleasedObject[] {
  const documents = escapedDocuments(json, heads);
  if (documents === undefined) return manifestObjects(textOf(JSON.parse(json.toString('utf8'))), hook);
  const plain = plainObjects(documents);
  if (plain !== undefined) return objectsOf(plain, hook).map(ownTexts);
  const values = documents.flatMap(({ heads: text, whole }) => plainObject(text) ?? documentValues(whole()));
  return copied(objectsOf(values, hook));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
