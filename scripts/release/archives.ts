import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { archiveContent } from './archive-content.ts';
import { registryPackage } from './node-package.ts';
import { readPackageJson } from './package-json.ts';
import { tarGz } from './tar-gz.ts';
import type { Target } from './targets.ts';
import { zip } from './zip.ts';

/** An archive that was written. */
export interface Archive {
  readonly target: Target;
  /** Its name, without a folder. */
  readonly file: string;
  /** In hexadecimal. */
  readonly sha256: string;
}

/** What archives are made from, and where they go. */
export interface ArchivesOptions {
  /** The repository, with the bundle built. */
  readonly root: string;
  readonly folder: string;
  readonly targets: readonly Target[];
  /** Takes a line per archive. */
  readonly report: (line: string) => void;
}

/** Makes the archives one after the other; the same sources, pins and Node make the same bytes. */
export async function writeArchives({ root, folder, targets, report }: ArchivesOptions): Promise<readonly Archive[]> {
  mkdirSync(folder, { recursive: true });
  const { version } = readPackageJson(root);
  const archives: Archive[] = [];
  for (const target of targets) {
    const entries = await archiveContent(root, target, registryPackage);
    const content = target.startsWith('windows') ? await zip(entries) : await tarGz(entries);
    const archive = { target, file: archiveName(version, target), sha256: sha256(content) };
    writeFileSync(join(folder, archive.file), content);
    archives.push(archive);
    report(`${archive.file}: ${Math.round(content.length / 1e6)} MB, sha256 ${archive.sha256}`);
  }
  return archives;
}

/** The name of a platform's archive. */
export function archiveName(version: string, target: Target): string {
  return `kubectl-palette_audit-v${version}-${target}.${target.startsWith('windows') ? 'zip' : 'tar.gz'}`;
}

function sha256(content: Buffer): string {
  return createHash('sha256').update(content).digest('hex');
}
