import assert from 'node:assert/strict';
import { REFERRING_TYPES } from '../../../src/cluster/references/referring-types.ts';
import type { ReferenceContext } from '../../../src/cluster/references/referring.ts';
import { WORKLOAD_TYPES } from '../../../src/cluster/references/workloads.ts';

/** An object of a type and the references that must be found in it, one text each. */
export interface DecoderCase {
  readonly says: string;
  readonly type: string;
  readonly object: Readonly<Record<string, unknown>>;
  readonly found: readonly string[];
  readonly context?: Partial<ReferenceContext>;
}

const NOWHERE: ReferenceContext = { labels: new Map(), services: new Set(), drivers: new Set() };

/** `kind group/Kind namespace/name fact=text…` for each reference; the object is `shop/web` of kind `Own`. */
function taken({ type, object, context }: DecoderCase): readonly string[] {
  const referring = [...REFERRING_TYPES, ...WORKLOAD_TYPES].find((one) => one.type === type);
  assert.ok(referring, `${type} is no referring type`);
  const ref = { group: 'own', kind: 'Own', namespace: 'shop', name: 'web' };
  return referring.take({ ref, object }, { ...NOWHERE, ...context }).map(({ kind, to, facts }) => {
    const said = [...facts].map(([key, text]) => ` ${key}=${text}`).join('');
    return `${kind} ${to.group}/${to.kind} ${to.namespace}/${to.name}${said}`;
  });
}

/** One test for each case. */
export function describeDecoders(name: string, cases: readonly DecoderCase[]): void {
  describe(name, () => {
    for (const one of cases) it(one.says, () => assert.deepEqual(taken(one), one.found));
  });
}
