import assert from 'node:assert/strict';
import {
  array,
  assert as holds,
  constantFrom,
  integer,
  letrec,
  nat,
  oneof,
  property,
  string,
  tuple,
  type Arbitrary,
} from 'fast-check';
import { memberReader, membersOf } from '../../src/cluster/json-members.ts';
import { isRecord } from '../../src/cluster/json.ts';

const SPACE = constantFrom('', '', '', ' ', '\n\t', '\r\n  ');
const NUMBERS = constantFrom('0', '-0', '12', '-3.25', '1e9', '1E-7', '2.5e+400', 'true', 'false', 'null');
const FIXED_KEYS = ['name', 'n\\u0061me', '__proto__', 'constructor', '', '1', 'é', '{', '\\"a', '\\\\a', '\\\\\\"a'];

/** None ends with a backslash: V8 13.6 then takes a key that ends with a quote for it (`JSON.parse` of `{"\\":1}`, `{"\"":1}`). */
const KEYS = oneof(
  constantFrom(...FIXED_KEYS),
  string().map((key) => JSON.stringify(key.replaceAll('\\', '/')).slice(1, -1)),
);

/** A text as JSON writes it, in one of several ways. */
const TEXT = oneof(
  string({ unit: 'grapheme' }).map((text) => JSON.stringify(text)),
  string().map((text) => JSON.stringify(text).replaceAll('/', '\\/').replaceAll('a', '\\u0061')),
  constantFrom('"\\\\"', '"\\\\\\""', '"]}"', '"\\ud800"', '"\u2028"', '"ZW5j\\nb2Rl"', '"{\\"a\\":[\\"b\\"]}"'),
);

function around(space: string, inner: readonly string[]): string {
  return inner.map((one) => `${space}${one}${space}`).join(',') || space;
}

const JSON_TEXT = letrec<{ readonly value: string; readonly object: string }>((tie) => {
  const member = tuple(
    oneof(
      KEYS,
      string().map((key) => JSON.stringify(key).slice(1, -1)),
    ),
    SPACE,
    tie('value'),
  );
  const list = array(
    member.map(([key, space, value]) => `"${key}"${space}:${space}${value}`),
    { maxLength: 6 },
  );
  const values: Arbitrary<string> = tuple(SPACE, array(tie('value'), { maxLength: 4 })).map(
    ([space, all]) => `[${around(space, all)}]`,
  );
  return {
    object: tuple(SPACE, list).map(([space, all]) => `${space}{${around(space, all)}}${space}`),
    value: oneof({ maxDepth: 4 }, TEXT, NUMBERS, values, tie('object')),
  };
}).object;

function members(json: string): ReadonlyMap<string, Buffer> | undefined {
  return membersOf(Buffer.from(json));
}

function parsed(json: string): unknown {
  try {
    // As bytes, for half a character is another one in them.
    return JSON.parse(Buffer.from(json).toString());
  } catch {
    return undefined;
  }
}

function agrees(json: string, expected: unknown): void {
  const found = members(json);
  if (!isRecord(expected)) assert.equal(found, undefined, json);
  else {
    const entries = [...(found ?? [])].map(([key, value]) => [key, JSON.parse(value.toString())] as const);
    assert.deepEqual(found && Object.fromEntries(entries), { ...expected }, json);
  }
}

function nested(depth: number): string {
  return `{"a":${'['.repeat(depth)}${']'.repeat(depth)}}`;
}

const REFUSED: readonly (readonly [says: string, json: string])[] = [
  ['nothing', ''],
  ['no object', '[]'],
  ['a text', '"{}"'],
  ['something behind it', '{} {}'],
  ['a byte order mark', '\u{feff}{}'],
  ['a comma before the end', '{"a":1,}'],
  ['a comma in a list before its end', '{"a":[1,]}'],
  ['no comma', '{"a":1 "b":2}'],
  ['no colon', '{"a" 1}'],
  ['no value', '{"a":}'],
  ['no key', '{1:1}'],
  ['a key that is not JSON', '{"\\x":1}'],
  ['a control in a key', '{"\u0001":1}'],
  ['a brace that a bracket closes', '{"a":{]}'],
  ['a bracket that a brace closes', '{"a":[}}'],
  ['an open text', '{"a":"b}'],
  ['an escaped end of a text', '{"a":"b\\"}'],
  ['a word that is none of JSON', '{"a":nul}'],
  ['a number that is none of JSON', '{"a":01}'],
  ['a space that is none of JSON', '{\u00a0"a":1}'],
];

describe('the members of a JSON object', () => {
  for (const [says, json] of REFUSED)
    it(`are not told of ${says}`, () => {
      assert.equal(members(json), undefined);
      assert.ok(!isRecord(parsed(json)));
    });

  it('are those that a parser finds, the last of a key that comes twice, whatever they are and however written', () => {
    holds(
      property(JSON_TEXT, (json) => agrees(json, parsed(json))),
      { numRuns: 5000 },
    );
  });

  it('are the same, and those of a member, where that one is read on the way', () => {
    let read = 0;
    holds(
      property(array(tuple(constantFrom('a', 'b', '\\u0061'), JSON_TEXT), { maxLength: 4 }), NUMBERS, (all, other) => {
        const json = Buffer.from(`{${[...all, ['c', other]].map(([key, value]) => `"${key}":${value}`).join(',')}}`);
        const inner = new Map<string, Buffer>();
        assert.deepEqual(membersOf(json, new Map([['a', memberReader(inner)]])), membersOf(json));
        const whole = membersOf(json)?.get('a');
        assert.deepEqual(inner, whole === undefined ? new Map() : membersOf(whole));
        read += inner.size;
      }),
      { numRuns: 2000 },
    );
    assert.ok(read > 1000, `only ${String(read)} were read`);
  });

  it('has none of a member that is no object the second time', () => {
    const inner = new Map<string, Buffer>();
    const outer = membersOf(Buffer.from('{"a":{"b":1},"a":[2]}'), new Map([['a', memberReader(inner)]]));
    assert.deepEqual([...(outer ?? [])].map(String), ['a,[2]']);
    assert.deepEqual(inner, new Map());
  });

  it('are not told of any that is cut', () => {
    holds(
      property(JSON_TEXT, nat(), (json, at) =>
        assert.equal(members(json.trimEnd().slice(0, -1 - (at % 40))), undefined),
      ),
      { numRuns: 2000 },
    );
  });

  it('are told or refused as by a parser where a letter is another, but for letters within texts', () => {
    const letter = constantFrom('', '"', '\\', '{', '}', '[', ']', ',', ':', '0', '-', 'e', '.', ' ', '\u0000', 'é');
    let refused = 0;
    holds(
      property(JSON_TEXT, nat(), integer({ min: 0, max: 1 }), letter, (json, at, taken, put) => {
        const place = at % json.length;
        const damaged = `${json.slice(0, place)}${put}${json.slice(place + taken)}`;
        const expected = parsed(damaged);
        if (isRecord(expected) || members(damaged) === undefined) agrees(damaged, expected);
        else assert.ok(isRecord(parsed(damaged.replaceAll(/"(?:[^"\\]|\\[^])*"/g, '""'))), damaged);
        if (expected === undefined) refused += 1;
      }),
      { numRuns: 20_000 },
    );
    assert.ok(refused > 2000, `only ${String(refused)} were damaged`);
  });

  it('are left to a parser where values lie too deep', () => {
    assert.deepEqual([...(members(nested(400)) ?? [])].length, 1);
    assert.equal(members(nested(100_000)), undefined);
  });
});
