import assert from 'node:assert/strict';
import { at, listAt } from '../../src/cluster/json.ts';
import { live, loadScenario } from './support/scenario.ts';

const CASES: readonly (readonly [scenario: string, target: string, namespace: string])[] = [
  ['documented-example', 'pack/cost-analyzer', 'payments'],
  ['documented-example', 'pack/cost-analyzer', 'hello-universe'],
  ['removal-storage-engine', 'pack/longhorn', 'default'],
  ['removal-breaks-outside', 'pack/prometheus', 'kube-system'],
  ['separate-namespaces', 'pack/cost-analyzer', 'kube-public'],
];

/** Everything that is judged, and nothing of what is listed. */
function judged(text: string): unknown {
  const report: unknown = JSON.parse(text);
  const whole = ['verdict', 'complete', 'exitCode', 'coverage', 'packs'].map((key) => at(report, key));
  const removals = listAt(report, 'removals').map((removal) =>
    ['verdict', 'conflicts', 'doubts', 'accepted', 'data', 'breakages', 'checks', 'hangs'].map((key) =>
      at(removal, key),
    ),
  );
  return [whole, removals];
}

describe('removal -n', () => {
  for (const [name, target, namespace] of CASES) {
    it(`${name}, ${target} -n ${namespace}: judges what it judges without -n`, async () => {
      const scenario = loadScenario(name);
      const [whole, narrowed] = [
        await live(scenario, ['removal', target, '-o', 'json']),
        await live(scenario, ['removal', target, '-o', 'json', '-n', namespace]),
      ];
      assert.equal(narrowed.exitCode, whole.exitCode);
      assert.deepEqual(judged(narrowed.stdout), judged(whole.stdout));
      assert.deepEqual(at(JSON.parse(narrowed.stdout), 'narrowedTo'), [namespace]);
    });
  }
});
