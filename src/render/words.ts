import type { Finding, FindingOf, RuleId } from '../model/finding.ts';
import { DEFINITIONS } from './words/definitions.ts';
import { EVIDENCE } from './words/evidence.ts';
import { REFERENCE, type RuleReference } from './words/reference.ts';
import type { Sentences } from './words/sentences.ts';
import { SHARING } from './words/sharing.ts';

const SENTENCES: Sentences = { ...SHARING, ...EVIDENCE, ...DEFINITIONS };

function say<Id extends RuleId>(finding: FindingOf<Id>): string {
  return SENTENCES[finding.rule](finding);
}

/** Says one finding in one plain sentence; every format quotes this. Names in it are not escaped yet. */
export function sentence(finding: Finding): string {
  return say(finding);
}

/** Every rule with its usual severity, what it means, why it matters and what to do, in the order of the docs. */
export function rulesReference(): readonly RuleReference[] {
  return Object.values(REFERENCE);
}
