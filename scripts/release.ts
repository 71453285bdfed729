// Makes all that a release consists of: `npm run release -- v1.2.3`, in a clean checkout of that tag.
import { execFileSync } from 'node:child_process';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeArchives } from './release/archives.ts';
import { billOfMaterials } from './release/bill-of-materials.ts';
import { krewManifest } from './release/krew-manifest.ts';
import { member, textOf } from './release/package-json.ts';
import { taggedSource } from './release/tagged-source.ts';
import { TARGETS } from './release/targets.ts';

const root = join(import.meta.dirname, '../..');
const folder = join(root, 'release');
const unfinished = `${folder}.unfinished`;

/** Whole or not at all: what is in `release/` is complete. */
async function release(tag: string): Promise<void> {
  const { version, commit, changes } = taggedSource(root, tag);
  assertBundled(version, commit);
  rmSync(unfinished, { recursive: true, force: true });
  const archives = await writeArchives({
    root,
    folder: unfinished,
    targets: TARGETS,
    report: (line) => console.log(line),
  });
  const write = (name: string, text: string): void => writeFileSync(join(unfinished, name), text);
  write('SHA256SUMS', archives.map(({ file, sha256 }) => `${sha256}  ${file}\n`).join(''));
  write(`kubectl-palette_audit-v${version}.cdx.json`, billOfMaterials(root, TARGETS));
  const manifest = readFileSync(join(root, 'krew-manifest.yaml'), 'utf8');
  write('palette-audit.yaml', krewManifest(manifest, version, archives));
  write('CHANGES.md', changes);
  rmSync(folder, { recursive: true, force: true });
  renameSync(unfinished, folder);
  console.log(`${tag} of ${commit} is in ${folder}`);
}

/** A bundle of other sources would go out under this tag's name. */
function assertBundled(version: string, commit: string): void {
  const program = join(root, 'bin/kubectl-palette_audit');
  const said = execFileSync(process.execPath, [program, 'version', '--client', '-o', 'json'], { encoding: 'utf8' });
  const client = member(JSON.parse(said), 'clientVersion');
  const [bundled, from] = [textOf(client, 'gitVersion'), textOf(client, 'gitCommit')];
  if (bundled === `v${version}` && from === commit) return;
  throw new Error(`the bundle is ${bundled} of ${from || 'no commit'}, not v${version} of ${commit}: npm run build`);
}

try {
  await release(process.argv[2] ?? '');
} catch (error) {
  console.error(`release: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 1;
} finally {
  rmSync(unfinished, { recursive: true, force: true });
}
