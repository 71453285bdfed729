import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { COMMANDS } from '../../src/cli/commands.ts';
import { OPTIONS, takes } from '../../src/cli/options.ts';
import { CLUSTER, PROFILE } from '../canaries/world.ts';
import { startFakeApi, type FakeApi } from '../support/fake-api/fake-api.ts';
import type { FaultRule } from '../support/fake-api/fault.ts';
import { COMPLETER, start } from '../support/child.ts';
import { lacking } from '../support/needs.ts';
import { runCli, type Ran } from '../support/run-cli.ts';

const FILES = ':0';
const NO_FILES = ':4';
const GOES_ON = ':6';

/** The words of an answer without what they say, and its last line. */
function read({ code, stdout, stderr }: Ran): { readonly words: readonly string[]; readonly end: string | undefined } {
  assert.deepEqual([code, stderr], [0, '']);
  const lines = stdout.trimEnd().split('\n');
  return { words: lines.slice(0, -1).map((line) => line.split('\t')[0] ?? ''), end: lines.at(-1) };
}

describe('completion', () => {
  let folder = '';
  let api: FakeApi;
  const path = (name: string): string => join(folder, name);
  const config = (user: object, name = 'config'): string => {
    const content = {
      'current-context': 'shop-eu',
      contexts: [
        { name: 'shop-eu', context: { cluster: 'eu', user: 'jane', namespace: 'shop' } },
        { name: 'arn:aws:eks:eu-1:1:cluster/us', context: { cluster: 'us', user: 'jane' } },
        { name: 'bad\u001b[31m', context: { cluster: 'us', user: 'jane' } },
      ],
      clusters: ['eu', 'us'].map((cluster) => ({ name: cluster, cluster: { server: api.url } })),
      users: [{ name: 'jane', user }],
    };
    writeFileSync(path(name), JSON.stringify(content));
    return path(name);
  };

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'palette-audit-completion-'));
    api = await startFakeApi(() => CLUSTER);
    writeFileSync(path('profile.json'), PROFILE);
    config({});
    await runCli(['snapshot', path('taken.json'), '-s', api.url]);
  });
  after(async () => {
    await api.stop();
    rmSync(folder, { recursive: true });
  });

  /** Asks as kubectl does: what stands there, and the word that is being typed. */
  const ask = (...argv: readonly string[]): Promise<Ran> =>
    runCli(['__complete', ...argv], { env: { KUBECONFIG: path('config') } });

  const offline = (...argv: readonly string[]): Promise<Ran> => ask('--snapshot', path('taken.json'), ...argv);

  const CASES: readonly { argv: readonly string[]; words: readonly string[]; end: string }[] = [
    { argv: [''], words: COMMANDS.map(({ name }) => name), end: NO_FILES },
    { argv: ['re'], words: ['removal'], end: NO_FILES },
    { argv: ['-n', 'a', 'sn'], words: ['snapshot'], end: NO_FILES },
    { argv: ['-A', '-v6', '-na', 'rb'], words: ['rbac'], end: NO_FILES },
    { argv: ['nonsense', ''], words: [], end: NO_FILES },
    { argv: ['--nonsense', ''], words: [], end: NO_FILES },
    { argv: ['audit', ''], words: [], end: NO_FILES },
    { argv: ['--out'], words: ['--output'], end: NO_FILES },
    { argv: ['snapshot', '--out'], words: [], end: NO_FILES },
    { argv: ['-o', ''], words: ['table', 'wide', 'json', 'yaml', 'name', 'markdown'], end: NO_FILES },
    { argv: ['version', '-o', ''], words: ['table', 'json', 'yaml'], end: NO_FILES },
    { argv: ['--output', 'j'], words: ['json'], end: NO_FILES },
    { argv: ['--output=j'], words: ['json'], end: NO_FILES },
    { argv: ['--fail-on', ''], words: ['error', 'warning', 'never'], end: NO_FILES },
    { argv: ['removal', '--fail-on', ''], words: ['error', 'warning', 'data', 'never'], end: NO_FILES },
    { argv: ['--color', 'al'], words: ['always'], end: NO_FILES },
    { argv: ['removal', '--accept', 'inferred,cl'], words: ['inferred,claimed'], end: NO_FILES },
    { argv: ['--no-headers='], words: ['true', 'false'], end: NO_FILES },
    { argv: ['--token', ''], words: [], end: NO_FILES },
    { argv: ['-f', ''], words: [], end: FILES },
    { argv: ['--kubeconfig='], words: [], end: FILES },
    { argv: ['snapshot', ''], words: [], end: FILES },
    { argv: ['snapshot', 'a.json', ''], words: [], end: NO_FILES },
    { argv: ['verify', './'], words: [], end: FILES },
    { argv: ['--context', ''], words: ['shop-eu', 'arn:aws:eks:eu-1:1:cluster/us'], end: NO_FILES },
    { argv: ['--context=shop'], words: ['shop-eu'], end: NO_FILES },
    { argv: ['--cluster', 'u'], words: ['us'], end: NO_FILES },
    { argv: ['--user', ''], words: ['jane'], end: NO_FILES },
    { argv: ['-n', ''], words: ['kube-system', 'shop', 'cluster-69af4d3e45baa7b0b501055a'], end: NO_FILES },
    { argv: ['removal', '-n', 'shop,k'], words: ['shop,kube-system'], end: NO_FILES },
    { argv: ['--namespace=sh'], words: ['shop'], end: NO_FILES },
    { argv: ['--cluster-uid', ''], words: ['69af4d3e45baa7b0b501055a'], end: NO_FILES },
    { argv: ['removal', ''], words: ['pack/web'], end: NO_FILES },
    { argv: ['removal', 'profile/'], words: [], end: NO_FILES },
    { argv: ['removal', 'pack/web', ''], words: [], end: NO_FILES },
    { argv: ['removal', 'pack', ''], words: ['web'], end: NO_FILES },
    { argv: ['removal', '--to', 'profile.json', ''], words: [], end: NO_FILES },
    { argv: ['explain', 'co'], words: ['configmaps/'], end: GOES_ON },
    { argv: ['explain', 'dep'], words: ['deployments.apps/'], end: GOES_ON },
    { argv: ['explain', 'configmap/'], words: ['configmap/settings'], end: NO_FILES },
    { argv: ['explain', 'Deployment', ''], words: ['worker'], end: NO_FILES },
    { argv: ['-n', 'kube-system', 'explain', 'secrets/'], words: [], end: NO_FILES },
    { argv: ['explain', 'namespace/sh'], words: ['namespace/shop'], end: NO_FILES },
    { argv: ['explain', 'nonsense/'], words: [], end: NO_FILES },
    { argv: ['--', '-'], words: [], end: NO_FILES },
  ];
  for (const { argv, words, end } of CASES) {
    it(`of ${JSON.stringify(argv)} offers ${words.join(' ') || 'nothing'}`, async () => {
      const answer = read(await ask(...argv));
      assert.deepEqual([answer.words.toSorted(), answer.end], [words.toSorted(), end]);
    });
  }

  for (const { name } of COMMANDS) {
    it(`offers each option of ${name}, and only these`, async () => {
      const expected = OPTIONS.filter((option) => takes(name, option)).map((option) => `--${option.name}`);
      assert.deepEqual(read(await ask(name, '--')).words, expected);
    });
  }

  it('offers an option again only where that adds to it', async () => {
    const { words } = read(await ask('-n', 'a', '--context', 'b', '-A', '-'));
    for (const [word, isOffered] of [
      ['--namespace', true],
      ['-n', true],
      ['--context', false],
      ['-A', false],
      ['--all-namespaces', false],
    ] as const)
      assert.equal(words.includes(word), isOffered, word);
  });

  it('says what commands and options are for, each on its own line', async () => {
    assert.match((await ask('versi')).stdout, /^version\tPrint the versions [^\n]+\n:4\n$/);
    assert.match((await ask('--contex')).stdout, /^--context\tContext of the kubeconfig\n:4\n$/);
  });

  it('offers packs and profiles of files, too, and without a cluster', async () => {
    const given = ['-f', path('profile.json')];
    assert.deepEqual(read(await ask('removal', ...given, '')).words, ['pack/filed', 'pack/web', 'profile/profile']);
    const alone = await ask('removal', ...given, '--context', 'nowhere', 'p');
    assert.deepEqual(read(alone).words, ['pack/filed', 'profile/profile']);
  });

  it('asks a snapshot instead of a cluster where one is given', async () => {
    const before = api.requests.length;
    assert.deepEqual(read(await offline('removal', '')).words, ['pack/web']);
    assert.deepEqual(read(await offline('-n', 'sh')).words, ['shop']);
    assert.deepEqual(read(await offline('explain', '-n', 'shop', 'configmaps/')).words, ['configmaps/settings']);
    assert.deepEqual(read(await offline('explain', 'namespace/s')).words, ['namespace/shop']);
    assert.deepEqual(read(await offline('explain', 'pods')).words, []);
    assert.equal(api.requests.length, before);
  });

  it('asks nobody for what is known already', async () => {
    const before = api.requests.length;
    for (const argv of [[''], ['-'], ['-o', ''], ['--context', ''], ['snapshot', '']]) await ask(...argv);
    assert.equal(api.requests.length, before);
  });

  it('never asks for what a Secret holds', async () => {
    const before = api.requests.length;
    assert.deepEqual(read(await ask('explain', 'secrets/pass')).words, ['secrets/password']);
    const asked = api.requests.slice(before).filter(({ url }) => url.includes('/secrets'));
    assert.ok(
      asked.length > 0 && asked.every(({ headers }) => headers.accept?.split(',').every((one) => one.includes(';as='))),
    );
  });

  describe('where something fails', () => {
    const FAULTS: readonly (readonly [says: string, fault: FaultRule['fault']])[] = [
      ['401', { kind: 'status', status: 401 }],
      ['403', { kind: 'status', status: 403 }],
      ['500', { kind: 'status', status: 500 }],
      ['a dropped connection', { kind: 'drop' }],
      ['what is no JSON', { kind: 'body', body: 'not JSON' }],
      ['what is no list', { kind: 'body', body: '[]' }],
      ['no answer', { kind: 'hang' }],
    ];
    for (const [says, fault] of FAULTS) {
      it(`has no offers, and no word of it: ${says}`, async () => {
        const broken = await startFakeApi(() => CLUSTER, [{ path: '/', fault }]);
        for (const argv of [
          ['-n', ''],
          ['removal', 'pack/'],
          ['explain', 'po'],
          ['explain', 'cm/'],
        ]) {
          const started = performance.now();
          const ran = await runCli(['__complete', '-s', broken.url, ...argv], { limits: { runMs: 300 } });
          assert.ok(performance.now() - started < 2_000);
          assert.equal(
            read(ran)
              .words.filter((word) => word !== 'pack/')
              .join(),
            '',
            argv.join(' '),
          );
        }
        await broken.stop();
      });
    }

    for (const [says, file] of [
      ['no kubeconfig', 'nowhere'],
      ['a kubeconfig that is none', 'profile.json.broken'],
    ] as const) {
      it(`has no offers, and no word of it: ${says}`, async () => {
        writeFileSync(path('profile.json.broken'), 'a: [');
        for (const argv of [
          ['--context', ''],
          ['-n', ''],
          ['removal', 'pack/w'],
          ['--request-timeout', 'x', '-n', ''],
        ])
          assert.deepEqual(read(await ask('--kubeconfig', path(file), ...argv)).words, []);
      });
    }

    describe('in a credential plugin', () => {
      let argv: readonly string[] = [];
      before(() => {
        const told = '{ [ -t 0 ] && echo asked || echo ran; }';
        writeFileSync(path('plugin'), `#!/bin/sh\necho Password: >&2\n${told} >${path('ran')}\nexit 1\n`);
        chmodSync(path('plugin'), 0o755);
        const apiVersion = 'client.authentication.k8s.io/v1';
        const exec = { apiVersion, command: path('plugin'), interactiveMode: 'IfAvailable' };
        argv = ['--kubeconfig', config({ exec }, 'with-plugin'), '--server', 'https://127.0.0.1:1', '-n', ''];
      });

      it('shows nothing of what it says', async () => {
        assert.deepEqual(await start(COMPLETER, argv).ended, { code: 0, stdout: ':4\n', stderr: '' });
        assert.equal(readFileSync(path('ran'), 'utf8'), 'ran\n');
      });

      it('does not let it ask on the terminal', async function () {
        if (!existsSync('/usr/bin/script')) lacking(this, 'there is no script(1) to play a terminal');
        const command = [COMPLETER, ...argv].map((word) => `'${word}'`).join(' ');
        const script = ['--quiet', '--return', '--command', command, '/dev/null'];
        assert.equal((await start('/usr/bin/script', script).ended).stdout, ':4\r\n');
        assert.equal(readFileSync(path('ran'), 'utf8'), 'ran\n');
      });
    });

    it('is over soon after 3 s, whatever does not answer', async () => {
      const hanging = await startFakeApi(() => CLUSTER, [{ path: '/', fault: { kind: 'hang' } }]);
      const started = performance.now();
      const ended = await start(COMPLETER, ['-s', hanging.url, '-n', '']).ended;
      assert.deepEqual(ended, { code: 0, stdout: ':4\n', stderr: '' });
      assert.ok(performance.now() - started < 6_000);
      await hanging.stop();
    });
  });
});

describe('the completion command', () => {
  it('prints a file that hands everything on, and says where to put it', async () => {
    const { code, stdout, stderr } = await runCli(['completion']);
    assert.deepEqual([code, stderr], [0, '']);
    assert.match(stdout, /^#!\/bin\/sh\n/);
    assert.match(stdout, /^exec kubectl palette-audit __complete "\$@" 2>\/dev\/null\n$/m);
    assert.match(stdout, /kubectl_complete-palette_audit/);
  });

  it('takes no argument', async () => {
    assert.equal((await runCli(['completion', 'bash'])).code, 2);
  });
});
