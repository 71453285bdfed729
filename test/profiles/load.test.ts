import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { pack } from 'tar-stream';

import { UserError } from '../../src/model/errors.ts';
import type { PackDirectoryDocument } from '../../src/profiles/document.ts';
import { loadDefinitionFiles } from '../../src/profiles/load.ts';

const FIFO_MAKER = 'mkfifo';
const PACK_JSON = {
  name: 'app',
  displayName: 'App',
  version: '1.0.0',
  layer: 'addon',
  charts: ['charts/web.tgz'],
  kubeManifests: ['manifests/m.yaml'],
};

describe('loading definitions', () => {
  let root = '';

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'palette-audit-load-'));
  });
  afterEach(() => rmSync(root, { recursive: true, force: true }));

  function write(path: string, content: string | Uint8Array): string {
    const file = join(root, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
    return file;
  }

  async function writePack(directory: string, changes: object = {}): Promise<string> {
    write(`${directory}/pack.json`, JSON.stringify({ ...PACK_JSON, ...changes }));
    write(`${directory}/values.yaml`, 'pack:\n  namespace: core\n');
    write(`${directory}/manifests/m.yaml`, 'a: b\n');
    write(`${directory}/manifests/unused.yaml`, 'c: d\n');
    write(`${directory}/charts/web.tgz`, await chart({ 'web/Chart.yaml': 'name: web\nversion: 2.0.0\n' }));
    return join(root, directory);
  }

  it('reads a file and standard input', async () => {
    const path = write('a.yaml', '\uFEFFpack: {}\n');
    const documents = await loadDefinitionFiles([path, '-'], () => Promise.resolve(Buffer.from('pack: {}')));
    assert.deepEqual(documents, [
      { kind: 'text', given: path, path, text: 'pack: {}\n' },
      { kind: 'text', given: '-', path: '-', text: 'pack: {}' },
    ]);
  });

  it('reads of a pack directory exactly what pack.json names', async () => {
    const document = await loadPack(await writePack('app'));
    assert.equal(document.packJson.content.name, 'app');
    assert.deepEqual(
      document.charts.map(({ identity }) => identity),
      [{ name: 'web', version: '2.0.0' }],
    );
    assert.deepEqual(
      document.manifests.map(({ file, text }) => [file, text]),
      [['manifests/m.yaml', 'a: b\n']],
    );
    assert.match(document.values.text ?? '', /core/);
  });

  it('reads of another directory its definition files and its pack directories, no deeper', async () => {
    write('b.json', '{}');
    write('a.yaml', 'a: b');
    write('notes.txt', 'text');
    write('empty.yaml', '');
    write('deep/x.yaml', 'a: b');
    await writePack('app');
    await writePack('deep/app');
    const documents = await loadDefinitionFiles([root], noStdin);
    assert.deepEqual(
      documents.map(({ path }) => path.slice(root.length + 1)),
      ['a.yaml', 'app', 'b.json', 'empty.yaml'],
    );
  });

  it('costs a pack only the part that leads out of its directory, or is not there', async () => {
    const outside = write('secret.yaml', 'pack:\n  namespace: stolen\n');
    const directory = await writePack('app', { charts: ['../secret.yaml', 'charts/none.tgz', '/etc/hostname'] });
    rmSync(join(directory, 'values.yaml'));
    symlinkSync(outside, join(directory, 'values.yaml'));
    const document = await loadPack(directory);
    assert.deepEqual(
      [document.values.text, document.values.fault],
      [undefined, 'the path leads out of the pack directory'],
    );
    assert.deepEqual(
      document.charts.map(({ fault }) => fault),
      ['the path leads out of the pack directory', 'the file is not there', 'the file is not there'],
    );
  });

  it('follows a link that stays inside the pack directory', async () => {
    const directory = await writePack('app');
    rmSync(join(directory, 'manifests/m.yaml'));
    symlinkSync('unused.yaml', join(directory, 'manifests/m.yaml'));
    assert.equal((await loadPack(directory)).manifests[0]?.text, 'c: d\n');
  });

  for (const [says, bytes] of [
    ['no archive', Promise.resolve(Buffer.from('text'))],
    ['an archive cut short', chart({ 'web/Chart.yaml': 'name: web\n' }).then((archive) => archive.subarray(0, 40))],
    ['an archive without Chart.yaml', chart({ 'web/charts/x/Chart.yaml': 'name: x\n' })],
    ['an archive with a Chart.yaml that names nothing', chart({ 'web/Chart.yaml': 'version: 1\n' })],
    ['an archive that unpacks to too much', Promise.resolve(gzipSync(Buffer.alloc(140 * 1024 * 1024)))],
  ] as const) {
    it(`has no chart in ${says}`, async () => {
      const directory = await writePack('app');
      write('app/charts/web.tgz', await bytes);
      const document = await loadPack(directory);
      assert.deepEqual(
        document.charts.map(({ identity, fault }) => [identity, fault]),
        [[undefined, 'there is no readable Chart.yaml in it']],
      );
    });
  }

  it('takes a chart that was left unpacked', async () => {
    const directory = await writePack('app', { charts: ['charts/web'] });
    write('app/charts/web/Chart.yaml', 'name: web\nversion: 3.0.0\n');
    assert.deepEqual((await loadPack(directory)).charts[0]?.identity, { name: 'web', version: '3.0.0' });
  });

  it('names a pack after its directory when its pack.json is damaged, among others', async () => {
    write('damaged/pack.json', '{');
    const document = onlyPack(await loadDefinitionFiles([root], noStdin));
    assert.equal(document.packJson.content.name, 'damaged');
    assert.match(document.packJson.fault ?? '', /not valid YAML/);
  });

  const REFUSED: readonly Refused[] = [
    ['that is missing', () => undefined, /there is no such file/],
    ['that is empty', (file) => writeFileSync(file, ' \n'), /is empty/],
    ['that is binary', (file) => writeFileSync(file, Buffer.from([1, 0, 2])), /binary/],
    ['that is not UTF-8', (file) => writeFileSync(file, Buffer.from([0x61, 0xff, 0x61])), /binary/],
    ['in UTF-16', (file) => writeFileSync(file, Buffer.from('\uFEFFpack:', 'utf16le')), /UTF-16/],
    ['that is an archive', (file) => writeFileSync(file, gzipSync('x')), /binary/],
    ['over the size bound', (file) => writeFileSync(file, Buffer.alloc(8 * 1024 * 1024 + 1, 'a')), /larger than 8 MiB/],
    ['that is a FIFO', (file) => execFileSync(FIFO_MAKER, [file]), /not a regular file/],
    ['that is an empty directory', (file) => mkdirSync(file), /no pack in the directory/],
    ['that links to itself', (file) => symlinkSync(file, file), /circle/],
    [
      'that is a pack directory with a damaged pack.json',
      (file) => {
        mkdirSync(file);
        writeFileSync(join(file, 'pack.json'), '{"displayName": "canary"}');
      },
      /pack\.json:1:1: .* gives the pack no name/,
    ],
    ...(
      [
        ['charts', /its charts are no list of paths/],
        ['kubeManifests', /its kubeManifests are no list of paths/],
      ] as const
    ).flatMap(([field, message]) =>
      ['"canary.yaml"', '[{"path": "canary.yaml"}]'].map((listed): Refused => [
        `that is a pack directory whose ${field} are ${listed}`,
        (file) => {
          mkdirSync(file);
          writeFileSync(join(file, 'pack.json'), `{"name": "app", "${field}": ${listed}}`);
        },
        message,
      ]),
    ),
  ];

  for (const [says, make, message] of REFUSED) {
    it(`refuses a path ${says}`, async () => {
      const file = join(root, 'given.yaml');
      make(file);
      await assert.rejects(loadDefinitionFiles([file], noStdin), (error: unknown) => {
        assert.ok(error instanceof UserError);
        assert.match(error.message, message);
        assert.ok(error.message.startsWith(file) && error.remedy !== '' && !error.message.includes('canary'));
        return true;
      });
    });
  }
});

type Refused = readonly [string, (file: string) => void, RegExp];

function noStdin(): Promise<Uint8Array> {
  return Promise.reject(new Error('standard input is not read'));
}

async function loadPack(path: string): Promise<PackDirectoryDocument> {
  return onlyPack(await loadDefinitionFiles([path], noStdin));
}

function onlyPack(documents: Awaited<ReturnType<typeof loadDefinitionFiles>>): PackDirectoryDocument {
  const [document] = documents;
  assert.ok(document?.kind === 'pack-directory' && documents.length === 1);
  return document;
}

async function chart(files: Readonly<Record<string, string>>): Promise<Buffer> {
  const archive = pack();
  for (const [name, text] of Object.entries(files)) archive.entry({ name }, text);
  archive.finalize();
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive) if (chunk instanceof Uint8Array) chunks.push(chunk);
  return gzipSync(Buffer.concat(chunks));
}
