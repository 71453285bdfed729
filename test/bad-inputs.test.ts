import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { pack as tarPack } from 'tar-stream';
import { sealed } from '../src/cluster/snapshot-seal.ts';
import { CORE_TYPES, fakeNamespaces, fakeObjects } from './support/fake-api/description.ts';
import type { FakeCluster } from './support/fake-api/description.ts';
import { runAgainst, runCli, type Ran } from './support/run-cli.ts';

const CLUSTER: FakeCluster = {
  discovery: 'aggregated',
  types: CORE_TYPES,
  objects: new Map([
    ['namespaces', fakeNamespaces('shop')],
    ['configmaps', fakeObjects('shop', 'settings')],
  ]),
};

/** Milliseconds that any of these inputs may take, on a machine with other work to do. */
const LONGEST = 20_000;

const MEBIBYTE = 1024 * 1024;
const GOOD = 'pack:\n  namespace: shop\n';

function lines(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join('\n');
}

function bomb(): string {
  const levels = 'abcdefghij'.split('');
  const of = (index: number): string => (index === 0 ? 'x' : `*${levels[index - 1] ?? ''}`);
  return levels
    .map((name, index) => `${name}: &${name} [${lines(9, () => of(index)).replaceAll('\n', ', ')}]`)
    .join('\n');
}

/** `ends` is a part of the report for what is taken; `says` one of the error for what is refused, after the file's name. */
interface Input {
  readonly says: string;
  readonly text: string | Uint8Array;
  readonly refused?: RegExp;
  readonly taken?: RegExp;
}

const named = (name: string): string => `pack:\n  namespace: ${name}\n`;

const INPUTS: readonly Input[] = [
  { says: 'an empty file', text: '', refused: /: the file is empty\.$/ },
  { says: 'a blank file', text: '\n \n', refused: /: the file is empty\.$/ },
  { says: 'a comment alone', text: '# nothing\n', refused: /: there is no pack in it\.$/ },
  { says: 'a binary file', text: new Uint8Array([0, 1, 2, 255]), refused: /: the file is binary, not text\.$/ },
  { says: 'UTF-16', text: Buffer.from(`\ufeff${GOOD}`, 'utf16le'), refused: /: the file is UTF-16, not UTF-8\.$/ },
  { says: 'a byte order mark', text: `\ufeff${GOOD}`, taken: /given planned/ },
  {
    says: 'more than 8 MiB',
    text: `${GOOD}#${'x'.repeat(8 * MEBIBYTE)}`,
    refused: /: the file is larger than 8 MiB\.$/,
  },
  { says: '3 MiB of comment', text: `${GOOD}#${'x'.repeat(3 * MEBIBYTE)}`, taken: /given planned/ },
  {
    says: 'tabs',
    text: 'pack:\n\tnamespace: shop\n',
    refused: /:2:1: not valid YAML: a tab is used as indentation\.$/,
  },
  {
    says: 'an open quote',
    text: 'pack:\n  namespace: "shop\n',
    refused: /:3:1: not valid YAML: a character is missing/,
  },
  { says: 'cut JSON', text: '{"spec": {"template":', refused: /:1:\d+: not valid YAML/ },
  { says: 'a list', text: '[]', refused: /: there is no pack in it\.$/ },
  { says: 'a word', text: 'hello', refused: /: there is no pack in it\.$/ },
  { says: 'a login page', text: '<html><body>Log in</body></html>', refused: /: there is no pack in it\.$/ },
  { says: 'a key that stands twice', text: `${GOOD}  namespace: other\n`, taken: /same key stands twice/ },
  { says: 'an alias bomb', text: `${GOOD}${bomb()}`, refused: /:1:1: aliases make it far larger than it looks\.$/ },
  {
    says: '150 honest aliases',
    text: `${GOOD}base: &base {a: 1}\n${lines(150, (index) => `k${index}: *base`)}`,
    taken: /given planned/,
  },
  {
    says: 'an alias to itself',
    text: 'pack: &x\n  self: *x\n',
    refused: /:2:9: not valid YAML: an alias without an anchor/,
  },
  { says: 'a depth of 10,000', text: `a: ${'['.repeat(10_000)}`, refused: /:1:\d+: nested deeper than 200 levels\.$/ },
  {
    says: '200,000 keys',
    text: `${GOOD}${lines(200_000, (index) => `k${index}: ${index}`)}`,
    refused: /:\d+:\d+: far longer than any known definition\.$/,
  },
  {
    says: 'keys such as __proto__ and constructor',
    text: `__proto__: {namespace: evil}\nconstructor: {prototype: {namespace: evil}}\n${GOOD}`,
    taken: /given planned/,
  },
  {
    says: 'a tag that nobody knows',
    text: 'pack: !evil\n  namespace: shop\n',
    refused: /:\d+:\d+: not valid here: a YAML tag/,
  },
  { says: 'a tag that decodes', text: named('!!binary c2hvcA=='), refused: /:2:\d+: not valid here: a YAML tag/ },
  { says: 'several documents of values', text: `${GOOD}---\n${GOOD}`, taken: /INCOMPLETE[^]*values could not be read/ },
  { says: 'a merge key', text: 'base: &base {namespace: shop}\npack:\n  <<: *base\n', taken: /given planned/ },
  { says: 'the namespace 1e3', text: named('1e3'), taken: /name-not-text/ },
  { says: 'the namespace 0123', text: named('0123'), taken: /name-not-text/ },
  { says: 'the namespace no', text: named('no'), taken: /name-not-text/ },
  { says: 'the namespace null', text: named('null'), taken: /1 pack\b/ },
  { says: 'the namespace UPPER', text: named('UPPER'), taken: /invalid-namespace-name/ },
  { says: 'the namespace a..b', text: named('a..b'), taken: /invalid-namespace-name/ },
  { says: 'a quoted macro', text: named('"{{.spectro.var.x}}"'), taken: /INCOMPLETE[^]*\{\{\.spectro\.var\.x\}\}/ },
  { says: 'a bare macro', text: named('{{.spectro.var.x}}'), taken: /INCOMPLETE[^]*\{\{\.spectro\.var\.x\}\}/ },
  { says: 'no namespace', text: 'pack:\n  content: {}\n', taken: /1 pack\b/ },
  { says: 'additional namespaces as a text', text: `${GOOD}  additionalNamespaces: "other"\n`, taken: /given planned/ },
  { says: 'additional namespaces as a list', text: `${GOOD}  additionalNamespaces: [other]\n`, taken: /given planned/ },
  { says: 'additional namespaces as a map', text: `${GOOD}  additionalNamespaces: {a: [1]}\n`, taken: /INCOMPLETE/ },
  {
    says: 'one pack twice in a profile',
    text: JSON.stringify({
      metadata: { name: 'p' },
      spec: { template: { packs: ['shop', 'other'].map((name) => ({ name: 'a', values: named(name) })) } },
    }),
    taken: /duplicate-pack/,
  },
  {
    says: 'a profile that holds itself',
    text: 'spec: &spec\n  template:\n    packs: [{name: a, values: "pack: {namespace: shop}", profile: *spec}]\n',
    refused: /: not valid YAML: an alias without an anchor/,
  },
];

/* eslint-disable unicorn/consistent-function-scoping -- kept beside the cases that they serve */
describe('a bad input', function () {
  this.timeout(2 * LONGEST);
  let folder = '';
  const path = (name: string): string => join(folder, name);

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'palette-audit-bad-'));
  });
  after(() => rmSync(folder, { recursive: true }));

  function file(name: string, content: string | Uint8Array): string {
    writeFileSync(path(name), content);
    return path(name);
  }

  /** What was said to a person: what failed on which thing, and what to do. Never a trace of the program. */
  function refusal({ code, stdout, stderr }: Ran, expected: RegExp): void {
    assert.ok(code === 2 || code === 4, `exit code ${code}\n${stdout}${stderr}`);
    assert.equal(stdout, '');
    assert.match(stderr, /^error: [^\n]+\n[^\n]+\n$/);
    assert.doesNotMatch(stderr, /\bat [\w.<>]+ \(|node:|\.js:\d|undefined|\[object/);
    assert.match(stderr.split('\n')[0] ?? '', expected);
  }

  async function timed(work: () => Promise<Ran>): Promise<Ran> {
    const started = performance.now();
    const ran = await work();
    const took = performance.now() - started;
    assert.ok(took < LONGEST, `it took ${took} ms`);
    return ran;
  }

  describe('as a definition', () => {
    for (const { says, text, refused, taken } of INPUTS) {
      it(`${says} is ${refused === undefined ? 'taken' : 'refused'}, with its file and place`, async () => {
        const given = file('given.yaml', text);
        const ran = await timed(() => runAgainst({ cluster: CLUSTER }, '-f', given));
        if (refused !== undefined) {
          refusal(ran, refused);
          assert.ok(ran.stderr.startsWith(`error: ${given}:`), ran.stderr);
        }
        if (taken !== undefined) {
          assert.ok(ran.code === 0 || ran.code === 1 || ran.code === 3, ran.stderr);
          assert.match(ran.stdout.replaceAll(/\s+/g, ' '), taken);
        }
      });
    }

    const PATHS: readonly { readonly says: string; readonly make: () => string; readonly refused: RegExp }[] = [
      { says: 'nothing', make: () => path('missing.yaml'), refused: /missing\.yaml: there is no such file/ },
      {
        says: 'a directory without a pack',
        make: () => {
          mkdirSync(path('empty'));
          return path('empty');
        },
        refused: /empty: there is no pack in the directory/,
      },
      {
        says: 'a pipe that nobody writes to',
        make: () => {
          execFileSync('mkfifo', [path('pipe')]);
          return path('pipe');
        },
        refused: /pipe: it is not a regular file/,
      },
      { says: 'a device without an end', make: () => '/dev/zero', refused: /zero: it is not a regular file/ },
      {
        says: 'a link to itself',
        make: () => {
          symlinkSync(path('loop'), path('loop'));
          return path('loop');
        },
        refused: /loop: the links go round in a circle/,
      },
    ];
    for (const { says, make, refused } of PATHS) {
      it(`${says} is refused`, async function () {
        if (process.platform === 'win32') this.skip();
        refusal(await timed(() => runAgainst({ cluster: CLUSTER }, '-f', make())), refused);
      });
    }
  });

  describe('as a directory', () => {
    it('tells of the files in it that define no pack', async () => {
      mkdirSync(path('mixed'));
      for (const [name, text] of [
        ['a.yaml', GOOD],
        ['b.yaml', 'apiVersion: v1\nkind: ConfigMap\n'],
        ['c.yaml', ''],
        ['d.json', '{}'],
        ['e.json', '[]'],
      ] as const) {
        file(join('mixed', name), text);
      }
      const { stderr } = await runAgainst({ cluster: CLUSTER }, '-f', path('mixed'));
      const packless = ['b.yaml', 'c.yaml', 'd.json'].map((name) => join(path('mixed'), name)).join(', ');
      assert.equal(stderr, `warning: No pack is defined in ${packless} and 1 more.\n`);
    });
  });

  describe('as a pack directory', () => {
    function packDirectory(name: string, json: object, values = GOOD): string {
      mkdirSync(path(name));
      file(join(name, 'pack.json'), JSON.stringify({ name: 'a', version: '1.0.0', layer: 'addon', ...json }));
      file(join(name, 'values.yaml'), values);
      return path(name);
    }

    const outside = '../secret.yaml';
    for (const [says, json] of [
      ['a manifest outside of it', { kubeManifests: [outside] }],
      ['a manifest by a whole path', { kubeManifests: ['/etc/hosts'] }],
      ['a chart outside of it', { charts: ['../chart.tgz'] }],
    ] as const) {
      it(`${says} is not read`, async () => {
        file('secret.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: outside, namespace: other}\n');
        const given = packDirectory(says.replaceAll(' ', '-'), json);
        const { code, stdout } = await timed(() => runAgainst({ cluster: CLUSTER }, '-f', given, '-o', 'json'));
        assert.notEqual(code, 0, stdout);
        assert.match(stdout, /leads out of the pack directory|the file is not there/);
        assert.doesNotMatch(stdout, /"other"/);
      });
    }

    it('a link that leads out of it is not followed', async () => {
      file('target.yaml', 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: outside, namespace: other}\n');
      const given = packDirectory('linked', { kubeManifests: ['m.yaml'] });
      symlinkSync(path('target.yaml'), join(given, 'm.yaml'));
      const { stdout } = await runAgainst({ cluster: CLUSTER }, '-f', given, '-o', 'json');
      assert.match(stdout, /leads out of the pack directory/);
      assert.doesNotMatch(stdout, /"other"/);
    });

    async function archive(entries: readonly (readonly [string, string | number])[]): Promise<Uint8Array> {
      const pack = tarPack();
      for (const [name, content] of entries) {
        if (typeof content === 'string') pack.entry({ name }, content);
        else pack.entry({ name, type: 'symlink', linkname: '/etc/hosts' });
      }
      pack.finalize();
      const chunks: Uint8Array[] = [];
      for await (const chunk of pack) if (chunk instanceof Uint8Array) chunks.push(chunk);
      return gzipSync(Buffer.concat(chunks));
    }

    const CHART = 'name: web\nversion: 1.0.0\n';
    const ARCHIVES: readonly { readonly says: string; readonly bytes: () => Promise<Uint8Array> }[] = [
      { says: 'that is cut', bytes: async () => (await archive([['web/Chart.yaml', CHART]])).subarray(0, 60) },
      { says: 'that is none', bytes: () => Promise.resolve(Buffer.from('hello')) },
      { says: 'without a chart', bytes: () => archive([['web/values.yaml', 'a: 1\n']]) },
      { says: 'whose Chart.yaml is a link', bytes: () => archive([['web/Chart.yaml', 0]]) },
      { says: 'whose paths lead out', bytes: () => archive([['../../Chart.yaml', CHART]]) },
      {
        says: 'that unpacks to far more than any chart',
        bytes: () =>
          archive([
            ['web/big', '\0'.repeat(200 * MEBIBYTE)],
            ['web/Chart.yaml', CHART],
          ]),
      },
    ];
    for (const { says, bytes } of ARCHIVES) {
      it(`a chart archive ${says} is a gap`, async () => {
        const given = packDirectory(`archive-${says.replaceAll(/[ .]/g, '-')}`, { charts: ['charts/web.tgz'] });
        mkdirSync(join(given, 'charts'));
        writeFileSync(join(given, 'charts/web.tgz'), await bytes());
        const { code, stdout } = await timed(() => runAgainst({ cluster: CLUSTER }, '-f', given, '--fail-on', 'never'));
        assert.equal(code, 3, stdout);
        assert.match(stdout.replaceAll(/\s+/g, ' '), /no readable Chart\.yaml/);
      });
    }
  });

  describe('as a snapshot', () => {
    let whole = '';
    before(async () => {
      const taken = await runAgainst({ cluster: CLUSTER }, 'snapshot', path('s.json'), '-f', file('app.yaml', GOOD));
      assert.equal(taken.code, 0, taken.stderr);
      whole = readFileSync(path('s.json'), 'utf8');
    });

    const SNAPSHOTS: readonly { readonly says: string; readonly of: () => string; readonly refused: RegExp }[] = [
      {
        says: 'of another schema version',
        of: () => sealed(whole.replace('"schemaVersion":1', '"schemaVersion":99')),
        refused: /its schema version is 99, and this program reads schema version 1$/,
      },
      { says: 'that is cut', of: () => whole.slice(0, -40), refused: /it is cut or not JSON$/ },
      { says: 'that is empty', of: () => '', refused: /it is cut or not JSON$/ },
      { says: 'that is something else', of: () => '{"kind":"List","items":[]}', refused: /it is not one$/ },
      { says: 'of boundless depth', of: () => '['.repeat(200_000), refused: /it is cut or not JSON$/ },
      {
        says: 'in which a name was changed by hand',
        of: () => whole.replace('"name":"settings"', '"name":"harmless"'),
        refused: /it was changed after it was taken$/,
      },
      {
        says: 'whose namespaces were taken out by hand',
        of: () => whole.replace(/"namespaces":\[[^]*?\n\]/, '"namespaces":[]'),
        refused: /it was changed after it was taken$/,
      },
      {
        says: 'whose gaps were taken out by hand',
        of: () => whole.replace(/"coverage":\[[^]*?\n\]/, '"coverage":[]'),
        refused: /it was changed after it was taken$/,
      },
      {
        says: 'whose sum was taken out',
        of: () => whole.replace(/^"sha256":.*\n/m, ''),
        refused: /it was changed after it was taken$/,
      },
      {
        says: 'with a field of another kind',
        of: () => sealed(whole.replace('"name":"settings"', '"name":["settings"]')),
        refused: /snapshot\.objects\[\d+\]\.name is not a text$/,
      },
      {
        says: 'from the far future',
        of: () => sealed(whole.replace(/"takenAt":"\d{4}/, '"takenAt":"2999')),
        refused: /it is dated 2999-\d\d-\d\dT[\d:.]+Z, years ahead$/,
      },
    ];
    for (const { says, of, refused } of SNAPSHOTS) {
      it(`one ${says} is refused`, async () => {
        assert.notEqual(of(), whole);
        const given = file('changed.json', of());
        refusal(await timed(() => runCli(['--snapshot', given])), refused);
        assert.equal((await runCli(['--snapshot', path('s.json')])).code, 1);
      });
    }

    it('one of 1 GiB is refused', async () => {
      truncateSync(file('large.json', ''), 1024 * MEBIBYTE);
      refusal(await timed(() => runCli(['--snapshot', path('large.json')])), /large\.json is over 256 MiB$/);
    });

    it('one asked for another cluster is refused', async () => {
      refusal(await runCli(['--snapshot', path('s.json'), '--cluster-uid', '0'.repeat(24)]), /--cluster-uid/);
    });

    const take = (target: string): Promise<Ran> =>
      runAgainst({ cluster: CLUSTER }, 'snapshot', target, '--force', '-f', path('app.yaml'));

    it('one is not written through a link, nor into a folder that is not there', async () => {
      symlinkSync(path('app.yaml'), path('link.json'));
      refusal(await take(path('link.json')), /link\.json is a link, a folder or a device$/);
      refusal(await take(path('no/such.json')), /no\/such\.json cannot be written: ENOENT$/);
      assert.equal(readFileSync(path('app.yaml'), 'utf8'), GOOD);
    });
  });

  describe('as a flag', () => {
    const FLAGS: readonly (readonly [string, readonly string[], RegExp])[] = [
      ['that is unknown', ['--nonsense'], /unknown option "--nonsense"$/],
      ['that is nearly known', ['--namespaec', 'shop'], /unknown option "--namespaec"$/],
      ['that contradicts another', ['-A', '-n', 'shop'], /cannot be given together$/],
      ['of negative time', ['--request-timeout', '-5s'], /--request-timeout "-5s" is no duration$/],
      ['with a key of Palette’s API', ['--api-key', 'secret-key'], /unknown option "--api-key"$/],
      ['with a key in the same word', ['--api-key=secret-key'], /unknown option "--api-key"$/],
      ['of an unknown format', ['-o', 'xml'], /--output "xml" is not known$/],
      ['of an unknown namespace', ['-n', 'shpo'], /namespace "shpo" does not exist/],
      ['with control characters', ['-o', 'x\u001b[31m\u202e'], /--output "x\\u\{1b\}\[31m\\u\{202e\}" is not known$/],
    ];
    for (const [says, argv, refused] of FLAGS) {
      it(`one ${says} is refused`, async () => {
        const ran = await runAgainst({ cluster: CLUSTER }, '-f', file('app.yaml', GOOD), ...argv);
        refusal(ran, refused);
        assert.doesNotMatch(ran.stderr, /secret-key/);
      });
    }

    it('the nearest that there is is named', async () => {
      const options = { cluster: CLUSTER };
      assert.match((await runAgainst(options, '--namespaec', 'x')).stderr, /Did you mean --namespace\?/);
      const { stderr } = await runAgainst(options, '-f', file('app.yaml', GOOD), '-n', 'shpo');
      assert.match(stderr, /Did you mean shop\?/);
    });
  });
});
