import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { asLastResort } from '../support/last-resort.ts';
import { ROOT } from './program.ts';

/** A release that was made of these very sources, in a checkout of its own. */
export interface MadeRelease {
  readonly version: string;
  readonly tag: string;
  /** The commit that the tag names. */
  readonly commit: string;
  /** The checkout. */
  readonly source: string;
  /** What the release command made. */
  readonly folder: string;
  readonly file: (name: string) => Buffer;
  /** Runs the release command without building anew; its standard error, or '' when it succeeded. */
  readonly again: (tag: string) => string;
  readonly remove: () => void;
}

/** What is no source: made, fetched, or of the repository itself. */
const NOT_SOURCES = new Set([
  '.git',
  'node_modules',
  'build',
  'dist',
  'coverage',
  'release',
  'reports',
  '.stryker-tmp',
]);

/** Puts these sources under a temporary tag, dates their changes, and runs the one command that makes a release. */
export function makeRelease(): MadeRelease {
  const home = mkdtempSync(join(tmpdir(), 'palette-audit-release-'));
  const removeHome = (): void => rmSync(home, { recursive: true, force: true });
  const forget = asLastResort(removeHome);
  const source = join(home, 'source');
  mkdirSync(source);
  for (const name of readdirSync(ROOT).filter((one) => !NOT_SOURCES.has(one) && !one.endsWith('.tgz')))
    cpSync(join(ROOT, name), join(source, name), { recursive: true, verbatimSymlinks: true });
  symlinkSync(join(ROOT, 'node_modules'), join(source, 'node_modules'));
  const version = /"version": "([^"]+)"/.exec(readFileSync(join(source, 'package.json'), 'utf8'))?.[1] ?? '';
  const tag = `v${version}`;
  const changelog = readFileSync(join(source, 'CHANGELOG.md'), 'utf8');
  writeFileSync(
    join(source, 'CHANGELOG.md'),
    changelog.replace(`## ${version} (unreleased)`, `## ${version} (2026-11-23)`),
  );
  const git = gitIn(source);
  git('init', '--quiet');
  // A link is no folder to .gitignore's node_modules/.
  writeFileSync(join(source, '.git/info/exclude'), 'node_modules\n');
  git('add', '--all');
  git('commit', '--quiet', `--message=Release ${tag}`);
  git('tag', tag);
  npmIn(source, 'run', '--silent', 'release', '--', tag);
  const folder = join(source, 'release');
  return {
    version,
    tag,
    commit: git('rev-parse', 'HEAD'),
    source,
    folder,
    file: (name) => readFileSync(join(folder, basename(name))),
    again: (other) => releaseAgain(source, other),
    remove: () => {
      removeHome();
      forget();
    },
  };
}

function gitIn(cwd: string): (...argv: readonly string[]) => string {
  const who = ['-c', 'user.name=release', '-c', 'user.email=release@example.com'];
  return (...argv) => execFileSync('git', [...who, ...argv], { cwd, encoding: 'utf8' }).trim();
}

function npmIn(cwd: string, ...argv: readonly string[]): string {
  return execFileSync('npm', argv, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

function releaseAgain(source: string, tag: string): string {
  try {
    execFileSync(process.execPath, [join(source, 'build/scripts/release.js'), tag], { cwd: source, stdio: 'pipe' });
    return '';
  } catch (error) {
    return typeof error === 'object' && error !== null ? String(Reflect.get(error, 'stderr')) : '';
  }
}
