import type { FindingOf, RuleId } from '../../model/finding.ts';

/** One wording for each rule; a rule without a sentence does not compile. */
export type Sentences = { readonly [Id in RuleId]: (finding: FindingOf<Id>) => string };
