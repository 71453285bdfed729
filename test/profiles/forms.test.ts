import assert from 'node:assert/strict';

import type { PackDefinition } from '../../src/model/definition.ts';
import { exportOf, faultsOf, messageOf, onlyOne, readText } from './sample.ts';

const VALUES = 'pack:\n  namespace: core\n';
const PACK = { name: 'app', type: 'oci', layer: 'addon', version: '1.0.0', tag: '1.0.x', values: VALUES };

/** One text per form; each holds pack `app` in namespace `core`. */
const FORMS: readonly (readonly [string, string, string | undefined])[] = [
  ['an export in JSON', exportOf([PACK]), 'shop'],
  ['an export indented with tabs', JSON.stringify(JSON.parse(exportOf([PACK])), null, '\t'), 'shop'],
  [
    'an export in YAML',
    `metadata:\n  name: shop\nspec:\n  version: 1.2.0\n  template:\n    type: add-on\n    packs:\n    - name: app\n      type: oci\n      values: |\n        pack:\n          namespace: core\n`,
    'shop',
  ],
  [
    'a published profile',
    JSON.stringify({
      metadata: { name: 'shop' },
      spec: { published: { packs: [PACK] }, draft: { packs: [{ name: 'no' }] } },
    }),
    'shop',
  ],
  [
    'the profiles of a cluster',
    JSON.stringify({
      profiles: [{ metadata: { name: 'shop' }, spec: { packs: [{ metadata: { name: 'app' }, spec: PACK }] } }],
    }),
    'shop',
  ],
  [
    'a cluster',
    JSON.stringify({
      metadata: { name: 'prod' },
      spec: { clusterProfileTemplates: [{ name: 'shop', profileVersion: '1.2.0', packs: [PACK] }] },
    }),
    'shop',
  ],
  [
    'a list of profiles',
    JSON.stringify({ items: [{ metadata: { name: 'shop' }, spec: { published: { packs: [PACK] } } }] }),
    'shop',
  ],
  [
    'the simplified YAML export',
    `name: shop\ntype: add-on\npacks:\n  - name: app\n    type: helm\n    values: |-\n      pack:\n        namespace: core\n`,
    'shop',
  ],
  [
    'Pack resources of a cluster',
    JSON.stringify({
      apiVersion: 'v1',
      kind: 'List',
      items: [
        {
          apiVersion: 'cluster.spectrocloud.com/v1alpha1',
          kind: 'Pack',
          metadata: { name: 'app' },
          spec: { packRef: PACK },
        },
      ],
    }),
    undefined,
  ],
  ['a state of terraform', JSON.stringify({ values: { root_module: { resources: [terraformProfile()] } } }), 'shop'],
  [
    'a plan of terraform with modules',
    JSON.stringify({
      planned_values: { root_module: { child_modules: [{ child_modules: [{ resources: [terraformProfile()] }] }] } },
    }),
    'shop',
  ],
  [
    'an add-on deployment of terraform',
    JSON.stringify({
      values: {
        root_module: {
          resources: [
            {
              mode: 'managed',
              type: 'spectrocloud_addon_deployment',
              values: { cluster_profile: [{ id: 'x', pack: [terraformPack()] }] },
            },
          ],
        },
      },
    }),
    undefined,
  ],
];

function terraformPack(): object {
  return { name: 'app', tag: '1.0.0', type: 'spectro', values: VALUES, manifest: [] };
}

function terraformProfile(sensitive: object = {}): object {
  const values = { name: 'shop', version: '1.2.0', type: 'add-on', pack: [terraformPack()] };
  return { mode: 'managed', type: 'spectrocloud_cluster_profile', values, sensitive_values: sensitive };
}

describe('the form of a definition', () => {
  for (const [says, text, profile] of FORMS) {
    it(`is told by content: ${says}`, () => {
      const definition = onlyOne(readText(text));
      assert.deepEqual([definition.name, definition.namespace?.text], ['app', 'core']);
      assert.equal(definition.profile?.name, profile);
      assert.deepEqual(faultsOf(definition), { gaps: [], problems: [] });
    });
  }

  it('may be a values file, named after the file', () => {
    const definition = onlyOne(readText(`# a comment\n${VALUES}`));
    assert.deepEqual(
      [definition.name, definition.namespace?.text, definition.namespace?.place.line],
      ['file', 'core', 3],
    );
  });

  it('may be a values file that is damaged below its pack block', () => {
    const definition = onlyOne(readText(`${VALUES}charts:\n  a: b: c\n`));
    assert.equal(definition.namespace?.text, 'core');
    assert.deepEqual(faultsOf(definition).problems, ['definition-unreadable values']);
  });

  it('may be several profiles in one file', () => {
    const names = readText(`${simpleProfile('a')}---\n${simpleProfile('b')}`).map(({ name, profile: of }) => [
      of?.name,
      name,
    ]);
    assert.deepEqual(names, [
      ['a', 'a-pack'],
      ['b', 'b-pack'],
    ]);
  });

  it('says when there is only a draft', () => {
    const text = JSON.stringify({ metadata: { name: 'shop' }, spec: { published: null, draft: { packs: [PACK] } } });
    assert.deepEqual(faultsOf(onlyOne(readText(text))).problems, ['draft-only shop']);
  });

  it('may hold manifests with content, as the answer of packs/manifests does', () => {
    const content = 'apiVersion: v1\nkind: Namespace\nmetadata:\n  name: vms\n';
    const spec = { ...PACK, manifests: [{ metadata: { name: 'm' }, spec: { published: { content } } }] };
    const text = JSON.stringify({
      profiles: [{ metadata: { name: 'shop' }, spec: { packs: [{ metadata: { name: 'app' }, spec }] } }],
    });
    assert.deepEqual(
      onlyOne(readText(text)).createdNamespaces.map(({ namespace }) => namespace.text),
      ['vms'],
    );
  });

  for (const [says, marks] of [
    ['the values', { pack: [{ values: true }] }],
    ['the packs', { pack: true }],
    ['everything', true],
  ] as const) {
    it(`makes it a gap when terraform marks ${says} as sensitive`, () => {
      const text = JSON.stringify({
        values: { root_module: { resources: [{ ...terraformProfile(), sensitive_values: marks }] } },
      });
      const definition = onlyOne(readText(text));
      assert.deepEqual(
        [definition.namespace, faultsOf(definition).gaps],
        [undefined, ['values-unreadable pack.namespace']],
      );
    });
  }

  it('makes it a gap when a plan of terraform does not know the packs of a profile yet', () => {
    const resource = { ...terraformProfile(), values: { name: 'shop', version: '1.2.0' } };
    const text = JSON.stringify({ planned_values: { root_module: { resources: [resource] } } });
    const definition = onlyOne(readText(text));
    assert.deepEqual(
      [definition.name, definition.namespace, faultsOf(definition).gaps],
      ['packs of profile shop', undefined, ['values-unreadable pack.namespace']],
    );
  });

  it('keeps versions as text', () => {
    const definition: PackDefinition = onlyOne(
      readText('name: shop\npacks:\n- name: app\n  version: 1.10\n  values: "a: b"\n'),
    );
    assert.equal(definition.version, '1.10');
  });

  it('warns of a pack name that YAML readers take for a number', () => {
    const definition = onlyOne(readText('name: shop\npacks:\n- name: 017\n  values: "a: b"\n'));
    assert.deepEqual([definition.name, faultsOf(definition).problems], ['017', ['name-not-text name']]);
  });

  it('gives places inside the file', () => {
    const yaml = 'name: shop\npacks:\n- name: app\n  values: |\n    pack:\n      namespace: core\n';
    assert.deepEqual(onlyOne(readText(yaml)).namespace?.place, { path: 'file.yaml', line: 6, column: 0 });
    const json = onlyOne(readText(exportOf([PACK])));
    assert.deepEqual([json.place.line, json.namespace?.place.line], [11, 17]);
  });

  it('reports a duplicate key of the file at the pack around it', () => {
    const [, second] = readText(
      'name: shop\npacks:\n- name: a\n  values: "x: 1"\n- name: b\n  tag: 1\n  tag: 2\n  values: "x: 1"\n',
    );
    assert.deepEqual(
      second?.problems.map(({ code, place }) => [code, place.line]),
      [['definition-unreadable', 7]],
    );
  });

  it('is refused with a word about --snapshot when it is a snapshot', () => {
    const snapshot = '{"claimTemplates": [], "coverage": [], "takenAt": "2026-11-10T14:02:11Z"}';
    assert.throws(() => readText(snapshot), {
      message: 'file.yaml: there is no pack in it.',
      remedy: 'It is a snapshot: give it with --snapshot.',
    });
  });

  for (const [says, text, message] of [
    ['no pack', 'a: b\n', /^file\.yaml: there is no pack in it\.$/],
    ['an empty list of packs', exportOf([]), /there is no pack in it/],
    ['a pack.json alone', '{"name":"a","displayName":"A","charts":["charts/a.tgz"]}', /there is no pack in it/],
    ['text that is not YAML', 'packs:\n- name: a: b\n', /^file\.yaml:2:9: not valid YAML/],
    ['a JSON text cut short', '{"metadata": {"name": "canary"', /^file\.yaml:1:\d+: not valid YAML/],
    ['an alias bomb', bomb(), /^file\.yaml:1:1: aliases make it far larger/],
    ['nesting of depth 10000', '['.repeat(10_000), /^file\.yaml:1:\d+: nested deeper than 200 levels/],
  ] as const) {
    it(`is refused as a whole when it is ${says}`, () => {
      const found = messageOf(() => readText(text));
      assert.match(found, message);
      assert.doesNotMatch(found, /canary/);
    });
  }
});

function simpleProfile(name: string): string {
  return `name: ${name}\npacks:\n- name: ${name}-pack\n  values: "pack: {}"\n`;
}

function bomb(): string {
  const lines = ['a0: &a0 x'];
  for (let level = 1; level <= 12; level += 1) {
    const below = `*a${String(level - 1)}`;
    lines.push(`a${String(level)}: &a${String(level)} [${Array.from({ length: 9 }, () => below).join(', ')}]`);
  }
  return `${lines.join('\n')}\n`;
}
