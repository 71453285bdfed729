import { Document, isScalar, visit } from 'yaml';

import { needsQuotes, quotedText } from './escape.ts';

/** A document as JSON, indented by two; control and bidirectional characters are escaped. */
export function jsonText(document: object): string {
  return `${quotedText(JSON.stringify(document, undefined, 2))}\n`;
}

/** The same document as YAML. Texts that a terminal or a log would obey are double-quoted and escaped. */
export function yamlText(content: object): string {
  const document = new Document(content, { aliasDuplicateObjects: false, compat: 'yaml-1.1' });
  visit(document, {
    Scalar: (_, node) => {
      if (isScalar(node) && typeof node.value === 'string' && needsQuotes(node.value)) node.type = 'QUOTE_DOUBLE';
    },
  });
  return quotedText(document.toString({ lineWidth: 0, doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER }));
}
