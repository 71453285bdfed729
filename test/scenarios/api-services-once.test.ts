import assert from 'node:assert/strict';
import { live, loadScenario } from './support/scenario.ts';

/** Full lists of APIServices that a command asks for; the one of metadata comes beside. */
async function fullLists(argv: readonly string[]): Promise<number> {
  const { requests } = await live(loadScenario('separate-namespaces'), argv);
  const lists = requests.filter(({ url }) => url.includes('/apiservices?'));
  return lists.filter(({ headers }) => headers.accept?.includes('as=Table') !== true).length;
}

describe('APIServices', () => {
  for (const argv of [['removal', 'pack/cost-analyzer'], ['removal'], []]) {
    it(`are listed whole once for ${argv.join(' ') || 'an audit'}`, async () => assert.equal(await fullLists(argv), 1));
  }
});
