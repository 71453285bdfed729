import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ensureAssets, type Assets } from '../../scripts/assets/ensure-assets.ts';
import { at, listAt, textAt } from '../../src/cluster/json.ts';
import { startControlPlane, type ControlPlane } from './support/control-plane.ts';
import type { Runner } from './support/runner.ts';
import { HELLO_UNIVERSE, SHARED, writeExport } from './world/example.ts';
import type { LiveObject } from './world/ledger.ts';
import { applyManifest, must } from './world/palette.ts';
import { PAYMENTS, PLATFORM, PLATFORM_DATA } from './world/platform-pack.ts';
import { predictedBy, type Announced, type Predicted } from './world/predicted.ts';
import { helmOf, homeOf, programOf } from './world/program.ts';
import { buildRemovalWorld, FINALIZERS, KEEPER, type RemovalWorld } from './world/removal-world.ts';
import {
  forgetPack,
  heldBy,
  lastingObjects,
  liveName,
  removePack,
  vanished,
  type RemovedPack,
} from './world/removing.ts';
import { settled } from './world/settled.ts';

/** Longer than a controller's pause between two looks at the same thing. */
const QUIET = 3000;

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
const PLATFORM_REMOVED: RemovedPack = {
  name: 'platform',
  release: { name: 'platform-platform', namespace: PLATFORM },
  namespaces: [PLATFORM, PLATFORM_DATA],
};

type Objects = ReadonlyMap<string, LiveObject>;

/** A prediction, and what was there when it was made. */
interface Before {
  readonly predicted: Predicted;
  readonly file: string;
  readonly live: Objects;
}

describe('a removal in a real cluster', () => {
  let assets: Assets;
  let plane: ControlPlane;
  let world: RemovalWorld;
  let program: Runner;
  let helm: Runner;
  let profile: string;

  before(async () => {
    assets = await ensureAssets();
    plane = await startControlPlane({ assets });
    world = await buildRemovalWorld(assets, plane);
    program = programOf({ assets, plane });
    helm = helmOf(assets, plane, 'helm3');
    profile = writeExport(plane);
  });
  after(async () => {
    await world?.stop();
    await plane?.stop();
  });

  const answer = async (expected: number, ...args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await program(...args);
    assert.equal(code, expected, `${args.join(' ')}\n${stderr}${stdout.slice(0, 4000)}`);
    return stdout;
  };

  /** Asks what a removal takes along, and looks what is there. */
  const predict = async (code: number, ...args: readonly string[]): Promise<Before> => {
    const text = await answer(code, 'removal', ...args, '-f', profile, '-o', 'json');
    const file = `predicted-${args.join('-').replaceAll(/\W/g, '-')}.json`;
    writeFileSync(join(homeOf(plane), file), text);
    return { predicted: predictedBy(text), file, live: await lastingObjects(plane) };
  };

  /** Waits until just the predicted is gone, and a little longer; a difference is told object by object. */
  const assertGone = async ({ predicted, live }: Before): Promise<void> => {
    const differs = async (): Promise<Differences> =>
      differences(predicted, vanished(live, await lastingObjects(plane)));
    await plane
      .waitFor('all that was predicted is gone', async () => (await differs()).stays.length === 0)
      .catch(async () => assert.deepEqual(await differs(), NO_DIFFERENCE));
    await sleep(QUIET);
    assert.deepEqual(await differs(), NO_DIFFERENCE);
  };

  const assertVerified = async ({ predicted, file }: Before): Promise<void> => {
    const { code, stdout } = await program('verify', file, '-o', 'json');
    const report: unknown = JSON.parse(stdout);
    const { gone, remaining, unpredicted } = {
      gone: at(report, 'gone'),
      remaining: listAt(report, 'remaining'),
      unpredicted: listAt(report, 'unpredicted'),
    };
    assert.deepEqual({ gone, remaining, unpredicted }, { gone: predicted.count, remaining: [], unpredicted: [] });
    assert.equal(code, 0, stdout);
  };

  it('lists every pack and profile with its verdict', async () => {
    const overview: unknown = JSON.parse(await answer(0, 'removal', '-f', profile, '-o', 'json'));
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
    await assertGone(before);
    await assertVerified(before);
    await forgetPack(plane, KUBEWATCH.name);
  });

  it('takes along just what was predicted of a pack in a shared namespace, and of a profile without it', async () => {
    const before = await predict(1, 'pack/cost-analyzer');
    const upgrade = await predict(1, '--to', withoutPack(COST_ANALYZER.name));
    assert.deepEqual(differences(upgrade.predicted, before.predicted.goes), NO_DIFFERENCE);
    assert.deepEqual(before.predicted.hangs, []);
    await removePack(plane, helm, COST_ANALYZER);
    await assertGone(before);
    await assertVerified(before);
    await assertVerified(upgrade);
    await forgetPack(plane, COST_ANALYZER.name);
  });

  it('takes along just what was predicted of a pack of manifests that Palette installed again', async () => {
    await applyManifest(plane, HELLO_UNIVERSE);
    await settled(plane);
    const before = await predict(0, 'pack/hello-universe');
    await removePack(plane, helm, HELLO);
    await assertGone(before);
    await assertVerified(before);
    await forgetPack(plane, HELLO.name);
  });

  describe('of a pack that reaches far beyond its namespace', () => {
    let before: Before;

    it('is predicted', async () => {
      before = await predict(1, 'pack/platform');
      const { namespaces, hooks, kept } = before.predicted;
      assert.deepEqual(namespaces, PLATFORM_REMOVED.namespaces);
      assert.deepEqual(hooks.toSorted(), ['platform-leave', 'platform-left']);
      assert.deepEqual(kept.toSorted(), ['platform-kept saved', 'platform-licence not saved', 'platform-notes saved']);
      console.log(before.predicted.hangs);
    });

    it('is held up just by what was announced', async () => {
      await removePack(plane, helm, PLATFORM_REMOVED);
      await lookAfter(plane);
      await plane.waitFor('both namespaces are held up', async () => {
        const held = await Promise.all(PLATFORM_REMOVED.namespaces.map((name) => heldBy(plane, name)));
        return held.every((conditions) => conditions !== undefined && conditions.length > 0);
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
        .catch(async () => assert.deepEqual(await unexplained(), []));
      const report: unknown = JSON.parse(await answer(1, 'verify', before.file, '-o', 'json'));
      const now = await lastingObjects(plane);
      assert.deepEqual(
        listAt(report, 'remaining')
          .map((one) => textAt(one, 'uid'))
          .toSorted(),
        [...before.predicted.goes.keys()].filter((uid) => now.has(uid)).toSorted(),
      );
      console.log(JSON.stringify(report, undefined, 1).slice(0, 6000));
    });

    it('ends with just what was predicted, once that is out of the way', async () => {
      await release(plane);
      await assertGone(before);
      await assertVerified(before);
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

interface Differences {
  readonly stays: readonly string[];
  readonly unpredicted: readonly string[];
}

const NO_DIFFERENCE: Differences = { stays: [], unpredicted: [] };

function differences({ goes }: Predicted, gone: ReadonlyMap<string, string>): Differences {
  return {
    stays: [...goes].filter(([uid]) => !gone.has(uid)).map(([, name]) => name),
    unpredicted: [...gone].filter(([uid]) => !goes.has(uid)).map(([, name]) => name),
  };
}

/** Whether the answer told of what holds this object: by itself, or as what holds another one holds it. */
function isAnnounced(object: LiveObject, hangs: readonly Announced[]): boolean {
  const causes = new Set(hangs.map(({ cause }) => cause));
  switch (object.kind) {
    case 'Namespace':
      return causes.has('api-served-from-inside');
    case 'CustomResourceDefinition':
    case 'APIService':
      return hangs.some(({ cause, finalizer }) => cause === 'controller-goes' && finalizer === FINALIZERS.ofPack);
    default:
      return hangs.some(
        ({ finalizer, resources }) =>
          object.finalizers.includes(finalizer) ||
          (object.namespace === PLATFORM_DATA && resources === `${object.kind.toLowerCase()}s`),
      );
  }
}

/** Plays the controller that stays, and takes its finalizer off when it sees that the object is to go. */
async function lookAfter(plane: ControlPlane): Promise<void> {
  const object = ['configmap/looked-after', `--namespace=${PLATFORM}`];
  await plane.waitFor('the object is to go', async () => {
    const { stdout } = await plane.kubectl('get', ...object, '--output=jsonpath={.metadata.deletionTimestamp}');
    return stdout !== '';
  });
  await patch(plane, { metadata: { finalizers: null } }, ...object);
}

/** What a person has to do so that the deletion ends: takes finalizers off, and serves API and webhook from elsewhere. */
async function release(plane: ControlPlane): Promise<void> {
  await patch(plane, { metadata: { finalizers: null } }, 'configmap/never', `--namespace=${PLATFORM}`);
  await patch(plane, { metadata: { finalizers: null } }, 'gadget/held', `--namespace=${PAYMENTS}`);
  const service = { name: 'aggregated', namespace: KEEPER };
  await plane.apply({ apiVersion: 'v1', kind: 'Service', metadata: service, spec: EXTERNAL });
  const spec = { service, caBundle: null, insecureSkipTLSVerify: true };
  await patch(plane, { spec }, 'apiservice/v1.aggregated.example.com');
  const ignore = [{ op: 'replace', path: '/webhooks/0/failurePolicy', value: 'Ignore' }];
  await must(
    plane.kubectl,
    'patch',
    'validatingwebhookconfiguration/platform-guard',
    '--type=json',
    `--patch=${JSON.stringify(ignore)}`,
  );
}

const EXTERNAL = { type: 'ExternalName', externalName: 'localhost' };

async function patch({ kubectl }: ControlPlane, change: object, ...object: readonly string[]): Promise<void> {
  await must(kubectl, 'patch', ...object, '--type=merge', `--patch=${JSON.stringify(change)}`);
}
