import assert from 'node:assert/strict';
import type { Context } from 'mocha';

/**
 * Leaves a test pending because this machine lacks something, and says what; with CI set the lack is a failure.
 * Never returns: mocha's skip throws.
 */
export function lacking(context: Context, what: string): never {
  if (process.env['CI']) assert.fail(`${what}; with CI set that is a failure`);
  if (context.test) context.test.title += ` (pending: ${what})`;
  return context.skip();
}
