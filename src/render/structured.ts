import { Document, isCollection, isScalar, isSeq, visit } from 'yaml';

import { needsQuotes, quotedJson, quotedText } from './escape.ts';
import { plainYaml } from './plain-yaml.ts';

/** A document as JSON, indented by two; control and bidirectional characters are escaped. */
export function jsonText(document: object): string {
  return `${quotedJson(JSON.stringify(document, undefined, 2))}\n`;
}

/** Texts that a terminal would obey, or that end in blank lines, which nobody sees. */
function isUnclear(text: string): boolean {
  return needsQuotes(text) || /^\s+$/u.test(text) || text.endsWith('\n\n');
}

function plainDocument(content: object): Document {
  const document = new Document(content, { aliasDuplicateObjects: false, compat: 'yaml-1.1' });
  visit(document, {
    Scalar: (_, node) => {
      if (isScalar(node) && typeof node.value === 'string' && isUnclear(node.value)) node.type = 'QUOTE_DOUBLE';
    },
  });
  return document;
}

function serialised(document: Document): string {
  return quotedText(document.toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER }));
}

/** The same document as YAML. Texts that a terminal or a log would obey are double-quoted and escaped. */
export function yamlText(content: object): string {
  return plainYaml(content, (k) => libraryYaml({ k })) ?? libraryYaml(content);
}

/** What the YAML library makes of a document: whatever is written without it is the same, byte by byte. */
export function libraryYaml(content: object): string {
  return serialised(plainDocument(content));
}

/** One of several YAML documents, with a comment above each entry of the list `listKey`; '' is none. */
export interface CommentedDocument {
  readonly content: object;
  readonly listKey: string;
  readonly comments: readonly string[];
}

/** `text` as comment lines, below each other. */
function commentLines(text: string): string {
  return text
    .split('\n')
    .map((line) => `#${line === '' ? '' : ` ${line}`}\n`)
    .join('');
}

/** Documents of one YAML stream, below a head of comment lines. */
export function yamlStream(head: string, documents: readonly CommentedDocument[]): string {
  const texts = documents.map(({ content, listKey, comments }) => {
    const document = plainDocument(content);
    const list = document.get(listKey);
    for (const [index, item] of (isSeq(list) ? list.items : []).entries()) {
      const comment = comments[index] ?? '';
      if (isCollection(item) && comment !== '') item.commentBefore = ` ${comment}`;
    }
    return serialised(document);
  });
  return `${quotedText(commentLines(head))}${texts.join('---\n')}`;
}
