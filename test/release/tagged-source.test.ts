import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { taggedSource } from '../../scripts/release/tagged-source.ts';

const CHANGES = '# Changes\n\n## 1.2.3 (2026-11-23)\n\n- It works.\n\n## 1.2.2 (2026-11-01)\n\n- It did not.\n';

describe('what a release is made from', () => {
  let folder: string;
  const git = (...argv: readonly string[]): string =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@example.com', ...argv], {
      cwd: folder,
      encoding: 'utf8',
    }).trim();
  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  const commitAll = (): void => {
    git('add', '--all');
    git('commit', '--quiet', '--message=change');
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'palette-audit-tag-'));
    git('init', '--quiet');
    const packageJson = { name: 'a', version: '1.2.3', description: 'a', license: 'Apache-2.0', bin: {} };
    write('package.json', JSON.stringify(packageJson));
    write('CHANGELOG.md', CHANGES);
    commitAll();
    git('tag', 'v1.2.3');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is the commit that the tag names, with what the changelog says of it', () => {
    const commit = git('rev-parse', 'HEAD');
    assert.deepEqual(taggedSource(folder, 'v1.2.3'), { version: '1.2.3', commit, changes: '- It works.\n' });
  });

  it('may bear a tag with a message', () => {
    git('tag', '--force', '--annotate', '--message=release', 'v1.2.3');
    assert.equal(taggedSource(folder, 'v1.2.3').commit, git('rev-parse', 'HEAD'));
  });

  const refused: readonly (readonly [says: string, change: () => void, tag: string, error: RegExp])[] = [
    ['no tag at all', () => {}, '', /no tag of a release/],
    ['a branch', () => {}, 'main', /no tag of a release/],
    ['a version without v', () => {}, '1.2.3', /no tag of a release/],
    ['a tag that package.json disagrees with', () => git('tag', 'v1.2.4'), 'v1.2.4', /package\.json says 1\.2\.3/],
    ['a tag that is not there', () => git('tag', '--delete', 'v1.2.3'), 'v1.2.3', /there is no tag v1\.2\.3/],
    [
      'a branch of the name of a tag',
      () => {
        git('tag', '--delete', 'v1.2.3');
        git('branch', 'v1.2.3');
      },
      'v1.2.3',
      /there is no tag v1\.2\.3/,
    ],
    [
      'a changed file',
      () => write('package.json', JSON.stringify({ name: 'b', version: '1.2.3', description: 'a', license: 'MIT' })),
      'v1.2.3',
      /differs from its commit[^]*package\.json/,
    ],
    ['a file that is not of the commit', () => write('more.ts', ''), 'v1.2.3', /differs from its commit[^]*more\.ts/],
    [
      'a later commit',
      () => {
        write('more.ts', '');
        commitAll();
      },
      'v1.2.3',
      /check out the tag/,
    ],
    [
      'a changelog without the version',
      () => write('CHANGELOG.md', CHANGES.replace('1.2.3', '1.2.30')),
      'v1.2.3',
      /no section "## 1\.2\.3"/,
    ],
    [
      'a changelog that calls it unreleased',
      () => write('CHANGELOG.md', CHANGES.replace('2026-11-23', 'unreleased')),
      'v1.2.3',
      /put the date/,
    ],
    [
      'a changelog that says nothing',
      () => write('CHANGELOG.md', CHANGES.replace('- It works.', '')),
      'v1.2.3',
      /says nothing about 1\.2\.3/,
    ],
  ];
  for (const [says, change, tag, error] of refused) {
    it(`is not ${says}`, () => {
      change();
      assert.throws(() => taggedSource(folder, tag), error);
    });
  }
});
