import type { ObjectFacts } from '../model/inventory.ts';
import type { ResourceType } from '../model/resource.ts';
import { typeName } from '../model/resource.ts';

type Fact = keyof ObjectFacts;

/** Printer columns by type and by their names in lower case without blanks; found by name, never by place. */
const COLUMNS: ReadonlyMap<string, ReadonlyMap<string, Fact>> = new Map([
  ['secrets', new Map<string, Fact>([['type', 'type']])],
  ['services', new Map<string, Fact>([['type', 'type']])],
  [
    'persistentvolumeclaims',
    new Map<string, Fact>([
      ['status', 'status'],
      ['volume', 'volume'],
      ['capacity', 'capacity'],
      ['storageclass', 'storageClass'],
    ]),
  ],
  [
    'persistentvolumes',
    new Map<string, Fact>([
      ['reclaimpolicy', 'reclaimPolicy'],
      ['claim', 'claim'],
      ['capacity', 'capacity'],
      ['status', 'status'],
      ['storageclass', 'storageClass'],
    ]),
  ],
  ['leases.coordination.k8s.io', new Map<string, Fact>([['holder', 'holder']])],
]);

const ABSENT: ReadonlySet<string> = new Set(['', '<none>', '<unset>', '<unknown>']);

/** Reads the facts of one table row. */
export type FactsReader = (cells: readonly unknown[]) => ObjectFacts;

const NOTHING: ObjectFacts = {};

/** A reader for the rows of a table of `type` with these column names. */
export function factsReader(type: ResourceType, columns: readonly string[]): FactsReader {
  const wanted = COLUMNS.get(typeName(type));
  if (wanted === undefined) return () => NOTHING;
  const places: { readonly index: number; readonly fact: Fact }[] = [];
  for (const [index, column] of columns.entries()) {
    const fact = wanted.get(column.toLowerCase().replaceAll(' ', ''));
    if (fact !== undefined) places.push({ index, fact });
  }
  return (cells) => {
    const facts: { [Key in Fact]?: string } = {};
    for (const { index, fact } of places) {
      const cell = cells[index];
      if (typeof cell === 'string' && !ABSENT.has(cell)) facts[fact] = cell.slice(0, 256);
    }
    return facts;
  };
}
