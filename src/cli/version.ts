/** As in package.json, which a test compares. */
const VERSION = '0.1.0';

/** @returns what `--version` prints. */
export function versionText(): string {
  return `kubectl palette-audit ${VERSION}`;
}
