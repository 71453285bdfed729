import type { Separation } from '../model/report.ts';
import { compareText } from '../model/resource.ts';
import type { Subject } from '../model/subject.ts';

/** What of a pack in a namespace is costly to move. */
interface State {
  readonly volumes: number;
  readonly balancers: number;
}

/** Of a pack that stays anyway. */
const NOTHING_COSTLY: State = { volumes: 0, balancers: 0 };

function stateOf(pack: string, namespace: string, { attributions }: Subject): State {
  const core = attributions.filter(
    ({ object, owner }) =>
      object.namespace === namespace && object.type.group === '' && owner.kind === 'pack' && owner.pack === pack,
  );
  return {
    volumes: core.filter(({ object }) => object.type.kind === 'PersistentVolumeClaim').length,
    balancers: core.filter(({ object }) => object.type.kind === 'Service' && object.facts.type === 'LoadBalancer')
      .length,
  };
}

/** Data is lost where it cannot be moved, an address only changes: volumes count first. */
function compareState(a: State, b: State): number {
  return b.volumes - a.volumes || b.balancers - a.balancers;
}

/** A shared namespace, and the packs that a removal takes out of it anyway. */
interface Shared {
  readonly namespace: string;
  readonly going: ReadonlySet<string>;
}

/**
 * Which pack keeps a shared namespace: one that is about to be removed, for the others have to leave before it; then
 * the one with most state in it, then the one whose name the namespace bears, then the first by name. The same packs
 * give the same answer in every run.
 */
export function whoStays(
  packs: readonly string[],
  { namespace, going }: Shared,
  subject: Subject,
): Pick<Separation, 'stays' | 'why'> {
  const ranked = packs
    .map((pack) => ({
      pack,
      goes: going.has(pack),
      state: packs.length > 1 ? stateOf(pack, namespace, subject) : NOTHING_COSTLY,
      named: bears(namespace, pack),
    }))
    .toSorted(
      (a, b) =>
        Number(b.goes) - Number(a.goes) ||
        compareState(a.state, b.state) ||
        Number(b.named) - Number(a.named) ||
        compareText(a.pack, b.pack),
    );
  const [first, second] = ranked;
  if (first === undefined) return { stays: '', why: 'only pack' };
  if (second === undefined) return { stays: first.pack, why: 'only pack' };
  if (first.goes) return { stays: first.pack, why: 'removed' };
  if (compareState(first.state, second.state) < 0) return { stays: first.pack, why: 'state' };
  return { stays: first.pack, why: first.named && !second.named ? 'name' : 'order' };
}

function bears(namespace: string, pack: string): boolean {
  return namespace === pack || pack.endsWith(`--${namespace}`);
}
