import type { FindingOf } from '../../model/finding.ts';
import { count, distinct, list } from '../counts.ts';
import { placeText } from './place.ts';
import type { Sentences } from './sentences.ts';

function lacks(what: string) {
  return ({ namespace, pack, facts }: FindingOf<'labels-not-applied' | 'annotations-not-applied'>): string =>
    `${namespace} lacks ${count(facts.keys.length, what)} that pack ${pack} declares: ${list(facts.keys)}.`;
}

function told(value: string): string {
  return value === '' ? 'nothing' : value;
}

/** What is wrong in a definition, and what the cluster does not have of it. */
export const DEFINITIONS: Pick<
  Sentences,
  | 'labels-not-applied'
  | 'annotations-not-applied'
  | 'label-not-checked'
  | 'stray-label-key'
  | 'invalid-namespace-name'
  | 'invalid-label-text'
  | 'name-not-text'
  | 'definition-unreadable'
  | 'draft-only'
  | 'duplicate-pack'
  | 'definitions-differ'
> = {
  'labels-not-applied': lacks('label'),
  'annotations-not-applied': lacks('annotation'),
  'label-not-checked': ({ pack, facts }) =>
    `Pack ${pack}: ${list(facts.keys)} not checked on the namespace: the value holds an unresolved macro, or the snapshot does not say (${placeText(facts.place)}).`,
  'stray-label-key': ({ namespace, pack, facts }) =>
    `Pack ${pack}: ${facts.field} names ${namespace}, which is none of the pack's namespaces (${placeText(facts.place)}).`,
  'invalid-namespace-name': ({ pack, facts }) =>
    `Pack ${pack}: ${facts.field} is no valid namespace name (${placeText(facts.place)}).`,
  'invalid-label-text': ({ pack, facts }) =>
    `Pack ${pack}: ${facts.field} is malformed: ${facts.detail} (${placeText(facts.place)}).`,
  'name-not-text': ({ pack, facts }) =>
    `Pack ${pack}: ${facts.field} is no text: ${facts.detail} (${placeText(facts.place)}).`,
  'definition-unreadable': ({ pack, facts }) =>
    `Pack ${pack}: ${facts.field} could not be read: ${facts.detail} (${placeText(facts.place)}).`,
  'draft-only': ({ facts }) =>
    `Profile ${facts.profile} has only a draft: what was read of it is not published (${placeText(facts.place)}).`,
  'duplicate-pack': ({ pack, facts }) =>
    `Pack ${pack} is defined ${facts.places.length} times (${list(distinct(facts.places.map(placeText)))}): all its claims count.`,
  'definitions-differ': ({ pack, facts }) =>
    `Pack ${pack}: ${facts.field} is ${told(facts.file)} in the file and ${told(facts.cluster)} in the cluster; both count.`,
};
