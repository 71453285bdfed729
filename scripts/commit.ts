import { execFileSync } from 'node:child_process';
import { dirname } from 'node:path';

/**
 * The commit that `root`, the top of a checkout, is at, with `-dirty` behind it where a tracked file differs. Without
 * git or its folder, as in an unpacked archive, it is that of PALETTE_AUDIT_COMMIT, else ''.
 */
export function commitOf(root: string, env: NodeJS.ProcessEnv = process.env): string {
  const given = env['PALETTE_AUDIT_COMMIT'] ?? '';
  if (given !== '') return given;
  // A repository that merely lies around this folder is another one; a hook's GIT_DIR is, too.
  const { PATH, HOME } = env;
  const own = { PATH, HOME, GIT_CEILING_DIRECTORIES: dirname(root.replace(/\/$/, '')) };
  const git = (...args: readonly string[]): string =>
    execFileSync('git', [...args], {
      cwd: root,
      env: own,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  try {
    const commit = git('rev-parse', 'HEAD');
    return git('--no-optional-locks', 'status', '--porcelain', '--untracked-files=no') === ''
      ? commit
      : `${commit}-dirty`;
  } catch {
    return '';
  }
}
