import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Assets } from '../../../scripts/assets/ensure-assets.ts';
import type { ControlPlane } from '../support/control-plane.ts';
import { createRunner, type Runner, type RunnerOptions } from '../support/runner.ts';

/** The repository: this file runs as `build/test/real-cluster/world/program.js`. */
export const ROOT = join(import.meta.dirname, '../../../..');

/** Where the program runs; files named without a folder lie there. */
export function homeOf({ folder }: ControlPlane): string {
  const home = join(folder, 'program-home');
  mkdirSync(home, { recursive: true });
  return home;
}

/** The program as people call it: through kubectl, which finds `bin/` on the PATH, and this very Node. */
export function programOf(
  { assets, plane }: { readonly assets: Assets; readonly plane: ControlPlane },
  more: Pick<RunnerOptions, 'input' | 'variables'> & { readonly kubeconfig?: string } = {},
): Runner {
  const searchPath = [join(ROOT, 'bin'), dirname(process.execPath)];
  const { path } = assets.tool('kubectl');
  const kubectl = createRunner({ path, home: homeOf(plane), kubeconfig: plane.kubeconfig, searchPath, ...more });
  return (...args) => kubectl('palette-audit', ...args);
}

/** Helm under its usual name, for it signs what it writes with the name of its file. */
export function helmOf(assets: Assets, { folder, kubeconfig }: ControlPlane, tool: 'helm3' | 'helm4'): Runner {
  const home = join(folder, `${tool}-as-helm`);
  const path = join(home, 'helm');
  const run = createRunner({ path, home, kubeconfig });
  if (!existsSync(path)) symlinkSync(assets.tool(tool).path, path);
  return run;
}

/** kubectl whose editor changes a text as `sed` is told. */
export function editorOf(assets: Assets, { folder, kubeconfig }: ControlPlane, change: string): Runner {
  const { path } = assets.tool('kubectl');
  return createRunner({
    path,
    home: join(folder, 'kubectl-home'),
    kubeconfig,
    variables: { KUBE_EDITOR: `sed -i '${change}'` },
  });
}
