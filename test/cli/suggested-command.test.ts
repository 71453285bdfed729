import assert from 'node:assert/strict';
import { parseArguments } from '../../src/cli/arguments.ts';
import { suggestedCommand, suggestedHelm } from '../../src/cli/suggested-command.ts';

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
  ['repeats no value of a variable', ['-f', 'a.yaml', '--var', 'x=canary'], 'kubectl palette-audit --filename=a.yaml'],
  ['repeats nothing secret', ['--token', 'canary', '--server', 'https://canary'], 'kubectl palette-audit'],
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
});

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
