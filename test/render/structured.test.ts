import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import * as fc from 'fast-check';
import { parse } from 'yaml';
import {
  renderExplanation,
  renderNamespaces,
  renderReport,
  renderResourceExplanation,
  type Style,
} from '../../src/render/formats.ts';
import type { Owner } from '../../src/model/attribution.ts';
import type { ResourceExplanation } from '../../src/model/explanation.ts';
import { rulesReference } from '../../src/render/words.ts';
import { finding, report, resourceExplanation, stake } from '../support/builders.ts';
import { EXPLANATION, NAMESPACES, UNTOUCHED_UNSEEN } from './support/answers.ts';
import { EVERY_RULE } from './support/every-rule.ts';
import { AT_RISK, AT_RISK_AND_INCOMPLETE, CLEAN, INCOMPLETE, style } from './support/scenes.ts';

const SCHEMA: unknown = JSON.parse(readFileSync(join(import.meta.dirname, '../../../docs/report.schema.json'), 'utf8'));

/** Walks into parsed JSON. */
function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? new Map(Object.entries(inner)).get(key) : undefined),
    value,
  );
}

function validate(document: unknown): void {
  assert.ok(typeof SCHEMA === 'object' && SCHEMA !== null);
  const check = new Ajv2020({ allErrors: true }).compile(SCHEMA);
  assert.ok(check(document), JSON.stringify(check.errors?.slice(0, 5), undefined, 1));
}

const OWNERS: readonly Owner[] = [
  { kind: 'pack', pack: 'web' },
  { kind: 'application', via: 'flux', name: 'web', namespace: 'shop' },
  { kind: 'person', manager: 'kubectl-edit' },
  { kind: 'palette', by: 'its agent' },
  { kind: 'kubernetes' },
  { kind: 'injected', manager: 'reflector' },
  { kind: 'leftover', pack: '' },
  { kind: 'unexplained' },
];

const EXPLAINED: Partial<ResourceExplanation> = {
  otherTypes: ['deployments.example.com'],
  deletingSince: '2026-11-10T14:00:00Z',
  evidence: [{ strength: 'refuted', text: 'annotations', source: 'secret x' }],
  stakes: [{ ...stake(), via: ['pack.namespace'] }],
  losses: [{ pack: 'web', cause: 'retained', subject: 'shop/data', sure: false }],
  changes: [{ code: 'move', subjects: ['shop', 'web'] }],
};

const ANSWERS: readonly { readonly says: string; readonly text: (how: Style) => string }[] = [
  { says: 'an audit', text: (how) => renderReport(AT_RISK, how) },
  { says: 'an incomplete audit', text: (how) => renderReport(INCOMPLETE, how) },
  { says: 'an audit with gaps and definitions with holes', text: (how) => renderReport(AT_RISK_AND_INCOMPLETE, how) },
  { says: 'a clean audit', text: (how) => renderReport(CLEAN, how) },
  { says: 'a finding of every rule', text: (how) => renderReport(report({ findings: EVERY_RULE }), how) },
  { says: 'namespaces', text: (how) => renderNamespaces(NAMESPACES, how) },
  { says: 'an explanation', text: (how) => renderExplanation(EXPLANATION, how) },
  { says: 'an explanation that could not see everything', text: (how) => renderExplanation(UNTOUCHED_UNSEEN, how) },
  { says: 'an explained resource', text: (how) => renderResourceExplanation(resourceExplanation(EXPLAINED), how) },
  ...OWNERS.map((owner) => ({
    says: `a resource of ${owner.kind}`,
    text: (how: Style) => renderResourceExplanation(resourceExplanation({ owner }), how),
  })),
  {
    says: 'a resource that could not be seen',
    text: (how) => renderResourceExplanation(resourceExplanation({ resource: undefined, owner: undefined }), how),
  },
];

describe('json and yaml', () => {
  for (const { says, text } of ANSWERS) {
    it(`follow the published schema: ${says}`, () => validate(JSON.parse(text(style({ format: 'json' })))));

    it(`say the same: ${says}`, () => {
      const json: unknown = JSON.parse(text(style({ format: 'json' })));
      assert.deepEqual(parse(text(style({ format: 'yaml' }))), json);
    });
  }

  it('end in one line end, also where a text of the cluster ends in blank lines', () => {
    for (const context of ['\n\n', 'a\n\n', ' ', '\t\n']) {
      const text = renderReport(report({ cluster: { ...report().cluster, context } }), style({ format: 'yaml' }));
      assert.match(text, /[^\n]\n$/u);
      assert.deepEqual(at(parse(text), 'cluster', 'context'), context);
    }
  });

  it('are strict: a key that the schema does not know is refused', () => {
    const document: unknown = JSON.parse(renderReport(CLEAN, style({ format: 'json' })));
    assert.throws(() => validate(Object.assign({ surprise: 1 }, document)));
  });

  it('name in the schema exactly the rules that have words', () => {
    assert.deepEqual(
      new Set([at(SCHEMA, '$defs', 'rule', 'enum')].flat()),
      new Set(rulesReference().map(({ rule }) => rule)),
    );
    assert.deepEqual(at(SCHEMA, '$defs', 'severity', 'enum'), ['error', 'warning', 'info']);
  });

  it('call nothing complete of which a part was not seen', () => {
    const document: unknown = JSON.parse(renderReport(INCOMPLETE, style({ format: 'json', exitCode: 3 })));
    assert.deepEqual([at(document, 'complete'), at(document, 'exitCode')], [false, 3]);
  });

  it('read back any name as it is, with nothing in it that a terminal would obey', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 40 }), (name) => {
        const findings = [finding('leftover', { mark: name }, { namespace: name })];
        for (const format of ['json', 'yaml'] as const) {
          const text = renderReport(report({ findings, narrowedTo: [name] }), style({ format }));
          const read: unknown = format === 'json' ? JSON.parse(text) : parse(text);
          assert.equal(at(read, 'findings', '0', 'namespace'), name);
          assert.deepEqual(at(read, 'narrowedTo'), [name]);
          assert.doesNotMatch(text.replaceAll('\n', ''), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
        }
      }),
    );
  });
});
