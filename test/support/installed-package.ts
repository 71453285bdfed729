import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ROOT = join(import.meta.dirname, '../../..');

/** The package as somebody has it who installed its tarball globally, with a home that was empty. */
export interface InstalledPackage {
  /** Its path, seen from the home. */
  readonly tarball: string;
  readonly home: string;
  /** Where npm linked the commands. */
  readonly bin: string;
}

/** npm with nothing of this machine's configuration, no network, and the Node of this run. */
export function npm(home: string, command: 'npm' | 'npx', ...argv: readonly string[]): string {
  const env = {
    HOME: home,
    PATH: `${dirname(process.execPath)}:/usr/bin:/bin`,
    npm_config_offline: 'true',
    npm_config_update_notifier: 'false',
  };
  return execFileSync(command, [...argv], { cwd: home, env, encoding: 'utf8', timeout: 60_000 });
}

/** Packs the repository and installs the tarball, all below `folder`. */
export function installPackage(folder: string): InstalledPackage {
  const home = join(folder, 'home');
  const prefix = join(folder, 'prefix');
  for (const path of [home, prefix]) mkdirSync(path, { recursive: true });
  const name = execFileSync('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', home], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  const tarball = `./${name.trim()}`;
  npm(home, 'npm', 'install', '--global', '--prefix', prefix, '--no-audit', '--no-fund', '--silent', tarball);
  return { tarball, home, bin: join(prefix, 'bin') };
}
