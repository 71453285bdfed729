// Makes the archives that need no Node: `npm run archives [-- linux-x64 …]`, all platforms when none is named.
import { join } from 'node:path';
import { writeArchives } from './release/archives.ts';
import { TARGETS, targetOf } from './release/targets.ts';

const root = join(import.meta.dirname, '../..');

try {
  const named = process.argv.slice(2);
  const targets = named.map((name) => {
    const target = targetOf(name);
    if (target === undefined) throw new Error(`no archive is made for ${name}; choose of ${TARGETS.join(', ')}`);
    return target;
  });
  await writeArchives({
    root,
    folder: join(root, 'release'),
    targets: targets.length > 0 ? targets : TARGETS,
    report: (line) => console.log(line),
  });
} catch (error) {
  console.error(`archives: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
}
