import { execFile } from 'node:child_process';
import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** A Go program of a module whose go.mod and go.sum pin all that it is made from. */
interface GoProgram {
  readonly name: string;
  readonly version: string;
  /** The folder that `go build` runs in. */
  readonly folder: string;
  readonly buildArguments: readonly string[];
}

/**
 * Builds one tool to a name of this process's own and renames it when it is whole: a build that was cut off leaves
 * nothing that looks finished, and two at once do no harm. Go's own build and module caches stay where Go has them.
 */
export async function buildTool(recipe: GoProgram, path: string): Promise<void> {
  mkdirSync(dirname(path), { recursive: true });
  const unfinished = `${path}.${process.pid}.unfinished`;
  try {
    // A go.work of a folder above would replace the pins; a target platform would give what cannot run here.
    const env = { ...process.env, CGO_ENABLED: '0', GOWORK: 'off', GOOS: '', GOARCH: '' };
    await run('go', ['build', '-o', unfinished, ...recipe.buildArguments], {
      cwd: recipe.folder,
      env,
      maxBuffer: 64 * 1024 * 1024,
    });
    renameSync(unfinished, path);
  } catch (error) {
    throw new Error(`${recipe.name} ${recipe.version} was not built: ${remedy(error, recipe)}`, { cause: error });
  } finally {
    rmSync(unfinished, { force: true });
  }
}

function remedy(error: unknown, recipe: GoProgram): string {
  if (field(error, 'code') === 'ENOENT')
    return 'there is no `go` on the PATH; install the Go release that scripts/assets/*/go.mod names, or a newer one';
  const said = field(error, 'stderr') || String(error);
  const lines = said.split('\n').filter((line) => line.trim() !== '' && !line.startsWith('go: downloading '));
  return `${lines.slice(-3).join(' / ')}; try \`go build ${recipe.buildArguments.at(-1)}\` in ${recipe.folder.split('/').slice(-3).join('/')}`;
}

function field(error: unknown, name: 'code' | 'stderr'): string {
  if (typeof error !== 'object' || error === null || !(name in error)) return '';
  return String(Reflect.get(error, name));
}
