import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { TOOLS, type Tool, type ToolName } from './tools.ts';

/** The Go modules lie beside the sources of this file, not beside what the compiler makes of them. */
const MODULES = join(import.meta.dirname, '../../../scripts/assets');

/** All that `go build` is told about one tool. */
export interface Recipe {
  readonly name: ToolName;
  /** `v1.2.3`, from the module's go.mod: the only place that says it. */
  readonly version: string;
  /** The pinned Go module. */
  readonly source: string;
  /** The folder that `go build` runs in. */
  readonly folder: string;
  readonly buildArguments: readonly string[];
  /** What makes the binary print its version; empty when nothing does. */
  readonly versionArguments: readonly string[];
}

/** One recipe per tool, and a name for all of them together that changes whenever one does. */
export function readRecipes(): { readonly recipes: readonly Recipe[]; readonly hash: string } {
  const recipes = TOOLS.map(recipeOf);
  const hash = createHash('sha256').update(`${process.platform}/${process.arch}`);
  for (const { name, buildArguments } of recipes) hash.update(`\n${name} ${buildArguments.join(' ')}`);
  for (const module of readdirSync(MODULES, { withFileTypes: true })) {
    if (!module.isDirectory()) continue;
    for (const file of ['go.mod', 'go.sum']) hash.update(readFileSync(join(MODULES, module.name, file)));
  }
  return { recipes, hash: hash.digest('hex').slice(0, 16) };
}

function recipeOf(tool: Tool): Recipe {
  const { name, source, versionArguments } = tool;
  const folder = join(MODULES, tool.module);
  const goMod = readFileSync(join(folder, 'go.mod'), 'utf8');
  const pinOf = (pinned: string): string => pinnedVersion(goMod, pinned);
  const version = pinOf(source);
  const variables = Object.entries(tool.variables(pinOf)).map(([variable, value]) => `-X ${variable}=${value}`);
  const linkerFlags = ['-s', '-w', ...variables].join(' ');
  const buildArguments = ['-trimpath', '-mod=readonly', '-ldflags', linkerFlags, tool.program];
  return { name, version, source, folder, buildArguments, versionArguments };
}

function pinnedVersion(goMod: string, source: string): string {
  const line = goMod.split('\n').find((text) => text.trim().startsWith(`${source} v`));
  const version = line?.trim().split(' ')[1];
  if (version === undefined) throw new Error(`no go.mod pins ${source}: add it to the module's require lines`);
  return version;
}
