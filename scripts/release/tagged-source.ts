import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { changelogSection } from './changelog-section.ts';
import { readPackageJson } from './package-json.ts';

/** What a release is made from. */
export interface TaggedSource {
  readonly version: string;
  /** The commit that the tag names. */
  readonly commit: string;
  /** What CHANGELOG.md says of the version. */
  readonly changes: string;
}

/**
 * Makes sure that what lies in the folder is what the tag says, and nothing else.
 *
 * @throws {Error} that says what disagrees.
 */
export function taggedSource(root: string, tag: string): TaggedSource {
  if (!/^v\d+\.\d+\.\d+(?:-[\w.]+)?$/.test(tag))
    throw new Error(`${tag || 'nothing'} is no tag of a release: v1.2.3 is`);
  const version = tag.slice(1);
  const { version: packaged } = readPackageJson(root);
  if (packaged !== version) throw new Error(`package.json says ${packaged}, the tag ${tag}: bring them together`);
  const changes = changelogSection(readFileSync(join(root, 'CHANGELOG.md'), 'utf8'), version);
  const changed = git(root, 'status', '--porcelain');
  if (changed !== '') throw new Error(`the folder differs from its commit: commit or remove\n${changed}`);
  const commit = tagged(root, tag);
  const head = git(root, 'rev-parse', 'HEAD');
  if (commit !== head) throw new Error(`${tag} names ${commit}, checked out is ${head}: check out the tag`);
  return { version, commit, changes };
}

function tagged(root: string, tag: string): string {
  try {
    return git(root, 'rev-parse', '--verify', '--quiet', `refs/tags/${tag}^{commit}`);
  } catch {
    throw new Error(`there is no tag ${tag}: git tag ${tag}`);
  }
}

function git(root: string, ...argv: readonly string[]): string {
  return execFileSync('git', argv, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] }).trim();
}
