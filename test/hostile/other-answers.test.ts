import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FORMATS } from '../../src/render/formats.ts';
import { loadScenario } from '../scenarios/support/scenario.ts';
import { fakeType, type FakeCluster } from '../support/fake-api/description.ts';
import { startFakeApi } from '../support/fake-api/fake-api.ts';
import type { FaultRule } from '../support/fake-api/fault.ts';
import { runCli } from '../support/run-cli.ts';
import { assertCut, assertHarmless, assertInertMarkdown, READERS } from './harmless.ts';
import { hostile } from './world.ts';

const { cluster: CLUSTER } = loadScenario('documented-example');
const LONG = 'x'.repeat(300);

/** Runs the program against a server and holds both streams to what must always be. */
async function ask(
  argv: readonly string[],
  { cluster = CLUSTER, faults = [] }: { readonly cluster?: FakeCluster; readonly faults?: readonly FaultRule[] } = {},
) {
  const api = await startFakeApi(() => cluster, faults);
  try {
    const answer = await runCli([...argv, '--server', api.url, '-v', '9'], {
      limits: { backoffMs: 1, maxWaitMs: 5 },
    });
    assert.ok(answer.code !== 70, answer.stderr);
    assertHarmless(answer.stderr);
    assertHarmless(answer.stdout);
    return answer;
  } finally {
    await api.stop();
  }
}

/** What `removal -o json` might have written, with this text in every place that holds one. */
function prediction(text: string, more: Readonly<Record<string, unknown>> = {}): string {
  const object = { namespace: text, type: text, name: text, uid: text };
  const group = { ownerClass: 'person', owner: text, resources: [object, { ...object, name: LONG, uid: LONG }] };
  const gone = { namespace: text, fate: 'destroyed', uid: 'another', groups: [group] };
  return JSON.stringify({
    kind: 'Removal',
    takenAt: text,
    cluster: { uid: '7d0b61b5-37cb-4b80-93b1-3a9b0c1d2e3f' },
    removals: [{ targets: [{ kind: 'pack', name: text }], namespaces: [gone], outside: [group] }],
    stays: [{ type: text, namespace: text, objects: [[text, text]] }],
    ...more,
  });
}

describe('a prediction that somebody wrote', function () {
  this.timeout(30_000);
  const folder = mkdtempSync(join(tmpdir(), 'palette-audit-hostile-'));
  const file = join(folder, 'prediction.json');
  after(() => rmSync(folder, { recursive: true }));

  for (const format of FORMATS) {
    it(`does nothing to who reads it: -o ${format}`, async () => {
      writeFileSync(file, prediction(hostile('predicted')));
      const { stdout } = await ask(['verify', file, '-o', format]);
      if (format === 'markdown') assertInertMarkdown(stdout);
      const read = READERS.get(format);
      if (read === undefined) assertCut(stdout);
      else assert.ok(read(stdout));
    });
  }

  it('does nothing in the error about another cluster', async () => {
    writeFileSync(file, prediction('x', { cluster: { uid: hostile('cluster') } }));
    assert.equal((await ask(['verify', file])).code, 2);
  });

  for (const name of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
    it(`may name its objects ${name}`, async () => {
      const own = `{"__proto__":{"fate":"kept"},${prediction(name).slice(1)}`;
      writeFileSync(file, own);
      const { code, stdout, stderr } = await ask(['verify', file, '-o', 'json']);
      assert.ok([0, 1, 3].includes(code), stderr);
      const answer: unknown = JSON.parse(stdout);
      assert.ok(typeof answer === 'object' && answer !== null && 'predicted' in answer);
      assert.equal(answer.predicted, 3, stdout);
      assert.ok(stdout.includes(`"name": "${name}"`), stdout);
    });
  }
});

describe('a server with hostile texts', function () {
  this.timeout(30_000);

  it('does nothing in the roles of rbac, and what it calls a type never becomes a rule', async () => {
    const types = [
      fakeType(`${hostile('resource')}.example.com`, hostile('kind')),
      fakeType(`widgets.${hostile('group').replaceAll(/[\n./]/g, '-')}`, 'Widget'),
      fakeType('*.example.com', 'Everything'),
      fakeType('constructor.example.com', 'Constructor'),
    ];
    const { code, stdout } = await ask(['rbac', '--removal'], {
      cluster: { ...CLUSTER, types: [...CLUSTER.types, ...types] },
    });
    assert.equal(code, 3);
    assert.match(stdout, /MISSING/);
    assert.match(stdout, /^ +- constructor$/m);
    const rules = stdout.split('\n').filter((line) => !line.startsWith('#'));
    assert.deepEqual(
      rules.filter((line) => /\*|error|script|img/.test(line)),
      [],
    );
  });

  for (const format of ['table', 'json', 'yaml']) {
    it(`does nothing in version -o ${format}`, async () => {
      const version = { gitVersion: hostile('version'), gitCommit: hostile('commit'), platform: hostile('platform') };
      const faults: FaultRule[] = [{ path: '/version', fault: { kind: 'body', body: JSON.stringify(version) } }];
      const argv = ['version', ...(format === 'table' ? [] : ['-o', format])];
      const { code, stdout } = await ask(argv, { faults });
      assert.equal(code, 0);
      const read = READERS.get(format);
      assert.ok(read === undefined ? stdout.includes('Server Version') : read(stdout));
    });
  }
});
