import { isRecord } from './json.ts';
import { compareText } from '../model/resource.ts';

/** A value whose JSON has sorted keys; a Map becomes its sorted entries, an undefined field is left out. */
function stable(value: unknown): unknown {
  if (value instanceof Map) {
    const entries = [...value.entries()].map(([key, entry]): [string, unknown] => [String(key), stable(entry)]);
    return entries.toSorted(([a], [b]) => compareText(a, b));
  }
  if (Array.isArray(value)) return value.map(stable);
  if (!isRecord(value)) return value;
  const sorted = Object.entries(value).toSorted(([a], [b]) => compareText(a, b));
  return Object.fromEntries(sorted.map(([key, entry]) => [key, stable(entry)]));
}

function lines(value: unknown): string {
  const plain = stable(value);
  if (!Array.isArray(plain) || plain.length === 0) return JSON.stringify(plain);
  return `[\n${plain.map((entry) => JSON.stringify(entry)).join(',\n')}\n]`;
}

/** JSON that is the same for the same content: fields sorted, one line for each entry of an outermost list. */
export function stableJson(fields: ReadonlyMap<string, unknown>): string {
  const sorted = [...fields.entries()].toSorted(([a], [b]) => compareText(a, b));
  return `{\n${sorted.map(([key, value]) => `${JSON.stringify(key)}:${lines(value)}`).join(',\n')}\n}\n`;
}
