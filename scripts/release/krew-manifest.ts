import { isSeq, parseDocument, type Document } from 'yaml';
import { archiveName, type Archive } from './archives.ts';
import { targetOf, type Target } from './targets.ts';

/** What krew calls the architectures that Node names otherwise. */
const ARCHITECTURES: ReadonlyMap<string, string> = new Map([['amd64', 'x64']]);

/**
 * The manifest that krew installs a release by: the repository's own, with the version, and each platform's address
 * and sum. Its comments, which speak of the template, stay behind.
 *
 * @throws {Error} for a platform that no archive was made for.
 */
export function krewManifest(template: string, version: string, archives: readonly Archive[]): string {
  const document = parseDocument(template.replace(/^#.*\n/gm, ''));
  document.setIn(['spec', 'version'], `v${version}`);
  const base = `${String(document.getIn(['spec', 'homepage']))}/releases/download/v${version}`;
  for (const index of platforms(document)) {
    const target = selectedTarget(document, index);
    const archive = archives.find((one) => one.target === target);
    if (target === undefined || archive === undefined)
      throw new Error(`krew-manifest.yaml names platform ${index + 1}, for which there is no archive`);
    document.setIn(['spec', 'platforms', index, 'uri'], `${base}/${archiveName(version, target)}`);
    document.setIn(['spec', 'platforms', index, 'sha256'], archive.sha256);
  }
  return document.toString({ lineWidth: 0 });
}

function platforms(document: Document): readonly number[] {
  const list = document.getIn(['spec', 'platforms']);
  return isSeq(list) ? [...list.items.keys()] : [];
}

function selectedTarget(document: Document, index: number): Target | undefined {
  const [os, arch] = ['os', 'arch'].map((key) =>
    String(document.getIn(['spec', 'platforms', index, 'selector', 'matchLabels', key])),
  );
  return targetOf(`${os}-${ARCHITECTURES.get(arch ?? '') ?? arch}`);
}
