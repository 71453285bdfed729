import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { brokenRules, type SourceFile } from './support/import-rules.ts';

/** Top of the repository, seen from `build/test/`. */
const ROOT = join(import.meta.dirname, '../..');

/** What may stand at the top beside dotfiles; anything else hides where the program is. */
const TOP_LEVEL: ReadonlySet<string> = new Set([
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'krew-manifest.yaml',
  'src',
  'bin',
  'test',
  'docs',
  'scripts',
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
  'CONTRIBUTING.md',
  'DECISIONS.md',
]);

function sourceFiles(): readonly SourceFile[] {
  const src = join(ROOT, 'src');
  return readdirSync(src, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(src, path).split(sep).join('/'), text: readFileSync(path, 'utf8') }));
}

describe('architecture', () => {
  it('every import goes in a direction that the design has', () => {
    assert.deepEqual(brokenRules(sourceFiles()), []);
  });

  it('the top of the repository holds only what the design lists', () => {
    const ignored = readFileSync(join(ROOT, '.gitignore'), 'utf8').split('\n');
    const strangers = readdirSync(ROOT, { withFileTypes: true })
      .filter((entry) => !entry.name.startsWith('.') && !entry.name.endsWith('.tgz') && !TOP_LEVEL.has(entry.name))
      .filter((entry) => !(entry.isDirectory() && ignored.includes(`${entry.name}/`)));
    assert.deepEqual(
      strangers.map((entry) => entry.name),
      [],
    );
  });

  describe('the check itself', () => {
    const cases: readonly { says: string; path: string; text: string; broken: boolean }[] = [
      {
        says: 'cli may use every reader',
        path: 'cli/run.ts',
        text: "import { a } from '../cluster/a.ts';",
        broken: false,
      },
      { says: 'a folder may use itself', path: 'render/a.ts', text: "import { a } from './b.ts';", broken: false },
      {
        says: 'a folder below a folder is the same folder',
        path: 'render/words/a.ts',
        text: "import { a } from '../b.ts';",
        broken: false,
      },
      {
        says: 'model is open to all',
        path: 'audit/a.ts',
        text: "import type { A } from '../model/a.ts';",
        broken: false,
      },
      {
        says: 'siblings do not know each other',
        path: 'render/a.ts',
        text: "import { a } from '../audit/b.ts';",
        broken: true,
      },
      { says: 'nor by their types', path: 'render/a.ts', text: "import type { A } from '../cli/b.ts';", broken: true },
      { says: 'model knows nobody', path: 'model/a.ts', text: "import { a } from '../audit/b.ts';", broken: true },
      { says: 'model knows no Node', path: 'model/a.ts', text: "import { a } from 'node:util';", broken: true },
      { says: 'nobody imports main', path: 'cli/a.ts', text: "import '../main.ts';", broken: true },
      { says: 'a re-export is an import', path: 'model/a.ts', text: "export { a } from '../cli/b.ts';", broken: true },
      {
        says: 'an import over several lines',
        path: 'model/a.ts',
        text: "import {\n  a,\n} from '../cli/b.ts';",
        broken: true,
      },
      { says: 'a dynamic import', path: 'render/a.ts', text: "await import('../cluster/b.ts');", broken: true },
      { says: 'files belong to the readers', path: 'audit/a.ts', text: "import { a } from 'node:fs';", broken: true },
      { says: 'a hash is no effect', path: 'audit/a.ts', text: "import { a } from 'node:crypto';", broken: false },
      {
        says: 'cli leaves files to others',
        path: 'cli/a.ts',
        text: "import { a } from 'node:fs/promises';",
        broken: true,
      },
      {
        says: 'client-node belongs to cluster',
        path: 'profiles/a.ts',
        text: "import { a } from '@kubernetes/client-node';",
        broken: true,
      },
      { says: 'yargs belongs to one file', path: 'cli/run.ts', text: "import yargs from 'yargs';", broken: true },
      {
        says: 'part of a package is the package',
        path: 'cli/run.ts',
        text: "import { a } from 'yargs/helpers';",
        broken: true,
      },
      { says: 'an unknown package', path: 'cli/run.ts', text: "import a from 'lodash';", broken: true },
      { says: 'a builtin without its prefix', path: 'audit/a.ts', text: "import { a } from 'fs';", broken: true },
      {
        says: 'a folder that the design does not have',
        path: 'utils/a.ts',
        text: "import { a } from '../model/a.ts';",
        broken: true,
      },
      { says: 'a file of 251 lines of code', path: 'model/a.ts', text: 'a;\n'.repeat(251), broken: true },
      {
        says: 'comments are no code',
        path: 'model/a.ts',
        text: `/*\n${'a;\n'.repeat(251)}*/\n${'// a\n\n'.repeat(300)}`,
        broken: false,
      },
    ];
    for (const { says, path, text, broken } of cases) {
      it(`${broken ? 'refuses' : 'accepts'}: ${says}`, () => {
        assert.equal(brokenRules([{ path, text }]).length, broken ? 1 : 0);
      });
    }

    it('refuses a second importer of client-node', () => {
      const text = "import { KubeConfig } from '@kubernetes/client-node';";
      assert.deepEqual(brokenRules([{ path: 'cluster/a.ts', text }]), []);
      const both = [
        { path: 'cluster/a.ts', text },
        { path: 'cluster/b.ts', text },
      ];
      assert.equal(brokenRules(both).length, 1);
    });

    it('refuses to have read nothing', () => {
      assert.deepEqual(brokenRules([]), ['no source file was read']);
    });
  });
});
