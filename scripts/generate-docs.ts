// Writes the pages of docs/ that come from the code: `npm run docs`.
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { REFERENCE_DOCS } from './reference-docs.ts';

for (const [name, page] of REFERENCE_DOCS)
  await writeFile(fileURLToPath(new URL(`../../docs/${name}`, import.meta.url)), page());
