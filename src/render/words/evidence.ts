import type { Finding, FindingOf, HeldUp } from '../../model/finding.ts';
import { count, list } from '../counts.ts';
import type { Sentences } from './sentences.ts';

function carry(number: number, one: string, several: string): string {
  return `${count(number, 'resource')} ${number === 1 ? one : several}`;
}

/** All resources of a finding, also those that a selector keeps from being listed. */
function total({ resources, unlisted = 0 }: Pick<Finding, 'resources' | 'unlisted'>): number {
  return resources.length + unlisted;
}

/** What holds a deletion up: ` It waits: NamespaceFinalizersRemaining (Some content … has finalizers remaining).` */
function heldUpText(conditions: readonly HeldUp[]): string {
  if (conditions.length === 0) return '';
  const each = conditions.map(({ type, reason, message }) => `${type} (${message || reason || 'no reason given'})`);
  return ` It waits: ${each.join('; ')}.`;
}

function blockedText({ facts }: FindingOf<'namespace-deletion-blocked'>): string {
  const { api, service, reason, conversion } = facts;
  const why = reason === '' ? '' : `: ${reason}`;
  if (conversion === true) {
    return `The deletion of a namespace that holds ${api} hangs until their conversion webhook answers${why}.`;
  }
  const of = service === '' ? '' : ` (service ${service})`;
  return `The deletion of any namespace hangs until APIService ${api}${of} is healthy${why}.`;
}

/** What speaks against the marks: the record itself, or that there is none. */
function refutation(finding: FindingOf<'claim-refuted'>): string {
  if (finding.facts.recorded !== false)
    return ` but ${total(finding) === 1 ? 'is' : 'are'} proven not to be part of it`;
  return ', of which there is no record (the marks are copied, or Helm keeps it where this program cannot look)';
}

/** What the live objects say, and what the proofs say against them. */
export const EVIDENCE: Pick<
  Sentences,
  | 'claim-refuted'
  | 'owner-conflict'
  | 'leftover'
  | 'owner-missing'
  | 'namespace-missing'
  | 'namespace-terminating'
  | 'namespace-deletion-blocked'
  | 'other-cluster'
> = {
  'claim-refuted': (finding) =>
    `${finding.namespace}: ${carry(total(finding), 'bears', 'bear')} the marks of ${finding.facts.claimed}${refutation(finding)}: counted as not its own.`,
  'owner-conflict': (finding) =>
    `${finding.namespace}: ${carry(total(finding), 'is', 'are')} proven to belong to ${list(finding.facts.owners)} at once: counted as foreign.`,
  leftover: (finding) =>
    `${finding.namespace}: ${carry(total(finding), 'seems', 'seem')} left over from ${finding.pack === '' ? 'a pack' : `pack ${finding.pack}`} (${finding.facts.mark}): Palette does not clean up after updates.`,
  'owner-missing': (finding) =>
    `${finding.namespace}: ${carry(total(finding), 'names', 'name')} ${list(finding.facts.owners)} as owner, which is not there: the garbage collector may delete ${total(finding) === 1 ? 'it' : 'them'} at any time.`,
  'namespace-missing': ({ namespace, pack, facts }) =>
    `Pack ${pack} is installed, but ${namespace} (${facts.source}) does not exist.`,
  'namespace-terminating': ({ namespace, facts }) =>
    `${namespace} is being deleted, since ${facts.since}: all that it holds is on its way out.${heldUpText(facts.conditions ?? [])}`,
  'namespace-deletion-blocked': blockedText,
  'other-cluster': ({ namespace, facts }) =>
    `${namespace} is the agent namespace of another cluster${facts.packs === 0 ? '' : `, with ${count(facts.packs, 'pack')}`}: its packs are not this cluster's and were not used.`,
};
