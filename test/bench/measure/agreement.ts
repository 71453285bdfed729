import { at, listAt, textAt } from '../../../src/cluster/json.ts';

/** What each program said of the same cluster, while nothing moved in it. */
export interface Said {
  /** The text of a snapshot file: all that the audit saw. */
  readonly snapshot: string;
  /** Lines of the floor: `type uid`, `release name`. */
  readonly floor: string;
  /** Lines of `-o name`, by the name of the program. Some leave Events out. */
  readonly names: Readonly<Record<string, string>>;
  readonly releases: number;
}

/** What all of them saw. */
export interface Agreed {
  /** Objects, each once: an Event is served as two types. */
  readonly objects: number;
  readonly events: number;
  readonly types: number;
  readonly releases: number;
}

interface Seen {
  /** `kind.group/name`, as `-o name` has it. */
  readonly name: string;
  /** The UID; what is computed on request has none, and goes by its name. */
  readonly identity: string;
  readonly isEvent: boolean;
}

const EVENT = /^event(\.events\.k8s\.io)?\//;

function seenIn(snapshot: string): readonly Seen[] {
  const content: unknown = JSON.parse(snapshot);
  const kinds = listAt(content, 'types').map((type) => {
    const group = textAt(type, 'group') ?? '';
    return `${(textAt(type, 'kind') ?? '').toLowerCase()}${group === '' ? '' : `.${group}`}`;
  });
  return listAt(content, 'objects').map((object) => {
    const objectName = textAt(object, 'name') ?? '';
    const name = `${kinds[Number(at(object, 'type'))] ?? '?'}/${objectName}`;
    const uid = textAt(object, 'uid') ?? '';
    return { name, identity: uid === '' ? objectName : uid, isEvent: EVENT.test(name) };
  });
}

function linesOf(text: string): readonly string[] {
  return text.split('\n').filter((line) => line !== '');
}

/** Throws an Error that names the first of what only one of both has. */
function sameOrThrow(who: string, theirs: readonly string[], ours: readonly string[]): void {
  const [left, right] = [theirs.toSorted(), ours.toSorted()];
  if (left.length === right.length && left.every((one, index) => one === right[index])) return;
  const [theirSet, ourSet] = [new Set(left), new Set(right)];
  const onlyTheirs = left.filter((one) => !ourSet.has(one)).slice(0, 3);
  const onlyOurs = right.filter((one) => !theirSet.has(one)).slice(0, 3);
  throw new Error(
    `${who} saw ${String(left.length)} objects and the audit ${String(right.length)}: only there ${onlyTheirs.join(', ')}; only here ${onlyOurs.join(', ')}`,
  );
}

/** The second name of each Event, which is the same object, is left out. */
function withoutAliases(lines: readonly string[]): readonly string[] {
  return lines.filter((line) => !line.startsWith('event.events.k8s.io/'));
}

/**
 * Holds what the programs saw against each other, object by object, and throws an Error where they differ: one that
 * reads less is no faster. Of programs that leave Events out the rest is compared.
 */
export function agreementOf({ snapshot, floor, names, releases }: Said): Agreed {
  const seen = seenIn(snapshot);
  const events = seen.filter(({ isEvent }) => isEvent);
  if (seen.length === 0 || events.length === 0) throw new Error('the audit saw no objects, or no Events');
  const lines = linesOf(floor).map((line) => line.split(' '));
  const objects = lines.filter(([type]) => type !== 'release');
  const records = lines.length - objects.length;
  if (records !== releases) throw new Error(`the floor read ${String(records)} releases of ${String(releases)}`);
  sameOrThrow('the floor', [...new Set(objects.map(([, uid = '']) => uid))], unique(seen));
  for (const [who, text] of Object.entries(names)) {
    const theirs = withoutAliases(linesOf(text));
    const hasEvents = theirs.some((line) => EVENT.test(line));
    const ours = seen.filter(({ isEvent }) => hasEvents || !isEvent);
    sameOrThrow(
      who,
      theirs,
      ours.map(({ name }) => name.replace(/^event\.events\.k8s\.io\//, 'event/')),
    );
  }
  const types = new Set(objects.map(([type]) => type)).size;
  return { objects: seen.length, events: events.length, types, releases };
}

function unique(seen: readonly Seen[]): readonly string[] {
  return [...new Set(seen.map(({ identity }) => identity))];
}
