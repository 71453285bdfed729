import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CORE_TYPES,
  fakeNamespaces,
  fakeObjects,
  fakeType,
  type FakeCluster,
} from '../support/fake-api/description.ts';
import { runAgainst, runCli } from '../support/run-cli.ts';

const PACKS = fakeType('packs.cluster.spectrocloud.com', 'Pack', { version: 'v1alpha1' });

const CLUSTER: FakeCluster = {
  discovery: 'aggregated',
  types: [...CORE_TYPES, PACKS],
  objects: new Map([
    ['namespaces', fakeNamespaces('default', 'shop', 'cluster-69af4d3e45baa7b0b501055a')],
    ['configmaps', [...fakeObjects('shop', 'here'), ...fakeObjects('default', 'there')]],
  ]),
};

/** A kubeconfig whose context names this namespace, or none. */
function kubeconfig(namespace: string): string {
  const context = { cluster: 'c', user: 'u', ...(namespace === '' ? {} : { namespace }) };
  return JSON.stringify({
    'current-context': 'here',
    contexts: [{ name: 'here', context }],
    clusters: [{ name: 'c', cluster: { server: 'http://127.0.0.1:1' } }],
    users: [{ name: 'u', user: {} }],
  });
}

describe('the namespace of an explained resource', () => {
  let folder = '';
  before(() => (folder = mkdtempSync(join(tmpdir(), 'palette-audit-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  const cases: readonly {
    readonly says: string;
    readonly context: string;
    readonly argv: readonly string[];
    readonly shows: RegExp;
  }[] = [
    { says: 'is that of the context', context: 'shop', argv: ['configmap/here'], shows: /^configmap\/here in shop / },
    { says: 'is default where the context names none', context: '', argv: ['configmap/there'], shows: /in default / },
    {
      says: 'is that of -n before that of the context',
      context: 'shop',
      argv: ['configmap/there', '-n', 'default'],
      shows: /^configmap\/there in default /,
    },
    {
      says: 'is said where the resource is not there',
      context: 'shop',
      argv: ['configmap/there'],
      shows: /^error: there is no configmap "there" in namespace shop\nNearest are: here\.\n$/,
    },
  ];
  for (const { says, context, argv, shows } of cases) {
    it(says, async () => {
      const file = join(folder, 'config');
      writeFileSync(file, kubeconfig(context));
      const ran = await runAgainst({ cluster: CLUSTER }, 'explain', ...argv, '--kubeconfig', file);
      assert.match(ran.stdout + ran.stderr, shows);
    });
  }

  it('of a Pack resource is Palette’s own, and who asks for the pack itself hears what tells of it', async () => {
    const example = join(import.meta.dirname, '../../../docs/example.snapshot.json');
    const { code, stderr } = await runCli(['explain', 'pack/cost-analyzer', '--snapshot', example, '-n', 'default']);
    assert.equal(code, 2);
    assert.match(
      stderr,
      /Pack resources lie in Palette's own namespace\n.* is told by removal pack\/cost-analyzer\.\n$/,
    );
    const other = await runCli(['explain', 'pack/no-pack', '--snapshot', example, '-n', 'default']);
    assert.match(other.stderr, /^error: there is no pack\.cluster\.spectrocloud\.com "no-pack" in namespace default\n/);
  });

  it('has to be named for a snapshot, which has no context', async () => {
    const file = join(folder, 'snapshot.json');
    await runAgainst({ cluster: CLUSTER }, 'snapshot', file);
    const { code, stderr } = await runCli(['explain', 'configmap/here', '--snapshot', file]);
    assert.equal(code, 2);
    assert.match(stderr, /a snapshot has no current namespace to look for "here" in\nName it with -n\./);
  });
});
