import { FORMATS, renderExplanation, renderNamespaces, renderReport } from '../../src/render/formats.ts';
import { report } from '../support/builders.ts';
import { matchesGolden } from '../support/golden.ts';
import { EXPLANATION, NAMESPACES, UNTOUCHED, UNTOUCHED_UNSEEN } from './support/answers.ts';
import { AT_RISK, AT_RISK_AND_INCOMPLETE, CLEAN, INCOMPLETE, style } from './support/scenes.ts';

describe('the formats', () => {
  for (const format of FORMATS) {
    const labelColumns = format === 'wide' ? ['app.kubernetes.io/name'] : [];
    const how = style({ format, labelColumns });

    it(`writes an audit as ${format}`, () => {
      matchesGolden(renderReport(AT_RISK, how), `render/at-risk.${format}.txt`);
    });
    it(`writes an audit that could not see everything as ${format}`, () => {
      matchesGolden(renderReport(INCOMPLETE, { ...how, exitCode: 3 }), `render/incomplete.${format}.txt`);
    });
    it(`writes namespaces as ${format}`, () => {
      matchesGolden(renderNamespaces(NAMESPACES, { ...how, exitCode: 0 }), `render/namespaces.${format}.txt`);
    });
    it(`writes an explanation as ${format}`, () => {
      matchesGolden(renderExplanation(EXPLANATION, how), `render/explanation.${format}.txt`);
    });
  }

  const tables = [
    {
      says: 'at risk and incomplete at once',
      name: 'at-risk-and-incomplete',
      text: () => renderReport(AT_RISK_AND_INCOMPLETE, style()),
    },
    { says: 'nothing found', name: 'clean', text: () => renderReport(CLEAN, style({ exitCode: 0 })) },
    {
      says: 'no packs',
      name: 'no-packs',
      text: () => renderReport(report({ packs: [], stakes: [] }), style({ exitCode: 0 })),
    },
    {
      says: 'colours only verdict and severity',
      name: 'at-risk.color',
      text: () => renderReport(AT_RISK, style({ color: true })),
    },
    {
      says: 'leaves out heads',
      name: 'at-risk.no-headers',
      text: () => renderReport(AT_RISK, style({ noHeaders: true })),
    },
    {
      says: 'an untouched namespace',
      name: 'untouched',
      text: () => renderExplanation(UNTOUCHED, style({ exitCode: 0 })),
    },
    {
      says: 'a namespace of which not everything was seen',
      name: 'untouched-unseen',
      text: () => renderExplanation(UNTOUCHED_UNSEEN, style({ exitCode: 3 })),
    },
  ];
  for (const { says, name, text } of tables) {
    it(`table: ${says}`, () => matchesGolden(text(), `render/${name}.table.txt`));
  }
});
