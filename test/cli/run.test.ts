import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CORE_TYPES,
  fakeNamespaces,
  fakeType,
  type FakeCluster,
  type FakeObject,
} from '../support/fake-api/description.ts';
import type { FaultRule } from '../support/fake-api/fault.ts';
import { runAgainst, runCli } from '../support/run-cli.ts';

const AGENT = 'cluster-69af4d3e45baa7b0b501055a';
const PACKS = fakeType('packs.cluster.spectrocloud.com', 'Pack', { version: 'v1alpha1' });

function packNamed(name: string, values: string): FakeObject {
  const packRef = { layer: 'addon', type: 'manifest', version: '1.0.0', tag: '1.0.0', values };
  return { metadata: { name, namespace: AGENT }, spec: { packRef } };
}
const written = [{ manager: 'kubectl-create', operation: 'Update', time: '2026-01-01T00:00:00Z' }];
const mine: FakeObject = {
  metadata: {
    name: 'mine',
    namespace: 'shop',
    labels: { team: 'blue', 'istio.io/config': 'no' },
    managedFields: written,
  },
};

function cluster(
  given: { readonly configmaps?: readonly FakeObject[]; readonly packs?: readonly FakeObject[] } = {},
): FakeCluster {
  return {
    discovery: 'aggregated',
    types: [...CORE_TYPES, PACKS],
    objects: new Map([
      ['namespaces', fakeNamespaces('shop', AGENT)],
      ['configmaps', given.configmaps ?? []],
      ['packs.cluster.spectrocloud.com', given.packs ?? [packNamed('a', 'pack:\n  namespace: shop\n')]],
    ]),
  };
}
const FOREIGN = cluster({ configmaps: [mine] });
const OTHERS: FakeCluster = { ...cluster(), types: CORE_TYPES };
const refused = (path: string): readonly FaultRule[] => [
  { path, fault: { kind: 'status', status: 403, message: 'forbidden: no' } },
];

interface Case {
  readonly says: string;
  readonly cluster?: FakeCluster;
  readonly faults?: readonly FaultRule[];
  readonly argv?: readonly string[];
  readonly code: number;
  readonly out?: RegExp;
  readonly err?: RegExp;
}

const CASES: readonly Case[] = [
  { says: '0 when nothing is found and all was seen', code: 0, out: /^NO FINDINGS|^CLEAR|no findings/i },
  { says: '1 when something foreign is found', cluster: FOREIGN, code: 1, out: /mine/ },
  { says: '0 all the same when nothing shall fail', cluster: FOREIGN, argv: ['--fail-on', 'never'], code: 0 },
  { says: '3 when a list is refused and nothing is found', faults: refused('/configmaps'), code: 3, out: /INCOMPLETE/ },
  { says: '3 also when nothing shall fail', faults: refused('/configmaps'), argv: ['--fail-on', 'never'], code: 3 },
  {
    says: '1 when something is found, though a list is refused',
    cluster: FOREIGN,
    faults: refused('/persistentvolumeclaims'),
    code: 1,
  },
  { says: '3 when Pack resources are refused', faults: refused('/packs'), code: 3, out: /INCOMPLETE/ },
  { says: '3 when releases are left out', argv: ['--without-releases'], code: 3 },
  { says: '0 when there are no packs at all', cluster: cluster({ packs: [] }), code: 0 },
  {
    says: '3 when a name holds an unresolved macro',
    cluster: cluster({ packs: [packNamed('a', 'pack:\n  namespace: "{{ .spectro.var.ns }}"\n')] }),
    code: 3,
  },
  { says: '4 when the cluster is not Palette’s', cluster: OTHERS, code: 4, err: /^error: .*not a Palette cluster/ },
  {
    says: '4 when the cluster lets nobody in',
    faults: [{ path: '/', fault: { kind: 'status', status: 401 } }],
    code: 4,
    err: /^error: /,
  },
  { says: '2 for a flag that is not known', argv: ['--frobnicate'], code: 2, err: /unknown option/ },
  { says: '2 for a selector that is none', argv: ['-l', 'a=('], code: 2, err: /not a label selector/ },
  { says: '2 for a namespace that is not there', argv: ['-n', 'shpo'], code: 2, err: /does not exist[^]*shop\?/ },
  { says: '2 for a file that is not there', argv: ['-f', '/no/such/file.yaml'], code: 2, err: /^error: / },
  { says: '0 for namespaces, when all was seen', argv: ['namespaces'], code: 0, out: /shop/ },
  {
    says: '3 for namespaces, when Pack resources are refused',
    argv: ['namespaces'],
    faults: refused('/packs'),
    code: 3,
  },
  {
    says: '0 for explain of a namespace with findings',
    cluster: FOREIGN,
    argv: ['explain', 'namespace/shop'],
    code: 0,
    out: /shop/,
  },
  {
    says: '3 for explain, when a list is refused',
    argv: ['explain', 'namespace/shop'],
    faults: refused('/configmaps'),
    code: 3,
  },
  { says: '0 for explain of a namespace that is not there', argv: ['explain', 'namespace/constructor'], code: 0 },
  { says: '0 for help', argv: ['--help'], code: 0, out: /Usage|USAGE|palette-audit/ },
];

describe('the program exits with', () => {
  for (const { says, cluster: there = cluster(), faults = [], argv = [], code, out, err } of CASES) {
    it(says, async () => {
      const ran = await runAgainst({ cluster: there, faults }, ...argv);
      assert.equal(ran.code, code, ran.stdout + ran.stderr);
      if (out !== undefined) assert.match(ran.stdout, out);
      if (err !== undefined) assert.match(ran.stderr, err);
      if (code === 0) assert.equal(ran.stderr, '');
    });
  }

  it('70 and no stack when something in it breaks', async () => {
    const ran = await runAgainst({
      cluster: FOREIGN,
      ports: {
        stdout: () => {
          throw new TypeError('broken\u001b[31m');
        },
      },
    });
    assert.equal(ran.code, 70);
    assert.match(ran.stderr, /^error: TypeError: broken\\u\{1b\}\[31m\nThis is a bug/);
    assert.doesNotMatch(ran.stderr, /^\s+at |\.[jt]s:\d/m);
  });
});

describe('a label selector', () => {
  for (const selector of ['team=blue', 'team=red', '!team', 'team in (blue)', 'team notin (blue)']) {
    for (const [name, there] of [
      ['findings', FOREIGN],
      ['no findings', cluster()],
    ] as const) {
      it(`-l ${selector} leaves the exit code of ${name} as it is`, async () => {
        const plain = await runAgainst({ cluster: there });
        const filtered = await runAgainst({ cluster: there }, '-l', selector);
        assert.equal(filtered.code, plain.code);
      });
    }
  }

  it('leaves the exit code of an incomplete audit as it is', async () => {
    const faults = refused('/persistentvolumeclaims');
    assert.equal((await runAgainst({ cluster: cluster(), faults }, '-l', 'team=red')).code, 3);
  });

  it('and -L reach labels that are no evidence', async () => {
    const { stdout } = await runAgainst({ cluster: FOREIGN }, '-l', 'team=blue', '-L', 'team', '-o', 'wide');
    assert.match(stdout, /blue/);
  });
});

describe('a snapshot', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'palette-audit-run-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const take = async (...argv: readonly string[]): Promise<string> => {
    const file = join(folder, 'snapshot.json');
    const ran = await runAgainst({ cluster: FOREIGN }, 'snapshot', file, ...argv);
    assert.equal(ran.code, 0, ran.stderr);
    return file;
  };

  it('gives the report that the cluster gave', async () => {
    const file = await take();
    const live = await runAgainst({ cluster: FOREIGN }, '-o', 'name');
    const offline = await runCli(['--snapshot', file, '-o', 'name']);
    assert.deepEqual(offline, live);
    assert.equal(offline.code, 1);
  });

  for (const flag of ['-l', '-L']) {
    it(`refuses ${flag} of a label that it does not hold`, async () => {
      const ran = await runCli(['--snapshot', await take(), flag, 'team']);
      assert.equal(ran.code, 2);
      assert.match(ran.stderr, /does not hold the label "team"[^]*snapshot FILE -L team/);
      assert.equal(ran.stdout, '');
    });

    it(`takes ${flag} of a label that it was taken with, or that is evidence`, async () => {
      const file = await take('-L', 'team');
      for (const key of ['team', 'istio.io/config']) {
        const ran = await runCli(['--snapshot', file, flag, key, '-o', 'wide']);
        assert.equal(ran.code, 1, ran.stderr);
        assert.match(ran.stdout, /mine/);
      }
    });
  }

  it('without -L holds no label but evidence', async () => {
    assert.doesNotMatch(readFileSync(await take(), 'utf8'), /blue|extraLabelKeys/);
  });

  it('that is none is refused', async () => {
    const file = join(folder, 'x.json');
    writeFileSync(file, '{"kind":"other"}');
    const ran = await runCli(['--snapshot', file]);
    assert.equal(ran.code, 2);
    assert.match(ran.stderr, /cannot be used as a snapshot/);
  });

  it('says when not everything could be read, and exits with 3', async () => {
    const file = join(folder, 'part.json');
    const ran = await runAgainst({ cluster: FOREIGN, faults: refused('/configmaps') }, 'snapshot', file);
    assert.equal(ran.code, 3);
    assert.match(ran.stdout, /^INCOMPLETE: snapshot written/);
  });
});

/** A clock that is `step` milliseconds on at every look. */
const clock = (step: number) => {
  let now = Date.UTC(2026, 0, 2, 3, 4, 5);
  return () => (now += step);
};

describe('progress', () => {
  it('is shown on a terminal once a second is over, and erased', async () => {
    const { stderr } = await runAgainst({ cluster: cluster(), ports: { now: clock(600), stderrIsTerminal: true } });
    assert.match(stderr, /reading the cluster: \d+ of \d+/);
    assert.ok(stderr.endsWith('\r\u001b[K'));
  });
  it('is not shown before', async () => {
    const { stderr } = await runAgainst({ cluster: cluster(), ports: { now: clock(0), stderrIsTerminal: true } });
    assert.equal(stderr, '');
  });
  it('is not shown where nobody sits', async () => {
    const { stderr } = await runAgainst({ cluster: cluster(), ports: { now: clock(600) } });
    assert.equal(stderr, '');
  });
});
