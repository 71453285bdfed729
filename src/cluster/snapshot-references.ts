import { REFERENCE_FACTS } from '../model/reference.ts';
import type { Reference, ReferenceKind } from '../model/reference.ts';
import type { ObjectRef } from '../model/resource.ts';
import { MalformedSnapshot } from './snapshot-fields.ts';
import type { Fields } from './snapshot-fields.ts';

/** Reads an object's name as snapshots hold it. */
export function refOf(fields: Fields): ObjectRef {
  return {
    group: fields.text('group'),
    kind: fields.text('kind'),
    namespace: fields.text('namespace'),
    name: fields.text('name'),
  };
}

function isKind(key: string): key is ReferenceKind {
  return Object.hasOwn(REFERENCE_FACTS, key);
}

const KINDS = Object.keys(REFERENCE_FACTS).filter(isKind);

function factsOf(fields: Fields, kind: ReferenceKind): ReadonlyMap<string, string> {
  const known = new Set<string>(REFERENCE_FACTS[kind]);
  const facts = fields.map('facts');
  for (const key of facts.keys()) {
    if (!known.has(key)) throw new MalformedSnapshot('references.facts', `a fact of a reference "${kind}"`);
  }
  return facts;
}

/** Reads a reference of a snapshot. Throws MalformedSnapshot, also for a kind or a fact that there is not. */
export function referenceOf(fields: Fields): Reference {
  const kind = fields.oneOf('kind', KINDS);
  return {
    kind,
    from: fields.object('from', refOf),
    to: fields.object('to', refOf),
    facts: fields.has('facts') ? factsOf(fields, kind) : new Map(),
  };
}

/** A reference as a snapshot holds it: empty facts left out. */
export function packedReference({ kind, from, to, facts }: Reference): Record<string, unknown> {
  return { kind, from, to, facts: facts.size === 0 ? undefined : facts };
}
