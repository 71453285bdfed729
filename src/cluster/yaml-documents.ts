import { parseAllDocuments, type DocumentOptions, type ParseOptions, type SchemaOptions } from 'yaml';

/** Bounds the work an alias bomb can cause. */
const MOST_ALIASES = 100;

/** Merge keys and null are YAML 1.1's, as Go's readers have them, and with them kubectl and Helm. */
const READING = {
  uniqueKeys: false,
  merge: true,
  customTags: ['null'],
  prettyErrors: false,
  logLevel: 'silent',
} satisfies ParseOptions & DocumentOptions & SchemaOptions;

function documentsIn(text: string, schema: 'failsafe' | 'core'): readonly unknown[] {
  const documents = parseAllDocuments(text, { ...READING, schema });
  if (!Array.isArray(documents)) return [];
  return documents.map((document): unknown => {
    const [problem] = document.errors;
    if (problem !== undefined) throw new Error(`not YAML (${problem.code})`);
    return document.toJS({ maxAliasCount: MOST_ALIASES });
  });
}

/**
 * The YAML documents of `text` as plain values, every scalar as the text it is written as, but null for one that is
 * empty or `null`. Throws an Error without an excerpt of the text when it is not YAML. The library's duplicate check is
 * quadratic, so a duplicate key is left to the last one winning.
 */
export function yamlDocuments(text: string): readonly unknown[] {
  return documentsIn(text, 'failsafe');
}

/** The first YAML document of `text` with numbers and booleans as such, for what is passed on as JSON. */
export function typedDocument(text: string): unknown {
  return documentsIn(text, 'core')[0];
}
