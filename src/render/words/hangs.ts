import type { HangRisk } from '../../model/removal.ts';
import { count, plural } from '../counts.ts';
import { refText } from './refs.ts';

/** A risk with what its sentence needs; `fact` is '' for what is not known. */
interface Said {
  readonly risk: HangRisk;
  readonly subject: string;
  readonly fact: (name: string) => string;
}

/** What holds a deletion up, each cause in one sentence. */
const SENTENCES: { readonly [Cause in HangRisk['cause']]: (said: Said) => string } = {
  'already-terminating': terminating,
  'api-unavailable': ({ subject, fact }) =>
    `${subject} does not answer now${inBrackets(fact('reason'))}: while it is registered, no namespace of the cluster can be deleted.`,
  'api-served-from-inside': ({ subject, fact }) =>
    `${subject} is served by ${fact('service')}, which goes, and stays registered itself: while it is, no namespace of the cluster can be deleted, this one included.`,
  'webhook-served-from-inside': ({ subject, fact }) =>
    `${subject} is served by ${fact('service')}, which goes, and is called for ${fact('operations') || 'deletions'} of ${fact('resources') || 'what it watches'}: it can refuse the rest of this deletion.`,
  'controller-goes': (said) =>
    `${held(said)}, which ${said.fact('controller')} takes off; that goes as well, and may go first.`,
  'controller-not-running': (said) =>
    `${held(said)}, which ${said.fact('controller')} takes off; that has no pod that is ready.`,
  'controller-unknown': (said) => `${held(said)}; who takes it off is not known.`,
  'volume-in-use': ({ subject, fact }) =>
    `${subject} stays until ${fact('controller')} no longer uses it (finalizer ${fact('finalizer')}).`,
};

/** `3 Widgets, such as widget/a in x, have finalizer f`. */
function held({ risk, subject, fact }: Said): string {
  if (risk.count === 1) return `${subject} has finalizer ${fact('finalizer')}`;
  return `${risk.count} ${plural(risk.subject.kind)}, such as ${subject}, have finalizer ${fact('finalizer')}`;
}

function terminating({ risk, subject, fact }: Said): string {
  const packs = fact('packs');
  const who = packs === '' ? '' : `; pack ${packs} is being removed`;
  const why = fact('conditions') === '' ? '' : ` What holds it up: ${fact('conditions')}.`;
  return `${subject} has been going since ${fact('since')}, with ${count(risk.count, 'object')} left${who}.${why}`;
}

function inBrackets(text: string): string {
  return text === '' ? '' : ` (${text})`;
}

/** Says one risk in one or two plain sentences. Names in it are not escaped yet. */
export function hangText(risk: HangRisk): string {
  const fact = (name: string): string => risk.facts.get(name) ?? '';
  return SENTENCES[risk.cause]({ risk, subject: refText(risk.subject), fact });
}
