import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { givenReasons, isAbout } from '../scripts/mutation-reasons.ts';
import type { Measured } from '../scripts/mutation-page.ts';

const ROOT = join(import.meta.dirname, '../..');

function isResults(value: unknown): value is Readonly<Record<string, Measured>> {
  return typeof value === 'object' && value !== null;
}

function results(): Readonly<Record<string, Measured>> {
  const value: unknown = JSON.parse(readFileSync(join(ROOT, 'test/mutation/results.json'), 'utf8'));
  return isResults(value) ? value : assert.fail();
}

describe('the reasons of changes that no test notices', () => {
  it('are each of a change that is still there and still goes unnoticed', () => {
    const measured = results();
    const idle = givenReasons(ROOT).filter(
      (reason) => !(measured[reason.file]?.survivors ?? []).some((one) => isAbout(reason, reason.file, one)),
    );
    assert.deepEqual(idle, []);
  });
});
