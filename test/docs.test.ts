import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EXIT_CODES } from '../src/cli/exit-codes.ts';
import { REFERENCE_DOCS } from '../scripts/reference-docs.ts';

const ROOT = join(import.meta.dirname, '../..');

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

function keysOf(value: unknown): readonly string[] {
  return Object.keys(Object(value ?? {}));
}

describe('docs', () => {
  for (const [name, page] of REFERENCE_DOCS) {
    it(`docs/${name} is what the code says`, () => {
      assert.equal(read(`docs/${name}`), page(), 'npm run docs writes it anew');
    });
  }

  it('DECISIONS.md has a reason for every dependency', () => {
    const decisions = read('DECISIONS.md');
    const manifest: unknown = JSON.parse(read('package.json'));
    const fields = ['dependencies', 'devDependencies', 'optionalDependencies', 'overrides'];
    const names = fields.flatMap((field) => keysOf(Reflect.get(Object(manifest), field)));
    const withoutReason = names.filter((name) => !decisions.includes(`\`${name}\``));
    assert.ok(names.length > 0);
    assert.deepEqual(withoutReason, []);
  });

  it('CHANGELOG.md knows the version of the package', () => {
    const version = /"version": "([^"]+)"/.exec(read('package.json'))?.[1] ?? '';
    assert.ok(read('CHANGELOG.md').includes(`## ${version}`));
  });

  it('README.md opens with two commands of one line each, and the second runs the tests', () => {
    const commands = [...read('README.md').matchAll(/<!-- (example|test) command -->\n+```sh\n(.+)\n```\n+<!-- -->/g)];
    assert.deepEqual(
      commands.map(([, name]) => name),
      ['example', 'test'],
    );
    assert.match(commands[0]?.[2] ?? '', /^npm ci && npm run build && node bin\/kubectl-palette_audit --snapshot /);
    assert.equal(commands[1]?.[2], 'npm ci && npm test');
  });

  it('README.md has the exit codes that the help has', () => {
    for (const { code, says } of EXIT_CODES)
      assert.ok(read('README.md').replaceAll('`', '').includes(`| ${code} | ${says} |`), code);
  });

  it('README.md says of the benchmark what docs/benchmark.md says', () => {
    const short = /<!-- benchmark -->\n\n(.+)\n\n<!-- \/benchmark -->/.exec(read('README.md'))?.[1] ?? '';
    assert.notEqual(short, '');
    assert.ok(read('docs/benchmark.md').split('\n').includes(short), '`npm run bench` writes both anew');
  });

  it('no page that people read first has a dead link to a file', () => {
    for (const page of ['README.md', 'CONTRIBUTING.md', 'DECISIONS.md', 'CHANGELOG.md'])
      for (const [, target = ''] of read(page).matchAll(/\]\((?!https?:|#)([^)#]+)/g)) read(target);
  });
});
