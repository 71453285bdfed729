import type { ClusterPorts } from '../../cluster/options.ts';
import type { OptionName } from '../options.ts';
import type { Ports } from '../ports.ts';
import { knownBy, type Known } from './known.ts';
import { listOffers, NOTHING, offersText, plainOffers, type Offers } from './offers.ts';
import { operandOffers } from './operands.ts';
import { placeOf, type Place } from './place.ts';
import { commandOffers, optionOffers, valueOffers } from './words.ts';

/** How long somebody who presses a key waits at most, in milliseconds. */
const PATIENCE_MS = 3_000;

/**
 * Answers what may stand for the last of these arguments, by kubectl's protocol for plugins. Never rejects, and says
 * nothing of what fails: an empty answer is one, too. Asks nobody for a password, and gives up after 3 s.
 */
export async function complete(argv: readonly string[], ports: Ports): Promise<string> {
  const place = placeOf(argv);
  if (place === undefined) return offersText(NOTHING, '');
  const signal = AbortSignal.any([ports.signal, AbortSignal.timeout(ports.limits?.runMs ?? PATIENCE_MS)]);
  const offers = offersAt(place, () => knownBy(place, quietPorts(ports, signal)));
  return offersText(await Promise.race([offers, aborted(signal)]).catch(() => NOTHING), place.typed);
}

async function offersAt(place: Place, known: () => Known): Promise<Offers> {
  switch (place.kind) {
    case 'command':
      return commandOffers();
    case 'option':
      return optionOffers(place, place.typed);
    case 'operand':
      return operandOffers(place, place.typed, known);
    case 'value':
      return (
        valueOffers(place.option, place.command, place.typed) ?? namedOffers(place.option.name, place.typed, known)
      );
  }
}

const KUBECONFIG_LISTS: ReadonlyMap<OptionName, 'contexts' | 'clusters' | 'users'> = new Map([
  ['context', 'contexts'],
  ['cluster', 'clusters'],
  ['user', 'users'],
]);

/** Values that kubeconfig or cluster know. */
async function namedOffers(option: OptionName, typed: string, known: () => Known): Promise<Offers> {
  const kind = KUBECONFIG_LISTS.get(option);
  if (kind !== undefined) return plainOffers(await known().entries(kind));
  if (option === 'namespace') return listOffers(typed, await known().namespaces());
  return option === 'cluster-uid' ? plainOffers(await known().clusterUids()) : NOTHING;
}

function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('it took too long')), { once: true });
  });
}

/** Each question is asked once, and nothing reaches the terminal on which somebody is typing. */
function quietPorts({ env, now, limits }: Ports, signal: AbortSignal): ClusterPorts {
  const once = { connectMs: PATIENCE_MS, headersMs: PATIENCE_MS, requestMs: PATIENCE_MS, maxAttempts: 1 };
  return {
    env,
    now,
    signal,
    limits: { ...once, pluginMs: PATIENCE_MS, ...limits },
    warn: () => {},
    log: () => {},
    progress: () => {},
    unattended: true,
  };
}
