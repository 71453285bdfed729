import type { DefinitionSource, Place } from '../../model/definition.ts';

/** A place as compilers write it: `profile.yaml:12:3`; what is not known is left out. */
export function placeText({ path, line, column }: Place): string {
  const shown = path === '-' ? 'standard input' : path;
  if (line === 0) return shown;
  return column === 0 ? `${shown}:${line}` : `${shown}:${line}:${column}`;
}

/** Where definitions were read: `the cluster`, `standard input` or the file as given. */
export function sourceText(source: DefinitionSource): string {
  if (source.kind === 'cluster') return 'the cluster';
  return source.path === '-' ? 'standard input' : source.path;
}
