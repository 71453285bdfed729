import assert from 'node:assert/strict';
import { parseArguments } from '../../src/cli/arguments.ts';
import { UserError } from '../../src/model/errors.ts';

async function refusal(...argv: readonly string[]): Promise<UserError> {
  try {
    await parseArguments(argv);
  } catch (error) {
    if (error instanceof UserError) return error;
    throw error;
  }
  return assert.fail(`understood: ${argv.join(' ')}`);
}

describe('arguments that are refused', () => {
  const cases: readonly { argv: readonly string[]; says: RegExp; remedy?: RegExp }[] = [
    { argv: ['--contxt', 'a'], says: /unknown option "--contxt"/, remedy: /--context\?/ },
    { argv: ['--tokn=SECRET'], says: /unknown option "--tokn"$/, remedy: /--token\?/ },
    { argv: ['--no-colour'], says: /unknown option/ },
    { argv: ['--headers'], says: /unknown option/ },
    { argv: ['--__proto__=1'], says: /unknown option/ },
    { argv: ['--_=1'], says: /unknown option/ },
    { argv: ['-x'], says: /unknown option "-x"/ },
    { argv: ['-Ax'], says: /unknown option "-x"/ },
    { argv: ['nmespaces'], says: /unknown command "nmespaces"/, remedy: /namespaces\?/ },
    { argv: ['snap'], says: /unknown command/, remedy: /snapshot\?/ },
    { argv: ['constructor'], says: /unknown command/ },
    { argv: ['a\u001b[31m\u202eb'], says: /unknown command "a\\u\{1b\}\[31m\\u\{202e\}b"/ },
    { argv: ['audit', 'more'], says: /audit takes no argument, and got "more"/ },
    { argv: ['rbac', 'more'], says: /rbac takes no argument, and got "more"/ },
    { argv: ['rbac', '--wildcard', '--without-secrets'], says: /--wildcard grants Secrets too/ },
    { argv: ['rbac', '--without-releases'], says: /rbac takes no --without-releases/ },
    { argv: ['rbac', '-A'], says: /rbac takes no --all-namespaces/ },
    { argv: ['rbac', '--removal', '-n', 'a'], says: /--removal is about the whole cluster/ },
    { argv: ['audit', '--wildcard'], says: /audit takes no --wildcard/ },
    { argv: ['--context'], says: /--context needs a value/ },
    { argv: ['-n'], says: /-n needs a value/ },
    { argv: ['-n', 'a', '-A'], says: /--namespace and --all-namespaces/ },
    {
      argv: ['--insecure-skip-tls-verify', '--certificate-authority', 'ca.crt'],
      says: /--insecure-skip-tls-verify and --certificate-authority/,
    },
    { argv: ['--snapshot', 's', '--context', 'c'], says: /--snapshot and --context/ },
    { argv: ['--snapshot', 's', '--request-timeout', '5s'], says: /--snapshot and --request-timeout/ },
    { argv: ['--snapshot', 's', '--cluster-uid', 'u'], says: /--snapshot and --cluster-uid/ },
    { argv: ['--snapshot', 's', '--without-releases'], says: /--snapshot and --without-releases/ },
    { argv: ['--snapshot', 's', '--var', 'a=SECRET'], says: /--var cannot change a snapshot/ },
    { argv: ['--snapshot='], says: /--snapshot is empty/ },
    { argv: ['-f', ''], says: /--filename is empty/ },
    { argv: ['-f', '-', '-f', '-'], says: /standard input is given twice/ },
    { argv: ['--pack-name', 'p'], says: /no file is given/ },
    { argv: ['-n', 'a,,b'], says: /--namespace has an empty part/ },
    { argv: ['-n', ''], says: /--namespace has an empty part/ },
    { argv: ['-n', 'Payments'], says: /"Payments" cannot be the name of a namespace/ },
    { argv: ['-n', 'a'.repeat(64)], says: /cannot be the name/ },
    { argv: ['-o', 'xml'], says: /--output "xml" is not known/, remedy: /table, wide, json, yaml, name, markdown/ },
    { argv: ['--fail-on', 'info'], says: /--fail-on "info"/ },
    { argv: ['--color', 'sometimes'], says: /--color "sometimes"/ },
    { argv: ['--chunk-size', '-1'], says: /--chunk-size "-1" is no whole number/ },
    { argv: ['--chunk-size', '9'.repeat(20)], says: /no whole number/ },
    { argv: ['-v', '--help'], says: /--v "--help"/ },
    { argv: ['--request-timeout', '5 s'], says: /is no duration/ },
    { argv: ['--request-timeout', ''], says: /is no duration/ },
    { argv: ['--request-timeout', '-5s'], says: /is no duration/ },
    { argv: ['--request-timeout', '5days'], says: /is no duration/ },
    { argv: ['--request-timeout', '9999h'], says: /is no duration/ },
    { argv: ['--no-headers=maybe'], says: /neither true nor false/ },
    { argv: ['--var', 'SECRET'], says: /^--var needs a name, an equals sign and a value$/ },
    { argv: ['--var', '=1'], says: /--var needs a name/ },
    { argv: ['snapshot'], says: /one file/ },
    { argv: ['snapshot', 'a', 'b'], says: /one file/ },
    { argv: ['snapshot', '-'], says: /one file/ },
    { argv: ['snapshot', 's', '-n', 'a'], says: /snapshot takes no --namespace/ },
    { argv: ['snapshot', 's', '--snapshot', 't'], says: /snapshot takes no --snapshot/ },
    { argv: ['--force'], says: /audit takes no --force/ },
    { argv: ['namespaces', '-l', 'a=b'], says: /namespaces takes no --selector/ },
    {
      argv: ['explain'],
      says: /explain takes one resource, and got nothing/,
      remedy: /explain TYPE\/NAME -n NAMESPACE/,
    },
    { argv: ['explain', 'pod'], says: /explain takes one resource, and got "pod"/ },
    { argv: ['explain', 'pod/'], says: /explain takes one resource, and got "pod\/"/ },
    { argv: ['explain', '/a'], says: /explain takes one resource/ },
    { argv: ['explain', 'pod', 'a', 'b'], says: /explain takes one resource, and got "pod a b"/ },
    { argv: ['explain', 'cm/a', 'cm/b'], says: /explain takes one resource/ },
    { argv: ['explain', 'cm,secret', 'a'], says: /explain takes one resource/ },
    { argv: ['explain', 'ns/a/b'], says: /explain takes one resource/ },
    { argv: ['explain', 'ns/a', 'b'], says: /explain takes one resource/ },
    { argv: ['explain', 'ns/a', '-n', 'b'], says: /names the namespace already/, remedy: /Leave -n out/ },
    { argv: ['explain', 'cm/a', '-A'], says: /explain takes no --all-namespaces/ },
    { argv: ['version', 'more'], says: /version takes no argument/ },
  ];
  for (const { argv, says, remedy = /./ } of cases) {
    it(JSON.stringify(argv), async () => {
      const error = await refusal(...argv);
      assert.match(error.message, says);
      assert.match(error.remedy, remedy);
      assert.equal(error.exitCode, 2);
      assert.doesNotMatch(error.message + error.remedy, /SECRET/);
    });
  }
});
