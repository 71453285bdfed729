import { join } from 'node:path';
import { ratioOf, type Figure } from './figure.ts';
import { interleaved, type Contest } from './measure/interleaved.ts';
import type { Command } from './measure/process-run.ts';
import type { Tools } from './measure/programs.ts';

const ROOT = join(import.meta.dirname, '../../..');
const ROUNDS = 15;

/** How fast the program starts where nothing is asked of a cluster. */
export async function startFigures({ assets, go, standalone }: Tools, home: string): Promise<readonly Figure[]> {
  const command = (path: string, ...argv: readonly string[]): Command => ({
    path,
    argv,
    home,
    variables: {},
    codes: [0],
  });
  const npm = join(ROOT, 'bin/kubectl-palette_audit');
  const contest: Contest = {
    'kubectl version --client': command(assets.tool('kubectl').path, 'version', '--client'),
    'archive --version': command(standalone.program, '--version'),
    'archive --help': command(standalone.program, '--help'),
    'node -e 0': command(process.execPath, '-e', '0'),
    'npm package --version': command(process.execPath, npm, '--version'),
    'npm package --help': command(process.execPath, npm, '--help'),
  };
  const results = await interleaved(go.measured, contest, ROUNDS);
  const wall = (name: string) => results(name).wall;
  const measured = (...names: readonly string[]): Figure['measured'] =>
    names.map((name) => ({ name, unit: 's', spread: wall(name) }));
  const kubectl = 'kubectl version --client';
  const archive = (name: string, limit: number): Figure => ({
    title: `start of the ${name}`,
    goal: { sense: 'at most', limit, words: `times \`${kubectl}\`` },
    value: ratioOf(wall(name), wall(kubectl)),
    unit: 'times',
    measured: measured(name, kubectl),
  });
  const npmPackage = (name: string): Figure => ({
    title: `start of the ${name} on Node ${process.versions.node}`,
    goal: { sense: 'at most', limit: 30, words: 'ms more than `node -e 0`' },
    value: (wall(name).median - wall('node -e 0').median) * 1000,
    unit: 'ms',
    measured: measured(name, 'node -e 0'),
  });
  return [
    archive('archive --version', 1.3),
    archive('archive --help', 1.8),
    npmPackage('npm package --version'),
    npmPackage('npm package --help'),
  ];
}
