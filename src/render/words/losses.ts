import type { Loss, LossCause, ResourceExplanation } from '../../model/explanation.ts';
import { grouped } from '../../model/grouped.ts';
import { count, distinct, list } from '../counts.ts';
import { typeName } from '../../model/resource.ts';
import { isComplete } from '../looked-at.ts';

const DEFINITIONS = 'customresourcedefinitions.apiextensions.k8s.io';

/** Worst and surest first. */
const ORDER: readonly LossCause[] = [
  'namespace',
  'own',
  'type',
  'claim',
  'owner',
  'follows',
  'stranded',
  'protected',
  'kept',
  'retained',
];

/** What the removal of packs does to the resource, a sentence for each way; or that none touches it. */
export function lossLines(explanation: ResourceExplanation): readonly string[] {
  const { losses, owner } = explanation;
  if (losses.length === 0) return [untouched(explanation)];
  const ways = [...grouped(losses, ({ cause, subject, sure }) => JSON.stringify([cause, subject, sure])).values()];
  const worstFirst = ways.toSorted((a, b) => rank(a) - rank(b));
  const lines = worstFirst.map((way) => lossText(way, explanation));
  return owner?.kind === 'pack' ? [...lines, ...reinstalled(losses, owner.pack)] : lines;
}

function rank([first]: readonly Loss[]): number {
  return first === undefined ? ORDER.length : ORDER.indexOf(first.cause);
}

/** What a sentence about a loss needs: who is removed, what is named, and how sure it is. */
interface Said {
  readonly when: string;
  readonly subject: string;
  readonly packs: number;
  readonly sure: boolean;
  readonly about: ResourceExplanation;
}

const SENTENCES: Readonly<Record<LossCause, (said: Said) => string>> = {
  namespace: ({ when, subject, packs, about }) =>
    `${about.resource === undefined ? 'If it is there, it' : 'It'} is destroyed ${when}: ${haveStakes(packs)} in ${subject}.`,
  protected: ({ when, subject }) =>
    `${subject} stays ${when}, for Kubernetes refuses to delete it; what becomes of its contents is unknown.`,
  own: ({ when, sure, about: { namespace, type } }) => {
    const deleted = `It ${sure ? 'is' : 'may be'} deleted ${when}, as the pack's own`;
    if (typeName(type) === DEFINITIONS) return `${deleted}, and with it every resource of its type, in all namespaces.`;
    return namespace === '' ? `${deleted}.` : `${deleted}; ${namespace} stays.`;
  },
  kept: ({ when }) => `Helm keeps it ${when}: helm.sh/resource-policy says so.`,
  type: ({ when, subject, sure }) =>
    `It ${sure ? 'goes' : 'may go'} with its type ${when}: the pack brings ${subject}, whose deletion takes its resources everywhere.`,
  claim: ({ when, subject, sure }) =>
    `It ${sure ? 'goes' : 'may go'} with its claim ${subject} ${when}${sure ? ': its reclaim policy is Delete' : ''}.`,
  retained: ({ when, subject }) => `It stays ${when}, though its claim ${subject} goes: its reclaim policy is Retain.`,
  owner: ({ when, subject }) => `It may go with its owner ${subject} ${when}.`,
  follows: ({ when, subject, sure }) => `It ${sure ? 'goes' : 'may go'} along with ${subject} ${when}.`,
  stranded: ({ when, subject, sure }) =>
    `It stays ${when}, but ${sure ? `its data is lost with ${subject}` : `can no longer be mounted, for ${subject} goes`}.`,
};

function lossText(way: readonly Loss[], about: ResourceExplanation): string {
  const [first] = way;
  if (first === undefined) return '';
  const packs = distinct(way.map(({ pack }) => pack));
  const when = `when pack ${list(packs, 'or')} is removed`;
  return SENTENCES[first.cause]({ ...first, when, packs: packs.length, about });
}

function haveStakes(packs: number): string {
  if (packs === 1) return 'it has a stake';
  return packs === 2 ? 'both have a stake' : 'each has a stake';
}

/** A pack that stays gets its objects back, but not what they held. */
function reinstalled(losses: readonly Loss[], own: string): readonly string[] {
  const others = losses.some(({ pack, cause }) => pack !== own && cause === 'namespace');
  return others ? [`Where pack ${own} itself stays, Palette reinstalls it: an outage; data on volumes is lost.`] : [];
}

function untouched(explanation: ResourceExplanation): string {
  const { namespace, packs, resource } = explanation;
  if (resource === undefined) return 'What a removal does to it is not known.';
  const read = `${count(packs.length, 'pack')} read`;
  if (!isComplete(explanation)) return `No removal is known to touch it (${read}). This is not an all-clear.`;
  return unclaimed(namespace, read);
}

function unclaimed(namespace: string, read: string): string {
  const place = namespace === '' ? 'it lies in no namespace' : `none destroys ${namespace}`;
  return `No pack's removal deletes it: ${place}, and nothing that goes takes it along (${read}, complete).`;
}
