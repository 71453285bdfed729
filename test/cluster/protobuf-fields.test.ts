import assert from 'node:assert/strict';
import { array, assert as holds, integer, nat, oneof, property, tuple, uint8Array } from 'fast-check';
import { fieldsOf } from '../../src/cluster/protobuf-fields.ts';
import { protobufMessage, type ProtobufField } from '../support/protobuf.ts';

const FIELD = tuple(
  integer({ min: 1, max: 3000 }),
  oneof(
    nat(),
    uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  ),
).map(([number, value]): ProtobufField => [number, value]);

const MALFORMED: readonly (readonly [says: string, bytes: readonly number[]])[] = [
  ['a tag without a value', [0x08]],
  ['a number that does not end', [0x08, 0x80]],
  ['a number of eleven bytes', [0x08, ...Array.from({ length: 10 }, () => 0x80), 0]],
  ['fewer bytes than told', [0x0a, 0x02, 0x61]],
  ['more bytes than there can be', [0x0a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f]],
  ['four of eight bytes', [0x09, 1, 2, 3, 4]],
  ['three of four bytes', [0x0d, 1, 2, 3]],
  ['the beginning of a group', [0x0b]],
  ['the end of a group', [0x0c]],
  ['a field without a number', [0x02, 0x00]],
];

describe('the fields of a protobuf message', () => {
  it('are the bytes that were put in, each under its number, in their order', () => {
    holds(
      property(array(FIELD, { maxLength: 8 }), (fields) => {
        const expected = new Map<number, Buffer[]>();
        for (const [number, value] of fields)
          if (Buffer.isBuffer(value)) expected.set(number, [...(expected.get(number) ?? []), value]);
        assert.deepEqual(fieldsOf(protobufMessage(...fields)), expected);
      }),
    );
  });

  it('may have numbers of fixed length between them', () => {
    const bytes = [0x09, 1, 2, 3, 4, 5, 6, 7, 8, 0x15, 1, 2, 3, 4, 0x1a, 1, 0x61];
    assert.deepEqual(fieldsOf(Buffer.from(bytes)), new Map([[3, [Buffer.from('a')]]]));
  });

  for (const [says, bytes] of MALFORMED)
    it(`are not told of ${says}`, () => assert.throws(() => fieldsOf(Buffer.from(bytes)), /^Error: not protobuf$/));

  it('are told of any bytes, or refused, and never lie beyond them', () => {
    holds(
      property(uint8Array({ maxLength: 40 }), (bytes) => {
        try {
          const told = [...fieldsOf(Buffer.from(bytes)).values()].flat();
          assert.ok(told.reduce((sum, { length }) => sum + length, 0) <= bytes.length);
        } catch (error) {
          assert.match(String(error), /^Error: not protobuf$/);
        }
      }),
      { numRuns: 5000 },
    );
  });
});
