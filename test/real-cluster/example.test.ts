import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ensureAssets, type Assets } from '../../scripts/assets/ensure-assets.ts';
import { startControlPlane, type ControlPlane } from './support/control-plane.ts';
import { assertFakeIsReal } from './support/same-answers.ts';
import { comparable, packaged } from './world/example-file.ts';
import { buildExample, writeExport, type Stage } from './world/example.ts';
import { must } from './world/palette.ts';
import { homeOf, programOf, ROOT } from './world/program.ts';

const EXAMPLE = join(ROOT, 'docs/example.snapshot.json');

/** What became of a node meanwhile, which hangs on how fast the cluster was: Events of it, and how many. */
const NODE_EVENTS = /^(?:coverage .*"resource":"events[".]|objects .*"name":"node-\d+\.[0-9a-f]{16}")/;

describe('the packaged example', () => {
  let assets: Assets;
  let plane: ControlPlane;
  let stages: readonly Stage[];

  before(async () => {
    assets = await ensureAssets();
    plane = await startControlPlane({ assets });
    stages = await buildExample(assets, plane);
  });
  after(() => plane.stop());

  it('is the snapshot of a real cluster; UPDATE_EXAMPLE=1 takes it anew', async () => {
    await must(programOf({ assets, plane }), 'snapshot', 'taken.json', '-f', writeExport(plane));
    const text = packaged(readFileSync(join(homeOf(plane), 'taken.json'), 'utf8'), stages);
    if (process.env['UPDATE_EXAMPLE'] === '1') {
      assert.ok(!process.env['CI'], 'UPDATE_EXAMPLE is for people, not for CI');
      writeFileSync(EXAMPLE, text);
    }
    const [taken, committed] = [text, readFileSync(EXAMPLE, 'utf8')].map((one) =>
      comparable(one).filter((line) => !NODE_EVENTS.test(line)),
    );
    assert.ok(taken !== undefined && committed !== undefined);
    assert.deepEqual(without(taken, committed), [], 'only in the cluster');
    assert.deepEqual(without(committed, taken), [], 'only in the packaged example');
    assert.equal(taken.length, committed.length);
  });

  it('is answered by the fake server of other tests as by the real one', async () => {
    const file = join(homeOf(plane), writeExport(plane));
    const requests = await assertFakeIsReal(plane, [
      ['-f', file],
      ['snapshot', join(homeOf(plane), 'recorded.json')],
    ]);
    assert.ok(requests > 0);
    console.log(`      ${requests} requests, each answered alike`);
  });
});

function without(lines: readonly string[], others: readonly string[]): readonly string[] {
  return lines.filter((line) => !others.includes(line));
}
