import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseAllDocuments } from 'yaml';
import { ensureAssets, type Assets } from '../../scripts/assets/ensure-assets.ts';
import { at, listAt, textAt } from '../../src/cluster/json.ts';
import { startControlPlane, type ControlPlane } from './support/control-plane.ts';
import { must } from './world/palette.ts';
import { audit, gapsIn, program, unseen } from './world/rights-answers.ts';
import { binding, boundTo, withoutEach } from './world/rights-cases.ts';
import { ELSEWHERE, expected } from './world/rights-shown.ts';
import { AGENT, buildWorld, GOING, HERE, THERE } from './world/rights-world.ts';

/** Two packs in one namespace, by a file: a conflict whatever the cluster says. */
const SHARING = {
  metadata: { name: 'planned' },
  spec: {
    version: '1.0.0',
    template: {
      type: 'add-on',
      packs: ['web', 'api'].map((name) => ({
        name,
        layer: 'addon',
        version: '1.0.0',
        values: `pack:\n  namespace: ${HERE}\ncharts:\n  ${name}: {}\n`,
      })),
    },
  },
};

const CERTAIN = `shared-namespace ${HERE} `;
const FOREIGN = ['from-fleet', 'from-node'].map((name) => `unmanaged-resource ${HERE} ${name}`);

/** Which findings a report has, whatever else is said of them. */
function idsOf(report: unknown): readonly unknown[] {
  return listAt(report, 'findings').map((finding) => at(finding, 'id'));
}

/** Who owns what in the packs' namespace, and how strongly that is believed. */
async function believed(kubeconfig: string) {
  const { stdout } = await program(kubeconfig, 'explain', `namespace/${HERE}`, '-o', 'json');
  return listAt(JSON.parse(stdout), 'owners').map((one) => [at(one, 'owner'), textAt(one, 'strength')]);
}

/** Whatever is asked, nothing sounds like an all-clear. */
async function clearsNothing(kubeconfig: string): Promise<void> {
  for (const command of [
    ['audit'],
    ['audit', '-n', HERE],
    ['audit', '-A'],
    ['namespaces'],
    ['explain', `namespace/${HERE}`],
  ]) {
    const { code, stdout } = await program(kubeconfig, ...command, '-o', 'json');
    const answer: unknown = JSON.parse(stdout);
    assert.ok(code === 1 || code === 3, command.join(' '));
    assert.equal(at(answer, 'complete'), false, command.join(' '));
    for (const row of listAt(answer, 'namespaces')) assert.notEqual(textAt(row, 'free'), 'yes', JSON.stringify(row));
    const told = await program(kubeconfig, ...command);
    assert.match(told.stdout, /INCOMPLETE/, command.join(' '));
    assert.doesNotMatch(told.stdout, /^No (?:findings|errors|packs found|pack has)/, command.join(' '));
  }
}

describe('the rights that rbac prints', () => {
  let assets: Assets;
  let plane: ControlPlane;

  before(async () => {
    assets = await ensureAssets();
    plane = await startControlPlane({ assets });
    await buildWorld(assets, plane);
  });
  after(() => plane.stop());

  /** Prints the roles, lets kubectl apply and bind them as the head of the answer says, and is that user then. */
  async function userWith(user: string, ...argv: readonly string[]): Promise<string> {
    const { code, stdout, stderr } = await program(plane.kubeconfig, 'rbac', ...argv);
    assert.equal(code, 0, stderr);
    const path = join(plane.folder, `${user}.yaml`);
    writeFileSync(path, stdout);
    await must(plane.kubectl, 'apply', `--filename=${path}`);
    for (const [, command = ''] of stdout.matchAll(/^# {3}kubectl (.*)$/gm))
      await must(
        plane.kubectl,
        ...command.replace('USER', user).replace('binding palette', `binding ${user}`).split(' '),
      );
    const kubeconfig = await plane.clientFor({ user });
    await plane.waitFor('the roles count', async () => (await program(kubeconfig, 'audit')).code !== 4);
    await sleep(300);
    return kubeconfig;
  }

  it('make the audit complete, and as the admin sees it', async () => {
    const user = await userWith('whole');
    const admin = await audit(plane.kubeconfig);
    assert.deepEqual([admin.code, unseen(admin.report)], [0, []]);
    assert.ok(listAt(admin.report, 'findings').length > 0);
    assert.deepEqual(await audit(user), admin);
    for (const command of [['-A'], ['namespaces'], ['explain', 'namespace/web']]) {
      const options = command[0] === '-A' ? ['--fail-on=never', '-o', 'json'] : ['-o', 'json'];
      const answer = await program(user, ...command, ...options);
      assert.deepEqual([answer.code, answer.stderr], [0, ''], command.join(' '));
      assert.equal(at(JSON.parse(answer.stdout), 'complete'), true);
    }
  });

  it('hold nothing that is not needed: each right, left out, is missed', async () => {
    const { stdout } = await program(plane.kubeconfig, 'rbac');
    const cases = withoutEach(parseAllDocuments(stdout)[0]?.toJS());
    assert.ok(cases.length > 40);
    await plane.apply(...boundTo(cases));
    await sleep(1000);
    const findings = idsOf((await audit(plane.kubeconfig)).report);
    for (const { name, right } of cases) {
      const { code, report } = await audit(plane.kubeconfig, `--as=${name}`);
      assert.deepEqual([`exit ${code}`, ...unseen(report)], expected(right), right);
      if (code === 0) assert.deepEqual(idsOf(report), findings, right);
    }
  });

  it('without Secrets leave ownership claimed, and no audit complete', async () => {
    const user = await userWith('blind', '--without-secrets');
    const { code, report } = await audit(user);
    assert.deepEqual([`exit ${code}`, ...unseen(report)], expected('list secrets'));
    assert.equal((await program(user, 'audit')).code, 1);
    const rest = [
      ['Kubernetes itself', 'inferred'],
      ['nobody, written by kubectl-client-side-apply', 'inferred'],
    ];
    assert.deepEqual(await believed(plane.kubeconfig), [['pack web', 'verified'], ...rest]);
    assert.deepEqual(await believed(user), [['pack web', 'claimed'], ...rest]);
  });

  it('with -n show these namespaces whole, and say that releases elsewhere are not seen', async () => {
    const user = await userWith('scoped', '-n', `${HERE},${THERE}`);
    const admin = await audit(plane.kubeconfig, '-n', `${HERE},${THERE}`);
    const { code, report } = await audit(user, '-n', `${HERE},${THERE}`);
    const elsewhere = [...ELSEWHERE.split(' '), GOING].toSorted().join(' ');
    const gap = `release/* in ${elsewhere}: list configmaps there, list secrets there`;
    assert.equal(code, 3);
    const detour = '(what could not be listed in all namespaces at once was listed namespace by namespace)';
    assert.deepEqual(unseen(report), [gap, '(inventories of Flux were not read)', detour]);
    for (const part of ['packs', 'stakes', 'findings', 'applications'])
      assert.deepEqual(at(report, part), at(admin.report, part), part);
    assert.equal((await program(user, 'audit', '-n', 'aside')).code, 3);
  });

  it('with -n hold in each namespace nothing that is not needed', async () => {
    const { stdout } = await program(plane.kubeconfig, 'rbac', '-n', `${HERE},${THERE}`);
    const role = parseAllDocuments(stdout)
      .map((document): unknown => document.toJS())
      .find((document) => textAt(document, 'metadata', 'namespace') === HERE);
    const cases = withoutEach(role, 'here-all-but');
    await plane.apply(
      ...boundTo(cases, HERE),
      binding({ kind: 'ClusterRole', name: 'palette-audit-cluster-scope' }, cases),
      ...[THERE, AGENT].map((namespace) => binding({ kind: 'Role', name: 'palette-audit' }, cases, namespace)),
    );
    await sleep(1000);
    const asked = ['-n', `${HERE},${THERE}`];
    const known = new Set(gapsIn((await audit(await userWith('scoped-again', ...asked), ...asked)).report));
    for (const { name, right } of cases) {
      const { code, report } = await audit(plane.kubeconfig, `--as=${name}`, ...asked);
      const [verb = '', type = ''] = right.split(' ');
      const added = gapsIn(report).filter((gap) => !known.has(gap));
      const records = ['secrets', 'configmaps'].includes(type) ? [`release/* in ${HERE}`] : [];
      // Of the packs' records one is a Secret, and none a ConfigMap.
      const lost = type === 'secrets' ? [`release/web-web in ${HERE}`] : [];
      assert.deepEqual(
        [code, ...added],
        [3, ...(verb === 'get' ? lost : [...records, `${type} in ${HERE}`]).toSorted()],
        right,
      );
    }
  });

  it('as a wildcard are complete too', async () => {
    const user = await userWith('short', '--wildcard');
    assert.deepEqual(await audit(user), await audit(plane.kubeconfig));
  });

  it('are not printed for a namespace that is not there', async () => {
    const { code, stdout, stderr } = await program(plane.kubeconfig, 'rbac', '-n', 'wbe');
    assert.deepEqual([code, stdout], [2, '']);
    assert.match(stderr, /namespace "wbe" does not exist/);
  });

  /** Somebody who may know which types there are, as everybody may by default, and what these commands grant. */
  async function somebody(user: string, ...grants: readonly (readonly string[])[]): Promise<string> {
    const discovery = ['clusterrolebinding', `${user}-discovery`, '--clusterrole=system:discovery'];
    for (const grant of [discovery, ...grants]) await must(plane.kubectl, 'create', ...grant, `--user=${user}`);
    const kubeconfig = await plane.clientFor({ user });
    await plane.waitFor('the roles count', async () => (await program(kubeconfig, 'audit')).code !== 4);
    await sleep(300);
    return kubeconfig;
  }

  /** Of what can be known for certain, that which is said to a user who has a file and no right to read the packs. */
  async function saysConflict(kubeconfig: string, ...more: readonly string[]): Promise<readonly string[]> {
    const file = join(plane.folder, 'sharing.json');
    writeFileSync(file, JSON.stringify(SHARING));
    const { code, stdout } = await program(kubeconfig, 'audit', '-f', file, '-o', 'json', ...more);
    const report: unknown = JSON.parse(stdout);
    assert.deepEqual([code, at(report, 'complete')], [1, false]);
    const told = listAt(report, 'findings').map((finding) =>
      ['rule', 'namespace', 'application'].map((key) => textAt(finding, key) ?? '').join(' '),
    );
    return told.filter((one) => one === CERTAIN || FOREIGN.includes(one));
  }

  it('that the role view gives tell of conflicts, and which claims are not known', async () => {
    const user = await somebody('viewer', ['clusterrolebinding', 'viewer', '--clusterrole=view']);
    await clearsNothing(user);
    assert.deepEqual(await saysConflict(user), [CERTAIN, ...FOREIGN]);
    const { stdout } = await program(user, 'audit', '-o', 'wide');
    for (const right of [`list packs.cluster.spectrocloud.com in namespace ${AGENT}`, 'list secrets'])
      assert.ok(stdout.includes(right), `${right}\n${stdout}`);
    for (const type of ['customresourcedefinitions.apiextensions.k8s.io', 'apiservices.apiregistration.k8s.io'])
      assert.ok(stdout.includes(`list ${type}`), stdout);
  });

  it('that a Role in one namespace gives tell what is in it', async () => {
    const roles = ['rolebinding', 'tenant', '--role=palette-audit', `--namespace=${HERE}`];
    const user = await somebody('tenant', roles);
    await clearsNothing(user);
    assert.deepEqual(await saysConflict(user, '-n', HERE), [CERTAIN, ...FOREIGN]);
    const blind = await program(user, 'audit');
    assert.ok(blind.stdout.includes('list packs.cluster.spectrocloud.com in all namespaces'), blind.stdout);
    const told = await program(user, 'audit', `--cluster-uid=${AGENT}`, '-o', 'wide');
    assert.ok(told.stdout.includes(`list packs.cluster.spectrocloud.com in namespace ${AGENT}`), told.stdout);
  });

  it('that are none tell of a conflict that a file makes, and of nothing else', async () => {
    const user = await somebody('nobody');
    await clearsNothing(user);
    assert.deepEqual(await saysConflict(user), [CERTAIN]);
    const { stdout } = await program(user, 'audit', '-o', 'wide');
    assert.ok(stdout.includes('list packs.cluster.spectrocloud.com in all namespaces'), stdout);
  });

  it('that do not even let the user ask which types there are end with 4', async () => {
    const { code, stdout, stderr } = await program(await plane.clientFor({ user: 'outcast' }), 'audit');
    assert.deepEqual([code, stdout], [4, '']);
    assert.match(stderr, /system:discovery/);
  });
});
