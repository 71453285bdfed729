import type { ListedResource } from '../model/finding.ts';
import { kindName } from '../model/resource.ts';

/** What pages need to know of how they are asked for. `full` is `-o wide`: every resource, no bound on the width. */
export interface PageStyle {
  readonly full: boolean;
  readonly exitCode: number;
  /** How the program was called, e.g. `kubectl palette-audit`; suggested commands begin with it. */
  readonly command: string;
  /** How Helm is called for the same cluster; '' where that cannot be said. */
  readonly helm: string;
  /** Label keys of `-L`, each a column of listed resources. */
  readonly labelColumns: readonly string[];
}

const NAMESPACE_NAME = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/u;

/** The command that explains a namespace; a name that a shell could take for more is left for the reader to fill in. */
export function explainCommand(command: string, namespace: string): string {
  return `${command} explain namespace/${NAMESPACE_NAME.test(namespace) ? namespace : 'NAME'}`;
}

/** Names of types and objects that a shell takes for nothing else. */
const PLAIN_NAME = /^[a-z0-9][-.:a-z0-9]{0,252}$/u;

/** The command that explains the first of these resources whose names a shell leaves alone; undefined without one. */
export function explainResourceCommand(command: string, resources: readonly ListedResource[]): string | undefined {
  const named = resources.map(({ type, kind, name, namespace }) => {
    const dot = type.indexOf('.');
    return { type: kindName({ kind, group: dot < 0 ? '' : type.slice(dot + 1) }), name, namespace };
  });
  const plain = named.find(
    ({ type, name, namespace }) => NAMESPACE_NAME.test(namespace) && [type, name].every((one) => PLAIN_NAME.test(one)),
  );
  return plain && `${command} explain ${plain.type}/${plain.name} -n ${plain.namespace}`;
}
