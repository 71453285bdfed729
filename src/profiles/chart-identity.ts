import type { ChartIdentity } from '../model/definition.ts';
import { parseDocuments } from './parse.ts';
import { fileSource, wordAt } from './tree.ts';

/** Name and version that a Chart.yaml gives; undefined without a name. */
export function readChartIdentity(text: string): ChartIdentity | undefined {
  const [document] = parseDocuments(fileSource('Chart.yaml', text));
  const name = wordAt(document?.tree, 'name');
  return name === undefined ? undefined : { name, version: wordAt(document?.tree, 'version') };
}
