import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseAllDocuments } from 'yaml';
import { ensureAssets, type Assets } from '../../scripts/assets/ensure-assets.ts';
import { run } from '../../src/cli/run.ts';
import { at, listAt, textAt, textsAt } from '../../src/cluster/json.ts';
import { startControlPlane, type ControlPlane } from './support/control-plane.ts';
import { must } from './world/palette.ts';
import { boundTo, withoutEach } from './world/rights-cases.ts';
import { AGENT, buildWorld, HERE, THERE } from './world/rights-world.ts';

interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The program in this process, with this kubeconfig and nothing else of the environment. */
async function program(kubeconfig: string, ...argv: readonly string[]): Promise<Answer> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await run(argv, {
    env: { KUBECONFIG: kubeconfig },
    stdout: (text) => out.push(text),
    stderr: (text) => err.push(text),
    readStdin: () => Promise.resolve(new Uint8Array()),
    now: () => Date.UTC(2026, 5, 1),
    stdoutIsTerminal: false,
    stderrIsTerminal: false,
    signal: new AbortController().signal,
  });
  return { code, stdout: out.join(''), stderr: err.join('') };
}

/** With --fail-on=never only what is not seen makes the code other than 0. */
async function audit(kubeconfig: string, ...argv: readonly string[]) {
  const answer = await program(kubeconfig, 'audit', '--fail-on=never', '-o', 'json', ...argv);
  const report: unknown = answer.stdout === '' ? undefined : JSON.parse(answer.stdout);
  return { ...answer, report };
}

/** Gaps as `TYPES in NAMESPACES: RIGHT`, notes up to the reason. */
function unseen(report: unknown): readonly string[] {
  const gaps = listAt(report, 'coverage', 'gaps').map((gap) => {
    const [types, scopes] = [textsAt(gap, 'resources'), textsAt(gap, 'scopes')];
    return `${types.join(' ')} in ${scopes.join(' ')}: ${textAt(gap, 'needs') ?? ''}`;
  });
  const notes = listAt(report, 'coverage', 'notes').map((note) =>
    String(note)
      .replace(/(not read|not listed|not checked against [\w ]+).*/, '$1')
      .replace(/^.*?: /, ''),
  );
  return [...gaps, ...notes.map((note) => `(${note})`)];
}

const ELSEWHERE = `aside ${AGENT} default kube-node-lease kube-public kube-system`;
const CRDS = 'customresourcedefinitions.apiextensions.k8s.io';

/** What the loss of one right shows, where it is not simply a gap of this type in both namespaces. */
const SHOWN: ReadonlyMap<string, readonly string[]> = new Map([
  ['get paths', ['exit 4']],
  ['get namespaces', ['exit 0', '(the uid of the cluster was not read)']],
  ['list namespaces', ['exit 0', '(namespaces were not listed)']],
  [`get ${CRDS}`, ['exit 3', `boards.example.com in : get ${CRDS}`]],
  [`list ${CRDS}`, ['exit 0', '(not checked against custom definitions)']],
  ['list apiservices.apiregistration.k8s.io', ['exit 0', '(not checked against APIServices)']],
  ['list persistentvolumes', ['exit 0', '(persistentvolumes were not read)']],
  ['list nodes', ['exit 3', 'nodes in : list nodes']],
  ['list fleets.example.com', ['exit 3', 'fleets.example.com in : list fleets.example.com']],
  [
    'list packs.cluster.spectrocloud.com',
    [
      'exit 3',
      `definitions/packs.cluster.spectrocloud.com in ${AGENT}: list packs.cluster.spectrocloud.com in namespace ${AGENT}`,
    ],
  ],
  ...['clusterprofiles', 'spectroclusters'].map((name): [string, readonly string[]] => {
    const right = `list ${name}.cluster.spectrocloud.com`;
    return [
      right,
      ['exit 3', `${name}.cluster.spectrocloud.com in data web: ${right} there`, `(${name} were not read)`],
    ];
  }),
  [
    'get secrets',
    [
      'exit 3',
      'release/data-data in data: get secrets in namespace data',
      'release/web-web in web: get secrets in namespace web',
    ],
  ],
  [
    'list secrets',
    ['exit 3', 'release/* secrets in data web: list secrets there', `release/* in ${ELSEWHERE}: list secrets there`],
  ],
  [
    'get configmaps',
    [
      'exit 3',
      'release/tool in aside: get configmaps in namespace aside',
      '(configmap namespace-labeler-labels was not read)',
    ],
  ],
  [
    'list configmaps',
    [
      'exit 3',
      'configmaps release/* in data web: list configmaps there',
      `release/* in ${ELSEWHERE}: list configmaps there`,
    ],
  ],
  [
    'list kustomizations.kustomize.toolkit.fluxcd.io',
    [
      'exit 3',
      'kustomizations.kustomize.toolkit.fluxcd.io in data web: list kustomizations.kustomize.toolkit.fluxcd.io there',
      '(inventories of Flux were not read)',
    ],
  ],
]);

function expected(right: string): readonly string[] {
  return SHOWN.get(right) ?? ['exit 3', `${right.replace('list ', '')} in data web: ${right} there`];
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
    const findings = JSON.stringify(at((await audit(plane.kubeconfig)).report, 'findings'));
    for (const { name, right } of cases) {
      const { code, report } = await audit(plane.kubeconfig, `--as=${name}`);
      assert.deepEqual([`exit ${code}`, ...unseen(report)], expected(right), right);
      if (code === 0) assert.equal(JSON.stringify(at(report, 'findings')), findings, right);
    }
  });

  it('without Secrets leave ownership claimed, and no audit complete', async () => {
    const user = await userWith('blind', '--without-secrets');
    const { code, report } = await audit(user);
    assert.deepEqual([`exit ${code}`, ...unseen(report)], expected('list secrets'));
    assert.equal((await program(user, 'audit')).code, 1);
    const believed = async (kubeconfig: string) => {
      const { stdout } = await program(kubeconfig, 'explain', `namespace/${HERE}`, '-o', 'json');
      return listAt(JSON.parse(stdout), 'owners').map((one) => [at(one, 'owner'), textAt(one, 'strength')]);
    };
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
    const gap = `release/* in ${ELSEWHERE}: list configmaps there, list secrets there`;
    assert.equal(code, 3);
    assert.deepEqual(unseen(report), [gap, '(inventories of Flux were not read)']);
    for (const part of ['packs', 'stakes', 'findings', 'applications'])
      assert.deepEqual(at(report, part), at(admin.report, part), part);
    assert.equal((await program(user, 'audit', '-n', 'aside')).code, 3);
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
});
