import assert from 'node:assert/strict';
import { array, assert as holds, boolean, constantFrom, oneof, property, string, tuple } from 'fast-check';
import { tableLines } from '../../src/render/table.ts';

const STYLE = { width: 100, color: false, noHeaders: false };

describe('table', () => {
  const cell = string({ unit: constantFrom('a', 'B', '7', ' ', '-', '/', '…'), maxLength: 60 });
  const rows = array(tuple(cell, cell, cell), { maxLength: 70 });

  it('draws rows of plain letters as the library draws all others', () => {
    holds(
      property(rows, boolean(), constantFrom(40, 100, Number.POSITIVE_INFINITY), (plain, right, width) => {
        const columns = [{ head: 'FIRST', shrinks: true }, { head: 'SECOND', right }, { head: 'THIRD' }, { head: 'X' }];
        const lines = (last: string): readonly string[] =>
          tableLines(
            columns,
            plain.map((row) => [...row, last]),
            { ...STYLE, width },
          );
        // `é` is as wide as a plain letter, but none: a row that holds it is drawn by the library.
        assert.deepEqual(
          lines('x'),
          lines('é').map((line) => line.replace(/é$/u, 'x')),
        );
      }),
      { numRuns: 60 },
    );
  });

  it('draws rows that fit and are plain as it draws them in between others', () => {
    const odd = string({ unit: constantFrom('a', '#', '[', ' ', ':', '\u202e', 'é'), maxLength: 20 });
    const some = array(tuple(cell, cell, oneof(cell, odd)), { maxLength: 30 });
    holds(
      property(some, boolean(), constantFrom(40, Number.POSITIVE_INFINITY), (body, noHeaders, width) => {
        const columns = [{ head: 'FIRST', shrinks: true }, { head: 'SECOND', right: true }, { head: 'THIRD' }];
        const style = { ...STYLE, width, noHeaders };
        // Colours are drawn another way; no column here has any.
        assert.deepEqual(tableLines(columns, body, style), tableLines(columns, body, { ...style, color: true }));
      }),
      { numRuns: 100 },
    );
  });

  it('draws many rows in time that grows with their number alone', () => {
    const columns = Array.from({ length: 6 }, () => ({ head: 'HEAD' }));
    const many = Array.from({ length: 25_000 }, (_, at) => columns.map(() => `some-name-${String(at)}`));
    const before = process.cpuUsage().user;
    assert.equal(tableLines(columns, many, STYLE).length, 25_001);
    assert.ok(process.cpuUsage().user - before < 1_500_000, 'it took over 1.5 s');
  });
});
