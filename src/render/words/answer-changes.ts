import type { AnswerChange, ChangeCode } from '../../model/explanation.ts';
import { list } from '../counts.ts';

/** What would change an answer, as sentences. The first subjects are the names that each speaks of. */
const CHANGES: Readonly<Record<ChangeCode, (subjects: readonly string[]) => string>> = {
  right: ([right = '', ...scopes]) => `The right to ${right}${/ there\b/.test(right) ? ` (${list(scopes)})` : ''}.`,
  'read-releases': () => 'The same without --without-releases: then the records of the releases are read.',
  'release-record': ([release = '', namespace = '']) =>
    `A readable record of release ${release} in ${namespace}: it would make this verified, or refute it.`,
  'manifest-body': ([subject = '', pack = '']) =>
    `The contents of ${subject} of pack ${pack}, given with -f: they would show whether it is in them.`,
  'pack-content': ([pack = '']) =>
    `What pack ${pack} installs, as its pack directory tells it, given with -f: that would show whether it is a part.`,
  'release-name': ([release = '', namespace = '', pack = '']) =>
    `Values of pack ${pack} that name release ${release} and its namespace ${namespace}: it would be verified.`,
  'refuted-mark': ([owner = '']) =>
    `Marks that agree with the proof: they name ${owner}, whose record does not contain it.`,
  'one-proof': (owners) => `One proof less: ${list(owners)} cannot all own it.`,
  definition: () =>
    'A definition that contains it, given with -f, or an owner reference to an object that somebody owns.',
  move: ([namespace = '', ...packs]) =>
    `Another namespace: outside ${namespace} it outlives ${packs.length === 1 ? 'pack' : 'packs'} ${list(packs)}.`,
};

/** One thing that would change an answer. */
export function changeText({ code, subjects }: AnswerChange): string {
  return CHANGES[code](subjects);
}
