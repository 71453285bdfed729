import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FORMATS } from '../../src/render/formats.ts';
import { startFakeApi } from '../support/fake-api/fake-api.ts';
import type { FakeApi } from '../support/fake-api/fake-api.ts';
import { runCli } from '../support/run-cli.ts';
import { assertCut, assertHarmless, assertInertMarkdown, READERS } from './harmless.ts';
import { hostile, hostileCluster, HOSTILE_ERRORS, PROFILE } from './world.ts';

const LIMITS = { backoffMs: 1, maxWaitMs: 5 };
/** No line of a path can hold a NUL or a slash. */
const FILE = hostile('file').replaceAll('/', '_');

function assertFit(format: string, text: string): void {
  if (format === 'markdown') assertInertMarkdown(text);
  const read = READERS.get(format);
  if (read === undefined) assertCut(text);
  else assert.ok(read(text));
}

describe('hostile texts', function () {
  this.timeout(60_000);
  let folder = '';
  let api: FakeApi;
  const written: string[] = [];
  const path = (name: string): string => join(folder, name);

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'palette-audit-hostile-'));
    api = await startFakeApi(hostileCluster, HOSTILE_ERRORS);
    writeFileSync(path(FILE), PROFILE);
    const predicted = await ask('removal', 'pack/cost-analyzer', '-o', 'json');
    writeFileSync(path('prediction.json'), predicted);
    await ask('snapshot', path('kept.json'), '-f', path(FILE), '-L', 'team');
  });
  after(async () => {
    await api.stop();
    rmSync(folder, { recursive: true });
  });

  /** Runs the program, holds both streams to what must always be, and gives what it answered. */
  async function run(...argv: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await runCli(argv, { limits: LIMITS });
    assert.ok(code !== 70, stderr);
    assertHarmless(stderr);
    assertHarmless(stdout);
    written.push(stdout, stderr);
    return stdout;
  }

  function ask(...argv: readonly string[]): Promise<string> {
    return run(...argv, '--server', api.url, '-v', '9');
  }

  const calls: readonly (readonly string[])[] = [
    ['audit', '-L', 'team'],
    ['namespaces'],
    ['explain', 'namespace/hello-universe'],
    ['explain', 'namespace/dying'],
    ['explain', 'cm/owned', '-n', 'hello-universe'],
    ['removal'],
    ['removal', 'pack/cost-analyzer'],
    ['removal', `pack/${hostile('pack')}`],
  ];
  for (const call of calls) {
    for (const format of FORMATS) {
      it(`do nothing in ${JSON.stringify(call.join(' ')).slice(0, 60)} -o ${format}`, async () => {
        const options = ['-f', path(FILE), '-o', format];
        assertFit(format, await ask(...call, ...options));
        if (format === 'table') assertFit(format, await run(...call, '--snapshot', path('kept.json')));
      });
    }
  }

  for (const format of FORMATS) {
    it(`do nothing in verify -o ${format}`, async () => {
      assertFit(format, await ask('verify', path('prediction.json'), '-o', format));
    });
  }

  const errors: readonly (readonly string[])[] = [
    [hostile('command')],
    [`--${hostile('option')}`],
    ['-n', hostile('namespace')],
    ['-o', hostile('format')],
    ['-l', hostile('selector')],
    ['-f', hostile('missing file')],
    ['--snapshot', hostile('missing snapshot')],
    ['explain', hostile('resource')],
    ['explain', `cm/${hostile('resource of a type')}`, '-n', 'hello-universe'],
    ['removal', hostile('removal')],
    ['removal', `pack/${hostile('pack that is not there')}`],
    ['--context', hostile('context')],
    ['--kubeconfig', hostile('kubeconfig')],
    ['--token', hostile('token')],
    ['--as', hostile('user')],
    ['--cluster-uid', hostile('uid')],
    ['verify', hostile('prediction')],
  ];
  for (const call of errors) {
    it(`do nothing in the error of ${JSON.stringify(call.join(' ')).slice(0, 20)}… ${call.join(' ').slice(-12)}`, async () => {
      await ask(...call);
    });
  }

  it('do nothing in completion', async () => {
    for (const operand of ['pack/', 'profile/', ''])
      await run('__complete', '-f', path(FILE), '--server', api.url, 'removal', operand);
    await run('__complete', '--server', api.url, 'explain', 'cm/');
  });

  it('though every one of them came out', () => {
    const all = written.join('\n');
    const places = ['manager', 'label', 'part-of', 'name', 'release', 'owner', 'kind', 'pack', 'tag', 'stored-release'];
    const more = ['configuration', 'condition', 'filed', 'profile', 'error', 'file'];
    const missing = [...places, ...more].filter((place) => !all.includes(hostile(place).slice(-10 - place.length)));
    assert.deepEqual(missing, []);
    assert.match(all, /…\(\+\d+\)/);
  });
});
