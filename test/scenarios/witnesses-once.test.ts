import assert from 'node:assert/strict';
import { live, loadScenario } from './support/scenario.ts';

/** Full lists of a type that a command asks for; the one of metadata comes beside. */
async function fullLists(argv: readonly string[], type: string): Promise<number> {
  const { requests } = await live(loadScenario('separate-namespaces'), argv);
  const lists = requests.filter(({ url }) => url.includes(`/${type}?`));
  return lists.filter(({ headers }) => headers.accept?.includes('as=Table') !== true).length;
}

describe('what bears witness to discovery', () => {
  for (const type of ['apiservices', 'customresourcedefinitions']) {
    for (const argv of [['removal', 'pack/cost-analyzer'], ['removal'], []]) {
      it(`is listed whole once for ${argv.join(' ') || 'an audit'}: ${type}`, async () =>
        assert.equal(await fullLists(argv, type), 1));
    }
  }
});
