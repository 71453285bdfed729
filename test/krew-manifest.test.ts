import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const ROOT = join(import.meta.dirname, '../..');

/** What krew-index admits. Source: krew, cmd/validate-krew-manifest. */
const PLATFORMS = [
  ...['386', 'amd64', 'arm64'].flatMap((arch) => [`windows/${arch}`, `darwin/${arch}`]),
  ...['386', 'amd64', 'arm', 'arm64', 'ppc64le'].map((arch) => `linux/${arch}`),
];

/** @returns the value at a path of keys, or undefined. */
function at(value: unknown, ...keys: readonly string[]): unknown {
  let inner = value;
  for (const key of keys) inner = typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined;
  return inner;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** One sentence per rule of krew that the manifest breaks. Source: krew, internal/index/validation. */
function brokenRules(manifest: unknown): readonly string[] {
  const spec = at(manifest, 'spec');
  const platforms = list(at(spec, 'platforms'));
  const short = text(at(spec, 'shortDescription'));
  const rules: readonly (readonly [says: string, holds: boolean])[] = [
    ['apiVersion', at(manifest, 'apiVersion') === 'krew.googlecontainertools.github.com/v1alpha2'],
    ['kind', at(manifest, 'kind') === 'Plugin'],
    ['name', /^[\w-]+$/.test(text(at(manifest, 'metadata', 'name')))],
    ['version', /^v\d+\.\d+\.\d+(?:-[\w.-]+)?$/.test(text(at(spec, 'version')))],
    ['homepage', /^https:\/\/\S+$/.test(text(at(spec, 'homepage')))],
    ['shortDescription', short !== '' && short.length <= 50 && !/[\r\n]|\.$/.test(short)],
    [
      'description',
      text(at(spec, 'description'))
        .split('\n')
        .every((line) => line.length <= 80),
    ],
    ['a platform', platforms.length > 0],
    ...platforms.flatMap(platformRules),
    ['platforms that do not overlap', disjoint(platforms.map(selected))],
  ];
  return rules.filter(([, holds]) => !holds).map(([says]) => says);
}

function platformRules(platform: unknown): readonly (readonly [says: string, holds: boolean])[] {
  const files = at(platform, 'files');
  const bin = text(at(platform, 'bin'));
  return [
    ['uri', /^https:\/\/\S+\.(?:tar\.gz|zip)$/.test(text(at(platform, 'uri')))],
    ['sha256', /^[a-f0-9]{64}$/.test(text(at(platform, 'sha256')))],
    ['bin', bin !== '' && !bin.startsWith('/') && !bin.includes('..')],
    [
      'files',
      files === undefined ||
        (list(files).length > 0 && list(files).every((file) => at(file, 'from') && at(file, 'to'))),
    ],
    ['selector', selected(platform).length > 0],
  ];
}

/** The platforms that a selector chooses; none when it asks for anything but os and arch. */
function selected(platform: unknown): readonly string[] {
  const labels = Object.entries(Object(at(platform, 'selector', 'matchLabels') ?? {}));
  const expressions = list(at(platform, 'selector', 'matchExpressions'));
  const conditions = [
    ...labels.map(([key, value]) => ({ key, values: [value] })),
    ...expressions.map((one) => ({
      key: text(at(one, 'key')),
      values: at(one, 'operator') === 'In' ? list(at(one, 'values')) : [],
    })),
  ];
  if (conditions.length === 0 || conditions.some(({ key }) => key !== 'os' && key !== 'arch')) return [];
  return PLATFORMS.filter((name) => {
    const [os, arch] = name.split('/');
    return conditions.every(({ key, values }) => values.includes(key === 'os' ? os : arch));
  });
}

function disjoint(choices: readonly (readonly string[])[]): boolean {
  return new Set(choices.flat()).size === choices.flat().length;
}

describe('krew-manifest.yaml', () => {
  const source = readFileSync(join(ROOT, 'krew-manifest.yaml'), 'utf8');
  const manifest: unknown = parse(source);

  it('is valid in form', () => {
    assert.deepEqual(brokenRules(manifest), []);
  });

  it('has the name that kubectl and the package have, and the version of the package', () => {
    const packageJson: unknown = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
    assert.equal(at(manifest, 'metadata', 'name'), 'palette-audit');
    assert.equal(at(manifest, 'spec', 'version'), `v${text(at(packageJson, 'version'))}`);
    const [platform] = list(at(manifest, 'spec', 'platforms'));
    assert.equal(at(platform, 'bin'), 'kubectl-palette_audit');
    assert.ok(at(packageJson, 'bin', 'kubectl-palette_audit'));
  });

  it('names no platform but the one whose archive the cluster tests run', () => {
    assert.deepEqual(list(at(manifest, 'spec', 'platforms')).flatMap(selected), ['linux/amd64']);
  });

  it('says which rights it needs', () => {
    const caveats = text(at(manifest, 'spec', 'caveats'));
    assert.match(caveats, /Secrets/);
    assert.match(caveats, /kubectl palette-audit rbac/);
  });

  const faults: readonly { says: string; from: string; to: string; rule: string }[] = [
    { says: 'a version without v', from: 'version: v0.1.0', to: 'version: 0.1.0', rule: 'version' },
    {
      says: 'a long short description',
      from: 'shortDescription: ',
      to: `shortDescription: ${'a'.repeat(50)}`,
      rule: 'shortDescription',
    },
    { says: 'a sum that is none', from: '0000', to: 'G000', rule: 'sha256' },
    { says: 'a selector by something else', from: 'os: linux', to: 'libc: musl', rule: 'selector' },
    { says: 'another kind', from: 'kind: Plugin', to: 'kind: Plugins', rule: 'kind' },
  ];
  for (const { says, from, to, rule } of faults) {
    it(`the check sees ${says}`, () => {
      assert.ok(source.includes(from));
      assert.deepEqual(brokenRules(parse(source.replace(from, to))), rule === '' ? [] : [rule]);
    });
  }
});
