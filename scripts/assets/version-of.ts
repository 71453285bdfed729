import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { Recipe } from './recipes.ts';

const run = promisify(execFile);

/** What the binary itself says, as `v1.2.3`. The first version in its output is its own, libraries' come after it. */
export async function versionOf(recipe: Recipe, path: string): Promise<string> {
  const { name, versionArguments } = recipe;
  if (versionArguments.length === 0) return versionInside(recipe, path);
  const { stdout } = await run(path, [...versionArguments]).catch((error: unknown) => {
    const [said] = String(error).split('\n');
    throw new Error(`${name} at ${path} does not run (${said}): remove the file to build it again`, { cause: error });
  });
  const version = /\d+\.\d+\.\d+(?:-[\w.]+)?/.exec(stdout)?.[0];
  if (version === undefined) throw new Error(`${name} at ${path} names no version: remove the file to build it again`);
  return `v${version}`;
}

/** Go writes into every binary which module, of which version, it was built from. */
async function versionInside({ name, source }: Recipe, path: string): Promise<string> {
  const binary = await readFile(path, 'latin1');
  const line = `\nmod\t${source}\t`;
  const start = binary.indexOf(line);
  const version = /^v\d+\.\d+\.\d+(?:-[\w.]+)?/.exec(binary.slice(start + line.length, start + line.length + 64))?.[0];
  if (start < 0 || version === undefined)
    throw new Error(`${name} at ${path} names no version: remove the file to build it again`);
  return version;
}
