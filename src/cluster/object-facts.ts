import type { ObjectFacts } from '../model/inventory.ts';
import type { ResourceType } from '../model/resource.ts';
import { typeName } from '../model/resource.ts';
import { pool } from './pool.ts';

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
  ['deployments.apps', new Map<string, Fact>([['ready', 'ready']])],
  ['statefulsets.apps', new Map<string, Fact>([['ready', 'ready']])],
  [
    'daemonsets.apps',
    new Map<string, Fact>([
      ['ready', 'ready'],
      ['desired', 'ready'],
    ]),
  ],
  ['ipaddresses.networking.k8s.io', new Map<string, Fact>([['parentref', 'parent']])],
  ['volumeattachments.storage.k8s.io', new Map<string, Fact>([['pv', 'volume']])],
]);

/** Whether printer columns of this type are read. */
export function hasFacts(type: ResourceType): boolean {
  return COLUMNS.has(typeName(type));
}

const ABSENT: ReadonlySet<string> = new Set(['', '<none>', '<unset>', '<unknown>']);

/** Reads the facts of one table row. */
export type FactsReader = (cells: readonly unknown[]) => ObjectFacts;

const NOTHING: ObjectFacts = {};

const shared = pool<ObjectFacts>();

const LONGEST = 256;

function cellText(cell: unknown): string {
  return typeof cell === 'number' ? String(cell) : typeof cell === 'string' ? cell : '';
}

/** A reader for the rows of a table of `type` with these column names. Columns of one fact are joined by a slash. */
export function factsReader(type: ResourceType, columns: readonly string[]): FactsReader {
  const wanted = COLUMNS.get(typeName(type));
  if (wanted === undefined) return () => NOTHING;
  const names = columns.map((column) => column.toLowerCase().replaceAll(' ', ''));
  const places = [...wanted]
    .map(([name, fact]) => ({ index: names.indexOf(name), fact }))
    .filter(({ index }) => index >= 0);
  return (cells) => {
    const facts: { [Key in Fact]?: string } = {};
    for (const { index, fact } of places) {
      const text = cellText(cells[index]);
      const before = facts[fact] === undefined ? '' : `${facts[fact]}/`;
      if (!ABSENT.has(text)) facts[fact] = `${before}${text.slice(0, LONGEST)}`;
    }
    return shared(JSON.stringify(facts), () => facts);
  };
}
