import { readFileSync } from 'node:fs';
import { isMap, parseAllDocuments } from 'yaml';
import type { FakeObject } from '../../support/fake-api/description.ts';

/** An object as a fixture's document holds it. */
export interface Document extends FakeObject {
  readonly apiVersion: string;
  readonly kind: string;
}

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** What lies at `path` of a value, undefined where there is nothing. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>((inner, key) => (isRecord(inner) ? inner[key] : undefined), value);
}

export function textAt(value: unknown, ...path: readonly string[]): string | undefined {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : undefined;
}

export function listAt(value: unknown, ...path: readonly string[]): readonly unknown[] {
  const found = at(value, ...path);
  return Array.isArray(found) ? found : [];
}

export function isDocument(value: unknown): value is Document {
  const named = textAt(value, 'metadata', 'name') !== undefined;
  return named && textAt(value, 'apiVersion') !== undefined && textAt(value, 'kind') !== undefined;
}

/** The documents of a YAML file; throws when one is not an object with apiVersion, kind and name. */
export function documentsIn(path: string): readonly Document[] {
  const parsed = parseAllDocuments(readFileSync(path, 'utf8'));
  const documents = 'empty' in parsed ? [] : parsed.filter(({ contents }) => isMap(contents));
  return documents.map((document) => {
    if (document.errors.length > 0) throw new Error(`${path}: ${document.errors.join('; ')}`);
    const value: unknown = document.toJS();
    if (!isDocument(value)) throw new Error(`${path}: not an object: ${JSON.stringify(value)}`);
    return value;
  });
}

/** The group part of an apiVersion. */
export function groupOf({ apiVersion }: Pick<Document, 'apiVersion'>): string {
  return apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';
}
