import assert from 'node:assert/strict';
import { parseArguments } from '../../src/cli/arguments.ts';
import type { Invocation } from '../../src/cli/invocation.ts';
import { runCli } from '../support/run-cli.ts';

type Run = Extract<Invocation, { kind: 'run' }>;

async function run(...argv: readonly string[]): Promise<Run> {
  const invocation = await parseArguments(argv);
  assert.equal(invocation.kind, 'run');
  if (invocation.kind !== 'run') throw new Error('not a run');
  return invocation;
}

async function text(...argv: readonly string[]): Promise<string> {
  const invocation = await parseArguments(argv);
  return invocation.kind === 'text' ? invocation.text : assert.fail('not a text');
}

describe('arguments', () => {
  describe('commands', () => {
    const cases: readonly { says: string; argv: readonly string[]; command: Run['command'] }[] = [
      { says: 'none named is audit', argv: [], command: { name: 'audit' } },
      { says: 'audit by name', argv: ['audit'], command: { name: 'audit' } },
      {
        says: 'options may come before the command',
        argv: ['-o', 'json', 'namespaces'],
        command: { name: 'namespaces' },
      },
      {
        says: 'rbac',
        argv: ['rbac'],
        command: { name: 'rbac', withoutSecrets: false, wildcard: false, removal: false },
      },
      {
        says: 'rbac --without-secrets',
        argv: ['rbac', '--without-secrets'],
        command: { name: 'rbac', withoutSecrets: true, wildcard: false, removal: false },
      },
      {
        says: 'rbac --removal',
        argv: ['rbac', '--removal'],
        command: { name: 'rbac', withoutSecrets: false, wildcard: false, removal: true },
      },
      {
        says: 'rbac --wildcard for namespaces',
        argv: ['rbac', '--wildcard', '-n', 'a,b'],
        command: { name: 'rbac', withoutSecrets: false, wildcard: true, removal: false },
      },
      {
        says: 'snapshot with its file',
        argv: ['snapshot', 's.json'],
        command: { name: 'snapshot', file: 's.json', force: false },
      },
      {
        says: 'snapshot --force',
        argv: ['snapshot', '--force', 's'],
        command: { name: 'snapshot', file: 's', force: true },
      },
      {
        says: 'a file after -- may begin with a dash',
        argv: ['snapshot', '--', '-s'],
        command: { name: 'snapshot', file: '-s', force: false },
      },
      {
        says: 'explain namespace/NAME',
        argv: ['explain', 'namespace/payments'],
        command: { name: 'explain', namespace: 'payments' },
      },
      {
        says: 'explain namespace NAME',
        argv: ['explain', 'namespace', 'payments'],
        command: { name: 'explain', namespace: 'payments' },
      },
      {
        says: 'explain ns/NAME',
        argv: ['explain', 'ns/constructor'],
        command: { name: 'explain', namespace: 'constructor' },
      },
      {
        says: 'explain namespaces.v1./NAME',
        argv: ['explain', 'Namespaces.v1./payments'],
        command: { name: 'explain', namespace: 'payments' },
      },
      {
        says: 'explain TYPE/NAME',
        argv: ['explain', 'deploy/web', '-n', 'shop'],
        command: { name: 'explain', resource: { type: 'deploy', name: 'web' } },
      },
      {
        says: 'explain TYPE NAME',
        argv: ['explain', 'ClusterRole', 'system:node'],
        command: { name: 'explain', resource: { type: 'ClusterRole', name: 'system:node' } },
      },
      {
        says: 'a name of digits stays text',
        argv: ['explain', 'ns', '017'],
        command: { name: 'explain', namespace: '017' },
      },
    ];
    for (const { says, argv, command } of cases) {
      it(says, async () => assert.deepEqual((await run(...argv)).command, command));
    }
  });

  describe('names and lists', () => {
    const cases: readonly { says: string; argv: readonly string[]; namespaces: readonly string[] }[] = [
      { says: '-n NAME', argv: ['-n', 'a'], namespaces: ['a'] },
      { says: '-nNAME', argv: ['-nfoo'], namespaces: ['foo'] },
      { says: '-n=NAME', argv: ['-n=foo'], namespaces: ['foo'] },
      { says: '--namespace=NAME', argv: ['--namespace=foo'], namespaces: ['foo'] },
      {
        says: 'repeated and comma-separated, each once',
        argv: ['-n', 'b,a', '--namespace', 'c', '-nb'],
        namespaces: ['b', 'a', 'c'],
      },
      { says: '017 stays text', argv: ['-n', '017'], namespaces: ['017'] },
      { says: '1e3 stays text', argv: ['-n1e3'], namespaces: ['1e3'] },
      { says: 'a flag before it in one word', argv: ['-v6', '-nfoo'], namespaces: ['foo'] },
    ];
    for (const { says, argv, namespaces } of cases) {
      it(says, async () => assert.deepEqual((await run(...argv)).subject.namespaces, namespaces));
    }

    it('reads variables whole, and the last of a name', async () => {
      const { subject } = await run(
        '--var',
        'a=1',
        '--var=b=x=y',
        '--var',
        '__proto__="2"',
        '--var',
        'a=',
        '--var',
        'c=-3',
      );
      assert.deepEqual(
        [...subject.variables],
        [
          ['a', ''],
          ['b', 'x=y'],
          ['__proto__', '"2"'],
          ['c', '-3'],
        ],
      );
    });

    it('keeps files in order and unsplit', async () => {
      const { subject } = await run('-f', 'a,b.yaml', '-f-', '--filename=dir', '--pack-name', '007');
      assert.deepEqual(subject.filenames, ['a,b.yaml', '-', 'dir']);
      assert.equal(subject.packName, '007');
    });

    it('does not take quotes off a value', async () => {
      assert.equal((await run('-l', '"a"')).subject.selector, '"a"');
      assert.deepEqual((await run('-L', 'app,tier', '-Lteam')).output.labelColumns, ['app', 'tier', 'team']);
    });
  });

  it('has the documented defaults', async () => {
    const { connection, subject, output } = await run();
    assert.equal(connection.requestTimeoutMs, 0);
    assert.equal(connection.insecureSkipTlsVerify, false);
    assert.equal((await run('--insecure-skip-tls-verify')).connection.insecureSkipTlsVerify, true);
    assert.equal(subject.chunkSize, 500);
    assert.equal(subject.allNamespaces, false);
    assert.equal(subject.withoutReleases, false);
    assert.deepEqual(output, {
      output: 'table',
      noHeaders: false,
      labelColumns: [],
      failOn: 'error',
      failOnGiven: false,
      color: 'auto',
      verbosity: 0,
    });
  });

  it("reads kubectl's connection flags", async () => {
    const { connection } = await run(
      ...[
        ['--kubeconfig', 'k', '--context=c', '--cluster', 'cl', '--user', 'u', '--as', 'jane', '--as-group', 'a,b'],
        ['--as-group=c', '--as-uid', '7', '-shttps://h', '--token', '-t', '--tls-server-name', 'n'],
        ['--certificate-authority', 'ca', '--client-certificate', 'cc', '--client-key', 'ck'],
        ['--request-timeout', '5s'],
      ].flat(),
    );
    assert.deepEqual(connection, {
      kubeconfig: 'k',
      context: 'c',
      cluster: 'cl',
      user: 'u',
      as: 'jane',
      asGroup: ['a,b', 'c'],
      asUid: '7',
      server: 'https://h',
      token: '-t',
      tlsServerName: 'n',
      certificateAuthority: 'ca',
      clientCertificate: 'cc',
      clientKey: 'ck',
      insecureSkipTlsVerify: false,
      requestTimeoutMs: 5000,
    });
  });

  describe('as in kubectl', () => {
    it('the last of a single-valued option counts', async () => {
      assert.equal((await run('--context', 'a', '--context=b')).connection.context, 'b');
      assert.equal((await run('-ojson', '-o', 'yaml')).output.output, 'yaml');
    });
    it('an empty connection flag is not given', async () => {
      assert.equal((await run('--context=')).connection.context, undefined);
    });
    it('-v is the verbosity, also behind flags in one word', async () => {
      const { subject, output } = await run('-Av6');
      assert.deepEqual([subject.allNamespaces, output.verbosity], [true, 6]);
      assert.equal((await run('--v=3')).output.verbosity, 3);
    });
    it('a flag may be told true or false', async () => {
      assert.equal((await run('-A=false')).subject.allNamespaces, false);
      assert.equal((await run('--all-namespaces=t')).subject.allNamespaces, true);
      assert.equal((await run('--no-headers')).output.noHeaders, true);
      assert.equal((await run('--no-headers=false')).output.noHeaders, false);
    });
  });

  describe('durations', () => {
    const cases: readonly [text: string, ms: number][] = [
      ['0', 0],
      ['0s', 0],
      ['7', 7000],
      ['5s', 5000],
      ['2m', 120_000],
      ['1h', 3_600_000],
      ['1m30s', 90_000],
      ['1.5h', 5_400_000],
      ['250ms', 250],
      ['1ns', 1],
    ];
    for (const [given, ms] of cases) {
      it(`${given} is ${ms} ms`, async () =>
        assert.equal((await run('--request-timeout', given)).connection.requestTimeoutMs, ms));
    }
  });

  describe('help and version', () => {
    const helps = [
      ['--help'],
      ['-h'],
      ['audit', '-h'],
      ['namespaces', '-h'],
      ['explain', '-h'],
      ['snapshot', '--help'],
      ['version', '-h'],
    ];
    for (const argv of helps) {
      it(`${argv.join(' ')} begins with the command, and has lines of at most 100 columns`, async () => {
        const lines = (await text(...argv)).split('\n');
        assert.match(lines[0] ?? '', /^kubectl palette-audit /);
        for (const line of lines) assert.ok(line.length <= 100 && line === line.trimEnd(), line);
      });
    }

    it('says at once what the parser would say of help and version', async () => {
      for (const flag of ['--help', '-h', '--version'])
        assert.deepEqual(await runCli([flag]), await runCli([flag, '--color', 'auto']));
    });

    it('shows examples of each purpose and every exit code', async () => {
      const help = await text('--help');
      assert.equal(help.match(/^ {2}# /gm)?.length, 6);
      for (const code of ['0', '1', '2', '3', '4', '70', '129, 130, 143', '141'])
        assert.match(help, new RegExp(`^  ${code} `, 'm'));
    });

    it("shows a command's own options only", async () => {
      assert.match(await text('snapshot', '-h'), /--force/);
      assert.doesNotMatch(await text('snapshot', '-h'), /--selector/);
      assert.doesNotMatch(await text('audit', '-h'), /--force/);
    });

    it('explains a command although its operands are missing', async () => {
      assert.match(await text('explain', '--help'), /^kubectl palette-audit explain TYPE\/NAME /);
    });

    it('prints the version on --version, whatever the command', async () => {
      assert.match(await text('--version'), /^kubectl palette-audit \d+\.\d+\.\d+$/);
      assert.equal(await text('version', '--version'), await text('--version'));
    });
  });
});
