import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { ensureAssets } from '../../scripts/assets/ensure-assets.ts';
import { claimsOf } from '../../src/cli/read-subject.ts';
import { at, listAt, textAt } from '../../src/cluster/json.ts';
import { escapedManifestObjects, manifestObjects } from '../../src/cluster/manifest-objects.ts';
import type { Release, ReleasedObject } from '../../src/model/inventory.ts';
import { groupOf } from '../../src/model/resource.ts';
import { joinPacks } from '../../src/profiles/join.ts';
import { loadDefinitionFiles } from '../../src/profiles/load.ts';
import { readDefinitions } from '../../src/profiles/read.ts';
import { EXPECTED_PACKS } from '../corpus/expected.ts';
import { createRunner, type Runner } from './support/runner.ts';
import { parsed } from './world/ledger.ts';
import { must } from './world/palette.ts';

const corpus = process.env['PALETTE_CORPUS'] ?? '';

describe('charts of real packs, rendered by Helm', () => {
  if (corpus === '') {
    if ((process.env['CI'] ?? '') !== '') {
      it('have a corpus to come from', () => assert.fail('PALETTE_CORPUS names no folder, and CI must not go on'));
    }
    it('were not rendered: PALETTE_CORPUS names no folder with packs/');
    return;
  }
  let home: string;
  let helm: Runner;

  before(async () => {
    home = mkdtempSync(join(tmpdir(), 'palette-audit-charts-'));
    const assets = await ensureAssets();
    helm = createRunner({ path: assets.tool('helm3').path, home, kubeconfig: join(home, 'none') });
  });
  after(() => rmSync(home, { recursive: true, force: true }));

  for (const [directory, expected] of EXPECTED_PACKS) {
    const folder = join(corpus, 'packs', directory);
    for (const archive of archivesOf(folder)) {
      it(`${directory}: ${archive}`, async () => {
        const definitions = await read(folder);
        const path = join(folder, 'charts', archive);
        const chart = textAt(parse(await must(helm, 'show', 'chart', path)), 'name') ?? '';
        assert.ok(
          definitions.some(({ charts }) => charts.some(({ name }) => name === chart)),
          chart,
        );

        const release = expected.releases.find((name) =>
          isReleaseOf(name, { chart, pack: expected.name, definitions }),
        );
        assert.ok(release !== undefined, `no release of ${expected.releases.join(', ')} for chart ${chart}`);
        const manifest = await render({
          path,
          release,
          namespace: expected.namespace,
          values: valuesFor(folder, chart),
        });
        const objects = manifestObjects(manifest, false);
        assert.deepEqual(escapedManifestObjects({ json: Buffer.from(JSON.stringify(manifest)) }, false), objects);
        assert.equal(objects.length === 0, EMPTY.has(archive), manifest);
        assert.deepEqual(objects.map(textOf).toSorted(), byFullParse(manifest).toSorted());

        const { links, stakes } = claimsOf(joinPacks(definitions), [
          releaseOf({ release, chart, objects }, expected.namespace),
        ]);
        assert.deepEqual(
          links.map(({ pack, strength }) => [pack, strength]),
          [[expected.name, 'verified']],
        );
        const staked = new Set(stakes.map(({ namespace }) => namespace));
        const touched = [expected.namespace, ...namespacesIn(objects)];
        assert.deepEqual(
          touched.filter((namespace) => !staked.has(namespace)),
          [],
        );
      });
    }
  }

  /** `helm template` with the same arguments that an installation would have. */
  async function render(what: { path: string; release: string; namespace: string; values: unknown }): Promise<string> {
    const file = join(home, `${what.release}.values.yaml`);
    writeFileSync(file, stringify(what.values));
    return must(helm, 'template', what.release, what.path, `--namespace=${what.namespace}`, `--values=${file}`);
  }
});

/** Charts that, with their pack's own values, hold nothing. */
const EMPTY: ReadonlySet<string> = new Set(['piraeus-dashboard-1.0.0.tgz']);

function archivesOf(folder: string): readonly string[] {
  const charts = join(folder, 'charts');
  return existsSync(charts) ? readdirSync(charts).filter((name) => name.endsWith('.tgz')) : [];
}

async function read(folder: string) {
  const documents = await loadDefinitionFiles([folder], () => assert.fail('nothing is read from standard input'));
  const macroFacts = { clusterUid: undefined, clusterName: undefined, kubernetesVersion: '1.33.4' };
  return readDefinitions(documents, { packName: undefined, variables: new Map(), macroFacts });
}

/** Values of a chart stand under its name, or, in packs of a single chart, right under `charts`. */
function valuesFor(folder: string, chart: string): unknown {
  const values: unknown = parse(readFileSync(join(folder, 'values.yaml'), 'utf8'));
  return at(values, 'charts', chart) ?? at(values, 'charts') ?? {};
}

function isReleaseOf(
  release: string,
  { chart, pack, definitions }: { chart: string; pack: string; definitions: Awaited<ReturnType<typeof read>> },
): boolean {
  const overrides = definitions.map(({ releaseNameOverrides }) => releaseNameOverrides.get(chart));
  return overrides.some((name) => name !== undefined) ? overrides.includes(release) : release === `${pack}-${chart}`;
}

/** What Helm would have recorded of an installation. */
function releaseOf(
  { release, chart, objects }: { release: string; chart: string; objects: readonly ReleasedObject[] },
  namespace: string,
): Release {
  return {
    name: release,
    namespace,
    storageNamespace: namespace,
    storageKind: 'Secret',
    storageName: `sh.helm.release.v1.${release}.v1`,
    revision: 1,
    status: 'deployed',
    chart,
    chartVersion: '',
    objects,
    decoded: true,
  };
}

function textOf({ ref: { group, kind, namespace, name }, keep }: ReleasedObject): string {
  return [group, kind, namespace, name, keep ? 'keep' : ''].join(' | ');
}

/** The identities of every object of every document, by a parser that reads all of it. */
function byFullParse(manifest: string): readonly string[] {
  return parsed(manifest)
    .flatMap(flattened)
    .map((one) => {
      const group = groupOf(textAt(one, 'apiVersion') ?? '');
      const [kind, namespace, name] = [['kind'], ['metadata', 'namespace'], ['metadata', 'name']].map(
        (place) => textAt(one, ...place) ?? '',
      );
      const keep = textAt(one, 'metadata', 'annotations', 'helm.sh/resource-policy') === 'keep';
      return [group, kind, namespace, name, keep ? 'keep' : ''].join(' | ');
    });
}

function flattened(one: unknown): readonly unknown[] {
  return (textAt(one, 'kind') ?? '').endsWith('List') ? listAt(one, 'items').flatMap(flattened) : [one];
}

/** Namespaces that the chart makes, or puts something into. */
function namespacesIn(objects: readonly ReleasedObject[]): readonly string[] {
  const names = objects.map(({ ref }) => (ref.kind === 'Namespace' && ref.group === '' ? ref.name : ref.namespace));
  return [...new Set(names)].filter((name) => name !== '');
}
