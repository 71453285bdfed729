import { parseAllDocuments } from 'yaml';

/** Bounds the work an alias bomb can cause. */
const MOST_ALIASES = 100;

/**
 * The YAML documents of `text` as plain values, every scalar as the text it is written as, null for an empty one. Throws an Error without an excerpt of the text
 * when it is not YAML. The library's duplicate check is quadratic, so a duplicate key is left to the last one winning.
 */
export function yamlDocuments(text: string): readonly unknown[] {
  const options = { schema: 'failsafe', uniqueKeys: false, prettyErrors: false, logLevel: 'silent' } as const;
  const documents = parseAllDocuments(text, options);
  if (!Array.isArray(documents)) return [];
  return documents.map((document): unknown => {
    const [problem] = document.errors;
    if (problem !== undefined) throw new Error(`not YAML (${problem.code})`);
    return document.toJS({ maxAliasCount: MOST_ALIASES });
  });
}
