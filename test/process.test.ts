import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { CORE_TYPES, fakeNamespaces, fakeObjects } from './support/fake-api/description.ts';
import type { FakeCluster } from './support/fake-api/description.ts';
import { startFakeApi } from './support/fake-api/fake-api.ts';
import type { FakeApi } from './support/fake-api/fake-api.ts';
import type { FaultRule } from './support/fake-api/fault.ts';
import { shell, startProgram } from './support/child.ts';

const MANY = Array.from({ length: 1500 }, (_, index) => `configuration-with-a-long-name-${index}`);
const CLUSTER: FakeCluster = {
  discovery: 'aggregated',
  types: CORE_TYPES,
  objects: new Map([
    ['namespaces', fakeNamespaces('shop')],
    ['configmaps', fakeObjects('shop', ...MANY)],
  ]),
};
const VALUES = 'pack:\n  namespace: shop\n';
const HANGING: readonly FaultRule[] = [{ path: '/configmaps', fault: { kind: 'hang' } }];

/** Milliseconds in which a program that is told to end has to be gone. */
const SOON = 10_000;

async function until(isSo: () => boolean): Promise<void> {
  for (const started = Date.now(); !isSo(); await sleep(20)) {
    assert.ok(Date.now() - started < SOON, 'it did not come to that');
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe('the process', function () {
  this.timeout(60_000);
  let folder = '';
  let api: FakeApi;
  let hanging: FakeApi;
  let seen = 0;
  const file = (name: string): string => join(folder, name);
  const audit = (server: string): readonly string[] => ['-f', file('app.yaml'), '--server', server];

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'palette-audit-process-'));
    writeFileSync(file('app.yaml'), VALUES);
    api = await startFakeApi(() => CLUSTER);
    hanging = await startFakeApi(() => CLUSTER, HANGING);
  });
  after(async () => {
    await api.stop();
    await hanging.stop();
    rmSync(folder, { recursive: true });
  });

  const isHanging = (): boolean => hanging.requests.slice(seen).some(({ url }) => url.includes('/configmaps'));
  beforeEach(() => {
    seen = hanging.requests.length;
  });

  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    it(`ended by ${signal} while it reads: exit code ${code}, and not a word of an answer`, async () => {
      const { child, ended } = startProgram(audit(hanging.url));
      await until(isHanging);
      child.kill(signal);
      assert.deepEqual(await ended, { code, stdout: '', stderr: '' });
    });

    it(`ended by ${signal} while it takes a snapshot: the file that was there stays, and nothing else`, async () => {
      const inner = mkdtempSync(join(folder, 'snapshots-'));
      const target = join(inner, 's.json');
      writeFileSync(target, 'before');
      const argv = ['snapshot', target, '--force', ...audit(hanging.url)];
      const { child, ended } = startProgram(argv);
      await until(isHanging);
      child.kill(signal);
      assert.equal((await ended).code, code);
      assert.deepEqual(readdirSync(inner), ['s.json']);
      assert.equal(readFileSync(target, 'utf8'), 'before');
    });

    it(`ended by ${signal} while a credential plugin runs: the plugin ends too`, async () => {
      const plugin = file(`plugin-${signal}`);
      const pid = file(`pid-${signal}`);
      writeFileSync(plugin, `#!/bin/sh\necho $$ >${pid}\nexec sleep 300\n`);
      chmodSync(plugin, 0o755);
      const exec = { apiVersion: 'client.authentication.k8s.io/v1', command: plugin, interactiveMode: 'Never' };
      const config = {
        apiVersion: 'v1',
        kind: 'Config',
        'current-context': 'c',
        contexts: [{ name: 'c', context: { cluster: 'c', user: 'u' } }],
        clusters: [{ name: 'c', cluster: { server: 'https://127.0.0.1:1' } }],
        users: [{ name: 'u', user: { exec } }],
      };
      writeFileSync(file('config'), JSON.stringify(config));
      const { child, ended } = startProgram(['-f', file('app.yaml'), '--kubeconfig', file('config')]);
      await until(() => existsSync(pid) && readFileSync(pid, 'utf8').endsWith('\n'));
      const running = Number(readFileSync(pid, 'utf8'));
      assert.ok(isAlive(running));
      child.kill(signal);
      assert.equal((await ended).code, code);
      await until(() => !isAlive(running));
    });
  }

  it('interrupted while it waits for standard input ends as when it reads', async () => {
    const { child, ended } = startProgram(['-f', '-', '--server', api.url], { stdio: ['pipe', 'pipe', 'pipe'] });
    await sleep(500);
    child.kill('SIGINT');
    assert.equal((await ended).code, 130);
  });

  it('that cannot find out what it is asked for says that alone, whatever else was begun', async () => {
    for (const more of [[], ['--without-releases']]) {
      const { code, stdout, stderr } = await startProgram(['-A', '--server', api.url, ...more]).ended;
      assert.deepEqual([code, stdout], [4, '']);
      assert.match(stderr, /^(?:warning: .*\n)*error: .* is not a Palette cluster: .*\n.*\n$/);
    }
  });

  it('whose reader has seen enough is silent, and not taken for an all-clear', async () => {
    const argv = [...audit(api.url), '-o', 'wide', '--fail-on', 'never'];
    const whole = await startProgram(argv).ended;
    assert.equal(whole.code, 0);
    assert.ok(whole.stdout.length > 100_000, 'more than a pipe holds');
    const line = `{ $PROGRAM ${argv.join(' ')}; echo "exit code $?" >&3; } 3>&2 | head -n 1`;
    const cut = await shell(line);
    assert.deepEqual(cut, {
      code: 0,
      stdout: whole.stdout.slice(0, whole.stdout.indexOf('\n') + 1),
      stderr: 'exit code 141\n',
    });
  });

  it('whose reader is gone before the answer keeps a worse exit code', async () => {
    const { child, ended } = startProgram([...audit(api.url), '-o', 'wide']);
    child.stdout?.destroy();
    assert.deepEqual(await ended, { code: 1, stdout: '', stderr: '' });
  });

  it('that cannot write its answer says so, and ends with no exit code of an answer', async function () {
    if (!existsSync('/dev/full')) this.skip();
    const { code, stderr } = await shell(`$PROGRAM ${audit(api.url).join(' ')} --fail-on never >/dev/full`);
    assert.deepEqual(
      [code, stderr],
      [141, 'error: the answer cannot be written: ENOSPC\nWrite it to where there is room.\n'],
    );
  });

  it('that cannot write all of its answer ends with no exit code of an answer', async () => {
    const line = `ulimit -f 8; $PROGRAM ${audit(api.url).join(' ')} -o wide --fail-on never >${file('part.txt')}`;
    const { code, stderr } = await shell(line);
    assert.equal(code, 141);
    assert.match(stderr, /^error: the answer cannot be written: EFBIG\n/);
  });

  it('that cannot write all of a snapshot leaves the one that was there, and no half one', async () => {
    const inner = mkdtempSync(join(folder, 'full-'));
    const target = join(inner, 's.json');
    writeFileSync(target, 'before');
    const argv = ['snapshot', target, '--force', ...audit(api.url)];
    const { code, stderr } = await shell(`ulimit -f 8; $PROGRAM ${argv.join(' ')}`);
    assert.equal(code, 2);
    assert.match(stderr, /^error: \S+s\.json cannot be written: EFBIG\n[^\n]+\n$/);
    assert.deepEqual(readdirSync(inner), ['s.json']);
    assert.equal(readFileSync(target, 'utf8'), 'before');
  });

  it('that is interrupted while it writes a snapshot leaves no half one, at whatever moment', async () => {
    const inner = mkdtempSync(join(folder, 'writing-'));
    const target = join(inner, 's.json');
    const { ended } = startProgram(['snapshot', target, ...audit(api.url)]);
    const whole = await ended.then(() => readFileSync(target, 'utf8'));
    rmSync(target);
    for (let round = 0; round < 10; round += 1) {
      const { child, ended: gone } = startProgram(['snapshot', target, ...audit(api.url)]);
      const timer = setInterval(() => readdirSync(inner).length > 0 && child.kill('SIGTERM'), 0);
      await gone;
      clearInterval(timer);
      const left = readdirSync(inner);
      assert.ok(left.length === 0 || (left.length === 1 && left[0] === 's.json'), left.join());
      if (left.length === 1) assert.equal(readFileSync(target, 'utf8').length, whole.length);
      rmSync(target, { force: true });
    }
  });

  it('with a closed stderr ends as with an open one', async () => {
    assert.equal((await shell('$PROGRAM --nonsense 2>&-')).code, 2);
    assert.equal((await shell(`$PROGRAM ${audit(api.url).join(' ')} -v 9 2>&-`)).code, 1);
    assert.equal((await shell('$PROGRAM --nonsense 2>/dev/full')).code, 2);
  });

  describe('without enough memory', () => {
    /** Less than a cluster of this size takes, and enough to start. */
    const env = { PATH: process.env['PATH'], NODE_OPTIONS: '--max-old-space-size=24' };
    const names = Array.from({ length: 30_000 }, (_, index) => `configuration-with-a-long-name-${index}`);
    let large: FakeApi;
    before(async () => {
      const objects = new Map([...CLUSTER.objects, ['configmaps', fakeObjects('shop', ...names)] as const]);
      large = await startFakeApi(() => ({ ...CLUSTER, objects }));
    });
    after(() => large.stop());

    // Node ends the process itself, so that there is no sentence of ours: what counts is that nobody takes it for an answer.
    for (const what of ['audit', 'snapshot'] as const) {
      it(`${what} ends as a failure, and leaves nothing behind that is only a part`, async () => {
        const kept = file('kept.json');
        const before = readdirSync(folder);
        const argv = what === 'audit' ? audit(large.url) : ['snapshot', kept, ...audit(large.url)];
        const { code, stdout, stderr } = await startProgram(argv, { env }).ended;
        assert.ok(code === null || code === 134, String(code));
        assert.equal(stdout, '');
        assert.match(stderr, /heap out of memory/);
        assert.deepEqual(readdirSync(folder), before);
      });
    }
  });
});
