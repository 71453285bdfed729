import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { buildTool } from './build-tool.ts';
import { readRecipes, type Recipe } from './recipes.ts';
import type { ToolName } from './tools.ts';
import { versionOf } from './version-of.ts';

/** One binary that is there and has said its version. */
interface Asset {
  readonly path: string;
  /** `v1.2.3`, as the binary itself says. */
  readonly version: string;
}

/** The binaries that the cluster tests run. */
export interface Assets {
  readonly tool: (name: ToolName) => Asset;
  /** The cache folder that holds what was built here. */
  readonly bin: string;
}

/** What a `KUBEBUILDER_ASSETS` folder may bring along; everything else is always built from the pins. */
const PROVIDABLE: ReadonlySet<ToolName> = new Set([
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kubectl',
  'etcd',
]);

/**
 * Finds each binary in `KUBEBUILDER_ASSETS` or in the cache, builds what is missing, and checks every one's version.
 * The error of a failed build or a wrong version says in one line which tool it was and what to do.
 *
 * @param report takes one line per tool.
 */
export async function ensureAssets(report: (line: string) => void = () => {}): Promise<Assets> {
  const { recipes, hash } = readRecipes();
  const cache = process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache');
  const bin = join(cache, 'kubectl-palette-audit', `assets-${hash}`, 'bin');
  const found = new Map<ToolName, Asset>();
  for (const recipe of recipes) {
    const { asset, how } = (await provided(recipe)) ?? (await cachedOrBuilt(recipe, bin));
    found.set(recipe.name, asset);
    report(`${recipe.name} ${asset.version} ${how}`);
  }
  return { bin, tool: (name) => found.get(name) ?? missing(name) };
}

interface Found {
  readonly asset: Asset;
  readonly how: string;
}

/** Patch releases may differ: etcd's often does. A different minor is another cluster than the tests speak of. */
async function provided(recipe: Recipe): Promise<Found | undefined> {
  const folder = process.env['KUBEBUILDER_ASSETS'];
  if (!folder || !PROVIDABLE.has(recipe.name)) return undefined;
  const path = join(folder, recipe.name);
  if (!existsSync(path)) return undefined;
  const version = await versionOf(recipe, path);
  if (minorOf(version) !== minorOf(recipe.version))
    throw new Error(
      `${recipe.name} in KUBEBUILDER_ASSETS is ${version}, the tests need ${minorOf(recipe.version)}: take that one, or unset the variable to build it`,
    );
  return { asset: { path, version }, how: 'from KUBEBUILDER_ASSETS' };
}

async function cachedOrBuilt(recipe: Recipe, bin: string): Promise<Found> {
  const path = join(bin, recipe.name);
  const cached = existsSync(path);
  const started = performance.now();
  if (!cached) await buildTool(recipe, path);
  const how = cached ? 'cached' : `built in ${Math.round((performance.now() - started) / 1000)} s`;
  const version = await versionOf(recipe, path);
  if (version !== recipe.version)
    throw new Error(
      `${recipe.name} says it is ${version}, go.mod pins ${recipe.version}: remove ${bin} to build it again; if it stays, correct its linker variables`,
    );
  return { asset: { path, version }, how };
}

function minorOf(version: string): string {
  return version.split('.').slice(0, 2).join('.');
}

function missing(name: ToolName): never {
  throw new Error(`no recipe for ${name}`);
}
