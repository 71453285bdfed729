/** As in package.json, which a test compares. */
const VERSION = '0.1.0';

/** The commit that the bundle was made of; scripts/bundle.ts puts it in, and what runs unbundled has none. */
declare const PALETTE_AUDIT_COMMIT: string | undefined;

/** Which program this is; `commit` is '' where that is not known. */
export const PROGRAM: { readonly version: string; readonly commit: string } = {
  version: VERSION,
  commit: typeof PALETTE_AUDIT_COMMIT === 'string' ? PALETTE_AUDIT_COMMIT : '',
};

/** @returns what `--version` prints. */
export function versionText(): string {
  return `kubectl palette-audit ${VERSION}`;
}
