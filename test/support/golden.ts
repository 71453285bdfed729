import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The source tree's folder of expected outputs; this file runs as `build/test/support/golden.js`. */
const FOLDER = join(import.meta.dirname, '../../../test/golden');

/**
 * Compares a whole text with `test/golden/<name>`. `UPDATE_GOLDEN=1` writes it instead, for a person to review the
 * difference; refused where `CI` is set.
 */
export function matchesGolden(text: string, name: string): void {
  const path = join(FOLDER, name);
  if (process.env['UPDATE_GOLDEN'] === '1') {
    assert.ok(!process.env['CI'], 'UPDATE_GOLDEN is for people, not for CI');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  isGolden(text, name);
}

/** Compares a text with a golden file that another test writes, both as `form` has them. */
export function isGolden(text: string, name: string, form: (whole: string) => string = (whole) => whole): void {
  const golden = expected(join(FOLDER, name));
  assert.equal(form(text), form(golden), `differs from ${name}; UPDATE_GOLDEN=1 rewrites it`);
}

function expected(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return assert.fail(`no golden file ${path}; UPDATE_GOLDEN=1 writes it`);
  }
}
