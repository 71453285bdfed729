import type { Separation } from '../model/report.ts';
import { compareText } from '../model/resource.ts';
import type { Subject } from '../model/subject.ts';

/** Volumes and load balancers that a pack has in a namespace: what is costly to move. */
function stateOf(pack: string, namespace: string, { attributions }: Subject): number {
  return attributions.filter(({ object, owner }) => {
    const here = object.namespace === namespace && owner.kind === 'pack' && owner.pack === pack;
    const volume = object.type.group === '' && object.type.kind === 'PersistentVolumeClaim';
    const balancer = object.type.group === '' && object.type.kind === 'Service' && object.facts.type === 'LoadBalancer';
    return here && (volume || balancer);
  }).length;
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
    .map((pack) => ({ pack, state: stateOf(pack, namespace, subject), named: bears(namespace, pack) }))
    .toSorted((a, b) => b.state - a.state || Number(b.named) - Number(a.named) || compareText(a.pack, b.pack));
  const [first, second] = ranked;
  if (first === undefined) return { stays: '', why: 'only pack' };
  if (second === undefined) return { stays: first.pack, why: 'only pack' };
  if (first.state > second.state) return { stays: first.pack, why: 'state' };
  return { stays: first.pack, why: first.named && !second.named ? 'name' : 'order' };
}

function bears(namespace: string, pack: string): boolean {
  return namespace === pack || pack.endsWith(`--${namespace}`);
}
