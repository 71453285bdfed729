import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import { array, assert as holds, constantFrom, property, uint8Array } from 'fast-check';
import { manifestObjects } from '../../src/cluster/manifest-objects.ts';
import { recordDecoder, strictBase64 as decodeBase64 } from '../../src/cluster/release-record.ts';

const MANIFEST = `---
# Source: app/templates/cm.yaml
apiVersion: v1
kind: ConfigMap
metadata:
  name: settings
  annotations:
    "helm.sh/resource-policy": " Keep "
data:
  text: |
    kind: Secret
    metadata:
      name: not-an-object
---
# only a comment
---
apiVersion: v1
kind: List
items:
- {apiVersion: apps/v1, kind: Deployment, metadata: {name: web, namespace: elsewhere}}
- apiVersion: v1
  kind: Service
  metadata: {name: web}
---
apiVersion: batch/v1
kind: Job
metadata:
  generateName: once-
`;

function record(manifest: string, more: Readonly<Record<string, unknown>> = {}): Buffer {
  const chart = { metadata: { name: 'app', version: '1.0.0' }, values: { password: 'CANARY' } };
  const info = { status: 'deployed' };
  return Buffer.from(JSON.stringify({ name: 'rel', namespace: 'shop', version: 3, info, chart, manifest, ...more }));
}

function names(manifest: string): readonly string[] {
  return manifestObjects(manifest, false).map(({ ref }) => `${ref.group}/${ref.kind}/${ref.namespace}/${ref.name}`);
}

function decodeRelease(text: string) {
  return recordDecoder()(Buffer.from(text));
}

function strictBase64(text: string): Buffer {
  return decodeBase64(Buffer.from(text));
}

/** What the decoder may take. */
function isStrict(text: string): boolean {
  const packed = text.replaceAll(/[\r\n]/g, '');
  return packed !== '' && packed.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(packed);
}

describe('the record of a Helm release', () => {
  it('yields chart, status and identities, and nothing of its values', async () => {
    const hooks = [{ manifest: 'apiVersion: batch/v1\nkind: Job\nmetadata: {name: before}\n' }];
    const decoded = await decodeRelease(gzipSync(record(MANIFEST, { hooks })).toString('base64'));
    assert.deepEqual(
      { ...decoded, objects: decoded.objects.map(({ ref, hook, keep }) => [ref.kind, ref.name, hook, keep]) },
      {
        name: 'rel',
        namespace: 'shop',
        status: 'deployed',
        chart: 'app',
        chartVersion: '1.0.0',
        objects: [
          ['ConfigMap', 'settings', false, true],
          ['Deployment', 'web', false, false],
          ['Service', 'web', false, false],
          ['Job', 'before', true, false],
        ],
      },
    );
    assert.ok(!JSON.stringify(decoded).includes('CANARY'));
  });

  it('tells of a hook at which events it runs', async () => {
    const manifest = 'apiVersion: batch/v1\nkind: Job\nmetadata: {name: after}\n';
    const hooks = [{ name: 'after', manifest, events: ['pre-delete', 'post-delete'], delete_policies: ['x'] }];
    const { objects } = await decodeRelease(record('', { hooks }).toString('base64'));
    const ref = { group: 'batch', kind: 'Job', namespace: '', name: 'after' };
    assert.deepEqual(objects, [{ ref, hook: true, keep: false, events: ['pre-delete', 'post-delete'] }]);
  });

  it('is read the same among others that are unpacked meanwhile, and that may be damaged', async () => {
    const decode = recordDecoder();
    const texts = Array.from({ length: 9 }, (_, number) => {
      const packed = gzipSync(record(MANIFEST, { name: `rel-${String(number)}`, notes: 'x'.repeat(number * 9999) }));
      return (number % 4 === 2 ? packed.subarray(0, -9) : packed).toString('base64');
    });
    const decoded = await Promise.allSettled(texts.map((text) => decode(Buffer.from(text))));
    const told = decoded.map((one) => (one.status === 'fulfilled' ? one.value.name : String(one.reason)));
    const damaged = 'Error: the record is cut or damaged';
    assert.deepEqual(
      told,
      texts.map((_, number) => (number % 4 === 2 ? damaged : `rel-${String(number)}`)),
    );
    assert.deepEqual(
      decoded.map((one) => (one.status === 'fulfilled' ? one.value.objects.length : 0)),
      texts.map((_, number) => (number % 4 === 2 ? 0 : 3)),
    );
  });

  it('may be of several gzip members, or not packed at all', async () => {
    const bytes = record('');
    const members = Buffer.concat([gzipSync(bytes.subarray(0, 20)), gzipSync(bytes.subarray(20))]);
    assert.equal((await decodeRelease(members.toString('base64'))).name, 'rel');
    assert.equal((await decodeRelease(bytes.toString('base64'))).name, 'rel');
  });

  it('is read the same with members in any order, of which the last of a name counts', async () => {
    const chart = '{"metadata":{"name":"old"}}';
    const members = [`"chart":${chart}`, '"manifest":"a: b"', '"name":"other"'];
    const written = record(MANIFEST)
      .toString()
      .replace('{', `{ ${members.join(' , ')}, "labels":{"name":[{}]},`);
    const decoded = await decodeRelease(Buffer.from(written).toString('base64'));
    assert.deepEqual(decoded, await decodeRelease(record(MANIFEST).toString('base64')));
    const last = written.replace(/\}$/, `,"chart":{},"manifest":null,"namespace":7}`);
    const { chartVersion, objects, namespace } = await decodeRelease(Buffer.from(last).toString('base64'));
    assert.deepEqual({ chartVersion, objects, namespace }, { chartVersion: '', objects: [], namespace: '' });
  });

  it('may have values within values as deep as a parser goes', async () => {
    const deep = `${'['.repeat(2000)}${']'.repeat(2000)}`;
    const written = record(MANIFEST).toString().replace('{', `{"config":${deep},`);
    assert.equal((await decodeRelease(Buffer.from(written).toString('base64'))).objects.length, 3);
  });

  const packed = gzipSync(record(MANIFEST));
  /** A record of which a part of the first object's name is another. */
  const damaged = (part: string, by: string): string =>
    gzipSync(
      record('kind: A\nmetadata:\n  name: CANARY\n', { hooks: ['MARK'] })
        .toString()
        .replace(part, by),
    ).toString('base64');
  const unreadable: readonly { readonly name: string; readonly text: string; readonly reason: RegExp }[] = [
    { name: 'nothing', text: '', reason: /not base64/ },
    { name: 'bad base64', text: '****', reason: /not base64/ },
    { name: 'a cut record', text: packed.subarray(0, 60).toString('base64'), reason: /cut or damaged/ },
    {
      name: 'a record without its checksum',
      text: packed.subarray(0, -8).toString('base64'),
      reason: /cut or damaged/,
    },
    {
      name: 'a record with something behind it',
      text: Buffer.concat([packed, Buffer.from('rest')]).toString('base64'),
      reason: /cut or damaged/,
    },
    {
      name: 'a bomb',
      text: gzipSync(Buffer.alloc(65 * 1024 * 1024)).toString('base64'),
      reason: /over 64 MiB/,
    },
    { name: 'no JSON', text: gzipSync('{"name":').toString('base64'), reason: /not JSON/ },
    { name: 'a text that is not JSON', text: damaged('MARK', '\u0001'), reason: /^the record is not JSON$/ },
    { name: 'a name that is not JSON', text: damaged('A\\nmeta', '\u0001'), reason: /^the record is not JSON$/ },
    { name: 'an escape that is not JSON', text: damaged('MARK', '\\x'), reason: /^the record is not JSON$/ },
    { name: 'a value that is not JSON', text: damaged('"MARK"', 'CANARY'), reason: /^the record is not JSON$/ },
    { name: 'no name', text: gzipSync('{}').toString('base64'), reason: /no release name/ },
    { name: 'a manifest that is not YAML', text: record('a: [').toString('base64'), reason: /not YAML/ },
    { name: 'an object without kind', text: record('a: CANARY').toString('base64'), reason: /no kind/ },
  ];
  for (const { name, text, reason } of unreadable) {
    it(`is refused for ${name}, quoting nothing`, async () => {
      await assert.rejects(decodeRelease(text), (error: unknown) => {
        assert.ok(error instanceof Error);
        assert.match(error.message, reason);
        assert.doesNotMatch(error.message, /CANARY/);
        return true;
      });
    });
  }
});

describe('the objects of a manifest', () => {
  const cases: readonly { readonly name: string; readonly manifest: string; readonly expected: readonly string[] }[] = [
    { name: 'none of an empty one', manifest: '\n---\n---\n', expected: [] },
    {
      name: 'a separator right before or on the line of an object',
      manifest:
        '---\nkind: Secret\napiVersion: v1\nmetadata: {name: a}\n--- {apiVersion: v1, kind: Role, metadata: {name: b}}\n',
      expected: ['/Secret//a', '/Role//b'],
    },
    {
      name: 'names that only one version of YAML takes for numbers',
      manifest: 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: 0o14\n---\nnull\n',
      expected: ['/Secret//0o14'],
    },
    {
      name: 'windows line ends',
      manifest: 'apiVersion: v1\r\nkind: Secret\r\nmetadata:\r\n  name: s\r\n',
      expected: ['/Secret//s'],
    },
    { name: 'flow style', manifest: '{apiVersion: v1, kind: Secret, metadata: {name: s}}', expected: ['/Secret//s'] },
    {
      name: 'quoted keys, and names that look like numbers',
      manifest: '"apiVersion": v1\n"kind": Secret\n"metadata":\n  "name": "017"\n',
      expected: ['/Secret//017'],
    },
    {
      name: 'four spaces and any order of keys',
      manifest: 'metadata:\n    namespace: n\n    name: s\nkind: Role\napiVersion: rbac.authorization.k8s.io/v1\n',
      expected: ['rbac.authorization.k8s.io/Role/n/s'],
    },
    {
      name: 'anchors defined in the body',
      manifest: 'apiVersion: v1\nkind: Secret\ndata:\n  a: &n s\nmetadata:\n  name: *n\n',
      expected: ['/Secret//s'],
    },
    {
      name: 'maps that are merged into metadata, of which the first that has a key counts',
      manifest:
        'apiVersion: v1\nkind: Secret\na: &a {namespace: far, name: x}\nb: &b {name: y}\nmetadata:\n  <<: [*a, *b]\n  name: s\n',
      expected: ['/Secret/far/s'],
    },
    {
      name: 'what only looks like an alias, in a document whose body no parser reads',
      manifest:
        'apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n  annotations: {a: "*"}\n  labels:\n    b: x.*\nspec: [\n',
      expected: ['/Secret//s'],
    },
    {
      name: 'an anchor that was given again',
      manifest: 'apiVersion: &n v1\nkind: Secret\ndata:\n  a: &n s\nmetadata:\n  name: *n\n',
      expected: ['/Secret//s'],
    },
    {
      name: 'a namespace that is null, which is no name, unless it is quoted',
      manifest:
        'apiVersion: v1\nkind: Secret\nmetadata:\n  name: s\n  namespace: null\n---\napiVersion: v1\nkind: Secret\nmetadata:\n  name: "null"\n  namespace: ~\n',
      expected: ['/Secret//s', '/Secret//null'],
    },
    {
      name: 'names that objects of a language have',
      manifest: 'apiVersion: v1\nkind: Secret\nmetadata:\n  name: constructor\n',
      expected: ['/Secret//constructor'],
    },
  ];
  for (const { name, manifest, expected } of cases) {
    it(`are read from ${name}`, () => assert.deepEqual(names(manifest), expected));
  }
});

describe('base64', () => {
  it('is decoded where it is nothing else, and refused otherwise', () => {
    const letter = constantFrom('', '', '\n', '\r\n', ' ', '-', '_', '=', '==', '*', '\u0000', 'é', '\u0141', 'A');
    const damage = array(letter, { maxLength: 3 });
    holds(
      property(uint8Array({ maxLength: 40 }), damage, (bytes, letters) => {
        const base64 = Buffer.from(bytes).toString('base64');
        const text = letters.reduce(
          (all, one, number) => all.slice(0, number * 5) + one + all.slice(number * 5),
          base64,
        );
        for (const one of [text, `${base64}${letters.join('')}`, base64.slice(letters.length)]) {
          if (!isStrict(one)) assert.throws(() => strictBase64(one), /not base64/, one);
          else assert.deepEqual(strictBase64(one), Buffer.from(one.replaceAll(/[\r\n]/g, ''), 'base64'));
        }
      }),
      { numRuns: 5000 },
    );
  });
});
