import assert from 'node:assert/strict';
import { parseArguments } from '../../src/cli/arguments.ts';
import { UserError } from '../../src/model/errors.ts';
import { ACCEPTABLE } from '../../src/model/removal.ts';
async function command(...argv: readonly string[]): Promise<unknown> {
  const invocation = await parseArguments(argv);
  return invocation.kind === 'run' ? invocation.command : assert.fail('not a run');
}

const pack = (name: string) => ({ kind: 'pack', name });
const profile = (name: string) => ({ kind: 'profile', name });

describe('what removal is asked', () => {
  const cases: readonly { readonly argv: readonly string[]; readonly targets: readonly unknown[] }[] = [
    { argv: [], targets: [] },
    { argv: ['pack/a'], targets: [pack('a')] },
    { argv: ['profile/a'], targets: [profile('a')] },
    { argv: ['pack/a', 'profile/a', 'pack/b'], targets: [pack('a'), profile('a'), pack('b')] },
    { argv: ['pack/a', 'pack/a', 'PACKS/a'], targets: [pack('a')] },
    { argv: ['pack', 'a', 'b'], targets: [pack('a'), pack('b')] },
    { argv: ['profiles', 'a'], targets: [profile('a')] },
    { argv: ['pack/a--b'], targets: [pack('a--b')] },
    { argv: ['pack/a/b'], targets: [pack('a/b')] },
    { argv: ['pack/constructor', 'profile/__proto__'], targets: [pack('constructor'), profile('__proto__')] },
  ];
  for (const { argv, targets } of cases) {
    it(`removal ${argv.join(' ')}`, async () => {
      assert.deepEqual(await command('removal', ...argv), { name: 'removal', targets, to: undefined, accept: [] });
    });
  }

  it('a file with the new version of a profile', async () => {
    assert.deepEqual(await command('removal', '--to', 'next.yaml'), {
      name: 'removal',
      targets: [],
      to: 'next.yaml',
      accept: [],
    });
  });

  it('each doubt that may be accepted, apart by commas or given several times', async () => {
    const given = await command('removal', 'pack/a', '--accept', ACCEPTABLE.slice(1).join(','), '--accept', 'claimed');
    assert.deepEqual(given, {
      name: 'removal',
      targets: [pack('a')],
      to: undefined,
      accept: [...ACCEPTABLE.slice(1), 'claimed'],
    });
  });

  const refused: readonly (readonly [argv: readonly string[], says: RegExp])[] = [
    [['a'], /removal takes pack\/NAME or profile\/NAME, and got "a"/],
    [['pack'], /and got "pack"/],
    [['pack/'], /and got "pack\/"/],
    [['/a'], /and got "\/a"/],
    [['namespace/a'], /and got "namespace\/a"/],
    [['pack/a', 'b'], /and got "b"/],
    [['constructor/a'], /and got "constructor\/a"/],
    [['pack/a', '--to', 'next.yaml'], /names or --to, and got both/],
    [['pack/a', '--accept', 'coverage'], /--accept "coverage" is not known/],
    [['pack/a', '--accept', 'constructor'], /--accept "constructor" is not known/],
    [['pack/a', '--accept', ''], /--accept has an empty part/],
    [['pack/a', '--fail-on', 'info'], /--fail-on "info"/],
  ];
  for (const [argv, says] of refused) {
    it(`removal ${argv.join(' ')} is refused`, async () => {
      await assert.rejects(
        parseArguments(['removal', ...argv]),
        (error) => error instanceof UserError && says.test(error.message),
      );
    });
  }

  it('an audit takes neither --to nor --accept, nor --fail-on data', async () => {
    for (const argv of [
      ['--to', 'next.yaml'],
      ['--accept', 'claimed'],
      ['--fail-on', 'data'],
    ])
      await assert.rejects(parseArguments(argv), UserError, argv.join(' '));
  });
});
