import assert from 'node:assert/strict';
import { SEVERITIES } from '../../src/audit/rule.ts';
import { rulesReference, sentence } from '../../src/render/words.ts';
import { matchesGolden } from '../support/golden.ts';
import { EVERY_RULE } from './support/every-rule.ts';

describe('words', () => {
  it('say every rule in one plain sentence', () => {
    matchesGolden(EVERY_RULE.map((each) => `${each.rule}\n  ${sentence(each)}\n`).join(''), 'render/sentences.txt');
  });

  it('end every sentence, and leave nothing undefined in it', () => {
    for (const each of EVERY_RULE) assert.match(sentence(each), /^(?!.*(?:undefined|null|\[object| {2})).+\.$/u);
  });

  it('document every rule with the severity that the audit gives it', () => {
    assert.deepEqual(Object.fromEntries(rulesReference().map(({ rule, severity }) => [rule, severity])), SEVERITIES);
  });

  it('never advise kubectl delete', () => {
    for (const { meaning, why, remedy } of rulesReference()) {
      assert.doesNotMatch(`${meaning} ${why} ${remedy}`, /kubectl delete|helm uninstall/u);
    }
  });
});
