import assert from 'node:assert/strict';
import { at, listAt, textsAt } from '../../src/cluster/json.ts';
import { clearWorld } from '../faults/support/clear-world.ts';
import type { Fault, FaultRule } from '../support/fake-api/fault.ts';
import { loopbackIdentity } from '../support/loopback-identity.ts';
import { FAILURES } from './support/failures.ts';
import type { Failure } from './support/failures.ts';
import { isRouteToSame } from './support/routes.ts';
import { live, loadScenario } from './support/scenario.ts';
import type { Answer } from './support/scenario.ts';

function resetBy(kind: 'cut' | 'disconnect', name: string): Failure {
  const fault: Fault = { kind };
  return { name, fault, limits: { backoffMs: 1, maxWaitMs: 1 } };
}

/** After these it is known what was not seen, whatever the machine has to do meanwhile. */
const SURE = [...FAILURES.filter(({ fault }) => fault.kind !== 'hang'), resetBy('cut', 'a reset amid the answer')];
/** These may cost other requests too: by time, or by the connection that they share. */
const WIDE = [
  ...FAILURES.filter(({ fault }) => fault.kind === 'hang'),
  resetBy('disconnect', 'the loss of the connection'),
];

/** One request of each sort. */
const SORTS: readonly (readonly [string, RegExp])[] = [
  ['discovery', /^\/apis$/],
  ['namespaces', /^\/api\/v1\/namespaces\?.*limit=\d+$/],
  ['whole objects', /\/packs\?limit=\d+$/],
  ['a first page', /^\/api\/v1\/(?:namespaces\/kubecost\/)?serviceaccounts\?.*limit=\d+$/],
  ['a next page', /^\/api\/v1\/(?:namespaces\/kubecost\/)?serviceaccounts\?.*continue=/],
  ['a table', /^\/api\/v1\/(?:namespaces\/kubecost\/)?secrets\?.*limit=\d+$/],
  ['the list of releases', /\/secrets\?.*labelSelector=owner/],
  ["a release's record", /\/secrets\/sh\.helm\.release/],
];

/** How a run ended, and what it says that it did not see; reasons tell of the protocol. */
function ending({ exitCode, stdout }: Answer): unknown {
  if (stdout === '') return { exitCode };
  const report: unknown = JSON.parse(stdout);
  return {
    exitCode,
    verdict: at(report, 'verdict'),
    complete: at(report, 'complete'),
    gaps: listAt(report, 'coverage', 'gaps').map((gap) =>
      ['resources', 'scopes', 'state'].map((key) => JSON.stringify(at(gap, key))),
    ),
    notes: textsAt(report, 'coverage', 'notes').length,
  };
}

const scenario = { ...loadScenario('separate-namespaces'), cluster: clearWorld() };

/** A question, and what goes wrong meanwhile. */
interface Asking {
  readonly argv: readonly string[];
  readonly faults?: readonly FaultRule[];
  readonly limits?: Failure['limits'];
}

/** Small pages, so that lists go on. */
function full({ argv }: Asking): readonly string[] {
  return [...argv, '--chunk-size', '1', '-o', 'json'];
}

function overHttp1(asking: Asking): Promise<Answer> {
  return live(scenario, full(asking), asking);
}

async function overHttp2(asking: Asking): Promise<Answer> {
  return live(scenario, full(asking), { ...asking, identity: await loopbackIdentity() });
}

for (const argv of [[], ['removal', 'pack/cost-analyzer']]) {
  describe(`over HTTP/2 ${argv.join(' ') || 'an audit'}`, () => {
    let urls: readonly string[] = [];
    before(async () => {
      const answer = await overHttp2({ argv });
      assert.deepEqual(ending(answer), ending(await overHttp1({ argv })));
      assert.equal(answer.exitCode, 0, answer.stderr);
      urls = answer.requests.map(({ url }) => url);
    });

    function failing({ fault, limits }: Failure, sort: RegExp): Asking {
      const url = urls.find((one) => sort.test(one)) ?? assert.fail(`nothing asked for is like ${sort.source}`);
      return { argv, faults: [{ path: (other) => isRouteToSame(url, other), fault }], limits };
    }

    for (const failure of SURE) {
      it(`ends as over HTTP/1.1 where a request meets ${failure.name}, and is not clear`, async () => {
        for (const [what, sort] of SORTS) {
          const asking = failing(failure, sort);
          const answer = await overHttp2(asking);
          assert.deepEqual(ending(answer), ending(await overHttp1(asking)), what);
          assert.notEqual(answer.exitCode, 0, what);
        }
      });
    }

    for (const failure of WIDE) {
      it(`is not clear where a request meets ${failure.name}`, async () => {
        for (const [what, sort] of SORTS) {
          const { exitCode } = await overHttp2(failing(failure, sort));
          assert.notEqual(exitCode, 0, what);
        }
      });
    }
  });
}
