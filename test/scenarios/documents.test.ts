import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { live, scenarios } from './support/scenario.ts';

const SCHEMA: object = JSON.parse(readFileSync(join(import.meta.dirname, '../../../docs/report.schema.json'), 'utf8'));

describe('every JSON answer of a scenario', () => {
  const follows = new Ajv2020({ allErrors: true }).compile(SCHEMA);
  const calls = scenarios().flatMap((scenario) =>
    scenario.calls.filter(({ argv }) => argv.includes('json')).map(({ argv }) => ({ scenario, argv })),
  );

  it('is among them: audits, namespaces, explanations, removals', () => assert.ok(calls.length >= 4));

  for (const { scenario, argv } of calls) {
    it(`${scenario.name}, ${argv.join(' ')}: follows the published schema`, async () => {
      const { stdout } = await live(scenario, argv);
      assert.ok(follows(JSON.parse(stdout)), JSON.stringify(follows.errors?.slice(0, 5), undefined, 1));
    });
  }
});
