/** What pages need to know of how they are asked for. `full` is `-o wide`: every resource, no bound on the width. */
export interface PageStyle {
  readonly full: boolean;
  readonly exitCode: number;
  /** How the program was called, e.g. `kubectl palette-audit`; suggested commands begin with it. */
  readonly command: string;
  /** Label keys of `-L`, each a column of listed resources. */
  readonly labelColumns: readonly string[];
}

const NAMESPACE_NAME = /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/u;

/** The command that explains a namespace; a name that a shell could take for more is left for the reader to fill in. */
export function explainCommand(command: string, namespace: string): string {
  return `${command} explain namespace/${NAMESPACE_NAME.test(namespace) ? namespace : 'NAME'}`;
}
