import type { ReleasedObject } from '../model/inventory.ts';
import { groupOf } from '../model/resource.ts';
import { listAt, textAt } from './json.ts';
import { plainObject } from './plain-manifest.ts';
import { yamlDocuments } from './yaml-documents.ts';

const SEPARATOR = /^---[ \t]*(?:#.*)?\r?$/m;
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

const NOTHING: ReadonlySet<unknown> = new Set([null, undefined, '', 'null', '~']);

function flattened(value: unknown, hook: boolean): readonly ReleasedObject[] {
  if (NOTHING.has(value)) return [];
  const items = listAt(value, 'items');
  const isList = items.length > 0 && (textAt(value, 'kind') ?? '').endsWith('List');
  return isList ? items.flatMap((item) => flattened(item, hook)) : objectOf(value, hook);
}

function documentValues(document: string): readonly unknown[] {
  const plain = plainObject(document);
  if (plain !== undefined) return [plain];
  const part = identityPart(document);
  if (part === undefined) return yamlDocuments(document);
  try {
    return yamlDocuments(part);
  } catch {
    return yamlDocuments(document);
  }
}

/**
 * The identities in a Helm manifest: lists flattened, empty documents and nameless objects (`generateName`) skipped.
 * Throws an Error, which quotes nothing, when a document is not YAML or has no kind.
 */
export function manifestObjects(manifest: string, hook: boolean): readonly ReleasedObject[] {
  return manifest
    .split(SEPARATOR)
    .flatMap(documentValues)
    .flatMap((value) => flattened(value, hook));
}
