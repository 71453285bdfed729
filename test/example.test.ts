import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const README = join(ROOT, 'README.md');
const PROGRAM = join(ROOT, 'bin/kubectl-palette_audit');
const EXAMPLE = ['--snapshot', 'docs/example.snapshot.json'];

/** Where a part of README begins and ends, by the marks around it. */
function marked(readme: string, mark: string): readonly [number, number] {
  const open = `<!-- ${mark} -->`;
  const [from, to] = [readme.indexOf(open) + open.length, readme.indexOf(`<!-- /${mark} -->`)];
  assert.ok(from >= open.length && to >= from, `README.md has no ${open} …`);
  return [from, to];
}

describe('the packaged example', () => {
  const cases = [
    { mark: 'example-output', argv: EXAMPLE },
    { mark: 'removal-output', argv: [...EXAMPLE, 'removal', 'pack/cost-analyzer'] },
  ];
  for (const { mark, argv } of cases) {
    it(`answers as README says in ${mark}; UPDATE_GOLDEN=1 writes the answer there`, () => {
      const { code, stdout, stderr } = runExample(argv);
      assert.deepEqual([code, stderr], [1, '']);
      const readme = readFileSync(README, 'utf8');
      const [from, to] = marked(readme, mark);
      const expected = `\n\`\`\`text\n${stdout.trim()}\n\`\`\`\n`;
      if (process.env['UPDATE_GOLDEN'] === '1') {
        assert.ok(!process.env['CI'], 'UPDATE_GOLDEN is for people, not for CI');
        writeFileSync(README, readme.slice(0, from) + expected + readme.slice(to));
        return;
      }
      assert.equal(readme.slice(from, to), expected);
    });
  }
});

describe('the gate of README', () => {
  let folder = '';
  before(() => (folder = mkdtempSync(join(tmpdir(), 'palette-audit-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs README's lines, with `kubectl palette-audit` standing for this program on the example. */
  function gate(kubectl: string, target: string): number | null {
    const readme = readFileSync(README, 'utf8');
    const [from, to] = marked(readme, 'gate');
    const lines = readme
      .slice(from, to)
      .replaceAll(/^```.*$/gm, '')
      .replace('pack/kubewatch', target);
    const snapshot = join(ROOT, 'docs/example.snapshot.json');
    const env = { PATH: process.env['PATH'], NODE: process.execPath, PROGRAM, SNAPSHOT: snapshot };
    return spawnSync('/bin/sh', ['-c', `kubectl() { ${kubectl}; }\n${lines}`], { cwd: folder, env }).status;
  }
  const asked = 'shift; "$NODE" "$PROGRAM" "$@" --snapshot "$SNAPSHOT"';
  const cases = [
    { says: 'passes what is clear', kubectl: asked, target: 'pack/kubewatch', code: 0 },
    { says: 'stops a conflict', kubectl: asked, target: 'pack/cost-analyzer', code: 1 },
    { says: 'stops a name that nobody has', kubectl: asked, target: 'pack/none', code: 1 },
    { says: 'stops the list of all', kubectl: asked, target: '', code: 1 },
    { says: 'stops an answer that was cut', kubectl: `${asked} | head -c 500`, target: 'pack/kubewatch', code: 1 },
    { says: 'stops where nothing runs', kubectl: 'false', target: 'pack/kubewatch', code: 1 },
  ];
  for (const { says, kubectl, target, code } of cases) {
    it(says, () => assert.equal(gate(kubectl, target), code));
  }
});

/** README's own words after `node`, on this Node and with nothing of this machine's configuration. */
function runExample(words: readonly string[]): {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
} {
  const argv = [PROGRAM, ...words];
  const { status, stdout, stderr } = spawnSync(process.execPath, argv, { cwd: ROOT, env: {}, encoding: 'utf8' });
  return { code: status, stdout, stderr };
}
