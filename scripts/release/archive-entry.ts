/** A file inside an archive. */
export interface ArchiveEntry {
  /** With slashes, seen from the top of the archive. */
  readonly path: string;
  readonly content: Buffer;
  readonly executable: boolean;
}

/** The moment that all files bear, that of npm's own packages: an archive must not tell when it was made. */
export const FIXED_TIME = new Date('1985-10-26T08:15:00Z');

/** The order of files, whatever the file system and the language say. */
export function inOrder(entries: readonly ArchiveEntry[]): readonly ArchiveEntry[] {
  return entries.toSorted((one, other) => (one.path < other.path ? -1 : 1));
}

/** Permission bits: everyone reads, nobody but the owner writes. */
export function modeOf({ executable }: ArchiveEntry): number {
  return executable ? 0o755 : 0o644;
}
