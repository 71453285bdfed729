import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Assets } from '../../../scripts/assets/ensure-assets.ts';
import { asLastResort } from '../support/last-resort.ts';
import { createRunner, type Runner } from '../support/runner.ts';
import type { MadeRelease } from './release.ts';

/** A user with kubectl and krew, an empty home, and no Node anywhere on the PATH. */
export interface KrewUser {
  readonly folder: string;
  /** The release's manifest, named as krew wants it, with addresses of a server on loopback that has the archives. */
  readonly manifest: string;
  readonly validate: Runner;
  /** kubectl of that user, against the cluster of a kubeconfig. */
  readonly kubectl: (kubeconfig?: string) => Runner;
  /** Any other program of that user. */
  readonly program: (path: string, kubeconfig?: string) => Runner;
  /** What is installed, as links for kubectl. */
  readonly installed: () => readonly string[];
  readonly stop: () => Promise<void>;
}

/** All that is on the PATH of that user, beside what krew installs: krew's launcher needs one, its indexes the other. */
const SYSTEM_PROGRAMS = ['readlink', 'git'];

export async function krewUser(assets: Assets, release: MadeRelease): Promise<KrewUser> {
  const folder = mkdtempSync(join(tmpdir(), 'palette-audit-krew-'));
  const removeFolder = (): void => rmSync(folder, { recursive: true, force: true });
  const forget = asLastResort(removeFolder);
  const [programs, root, home] = ['programs', 'krew', 'home'].map((name) => join(folder, name));
  if (programs === undefined || root === undefined || home === undefined) throw new Error('no folders');
  mkdirSync(programs);
  symlinkSync(assets.tool('kubectl').path, join(programs, 'kubectl'));
  symlinkSync(assets.tool('krew').path, join(programs, 'kubectl-krew'));
  for (const name of SYSTEM_PROGRAMS) symlinkSync(pathOf(name), join(programs, name));
  const server = await startFileServer(release.folder);
  const manifest = join(folder, 'palette-audit.yaml');
  const text = release.file('palette-audit.yaml').toString();
  writeFileSync(manifest, text.replaceAll(/uri: \S+\//g, `uri: ${server.url}/`));
  const variables = {
    PATH: `${join(root, 'bin')}:${programs}`,
    KREW_ROOT: root,
    KREW_NO_UPGRADE_CHECK: '1',
    GIT_CONFIG_NOSYSTEM: '1',
  };
  const program: KrewUser['program'] = (path, kubeconfig = join(home, 'none')) =>
    createRunner({ path, home, kubeconfig, variables });
  return {
    folder,
    manifest,
    validate: program(assets.tool('validate-krew-manifest').path),
    kubectl: (kubeconfig) => program(join(programs, 'kubectl'), kubeconfig),
    program,
    installed: () => readdirSync(join(root, 'bin')).toSorted(),
    stop: async () => {
      await server.stop();
      removeFolder();
      forget();
    },
  };
}

/** Makes a git repository that krew takes for an index: one folder with one manifest. Its path. */
export function writeIndex({ folder, manifest }: KrewUser): string {
  const index = join(folder, 'index');
  mkdirSync(join(index, 'plugins'), { recursive: true });
  writeFileSync(join(index, 'plugins/palette-audit.yaml'), readFileSync(manifest));
  const git = (...argv: readonly string[]): Buffer =>
    execFileSync('git', ['-c', 'user.name=index', '-c', 'user.email=index@example.com', ...argv], { cwd: index });
  git('init', '--quiet');
  git('add', '--all');
  git('commit', '--quiet', '--message=Add palette-audit');
  return index;
}

function pathOf(name: string): string {
  return execFileSync('/bin/sh', ['-c', `command -v ${name}`], { encoding: 'utf8' }).trim();
}

async function startFileServer(folder: string) {
  const names = new Set(readdirSync(folder));
  const server = createServer((request, response) => {
    const name = basename(request.url ?? '');
    if (names.has(name)) response.end(readFileSync(join(folder, name)));
    else response.writeHead(404).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}`,
    stop: async () => {
      server.close();
      await once(server, 'close');
    },
  };
}
