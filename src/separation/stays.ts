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

/**
 * Which pack keeps a shared namespace: the one with most state in it, then the one whose name the namespace bears,
 * then the first by name. The same packs give the same answer in every run.
 */
export function whoStays(
  packs: readonly string[],
  namespace: string,
  subject: Subject,
): Pick<Separation, 'stays' | 'why'> {
  const ranked = packs
    .map((pack) => ({
      pack,
      state: packs.length > 1 ? stateOf(pack, namespace, subject) : NOTHING_COSTLY,
      named: bears(namespace, pack),
    }))
    .toSorted(
      (a, b) => compareState(a.state, b.state) || Number(b.named) - Number(a.named) || compareText(a.pack, b.pack),
    );
  const [first, second] = ranked;
  if (first === undefined) return { stays: '', why: 'only pack' };
  if (second === undefined) return { stays: first.pack, why: 'only pack' };
  if (compareState(first.state, second.state) < 0) return { stays: first.pack, why: 'state' };
  return { stays: first.pack, why: first.named && !second.named ? 'name' : 'order' };
}

function bears(namespace: string, pack: string): boolean {
  return namespace === pack || pack.endsWith(`--${namespace}`);
}
