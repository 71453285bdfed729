import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import {
  FORMATS,
  renderExplanation,
  renderNamespaces,
  renderReport,
  renderResourceExplanation,
} from '../../src/render/formats.ts';
import type { ResourceExplanation } from '../../src/model/explanation.ts';
import { logLine, markdownCode, markdownText, terminalText } from '../../src/render/escape.ts';
import {
  application,
  cluster,
  coverage,
  coverageGap,
  explanation,
  finding,
  namespaceRow,
  namespacesReport,
  pack,
  report,
  resource,
  resourceExplanation,
  stake,
} from '../support/builders.ts';
import { style } from './support/scenes.ts';

describe('terminalText', () => {
  const cases = [
    { says: 'ordinary names stay', text: 'hello-universe', expect: 'hello-universe' },
    { says: 'other scripts stay', text: 'größe 名前', expect: 'größe 名前' },
    { says: 'an escape sequence is shown', text: '\u{1b}[31mred', expect: '\\u{1b}[31mred' },
    { says: 'newline and tab are shown', text: 'a\nb\tc', expect: 'a\\u{a}b\\u{9}c' },
    { says: 'C1 and DEL are shown', text: '\u{9b}31m\u{7f}', expect: '\\u{9b}31m\\u{7f}' },
    { says: 'bidirectional controls are shown', text: 'a\u{202e}b\u{2066}', expect: 'a\\u{202e}b\\u{2066}' },
    { says: 'zero-width characters and BOM are shown', text: '\u{200b}\u{feff}', expect: '\\u{200b}\\u{feff}' },
    { says: 'line separators are shown', text: '\u{2028}', expect: '\\u{2028}' },
    { says: 'a lone surrogate is shown, a pair stays', text: '\ud83d 😀', expect: '\\u{d83d} 😀' },
    { says: 'a long text is cut', text: 'x'.repeat(300), expect: `${'x'.repeat(256)}…(+44)` },
    {
      says: 'an order to a CI runner is broken',
      text: 'a ##vso[task.setvariable]',
      expect: 'a \\u{23}#vso[task.setvariable]',
    },
  ];
  for (const { says, text, expect } of cases) it(says, () => assert.equal(terminalText(text), expect));
});

describe('logLine', () => {
  const cases = [
    { says: 'a runner command', line: '::set-output name=a::b', expect: '\\u{3a}:set-output name=a::b' },
    { says: 'one behind blanks', line: '  ::error::x', expect: '  \\u{3a}:error::x' },
    { says: 'colons elsewhere stay', line: 'a ::b', expect: 'a ::b' },
  ];
  for (const { says, line, expect } of cases) it(says, () => assert.equal(logLine(line), expect));
});

describe('Markdown', () => {
  const cases = [
    { says: 'markup is text', text: 'a|b*c*_d_<b>[x](y)', expect: 'a\\|b\\*c\\*\\_d\\_&lt;b\\>\\[x\\](y)' },
    { says: 'a mention is none', text: '@admin #1', expect: '@<!-- -->admin #<!-- -->1' },
    { says: 'an address is no link', text: 'https://x www.x', expect: 'https:<!-- -->//x www.<!-- -->x' },
  ];
  for (const { says, text, expect } of cases) it(says, () => assert.equal(markdownText(text), expect));

  it('fences a name with more backticks than it holds', () => {
    assert.equal(markdownCode('a``b|c'), '```a``b\\|c```');
    assert.equal(markdownCode('`'), '`` ` ``');
    assert.equal(markdownCode(''), '');
  });
});

function hostileResource(name: string, head: Partial<ResourceExplanation>): ResourceExplanation {
  const ordinary = resourceExplanation();
  return {
    ...ordinary,
    ...head,
    type: { ...ordinary.type, group: name, resource: name, kind: name },
    otherTypes: [name],
    namespace: name,
    name,
    deletingSince: name,
    owner: { kind: 'person', manager: name },
    evidence: [{ strength: 'claimed', text: name, source: name }],
    root: name,
    lastWrite: { manager: name, at: name },
    stakes: [{ ...stake({ namespace: name, pack: name }), via: [name] }],
    losses: [{ pack: name, cause: 'type', subject: name, sure: true }],
    changes: [{ code: 'release-record', subjects: [name, name] }],
  };
}

/** Every text of every answer that can come from outside, set to the same name. */
function hostile(name: string) {
  const named = { namespace: name, pack: name, application: name };
  const things = [resource(name, name, { namespace: name, name, lastWriter: name, data: name, finalizers: [name] })];
  const place = { path: name, line: 1, column: 1 };
  const head = {
    cluster: cluster({ context: name, server: name, paletteName: name }),
    coverage: coverage({
      gaps: [coverageGap({ resources: [name], scopes: [name], needs: name, reason: name })],
      notes: [name],
    }),
    packs: [
      pack({
        name,
        profiles: [name],
        sources: [{ kind: 'file', path: name }],
        gaps: [{ reason: 'chart-unreadable', subject: name, place }],
      }),
    ],
  };
  const findings = [
    finding('unmanaged-resource', { application: name, owner: name, packs: [name] }, { ...named, resources: things }),
    finding('shared-namespace', { packs: [{ pack: name, profiles: [name] }] }, named),
    finding('invalid-label-text', { field: name, detail: name, place }, { ...named, severity: 'warning' }),
    finding('leftover', { mark: name }, { ...named, severity: 'info', resources: things }),
  ];
  const cautions = [{ code: 'volumes', subjects: [name] }] as const;
  const audit = report({
    ...head,
    findings,
    stakes: [stake({ namespace: name, pack: name })],
    applications: [
      application({ namespace: name, name, owner: name, strength: name, lastWriter: name, resources: things }),
    ],
    folded: { kubernetes: 1, palette: 1, injected: 1, injectedBy: [name] },
    separations: [
      {
        namespace: name,
        stays: name,
        why: 'state',
        steps: [
          { kind: 'move-pack', pack: name, to: name, snippet: name, cautions },
          {
            kind: 'move-application',
            application: name,
            to: name,
            chart: name,
            chartVersion: name,
            release: name,
            cautions,
          },
        ],
      },
    ],
    narrowedTo: [name],
  });
  const evidence = [{ strength: 'claimed', text: name }] as const;
  return {
    audit,
    namespaces: namespacesReport({ ...head, rows: [namespaceRow({ namespace: name, claimedBy: [name], why: name })] }),
    explanation: explanation({
      ...head,
      findings,
      namespace: name,
      stakes: [{ ...stake({ namespace: name, pack: name }), via: [name] }],
      owners: [{ owner: name, strength: name, resources: 1, evidence }],
    }),
    resource: hostileResource(name, head),
  };
}

const HOSTILE_PARTS = [
  '\u{1b}[2J',
  '\n',
  '\r',
  '\t',
  '\u{9b}',
  '\u{202e}',
  '\u{200b}',
  '\u{feff}',
  '\u{2028}',
  '\ud800',
  '::error::',
  '##[error]',
  ' ',
  'a',
  '|',
  '`',
  '<',
];

describe('no format', () => {
  const names = fc.oneof(
    fc.array(fc.constantFrom(...HOSTILE_PARTS), { maxLength: 8 }).map((parts) => parts.join('')),
    fc.string({ unit: 'binary', maxLength: 30 }),
  );
  for (const format of FORMATS) {
    it(`lets a control, bidirectional or invisible character through, or an order to a CI runner: ${format}`, () => {
      fc.assert(
        fc.property(names, fc.boolean(), (name, noHeaders) => {
          const how = style({ format, noHeaders, labelColumns: [name] });
          const { audit, namespaces, explanation: explained, resource: one } = hostile(name);
          const texts = [
            renderReport(audit, how),
            renderNamespaces(namespaces, how),
            renderExplanation(explained, how),
            renderResourceExplanation(one, how),
          ];
          for (const text of texts) {
            assert.doesNotMatch(
              text.replaceAll('\n', ''),
              /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/u,
            );
            assert.doesNotMatch(text, /^\s*::|##(?:vso)?\[/mu);
            assert.match(text, /^$|[^\n]\n$/u);
            if (format === 'table' || format === 'wide') assert.doesNotMatch(text, / $/mu);
          }
        }),
        { numRuns: 60 },
      );
    });
  }
});

describe('the table', () => {
  const ordinary = fc.stringMatching(/^[a-z][a-z0-9-]{0,20}[a-z0-9]$/u);

  it('keeps to 100 columns with ordinary names', () => {
    fc.assert(
      fc.property(ordinary, (name) => {
        const { audit, namespaces, explanation: explained, resource: one } = hostile(name);
        const texts = [
          renderReport(audit, style()),
          renderNamespaces(namespaces, style()),
          renderExplanation(explained, style()),
          renderResourceExplanation(one, style()),
        ];
        for (const line of texts.join('').split('\n')) assert.ok(line.length <= 100, line);
      }),
    );
  });
});
