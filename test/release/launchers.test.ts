import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { commandLauncher, shellLauncher } from '../../scripts/release/launchers.ts';

describe('the launcher of an archive', () => {
  let folder: string;
  let home: string;

  before(() => {
    folder = realpathSync(mkdtempSync(join(tmpdir(), 'palette-audit launcher-')));
    home = join(folder, 'a store');
    mkdirSync(join(home, 'lib'), { recursive: true });
    const { path, text } = shellLauncher('kubectl-palette_audit');
    const files = [
      [path, text],
      ['lib/node', '#!/bin/sh\nprintf "%s\\n" "${NODE_OPTIONS-unset}" "$@"\n'],
    ] as const;
    for (const [name, content] of files) {
      writeFileSync(join(home, name), content);
      chmodSync(join(home, name), 0o755);
    }
    mkdirSync(join(folder, 'bin'));
    symlinkSync(join(home, path), join(folder, 'bin/absolute'));
    symlinkSync('../a store/kubectl-palette_audit', join(folder, 'bin/relative'));
    symlinkSync('relative', join(folder, 'bin/twice'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const cases: readonly (readonly [says: string, cwd: string, command: readonly string[]])[] = [
    ['by its path', '.', ['a store/kubectl-palette_audit']],
    ['from its own folder', 'a store', ['./kubectl-palette_audit']],
    ['by a shell, without a folder', 'a store', ['/bin/sh', 'kubectl-palette_audit']],
    ['by an absolute link, such as krew makes', '.', ['bin/absolute']],
    ['by a relative link', '.', ['bin/relative']],
    ['by a link to a link', '.', ['bin/twice']],
    ['by a link, by a shell, without a folder', 'bin', ['/bin/sh', 'twice']],
  ];
  for (const [says, cwd, [command = '', ...more]] of cases) {
    it(`finds Node beside itself when called ${says}`, () => {
      const at = join(folder, cwd);
      const path = command.startsWith('/') ? command : join(at, command);
      const [options, room, script = '', ...argv] = seen(at, path, ...more, 'explain', 'two words', '');
      assert.equal(options, 'unset');
      assert.equal(room, '--max-semi-space-size=16');
      assert.equal(realpathSync(resolve(at, script, '../..')), join(home, 'lib'));
      assert.deepEqual(argv, ['explain', 'two words', '']);
    });
  }

  it('is a .cmd on Windows, with the line ends of Windows', () => {
    const { path, text } = commandLauncher('kubectl-palette_audit');
    assert.equal(path, 'kubectl-palette_audit.cmd');
    assert.deepEqual(text.split('\r\n'), [
      '@echo off',
      'setlocal',
      'set NODE_OPTIONS=',
      '"%~dp0lib\\node.exe" --max-semi-space-size=16 "%~dp0lib\\bin\\kubectl-palette_audit" %*',
      '',
    ]);
  });
});

/** What the played Node was given: its options, the script, the arguments. */
function seen(cwd: string, command: string, ...argv: readonly string[]): readonly string[] {
  return execFileSync(command, argv, {
    cwd,
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin', NODE_OPTIONS: '--require=elsewhere' },
  })
    .split('\n')
    .slice(0, -1);
}
