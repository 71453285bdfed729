import assert from 'node:assert/strict';
import { FORMATS } from '../../src/render/formats.ts';
import { live, loadScenario } from './support/scenario.ts';

/** What lies in the scenario and is nobody's, whose names are something else in JavaScript. */
const FOREIGN = ['constructor.valueof.example.com/valueof', 'configmaps/valueof'];

describe('names such as constructor and __proto__', () => {
  const scenario = loadScenario('namespace-constructor');
  for (const argv of [
    ['-n', 'tostring'],
    ['removal', 'pack/constructor'],
  ]) {
    it(`lose nothing on their way into ${argv.join(' ')} -o name`, async () => {
      const { stdout } = await live(scenario, [...argv, '-o', 'name']);
      for (const resource of FOREIGN) assert.ok(stdout.includes(`tostring/${resource}`), stdout);
    });
  }

  for (const format of FORMATS.filter((one) => one !== 'name')) {
    it(`are in the answer of every command -o ${format}`, async () => {
      const explained = ['explain', 'constructor/valueof', '-n', 'tostring'];
      for (const argv of [[], ['namespaces'], ['explain', 'namespace/tostring'], explained, ['removal']]) {
        const { stdout, exitCode } = await live(scenario, [...argv, '-o', format]);
        assert.ok(exitCode === 0 || exitCode === 1 || exitCode === 3, String(exitCode));
        for (const name of ['constructor', 'tostring']) assert.ok(stdout.includes(name), `${argv.join(' ')}: ${name}`);
      }
    });
  }
});
