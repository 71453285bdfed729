import assert from 'node:assert/strict';
import { LAST_SECURITY_RELEASES, NODE_BUILDS } from '../../scripts/release/targets.ts';

const numbers = (version: string): readonly number[] => version.split('.').map(Number);

describe('the builds of Node in the archives', () => {
  for (const [target, { node, licence }] of NODE_BUILDS) {
    it(`${target}: Node ${node.version} is of a supported line, and not older than its last security release`, () => {
      const [major = 0, minor = 0, patch = 0] = numbers(node.version);
      const [, leastMinor = 0, leastPatch = 0] = numbers(
        LAST_SECURITY_RELEASES.get(major) ?? assert.fail('no such line'),
      );
      assert.ok(minor > leastMinor || (minor === leastMinor && patch >= leastPatch));
      assert.equal(licence?.version ?? node.version, node.version, 'the licence of another version');
      assert.match(node.sha512, /^[0-9a-f]{128}$/);
    });
  }
});
