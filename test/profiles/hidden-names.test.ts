import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { packResourceOf } from '../../src/cluster/pack-resource-fields.ts';
import { UserError } from '../../src/model/errors.ts';
import { loadDefinitionFiles } from '../../src/profiles/load.ts';
import { packResourceDefinitions } from '../../src/profiles/pack-resources.ts';
import { exportOf, faultsOf, fromCluster, onlyOne, readText, readValuesText } from './sample.ts';

const AGENT = 'cluster-0123456789abcdef01234567';
const UNKNOWN = ['name-unreadable pack.namespace'];

const VALUES: readonly {
  readonly says: string;
  readonly values: string;
  readonly namespace?: string;
  readonly manifests?: readonly string[];
  readonly gaps?: readonly string[];
}[] = [
  {
    says: 'a namespace that a merge key brings into the block',
    values: 'd: &d\n  namespace: core\npack:\n  <<: *d\n',
    namespace: 'core',
  },
  {
    says: 'a namespace that stands beside a merge key',
    values: 'd: &d\n  namespace: other\npack:\n  <<: *d\n  namespace: core\n',
    namespace: 'core',
  },
  {
    says: 'a namespace from the first of several merged maps',
    values: 'pack:\n  <<: [{namespace: core}, {namespace: other}]\n',
    namespace: 'core',
  },
  {
    says: 'manifests that a merge key brings',
    values: 'pack: {namespace: core}\nd: &d {m: {namespace: extra}}\nmanifests:\n  <<: *d\n',
    namespace: 'core',
    manifests: ['extra'],
    gaps: ['manifest-only-referenced m'],
  },
  { says: 'a quoted key that only looks like a merge key', values: 'pack: {"<<": {namespace: other}}\n' },
  { says: 'a block that is a text', values: 'pack: core\n', gaps: UNKNOWN },
  { says: 'a block that is a list', values: 'pack:\n  - namespace: core\n', gaps: UNKNOWN },
  {
    says: 'manifests in a list',
    values: 'pack: {namespace: core}\nmanifests:\n  - name: m\n    namespace: extra\n',
    namespace: 'core',
    gaps: ['manifest-unreadable manifests'],
  },
  { says: 'an empty list of manifests', values: 'pack: {namespace: core}\nmanifests: []\n', namespace: 'core' },
];

describe('a values text hides no namespace', () => {
  for (const { says, values, namespace, manifests = [], gaps = [] } of VALUES) {
    it(`in ${says}`, () => {
      const pack = readValuesText(values);
      assert.equal(pack.namespace?.text, namespace);
      assert.deepEqual(
        pack.manifestNamespaces.map(({ namespace: { text } }) => text),
        manifests,
      );
      assert.deepEqual(
        pack.gaps.map(({ reason, subject }) => `${reason} ${subject}`),
        gaps,
      );
    });
  }
});

describe('a definition hides no namespace', () => {
  it('in values of a manifest layer that are no text', () => {
    const text = exportOf([{ name: 'app', type: 'manifest', values: { pack: { namespace: 'core' } } }]);
    const { gaps, problems } = onlyOne(readText(text));
    assert.deepEqual(
      gaps.map(({ subject }) => subject),
      ['pack.namespace'],
    );
    assert.equal(problems[0]?.detail, 'the values are not a text');
  });

  for (const [says, text] of [
    ['values that stand twice', 'packs:\n- name: app\n  values: "pack: {}"\n  values: "pack: {namespace: b}"\n'],
    ['packs that stand twice', 'packs:\n- name: app\n  values: "pack: {}"\npacks:\n- name: other\n'],
  ] as const) {
    it(`in ${says}`, () => {
      const { gaps } = onlyOne(readText(text));
      assert.deepEqual(
        gaps.map(({ reason }) => reason),
        ['values-unreadable'],
      );
    });
  }

  for (const [says, manifests, lost] of [
    ['a map', { m: { content: 'x' } }, 1],
    ['a text', 'apiVersion: v1', 1],
    ['a list of texts', ['apiVersion: v1', 'apiVersion: v1'], 2],
    ['a list with one that has neither name nor content', [{ name: 'm', content: '' }, { uid: 'u' }], 1],
    ['nothing', null, 0],
    ['an empty map', {}, 0],
    ['a list with an empty entry', [null], 0],
  ] as const) {
    it(`in manifests that are ${says}`, () => {
      const pack = { name: 'app', type: 'manifest', values: 'pack: {namespace: core}', manifests };
      const { gaps } = onlyOne(readText(exportOf([pack])));
      const found = gaps.filter(({ reason }) => reason === 'manifest-unreadable');
      assert.deepEqual(
        found.map(({ subject }) => subject),
        Array.from({ length: lost }, () => 'the list of manifests'),
      );
    });
  }

  it('but a second key that says nothing of packs leaves no gap', () => {
    const { gaps, problems } = onlyOne(readText('x: 1\nx: 2\npacks:\n- name: app\n  values: "pack: {}"\n'));
    assert.deepEqual([gaps.length, problems.length], [0, 1]);
  });

  for (const [says, values, namespace, gaps] of [
    ['values that are a map are read', { pack: { namespace: 'core' } }, 'core', 0],
    ['values that are a number are a gap', 5, undefined, 2],
    ['values that are null are not given', null, undefined, 0],
  ] as const) {
    it(`in a Pack resource: ${says}`, () => {
      const object = {
        metadata: { name: 'app', namespace: 'cluster-1' },
        spec: { packRef: { type: 'manifest', values } },
      };
      const macroFacts = { clusterUid: undefined, clusterName: undefined, kubernetesVersion: undefined };
      const palette = {
        agentNamespace: 'cluster-1',
        served: true,
        macroFacts,
        packs: [packResourceOf(object, [])],
        namespaces: [],
      };
      const pack = onlyOne(packResourceDefinitions(palette, new Map()));
      assert.deepEqual([pack.namespace?.text, pack.gaps.length], [namespace, gaps]);
    });
  }

  for (const [manifests, gaps] of [
    [[{ name: 'm', content: 'x' }], ['manifest-unreadable m']],
    [{ m: { content: 'x' } }, ['manifest-unreadable the list of manifests']],
    [[{ uid: 'u' }], ['manifest-only-referenced a manifest without a name']],
    [null, []],
  ] as const) {
    it(`in a Pack resource, in manifests ${JSON.stringify(manifests)}`, () => {
      const spec = { packRef: { type: 'manifest', values: 'pack: {namespace: core}', manifests } };
      const resource = packResourceOf({ metadata: { name: 'app', namespace: 'cluster-1' }, spec }, []);
      assert.deepEqual(faultsOf(onlyOne(fromCluster(resource.values, { ...resource, namespace: AGENT }))).gaps, gaps);
    });
  }

  it('in a link of a directory that leads nowhere', async () => {
    const root = mkdtempSync(join(tmpdir(), 'palette-audit-hidden-'));
    try {
      writeFileSync(join(root, 'a.yaml'), 'packs: [{name: app}]\n');
      symlinkSync(join(root, 'nowhere'), join(root, 'b.yaml'));
      await assert.rejects(
        loadDefinitionFiles([root], () => Promise.resolve(Buffer.from(''))),
        (error) => error instanceof UserError && error.message.endsWith('b.yaml: there is no such file or directory.'),
      );
    } finally {
      rmSync(root, { recursive: true });
    }
  });
});
