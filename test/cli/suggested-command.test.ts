import assert from 'node:assert/strict';
import { parseArguments } from '../../src/cli/arguments.ts';
import { suggestedAudit, suggestedCommand, suggestedHelm } from '../../src/cli/suggested-command.ts';

const CASES: readonly (readonly [says: string, argv: readonly string[], expected: string])[] = [
  ['is the program itself where nothing chose a cluster', ['-n', 'shop'], 'kubectl palette-audit'],
  ['asks the same context', ['--context', 'prod-eu'], 'kubectl palette-audit --context=prod-eu'],
  [
    'takes names as clouds give them as they are',
    ['--context', 'arn:aws:eks:eu-1:1:cluster/x', '--user', 'me@x'],
    'kubectl palette-audit --context=arn:aws:eks:eu-1:1:cluster/x --user=me@x',
  ],
  [
    'asks by the same kubeconfig, for the same cluster of it',
    ['--kubeconfig', '/home/me/my file', '--cluster', 'prod'],
    "kubectl palette-audit --kubeconfig='/home/me/my file' --cluster=prod",
  ],
  [
    'leaves no text that a shell could take for more',
    ['--context', "x';reboot '$(reboot)"],
    String.raw`kubectl palette-audit --context='x'\'';reboot '\''$(reboot)'`,
  ],
  [
    'asks of the same definitions',
    ['-f', 'a.yaml', '-f', 'b.yaml', '--pack-name', 'web', '--cluster-uid', 'abc'],
    'kubectl palette-audit --filename=a.yaml --filename=b.yaml --pack-name=web --cluster-uid=abc',
  ],
  ['asks the same snapshot', ['--snapshot', 'prod.json'], 'kubectl palette-audit --snapshot=prod.json'],
  [
    'names the variables that had a value, and leaves the values to fill in',
    ['-f', 'a.yaml', '--var', 'x=canary', '--var', 'a b=canary'],
    "kubectl palette-audit --filename=a.yaml --var=x=<VALUE> --var='a b'=<VALUE>",
  ],
  [
    'leaves what is secret to fill in',
    ['--token', 'canary', '--server', 'https://one.example'],
    'kubectl palette-audit --server=https://one.example --token=<TOKEN>',
  ],
  [
    'trusts the same certificates',
    ['-s', 'https://x', '--certificate-authority', 'my ca', '--tls-server-name', 'api', '--client-certificate', 'c'],
    "kubectl palette-audit --server=https://x --tls-server-name=api --certificate-authority='my ca' --client-certificate=c",
  ],
  [
    'shows the same key, and no more trust than was given',
    ['--client-key', 'k', '--insecure-skip-tls-verify'],
    'kubectl palette-audit --client-key=k --insecure-skip-tls-verify',
  ],
  [
    'asks for a file where standard input was one',
    ['-f', '-', '-f', 'b.yaml'],
    'kubectl palette-audit --filename=<FILE> --filename=b.yaml',
  ],
  ['reads no more than was asked for', ['--without-releases'], 'kubectl palette-audit --without-releases'],
  [
    'believes what was accepted',
    ['removal', '--accept', 'claimed', '--accept', 'inferred'],
    'kubectl palette-audit --accept=claimed,inferred',
  ],
  [
    'asks on behalf of the same user and groups',
    ['--as', 'jane', '--as-group', 'dev', '--as-group', 'ops', '--as-uid', '7'],
    'kubectl palette-audit --as=jane --as-group=dev --as-group=ops --as-uid=7',
  ],
];

describe('a suggested command', () => {
  for (const [says, argv, expected] of CASES) {
    it(says, async () => {
      const invocation = await parseArguments(argv);
      assert.ok(invocation.kind === 'run');
      assert.equal(suggestedCommand(invocation), expected);
    });
  }

  const whole = CASES.filter(([, , expected]) => !expected.includes('<'));
  for (const [says, argv] of whole) {
    it(`${says}, and asks the same when it is run`, async () => {
      const [first = ''] = argv;
      const asked = await parseArguments(argv);
      assert.ok(asked.kind === 'run');
      const again = await parseArguments([
        ...wordsOf(suggestedCommand(asked)).slice(2),
        ...(first === 'removal' ? [first] : []),
      ]);
      assert.ok(again.kind === 'run');
      const everywhere = { ...asked.subject, namespaces: [] };
      assert.deepEqual([again.connection, again.subject, again.command], [asked.connection, everywhere, asked.command]);
    });
  }

  it('of a snapshot that is there names its file as one word', () => {
    assert.equal(suggestedAudit('prod.json'), 'kubectl palette-audit --snapshot=prod.json');
    assert.equal(suggestedAudit('a $(b) c'), "kubectl palette-audit --snapshot='a $(b) c'");
  });
});

/** The words that a shell would make of a command line of plain and quoted text. */
function wordsOf(line: string): readonly string[] {
  const words = line.match(/(?:'[^']*'|\\'|[^\s'\\])+/gu) ?? [];
  return words.map((one) => one.replaceAll(/'([^']*)'|\\(')/gu, '$1$2'));
}

const HELM_CASES: readonly (readonly [says: string, argv: readonly string[], expected: string])[] = [
  ['is plain where nothing chose a cluster', ['-n', 'shop'], 'helm'],
  [
    'asks the same context of the same kubeconfig',
    ['--kubeconfig', 'my file', '--context', 'prod'],
    "helm --kubeconfig='my file' --kube-context=prod",
  ],
  [
    'acts for the same user and groups',
    ['--as', 'jane', '--as-group', 'dev', '--as-group', 'ops'],
    'helm --kube-as-user=jane --kube-as-group=dev --kube-as-group=ops',
  ],
  ['is not known for a cluster, which Helm has no flag for', ['--cluster', 'prod'], ''],
  ['is not known for a user', ['--user', 'me'], ''],
  [
    'asks the same server, and leaves what is secret to fill in',
    ['--server', 'https://one.example', '--token', 'canary'],
    'helm --kube-apiserver=https://one.example --kube-token=<TOKEN>',
  ],
  [
    'trusts the same certificates',
    ['--certificate-authority', 'my ca', '--tls-server-name', 'api'],
    "helm --kube-tls-server-name=api --kube-ca-file='my ca'",
  ],
  ['trusts no more than was given', ['--insecure-skip-tls-verify'], 'helm --kube-insecure-skip-tls-verify'],
  ['is not known for a certificate to log in with', ['--client-certificate', 'me.crt'], ''],
  ['is not known for a key to log in with', ['--client-key', 'me.key'], ''],
  ['asks for the context that a snapshot is of', ['--snapshot', 'prod.json'], 'helm --kube-context=<CONTEXT>'],
  ['is not known for a UID', ['--as', 'jane', '--as-uid', '7'], ''],
];

describe('Helm in a suggested command', () => {
  for (const [says, argv, expected] of HELM_CASES) {
    it(says, async () => {
      const invocation = await parseArguments(argv);
      assert.ok(invocation.kind === 'run');
      assert.equal(suggestedHelm(invocation), expected);
    });
  }
});
