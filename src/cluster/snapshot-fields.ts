import { at, isRecord } from './json.ts';

/** Says where a snapshot has not the form of one; never leaves the decoder. */
export class MalformedSnapshot extends Error {
  constructor(place: string, expected: string) {
    super(`${place} is not ${expected}`);
    this.name = 'MalformedSnapshot';
  }
}

/** Reads one object of a snapshot field by field; every method throws MalformedSnapshot naming the place. */
export interface Fields {
  readonly text: (key: string) => string;
  /** A point in time in RFC 3339, in UTC. */
  readonly time: (key: string) => string;
  readonly optionalText: (key: string) => string | undefined;
  readonly flag: (key: string) => boolean;
  readonly count: (key: string) => number;
  readonly oneOf: <Choice extends string>(key: string, choices: readonly Choice[]) => Choice;
  readonly object: <Value>(key: string, decode: (fields: Fields) => Value) => Value;
  readonly optionalObject: <Value>(key: string, decode: (fields: Fields) => Value) => Value | undefined;
  readonly has: (key: string) => boolean;
  readonly list: <Value>(key: string, decode: (fields: Fields) => Value) => readonly Value[];
  readonly texts: (key: string) => readonly string[];
  /** Lists of texts of one length, such as the entries of a map. */
  readonly rows: (key: string, width: number) => readonly (readonly string[])[];
  readonly map: (key: string) => ReadonlyMap<string, string>;
}

function listed(value: unknown, place: string): readonly unknown[] {
  if (Array.isArray(value)) return value;
  throw new MalformedSnapshot(place, 'a list');
}

function textOf(value: unknown, place: string): string {
  if (typeof value === 'string') return value;
  throw new MalformedSnapshot(place, 'a text');
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z$/;

function timeOf(value: unknown, place: string): string {
  const text = textOf(value, place);
  if (TIME.test(text) && !Number.isNaN(Date.parse(text))) return text;
  throw new MalformedSnapshot(place, 'a time');
}

function rowOf(value: unknown, place: string, width: number): readonly string[] {
  const row = listed(value, place);
  if (row.length !== width) throw new MalformedSnapshot(place, `${width} texts`);
  return row.map((entry) => textOf(entry, place));
}

/** A reader for `value`, which lies at `place` of the snapshot. */
export function fieldsOf(value: unknown, place: string): Fields {
  if (!isRecord(value)) throw new MalformedSnapshot(place, 'an object');
  const under = (key: string): string => `${place}.${key}`;
  const optionalText = (key: string): string | undefined => {
    const found = at(value, key);
    return found === undefined ? undefined : textOf(found, under(key));
  };
  const object: Fields['object'] = (key, decode) => decode(fieldsOf(at(value, key), under(key)));
  const entries = (key: string): readonly unknown[] => listed(at(value, key), under(key));
  const rows: Fields['rows'] = (key, width) => entries(key).map((entry) => rowOf(entry, under(key), width));
  return {
    has: (key) => at(value, key) !== undefined,
    optionalText,
    object,
    rows,
    text: (key) => textOf(at(value, key), under(key)),
    time: (key) => timeOf(at(value, key), under(key)),
    flag: (key) => {
      const found = at(value, key);
      if (typeof found === 'boolean') return found;
      throw new MalformedSnapshot(under(key), 'true or false');
    },
    count: (key) => {
      const found = at(value, key);
      if (typeof found === 'number' && Number.isSafeInteger(found)) return found;
      throw new MalformedSnapshot(under(key), 'a whole number');
    },
    oneOf: (key, choices) => {
      const found = choices.find((choice) => choice === at(value, key));
      if (found !== undefined) return found;
      throw new MalformedSnapshot(under(key), `one of ${choices.join(', ')}`);
    },
    optionalObject: (key, decode) => (at(value, key) === undefined ? undefined : object(key, decode)),
    list: (key, decode) => entries(key).map((entry, index) => decode(fieldsOf(entry, `${under(key)}[${index}]`))),
    texts: (key) => entries(key).map((entry) => textOf(entry, under(key))),
    map: (key) => new Map(rows(key, 2).map(([name = '', entry = '']) => [name, entry])),
  };
}
