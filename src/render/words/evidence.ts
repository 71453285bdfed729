import { count, list } from '../counts.ts';
import type { Sentences } from './sentences.ts';

function carry(number: number, one: string, several: string): string {
  return `${count(number, 'resource')} ${number === 1 ? one : several}`;
}

/** What the live objects say, and what the proofs say against them. */
export const EVIDENCE: Pick<
  Sentences,
  'claim-refuted' | 'owner-conflict' | 'leftover' | 'namespace-missing' | 'namespace-terminating' | 'other-cluster'
> = {
  'claim-refuted': ({ namespace, facts, resources }) =>
    `${namespace}: ${carry(resources.length, 'bears', 'bear')} the marks of ${facts.claimed}, which was read and does not contain ${resources.length === 1 ? 'it' : 'them'}: counted as not its own.`,
  'owner-conflict': ({ namespace, facts, resources }) =>
    `${namespace}: ${carry(resources.length, 'is', 'are')} proven to belong to ${list(facts.owners)} at once: counted as foreign.`,
  leftover: ({ namespace, pack, facts, resources }) =>
    `${namespace}: ${carry(resources.length, 'carries', 'carry')} the mark of pack ${pack} (${facts.mark}) but ${resources.length === 1 ? 'is' : 'are'} in no current definition: Palette does not clean up after updates.`,
  'namespace-missing': ({ namespace, pack, facts }) =>
    `Pack ${pack} is installed, but ${namespace} (${facts.source}) does not exist.`,
  'namespace-terminating': ({ namespace, facts }) =>
    `${namespace} is being deleted since ${facts.since}: all that it holds is on its way out.`,
  'other-cluster': ({ namespace, facts }) =>
    `${namespace} is the agent namespace of another cluster${facts.packs === 0 ? '' : `, with ${count(facts.packs, 'pack')}`}: its packs are not this cluster's and were not used.`,
};
