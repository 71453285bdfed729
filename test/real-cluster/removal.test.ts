import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { ensureAssets, type Assets } from '../../scripts/assets/ensure-assets.ts';
import { listAt, textAt } from '../../src/cluster/json.ts';
import { startControlPlane, type ControlPlane } from './support/control-plane.ts';
import type { Runner } from './support/runner.ts';
import { HELLO_UNIVERSE, SHARED, writeExport } from './world/example.ts';
import { HELD, isAnnounced, lookAfter, release } from './world/held-up.ts';
import { applyManifest, must } from './world/palette.ts';
import { PLATFORM, PLATFORM_DATA } from './world/platform-pack.ts';
import { helmOf, homeOf, programOf } from './world/program.ts';
import { removalProof, type Before, type RemovalProof } from './world/removal-proof.ts';
import { buildRemovalWorld, FINALIZERS, type RemovalWorld } from './world/removal-world.ts';
import { forgetPack, heldBy, lastingObjects, liveName, removePack, type RemovedPack } from './world/removing.ts';
import { settled } from './world/settled.ts';

const KUBEWATCH: RemovedPack = {
  name: 'kubewatch',
  release: { name: 'kubewatch-kubewatch', namespace: 'monitoring' },
  namespaces: ['monitoring'],
};
const COST_ANALYZER: RemovedPack = {
  name: 'cost-analyzer',
  release: { name: 'cost-analyzer-cost-analyzer', namespace: SHARED },
  namespaces: [SHARED],
};
const HELLO: RemovedPack = { name: 'hello-universe', manifest: HELLO_UNIVERSE, namespaces: [SHARED] };
const PLATFORM_ITSELF: RemovedPack = {
  name: 'platform',
  release: { name: 'platform-platform', namespace: PLATFORM },
  namespaces: [PLATFORM, PLATFORM_DATA],
};

describe('a removal in a real cluster', () => {
  let assets: Assets;
  let plane: ControlPlane;
  let world: RemovalWorld;
  let proof: RemovalProof;
  let helm: Runner;
  let profile: string;

  before(async () => {
    assets = await ensureAssets();
    plane = await startControlPlane({ assets });
    world = await buildRemovalWorld(assets, plane);
    helm = helmOf(assets, plane, 'helm3');
    profile = writeExport(plane);
    proof = removalProof(plane, programOf({ assets, plane }), profile);
  });
  after(async () => {
    await world?.stop();
    await plane?.stop();
  });

  const predict = (code: number, ...args: readonly string[]): Promise<Before> => proof.predict(code, args);

  it('lists every pack and profile with its verdict', async () => {
    const overview: unknown = JSON.parse(await proof.answer(0, 'removal', '-f', profile, '-o', 'json'));
    const verdicts = listAt(overview, 'removals').map(
      (row) => `${textAt(row, 'kind')}/${textAt(row, 'name')} ${textAt(row, 'verdict')}`,
    );
    assert.deepEqual(verdicts.toSorted(), [
      'pack/cost-analyzer conflict',
      'pack/hello-universe conflict',
      'pack/kubewatch clear',
      'pack/platform conflict',
      'profile/applications conflict',
      'profile/observability clear',
      'profile/platform conflict',
    ]);
  });

  it('takes along just what was predicted of a pack by itself', async () => {
    const before = await predict(0, 'pack/kubewatch');
    assert.deepEqual(before.predicted.hangs, []);
    await removePack(plane, helm, KUBEWATCH);
    await proof.assertGone(before);
    await proof.assertVerified(before);
    await forgetPack(plane, KUBEWATCH.name);
  });

  it('takes along just what was predicted of a pack in a shared namespace, and of a profile without it', async () => {
    const before = await predict(1, 'pack/cost-analyzer');
    const upgrade = await predict(1, '--to', withoutPack(COST_ANALYZER.name));
    assert.deepEqual(upgrade.predicted.goes, before.predicted.goes);
    assert.deepEqual(before.predicted.hangs, []);
    await removePack(plane, helm, COST_ANALYZER);
    await proof.assertGone(before);
    await proof.assertVerified(before);
    await proof.assertVerified(upgrade);
    await forgetPack(plane, COST_ANALYZER.name);
  });

  it('takes along just what was predicted of a pack of manifests that Palette installed again', async () => {
    await applyManifest(plane, HELLO_UNIVERSE);
    await settled(plane);
    const before = await predict(0, 'pack/hello-universe');
    await removePack(plane, helm, HELLO);
    await proof.assertGone(before);
    await proof.assertVerified(before);
    await forgetPack(plane, HELLO.name);
  });

  describe('of a pack that reaches far beyond its namespace', () => {
    let before: Before;

    it('is served and called at first', async () => {
      const available = '--output=jsonpath={.status.conditions[?(@.type=="Available")].status}';
      assert.equal(await must(plane.kubectl, 'get', 'apiservice', world.api.name, available), 'True');
      const there = `--namespace=${PLATFORM_DATA}`;
      await must(plane.kubectl, 'create', 'configmap', 'let-go', there);
      await must(plane.kubectl, 'delete', 'configmap', 'let-go', there);
      assert.equal(world.admission.asked(), 1);
    });

    it('is predicted', async () => {
      before = await predict(1, 'pack/platform');
      const { namespaces, hooks, kept } = before.predicted;
      assert.deepEqual(namespaces, PLATFORM_ITSELF.namespaces);
      assert.deepEqual(hooks.toSorted(), ['platform-leave', 'platform-left']);
      assert.deepEqual(kept.toSorted(), ['platform-kept saved', 'platform-licence not saved', 'platform-notes saved']);
      assert.deepEqual(before.predicted.hangs, [
        { cause: 'api-served-from-inside', finalizer: '', resources: '' },
        { cause: 'webhook-served-from-inside', finalizer: '', resources: 'configmaps' },
        { cause: 'controller-goes', finalizer: FINALIZERS.ofPack, resources: '' },
        { cause: 'controller-unknown', finalizer: FINALIZERS.ofNobody, resources: '' },
      ]);
    });

    it('is held up just by what was announced', async () => {
      await removePack(plane, helm, PLATFORM_ITSELF);
      await lookAfter(plane);
      await plane.waitFor('both namespaces are held up', async () => {
        const held = await Promise.all(PLATFORM_ITSELF.namespaces.map((name) => heldBy(plane, name)));
        return isDeepStrictEqual(held, HELD);
      });
      const unexplained = async (): Promise<readonly string[]> => {
        const now = await lastingObjects(plane);
        return [...before.predicted.goes.keys()]
          .flatMap((uid) => now.get(uid) ?? [])
          .filter((object) => !isAnnounced(object, before.predicted.hangs))
          .map(liveName);
      };
      await plane
        .waitFor('all else is gone', async () => (await unexplained()).length === 0)
        .catch(async (error: unknown) => {
          assert.deepEqual(await unexplained(), []);
          throw error;
        });
      const report: unknown = JSON.parse(await proof.answer(1, 'verify', before.file, '-o', 'json'));
      const now = await lastingObjects(plane);
      assert.deepEqual(
        listAt(report, 'remaining')
          .map((one) => textAt(one, 'uid') ?? '')
          .toSorted(),
        [...before.predicted.goes.keys()].filter((uid) => now.has(uid)).toSorted(),
      );
      const conditions = listAt(report, 'namespaces').map((one) => [
        textAt(one, 'namespace'),
        listAt(one, 'conditions').map((condition) => textAt(condition, 'type')),
      ]);
      assert.deepEqual(
        conditions,
        PLATFORM_ITSELF.namespaces.map((name, index) => [name, HELD[index]]),
      );
    });

    it('ends with just what was predicted, once that is out of the way', async () => {
      await release(plane);
      await proof.assertGone(before);
      await proof.assertVerified(before);
    });
  });

  /** The profile's next version, which does not have this pack. */
  function withoutPack(name: string): string {
    const next: unknown = JSON.parse(readFileSync(join(homeOf(plane), profile), 'utf8'), (key, value: unknown) =>
      key === 'packs' && Array.isArray(value) ? value.filter((pack) => textAt(pack, 'name') !== name) : value,
    );
    const file = 'next.json';
    writeFileSync(join(homeOf(plane), file), JSON.stringify(next));
    return file;
  }
});
