import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { parse } from 'yaml';
import { ensureAssets, type Assets } from '../../scripts/assets/ensure-assets.ts';
import { at, listAt, textAt } from '../../src/cluster/json.ts';
import { lacking } from '../support/needs.ts';
import { withoutChoice } from '../support/suggestions.ts';
import { startControlPlane, type ControlPlane } from './support/control-plane.ts';
import { createRunner, type Runner } from './support/runner.ts';
import { assertFakeIsReal } from './support/same-answers.ts';
import { assertSame, attributionsIn, ownerText } from './world/answers.ts';
import { buildAuditWorld, OUTSIDE, type AuditWorld } from './world/audit-world.ts';
import { SHARED } from './world/example.ts';
import { listEverything, type LiveObject } from './world/ledger.ts';
import { CANARY } from './world/objects.ts';
import { must } from './world/palette.ts';
import { homeOf, programOf, ROOT } from './world/program.ts';

/** What every colour begins with. */
const ESCAPE = '\u001b';

const FOREIGN = new Set(['helm kubernetes-dashboard', 'person', 'unexplained']);

describe('an audit of a real cluster', () => {
  let assets: Assets;
  let plane: ControlPlane;
  let world: AuditWorld;
  let program: Runner;
  /** What is there, and whose it is, by the word of those who made it. */
  let live: ReadonlyMap<string, LiveObject>;
  let owners: ReadonlyMap<string, string>;

  before(async () => {
    assets = await ensureAssets();
    plane = await startControlPlane({ assets });
    world = await buildAuditWorld(assets, plane);
    program = programOf({ assets, plane });
    live = await listEverything(plane);
    owners = world.ledger.ownersOf(inShared(live));
  });
  after(() => plane?.stop());

  const audit = (...more: readonly string[]): Promise<string> => answer(1, '-f', world.profile, ...more);
  const answer = async (expected: number, ...args: readonly string[]): Promise<string> => {
    const { code, stdout, stderr } = await program(...args);
    assert.equal(code, expected, args.join(' '));
    // Lines of names have no place for what was looked at.
    assert.match(stderr, args.includes('name') ? /^Covered: [^\n]+\n$/ : /^$/, args.join(' '));
    return stdout;
  };
  const snapshot = async (name: string): Promise<string> => {
    await answer(0, 'snapshot', name, '-f', world.profile);
    return readFileSync(join(homeOf(plane), name), 'utf8');
  };

  it('attributes every object of the shared namespace to whoever made it', async () => {
    const attributions = attributionsIn(await snapshot('attributed.json'));
    const actual = [...attributions.values()]
      .filter(({ object }) => object.namespace === SHARED && object.type.kind !== 'Event')
      .map(({ object, owner }): [string, string] => [
        `${object.type.kind} ${object.name} ${object.uid}`,
        ownerText(owner),
      ]);
    const expected = inShared(live).map((object): [string, string] => [
      `${object.kind} ${object.name} ${object.uid}`,
      owners.get(object.uid) ?? '',
    ]);
    assertSame(new Map(actual), new Map(expected));
  });

  it('lists what is not of a pack, object by object, and counts the rest', async () => {
    const report: unknown = JSON.parse(await audit('-o', 'json'));
    const foreign = inShared(live).filter(({ uid }) => FOREIGN.has(owners.get(uid) ?? ''));
    const listed = listAt(report, 'applications')
      .filter((application) => textAt(application, 'namespace') === SHARED)
      .flatMap((application) => listAt(application, 'resources'));
    assert.deepEqual(uidsOf(listed), foreign.map(({ uid }) => uid).toSorted());
    const found = listAt(report, 'findings').filter((finding) => textAt(finding, 'rule') === 'unmanaged-resource');
    assert.deepEqual(uidsOf(found.flatMap((finding) => listAt(finding, 'resources'))), uidsOf(listed));
    for (const pack of ['cost-analyzer', 'hello-universe', 'session-store']) {
      const stake = listAt(report, 'stakes').find((one) => textAt(one, 'pack') === pack);
      const own = [...owners.values()].filter((owner) => owner === `pack ${pack}`).length;
      const all = [...owners.values()].filter((owner) => owner.startsWith('pack ')).length;
      assert.deepEqual(
        [at(stake, 'namespace'), at(stake, 'own'), at(stake, 'otherPacks'), at(stake, 'unmanaged')],
        [SHARED, own, all - own, foreign.length],
      );
    }
    assert.equal(at(report, 'complete'), true);
  });

  it('counts every object of a namespace once', async () => {
    const report: unknown = JSON.parse(await audit('-n', SHARED, '-o', 'json'));
    const [stake] = listAt(report, 'stakes');
    const ofStake = ['own', 'otherPacks', 'unmanaged'].map((key) => numberAt(stake, key));
    const folded = ['kubernetes', 'palette', 'injected'].map((key) => numberAt(report, 'folded', key));
    const leftovers = listAt(report, 'findings').filter((finding) => textAt(finding, 'rule') === 'leftover');
    const counts = [...ofStake, ...folded, leftovers.flatMap((finding) => listAt(finding, 'resources')).length];
    assert.equal(
      counts.reduce((sum, each) => sum + each, 0),
      numberAt(report, 'coverage', 'resources'),
    );
  });

  it('finds nothing of others in namespaces that packs do not share', async () => {
    const report: unknown = JSON.parse(await audit('-o', 'json'));
    const elsewhere = listAt(report, 'stakes').filter((stake) => textAt(stake, 'namespace') !== SHARED);
    assert.ok(elsewhere.length > 0);
    for (const stake of elsewhere) assert.equal(at(stake, 'unmanaged'), 0, JSON.stringify(stake));
  });

  it('shows a copied mark and does not believe it', async () => {
    const report: unknown = JSON.parse(await audit('-o', 'json'));
    const refuted = listAt(report, 'findings').filter((finding) => textAt(finding, 'rule') === 'claim-refuted');
    const names = refuted.flatMap((finding) =>
      listAt(finding, 'resources').map((resource) => textAt(resource, 'name')),
    );
    assert.deepEqual(names, ['copied-from-kubecost']);
  });

  it('knows without the file what the marks say, and admits that a manifest was not given', async () => {
    const report: unknown = JSON.parse(await answer(1, '-o', 'json'));
    assert.equal(at(report, 'complete'), false);
    const pack = listAt(report, 'packs').find((one) => textAt(one, 'name') === 'hello-universe');
    assert.deepEqual(
      listAt(pack, 'gaps').map((gap) => textAt(gap, 'reason')),
      ['manifest-only-referenced'],
    );
  });

  for (const args of [[], ['namespaces'], ['explain', `namespace/${SHARED}`]]) {
    it(`writes JSON and YAML by the schema: ${args.join(' ') || 'audit'}`, async () => {
      const code = args.length === 0 ? 1 : 0;
      const json: unknown = JSON.parse(await answer(code, ...args, '-f', world.profile, '-o', 'json'));
      const schema: unknown = JSON.parse(readFileSync(join(ROOT, 'docs/report.schema.json'), 'utf8'));
      assert.ok(typeof schema === 'object' && schema !== null);
      const validate = new Ajv2020({ allErrors: true, strict: true }).compile(schema);
      assert.ok(validate(json), JSON.stringify(validate.errors));
      const yaml: unknown = parse(await answer(code, ...args, '-f', world.profile, '-o', 'yaml'));
      assert.deepEqual(withoutTime(yaml), withoutTime(json));
    });
  }

  it('says all of it in a table, a wide one and in Markdown', async () => {
    for (const format of ['table', 'wide', 'markdown']) {
      const text = await audit('-o', format);
      for (const part of ['AT RISK', 'cost-analyzer', 'kubernetes-dashboard', 'feature-flags', 'shared-namespace'])
        assert.ok(text.includes(part), `${format}: ${part}`);
      assert.ok(!text.includes(ESCAPE), format);
    }
  });

  it('names resources in lines of their own', async () => {
    const lines = (await audit('-o', 'name')).trim().split('\n');
    assert.ok(lines.includes(`${SHARED}/configmaps/feature-flags`), lines.join('\n'));
    assert.ok(lines.includes(`${SHARED}/deployments.apps/kubernetes-dashboard`));
  });

  it('says where a team may deploy', async () => {
    const report: unknown = JSON.parse(await answer(0, 'namespaces', '-f', world.profile, '-o', 'json'));
    const free = new Map(
      listAt(report, 'namespaces').map((row) => [
        textAt(row, 'namespace'),
        `${textAt(row, 'free')} ${textAt(row, 'fate')}`,
      ]),
    );
    assert.equal(free.get(SHARED), 'no destroyed');
    assert.equal(free.get('monitoring'), 'no destroyed');
    assert.equal(free.get(OUTSIDE), 'yes untouched');
  });

  it('explains the shared namespace', async () => {
    const text = await answer(0, 'explain', `namespace/${SHARED}`, '-f', world.profile);
    assert.match(
      text,
      /hello-universe is destroyed when pack cost-analyzer, hello-universe or session-store is removed/,
    );
  });

  it('gives the live answer from a snapshot, byte for byte', async () => {
    await snapshot('same.json');
    for (const format of ['json', 'name', 'wide', 'markdown']) {
      const offline = await answer(1, '--snapshot', 'same.json', '-o', format);
      assert.equal(withoutChoice(timeless(offline)), withoutChoice(timeless(await audit('-o', format))), format);
    }
  });

  it('is found by kubectl under both spellings', async () => {
    const { path } = assets.tool('kubectl');
    const searchPath = [join(ROOT, 'bin'), dirname(process.execPath)];
    const kubectl = createRunner({ path, home: homeOf(plane), kubeconfig: plane.kubeconfig, searchPath });
    const { code, stdout } = await kubectl('palette_audit', '-f', world.profile, '-o', 'name');
    assert.equal(code, 1);
    assert.equal(stdout, await audit('-o', 'name'));
  });

  it('says nothing when its reader has seen enough', async () => {
    const searchPath = [dirname(assets.tool('kubectl').path), join(ROOT, 'bin'), dirname(process.execPath)];
    const shell = createRunner({ path: '/bin/sh', home: homeOf(plane), kubeconfig: plane.kubeconfig, searchPath });
    const { stdout, stderr } = await shell('-c', `kubectl palette-audit -f ${world.profile} -o wide | head -n 1`);
    assert.match(stdout, /^AT RISK: .*\n$/);
    assert.equal(stderr, '');
  });

  it('colours on a terminal, and not where NO_COLOR is set', async function () {
    if (!existsSync('/usr/bin/script')) lacking(this, 'there is no script(1) to play a terminal');
    assert.ok((await audit('--color=always')).includes(ESCAPE));
    assert.ok((await onTerminal({})).includes(ESCAPE));
    assert.ok(!(await onTerminal({ NO_COLOR: '1' })).includes(ESCAPE));
  });

  /** Exit code 1 says that there are findings; script(1) passes it on. */
  async function onTerminal(variables: Readonly<Record<string, string>>): Promise<string> {
    const searchPath = [dirname(assets.tool('kubectl').path), join(ROOT, 'bin'), dirname(process.execPath)];
    const home = homeOf(plane);
    const script = createRunner({ path: '/usr/bin/script', home, kubeconfig: plane.kubeconfig, searchPath, variables });
    const command = `kubectl palette-audit -f ${world.profile} 2>/dev/null`;
    const { code, stdout } = await script('--quiet', '--return', '--command', command, '/dev/null');
    assert.equal(code, 1, stdout);
    assert.match(stdout, /AT RISK/);
    return stdout;
  }

  it('says that a context is not there', async () => {
    const { code, stdout, stderr } = await program('--context=nowhere');
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, /nowhere/);
  });

  it('says that a server does not answer', async () => {
    const { code, stdout, stderr } = await program('--server=https://127.0.0.1:1');
    assert.deepEqual([code, stdout], [4, '']);
    assert.match(stderr, /127\.0\.0\.1:1/);
  });

  it('names the rights that somebody without any lacks', async () => {
    const kubeconfig = await plane.clientFor({ user: 'nobody@example.com' });
    const anybody = programOf({ assets, plane }, { kubeconfig });
    const { code, stdout, stderr } = await anybody();
    assert.equal(code, 3);
    assert.match(stdout, /^INCOMPLETE/);
    assert.match(stdout + stderr, /list\s+packs\.cluster\.spectrocloud\.com/);
    // The file alone shows that packs share a namespace.
    const withFile = await anybody('-f', world.profile);
    assert.equal(withFile.code, 1);
    assert.match(withFile.stdout, /^AT RISK and INCOMPLETE/);
    assert.match(withFile.stdout, /list\s+secrets/);
  });

  it('tells somebody with the rights of one namespace what is there, and what was not seen', async () => {
    await plane.apply(
      { ...READER, metadata: { name: 'reader', namespace: SHARED } },
      { ...READER_BINDING, metadata: { name: 'reader', namespace: SHARED } },
    );
    const kubeconfig = await plane.clientFor({ user: 'reader@example.com' });
    const reader = programOf({ assets, plane }, { kubeconfig });
    await plane.waitFor('the role counts', async () => {
      const list = ['get', 'pods', `--namespace=${SHARED}`, `--kubeconfig=${kubeconfig}`];
      return (await plane.kubectl(...list)).code === 0;
    });
    const { code, stdout } = await reader('-f', world.profile, '-n', SHARED, '-o', 'json');
    assert.equal(code, 1);
    const report: unknown = JSON.parse(stdout);
    assert.equal(at(report, 'complete'), false);
    const names = listAt(report, 'applications').map((application) => textAt(application, 'name'));
    assert.ok(names.includes('kubernetes-dashboard') && names.includes('feature-flags'), names.join());
    await must(plane.kubectl, 'delete', 'role/reader', 'rolebinding/reader', `--namespace=${SHARED}`);
  });

  it('is answered by the fake server of other tests as by the real one', async () => {
    await plane.apply(
      { ...READER, metadata: { name: 'reader', namespace: OUTSIDE } },
      { ...READER_BINDING, metadata: { name: 'reader', namespace: OUTSIDE } },
    );
    const profile = ['-f', join(homeOf(plane), world.profile)];
    const requests = await assertFakeIsReal(plane, [
      profile,
      [],
      ['-n', SHARED],
      ['-A', ...profile],
      ['-A', '--chunk-size', '3'],
      ['namespaces'],
      ['explain', `namespace/${SHARED}`],
      ['snapshot', join(homeOf(plane), 'recorded.json')],
      ['rbac'],
      ['--as', 'nobody@example.com', ...profile],
      ['--as', 'reader@example.com', '-n', OUTSIDE, ...profile],
      ['--as', 'reader@example.com', '--as-group', 'system:masters', ...profile],
    ]);
    assert.ok(requests > 0);
    console.log(`      ${requests} requests, each answered alike`);
    await must(plane.kubectl, 'delete', 'role/reader', 'rolebinding/reader', `--namespace=${OUTSIDE}`);
  });

  it('never shows what a Secret holds', async () => {
    const texts = [
      await snapshot('canary.json'),
      await audit('-o', 'json'),
      Object.values(await program('-f', world.profile, '-o', 'wide', '-v=9')).join('\n'),
    ];
    const canaries = [CANARY, Buffer.from(CANARY).toString('base64')];
    for (const text of texts) for (const canary of canaries) assert.ok(!text.includes(canary));
  });

  it('predicted what vanishes with the namespace, object by object', async () => {
    const before = await listEverything(plane);
    const attributions = attributionsIn(await snapshot('last.json'));
    await must(plane.kubectl, 'delete', 'namespace', SHARED, '--timeout=120s');
    const after = await listEverything(plane);
    const gone = [...before.values()].filter(({ uid, kind }) => !after.has(uid) && !COMES_AND_GOES.has(kind));
    const predicted = [...attributions.values()]
      .map(({ object }) => object)
      .filter((object) => object.namespace === SHARED && !COMES_AND_GOES.has(object.type.kind));
    assert.deepEqual(
      gone
        .filter((object) => !isServedFromOutside(object))
        .map(textOf)
        .toSorted(),
      predicted.map((object) => textOf({ ...object, kind: object.type.kind })).toSorted(),
    );
    assert.ok([...after.values()].some(({ namespace }) => namespace === OUTSIDE));
    assert.ok([...after.values()].some(({ kind, name }) => kind === 'ClusterRole' && name.startsWith('cost-analyzer')));
  });
});

/** Events and leases are made and dropped at all times. */
const COMES_AND_GOES = new Set(['Event', 'Lease']);

/** Of cluster-wide objects only those may go that stand for something inside: it, its volumes, its Services' addresses. */
function isServedFromOutside({ kind, namespace, name, content }: LiveObject): boolean {
  if (namespace !== '') return false;
  if (kind === 'Namespace') return name === SHARED;
  if (kind === 'IPAddress') return textAt(content, 'parentRef', 'namespace') === SHARED;
  return kind === 'PersistentVolume' && textAt(content, 'claimRef', 'namespace') === SHARED;
}

function textOf({ kind, namespace, name, uid }: Pick<LiveObject, 'kind' | 'namespace' | 'name' | 'uid'>): string {
  return `${kind} ${namespace}/${name} ${uid}`;
}

function inShared(objects: ReadonlyMap<string, LiveObject>): readonly LiveObject[] {
  return [...objects.values()].filter(({ namespace, kind }) => namespace === SHARED && kind !== 'Event');
}

function uidsOf(resources: readonly unknown[]): readonly string[] {
  return resources.map((resource) => textAt(resource, 'uid') ?? '').toSorted();
}

function numberAt(value: unknown, ...path: readonly string[]): number {
  const found = at(value, ...path);
  return typeof found === 'number' ? found : Number.NaN;
}

function withoutTime(document: unknown): unknown {
  return JSON.parse(timeless(JSON.stringify(document)));
}

/** When it was read, and the ages that follow from it, are all that differs. */
function timeless(text: string): string {
  return text
    .replaceAll(/"takenAt": ?"[^"]*"/g, '"takenAt":""')
    .replaceAll(/at\s+\d{4}-\d\d-\d\dT[\d:]+Z/g, 'at TIME')
    .replaceAll(/(?<= )\d+[smhd](?:\d+[smh])?(?= *(?:\||$))/gm, 'AGE')
    .replaceAll(/(?<= )\d+[smhd](?:\d+[smh])? +/g, 'AGE ');
}

const READER = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'Role',
  rules: [{ apiGroups: ['*'], resources: ['*'], verbs: ['get', 'list'] }],
};

const READER_BINDING = {
  apiVersion: 'rbac.authorization.k8s.io/v1',
  kind: 'RoleBinding',
  roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: 'reader' },
  subjects: [{ kind: 'User', apiGroup: 'rbac.authorization.k8s.io', name: 'reader@example.com' }],
};
