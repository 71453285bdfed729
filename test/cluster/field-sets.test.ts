import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { withoutFieldSets } from '../../src/cluster/field-sets.ts';

function without(text: string): string {
  return withoutFieldSets(Buffer.from(text)).toString();
}

/** The value with every object named so empty: what the text must mean afterwards. */
function emptied(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (key, member: unknown) =>
    key === 'fieldsV1' && typeof member === 'object' && member !== null && !Array.isArray(member) ? {} : member,
  );
}

describe('the sets of managed fields', () => {
  const cases = [
    ['are emptied', '{"fieldsV1":{"f:data":{"f:a":{}}},"manager":"helm"}', '{"fieldsV1":{},"manager":"helm"}'],
    ['are emptied each', '[{"fieldsV1":{"a":{}}},{"b":1,"fieldsV1":{}}]', '[{"fieldsV1":{}},{"b":1,"fieldsV1":{}}]'],
    [
      'may hold braces, quotes and backslashes in names',
      '{"fieldsV1":{"}\\"{\\\\":{}},"a":1}',
      '{"fieldsV1":{},"a":1}',
    ],
    ['may hold one another', '{"fieldsV1":{"b":0,"fieldsV1":{"a":1}},"a":1}', '{"fieldsV1":{},"a":1}'],
    ['are no text that speaks of them', '{"a":"{\\"fieldsV1\\":{\\"b\\":1}"}', '{"a":"{\\"fieldsV1\\":{\\"b\\":1}"}'],
    ['are no name that ends like theirs', '{"a,\\"fieldsV1":{"b":1}}', '{"a,\\"fieldsV1":{"b":1}}'],
    ['stay where they are written with spaces', '{ "fieldsV1": {"a":{}} }', '{ "fieldsV1": {"a":{}} }'],
    ['stay where the body is cut', '{"a":1,"fieldsV1":{"f:a":{}', '{"a":1,"fieldsV1":{"f:a":{}'],
    ['stay where the body is cut within a name', '{"a":1,"fieldsV1":{"f:a\\', '{"a":1,"fieldsV1":{"f:a\\'],
    ['leave what is not of ASCII', '{"é":"😀","fieldsV1":{"ü":{}},"ö":"x"}', '{"é":"😀","fieldsV1":{},"ö":"x"}'],
    ['may be none', '', ''],
  ] as const;
  for (const [name, text, expected] of cases) it(name, () => assert.equal(without(text), expected));

  it('are all that is missing, whatever else the body holds', () => {
    const keys = fc.oneof(fc.constantFrom('fieldsV1', '"fieldsV1', '\\', '{', '}'), fc.string());
    const json = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: 'medium' },
        keys,
        fc.integer(),
        fc.array(tie('value'), { maxLength: 3 }),
        fc.dictionary(keys, tie('value'), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(json.value, (value) => {
        assert.deepEqual(JSON.parse(without(JSON.stringify(value))), emptied(value));
      }),
      { numRuns: 2000 },
    );
  });

  it('of a body that is cut anywhere leave it cut', () => {
    const whole = '{"items":[{"metadata":{"managedFields":[{"fieldsV1":{"f:a":{"}":{}}}}],"name":"a"}}]}';
    for (let length = 1; length < whole.length; length += 1) {
      assert.throws(() => JSON.parse(without(whole.slice(0, length))), SyntaxError);
    }
  });
});
