import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { NODE_OPTIONS } from '../../../scripts/release/launchers.ts';
import type { Assets } from '../../../scripts/assets/ensure-assets.ts';
import type { GoPrograms } from './go-programs.ts';
import type { Command } from './process-run.ts';
import type { Standalone } from './standalone.ts';

const BUILT = join(import.meta.dirname, '..');

/** What the benchmark runs. */
export interface Tools {
  readonly assets: Assets;
  readonly go: GoPrograms;
  readonly standalone: Standalone;
}

/** The programs that are measured, each as somebody would start it on one cluster. */
export interface Programs {
  /** The archive's. An answer with findings is one; one with gaps is not. */
  readonly audit: (...argv: readonly string[]) => Command;
  /** On the archive's Node. */
  readonly floor: (...argv: readonly string[]) => Command;
  /** One type in pages of 500, on the archive's Node. */
  readonly pages: (path: string) => Command;
  /** From the inventory to the text, on the archive's Node as its launcher starts it. */
  readonly report: (format: string) => Command;
  /** `ketall -o name` with its defaults. */
  readonly ketall: () => Command;
  /** What nobody uses in all namespaces. */
  readonly kor: () => Command;
  readonly lineage: (...argv: readonly string[]) => Command;
  readonly helm: (...argv: readonly string[]) => Command;
  readonly kubectl: (...argv: readonly string[]) => Command;
}

/** @param folder holds their common home, which is made. */
export function programsFor({ assets, go, standalone }: Tools, folder: string, kubeconfig: string): Programs {
  const home = join(folder, 'bench-home');
  mkdirSync(home, { recursive: true });
  const command = (path: string, argv: readonly string[], codes: readonly number[] = [0]): Command => ({
    path,
    argv,
    home,
    variables: { KUBECONFIG: kubeconfig },
    codes,
  });
  const script = (name: string, ...argv: readonly string[]): Command =>
    command(standalone.node, [join(BUILT, name), ...argv]);
  return {
    audit: (...argv) => command(standalone.program, argv, [0, 1]),
    floor: (...argv) => script('floor.js', ...argv),
    pages: (path) => script('pages.js', path),
    report: (format) => command(standalone.node, [NODE_OPTIONS, join(BUILT, 'report.js'), format]),
    ketall: () => command(go.peer('ketall').path, []),
    kor: () => command(go.peer('kor').path, ['all', '-o', 'json']),
    lineage: (...argv) => command(go.peer('kube-lineage').path, argv),
    helm: (...argv) => command(assets.tool('helm3').path, argv),
    kubectl: (...argv) => command(assets.tool('kubectl').path, argv),
  };
}
