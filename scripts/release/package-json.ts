import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What a release reads of package.json. */
export interface PackageJson {
  readonly name: string;
  readonly version: string;
  readonly description: string;
  readonly license: string;
  /** Commands and the files behind them. */
  readonly bin: ReadonlyMap<string, string>;
}

/** @throws {Error} when a field is missing. */
export function readPackageJson(folder: string): PackageJson {
  const json: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const [name = '', version = '', description = '', license = ''] = ['name', 'version', 'description', 'license'].map(
    (field) => required(member(json, field), field),
  );
  const bin = new Map(
    Object.entries(Object(member(json, 'bin') ?? {})).map(([key, path]) => [key, required(path, key)]),
  );
  return { name, version, description, license, bin };
}

/** A member of a JSON object; undefined when there is none. */
export function member(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
}

/** The text of a member; empty when it has none. */
export function textOf(value: unknown, key: string): string {
  const text = member(value, key);
  return typeof text === 'string' ? text : '';
}

function required(value: unknown, field: string): string {
  if (typeof value === 'string' && value !== '') return value;
  throw new Error(`package.json says no ${field}`);
}
