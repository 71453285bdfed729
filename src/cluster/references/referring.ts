import type { REFERENCE_FACTS, Reference, ReferenceKind } from '../../model/reference.ts';
import type { ObjectRef } from '../../model/resource.ts';
import { plainText } from '../plain-text.ts';
import type { NamespaceLabels } from './namespace-selectors.ts';

/** A whole object as the server sent it, and its name. */
export interface Referring {
  readonly ref: ObjectRef;
  readonly object: unknown;
}

/** A reference without the object that makes it. */
export type Pointer = Omit<Reference, 'from'>;

/**
 * What decoders need beside the object. `services` holds `name.namespace` of every Service there is, `drivers` the names
 * of storage drivers; `labels` are those of all namespaces, and never leave the decoders.
 */
export interface ReferenceContext {
  readonly labels: NamespaceLabels;
  readonly services: ReadonlySet<string>;
  readonly drivers: ReadonlySet<string>;
}

/**
 * How the references of one type are read. `pageSize` is kept for the whole list where it is given: for types of large
 * objects. `needsLabels`: without the labels of the namespaces nothing can be said. `needsServices`: it also
 * names Services that are known by their own list only. `ownOnly`: of objects that another
 * referring type makes, that type tells.
 */
export interface ReferringType {
  readonly type: string;
  readonly take: (from: Referring, context: ReferenceContext) => readonly Pointer[];
  readonly pageSize?: number;
  readonly needsLabels?: boolean;
  readonly needsServices?: boolean;
  readonly ownOnly?: boolean;
}

type FactsOf<Kind extends ReferenceKind> = Partial<Record<(typeof REFERENCE_FACTS)[Kind][number], string | undefined>>;

/** Room for the hosts of a large Ingress, and for the rules of a large webhook. */
const LONGEST_FACT = 4096;
const LONGEST_NAME = 253;

/** A reference to `to`; facts that are undefined or empty are left out. */
export function pointer<Kind extends ReferenceKind>(kind: Kind, to: ObjectRef, facts?: FactsOf<Kind>): Pointer;
export function pointer(
  kind: ReferenceKind,
  to: ObjectRef,
  facts: Readonly<Record<string, string | undefined>> = {},
): Pointer {
  const known = Object.entries(facts).flatMap(([key, text = '']) =>
    text === '' ? [] : [[key, plainText(text, LONGEST_FACT)] as const],
  );
  return { kind, to, facts: new Map(known) };
}

function isNameLike(text: string): boolean {
  return text.length <= LONGEST_NAME && !/\s/.test(text) && plainText(text) === text;
}

/**
 * Whether texts, which a custom resource may hold unchecked, can name an object. A provisioner's name may hold a slash.
 */
export function isSound({ group, kind, namespace, name }: ObjectRef): boolean {
  return [group, kind, namespace].every((text) => isNameLike(text) && !text.includes('/')) && isNameLike(name);
}

/** `a, b` of texts, each once; '' of none. */
export function joinedTexts(texts: readonly string[]): string {
  return [...new Set(texts)].join(', ');
}

export function namespaceRef(name: string): ObjectRef {
  return { group: '', kind: 'Namespace', namespace: '', name };
}

export function coreRef(kind: string, namespace: string, name: string): ObjectRef {
  return { group: '', kind, namespace, name };
}

export function clusterRef(group: string, kind: string, name: string): ObjectRef {
  return { group, kind, namespace: '', name };
}
