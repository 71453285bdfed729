import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Recipe } from './recipes.ts';

const run = promisify(execFile);

/** What the binary itself says, as `v1.2.3`. The first version in its output is its own, libraries' come after it. */
export async function versionOf({ name, versionArguments }: Recipe, path: string): Promise<string> {
  const { stdout } = await run(path, [...versionArguments]).catch((error: unknown) => {
    const [said] = String(error).split('\n');
    throw new Error(`${name} at ${path} does not run (${said}): remove the file to build it again`, { cause: error });
  });
  const version = /\d+\.\d+\.\d+(?:-[\w.]+)?/.exec(stdout)?.[0];
  if (version === undefined) throw new Error(`${name} at ${path} names no version: remove the file to build it again`);
  return `v${version}`;
}
