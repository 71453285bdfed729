import { at, listAt, textAt } from '../../../src/cluster/json.ts';

/** A reason why the deletion may not end, as the answer in JSON tells it. */
export interface Announced {
  readonly cause: string;
  readonly finalizer: string;
  readonly resources: string;
}

/** What `removal -o json` says, for whoever holds it against a cluster. */
export interface Predicted {
  /** UIDs of all that goes, with a text that names the object; without Events, which come and go by themselves. */
  readonly goes: ReadonlyMap<string, string>;
  /** How many objects go, all counted. */
  readonly count: number;
  /** Names of the namespaces that go. */
  readonly namespaces: readonly string[];
  readonly hangs: readonly Announced[];
  readonly hooks: readonly string[];
  readonly kept: readonly string[];
  readonly verdict: string;
}

/** Reads an answer without the program's own code for it. */
export function predictedBy(answer: string): Predicted {
  const report: unknown = JSON.parse(answer);
  const removals = listAt(report, 'removals');
  const all = removals.flatMap((removal) => listAt(removal, 'namespaces'));
  const namespaces = all.filter((one) => textAt(one, 'fate') === 'destroyed' && textAt(one, 'uid') !== undefined);
  const groups = all.flatMap((one) => listAt(one, 'groups'));
  const outside = removals.flatMap((removal) => listAt(removal, 'outside'));
  const resources = [...groups, ...outside].flatMap((group) => listAt(group, 'resources'));
  const lasting = resources.filter((one) => text(one, 'kind') !== 'Event');
  return {
    goes: new Map([
      ...namespaces.map((one) => entry(one, `Namespace ${text(one, 'namespace')}`)),
      ...lasting.map((one) => entry(one, `${text(one, 'kind')} ${text(one, 'namespace')}/${text(one, 'name')}`)),
    ]),
    count: new Set([...namespaces, ...resources].map((one) => text(one, 'uid'))).size,
    namespaces: namespaces.map((one) => text(one, 'namespace')),
    hangs: removals.flatMap((removal) => listAt(removal, 'hangs')).map(announced),
    hooks: removals.flatMap((removal) => listAt(removal, 'hooks')).map((one) => text(one, 'name')),
    kept: removals
      .flatMap((removal) => listAt(removal, 'kept'))
      .map((one) => `${text(one, 'name')} ${at(one, 'saved') === true ? 'saved' : 'not saved'}`),
    verdict: text(report, 'verdict'),
  };
}

function announced(hang: unknown): Announced {
  return {
    cause: text(hang, 'cause'),
    finalizer: textAt(hang, 'facts', 'finalizer') ?? '',
    resources: textAt(hang, 'facts', 'resources') ?? '',
  };
}

function entry(one: unknown, name: string): [string, string] {
  return [text(one, 'uid'), name];
}

function text(one: unknown, key: string): string {
  return textAt(one, key) ?? '';
}
