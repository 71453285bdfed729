import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import type { PackDefinition } from '../../src/model/definition.ts';
import { joinPacks } from '../../src/profiles/join.ts';
import { loadDefinitionFiles } from '../../src/profiles/load.ts';
import { readDefinitions } from '../../src/profiles/read.ts';
import { EXPECTED_PACKS, EXPECTED_PROFILES, type ExpectedPack } from './expected.ts';

const corpus = process.env['PALETTE_CORPUS'] ?? '';

describe('corpus of real packs and profiles', () => {
  if (corpus === '') {
    if ((process.env['CI'] ?? '') !== '') {
      it('has a corpus to run on', () =>
        assert.fail('PALETTE_CORPUS names no folder, and CI must not go on without it'));
    }
    it('was not run: PALETTE_CORPUS names no folder with packs/ and profiles/');
    return;
  }

  it('holds the packs of the table, no fewer and no more', () => {
    assert.deepEqual(readdirSync(join(corpus, 'packs')).toSorted(), [...EXPECTED_PACKS.keys()].toSorted());
  });

  it('holds the profiles of the table, no fewer and no more', () => {
    assert.deepEqual(readdirSync(join(corpus, 'profiles')).toSorted(), [...EXPECTED_PROFILES.keys()].toSorted());
  });

  for (const [directory, expected] of EXPECTED_PACKS) {
    it(`reads pack ${directory}`, async () => {
      const definitions = await read(join(corpus, 'packs', directory));
      assert.deepEqual(definitions.map(summary), [complete(expected)]);
      assert.ok(definitions.every(({ isPackDirectory }) => isPackDirectory));
    });
  }

  for (const [file, expected] of EXPECTED_PROFILES) {
    it(`reads profile ${file}`, async () => {
      const definitions = await read(join(corpus, 'profiles', file));
      assert.deepEqual(definitions.map(summary), expected.map(complete));
      assert.ok(definitions.every(({ isPackDirectory }) => !isPackDirectory));
    });
  }

  it('reads both folders at once, and joins every pack under its name', async () => {
    const definitions = await read(join(corpus, 'packs'), join(corpus, 'profiles'));
    const expected = [...EXPECTED_PACKS.values(), ...[...EXPECTED_PROFILES.values()].flat()];
    assert.equal(definitions.length, expected.length);
    const names = joinPacks(definitions).map(({ name }) => name);
    assert.deepEqual(names, [...new Set(expected.map(({ name }) => name))].toSorted());
  });

  it('reports the values text that is not YAML, and the empty one, at their places', async () => {
    const [layer] = await read(join(corpus, 'profiles', 'manifest-layer.export.yaml'));
    assert.deepEqual(
      layer?.problems.map(({ code, place }) => [code, place.line]),
      [['definition-unreadable', 22]],
    );
    const [bench] = await read(join(corpus, 'packs', 'cks-kubebench-0.16.7'));
    assert.deepEqual(
      bench?.problems.map(({ code }) => code),
      ['definition-unreadable'],
    );
  });
});

async function read(...paths: readonly string[]): Promise<readonly PackDefinition[]> {
  const documents = await loadDefinitionFiles(paths, () => Promise.reject(new Error('standard input is not read')));
  const macroFacts = { clusterUid: undefined, clusterName: undefined, kubernetesVersion: undefined };
  return readDefinitions(documents, { packName: undefined, variables: new Map(), macroFacts });
}

function complete(
  expected: ExpectedPack,
): Required<Omit<ExpectedPack, 'installPriority'>> & { installPriority: number | null } {
  return {
    manifestNamespaces: {},
    created: [],
    labelled: [],
    ...expected,
    installPriority: expected.installPriority ?? null,
  };
}

function summary(definition: PackDefinition): ReturnType<typeof complete> {
  const isUnknown = definition.gaps.some(({ subject }) => subject === 'pack.namespace');
  return {
    name: definition.name,
    namespace: isUnknown ? 'unknown' : (definition.namespace?.text ?? 'default'),
    manifestNamespaces: Object.fromEntries(
      definition.manifestNamespaces.map(({ manifest, namespace }) => [manifest, namespace.text]),
    ),
    created: definition.createdNamespaces
      .map(({ namespace, possible }) => (possible ? `${namespace.text}?` : namespace.text))
      .toSorted(),
    labelled: definition.namespaceLabels.map(({ namespace }) => namespace.text),
    releases: releasesOf(definition),
    installPriority: definition.installPriority ?? null,
  };
}

function releasesOf({ name, charts, chartKeys, releaseNameOverrides }: PackDefinition): readonly string[] {
  const names = charts.length > 0 ? charts.map((chart) => chart.name) : chartKeys;
  const derived = names.filter((chart) => !releaseNameOverrides.has(chart)).map((chart) => `${name}-${chart}`);
  return [...derived, ...releaseNameOverrides.values()].toSorted();
}
