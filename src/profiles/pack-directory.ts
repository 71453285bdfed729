import type { DefinitionGap, DefinitionProblem, Place } from '../model/definition.ts';
import type { LoadedFile, PackDirectoryDocument } from './document.ts';
import { type RawManifest, type RawPack, emptyPack } from './raw-pack.ts';
import { fileSource } from './tree.ts';

/** The pack of a pack directory: identity from pack.json, exactly the charts and manifests that pack.json names. */
export function packOfDirectory(document: PackDirectoryDocument): RawPack {
  const { content, path, fault } = document.packJson;
  const place = { path, line: 1, column: 1 };
  const { values } = document;
  return {
    ...emptyPack(content.name, place, { kind: 'file', path: document.path }),
    layer: content.layer,
    version: content.version,
    charts: document.charts.flatMap(({ identity }) => (identity === undefined ? [] : [identity])),
    values: values.text === undefined ? undefined : fileSource(values.path, values.text),
    manifests: document.manifests.map(readManifest),
    isPackDirectory: true,
    ...faultsOf(document, fault, place),
  };
}

function readManifest({ file, path, text, fault }: LoadedFile): RawManifest {
  const body = text === undefined ? undefined : fileSource(path, text);
  return { name: manifestName(file), body, fault, place: { path, line: 0, column: 0 } };
}

/** The key under `manifests:` is the file's name without folder and extension. */
function manifestName(file: string): string {
  const base = file.slice(file.lastIndexOf('/') + 1);
  return base.replace(/\.(ya?ml|json)$/i, '');
}

function faultsOf(
  { charts, values }: PackDirectoryDocument,
  packJsonFault: string | undefined,
  place: Place,
): { readonly gaps: readonly DefinitionGap[]; readonly problems: readonly DefinitionProblem[] } {
  const gaps: DefinitionGap[] = [];
  const problems: DefinitionProblem[] = [];
  const report = (subject: string, detail: string, where: Place): void => {
    problems.push({ code: 'definition-unreadable', subject, detail, place: where });
  };
  if (packJsonFault !== undefined) {
    report('pack.json', packJsonFault, place);
    gaps.push({ reason: 'chart-unreadable', subject: 'pack.json', place });
  }
  for (const { file, path, fault } of charts) {
    if (fault === undefined) continue;
    const where = { path, line: 0, column: 0 };
    report(file, fault, where);
    gaps.push({ reason: 'chart-unreadable', subject: file, place: where });
  }
  if (values.fault !== undefined) {
    const where = { path: values.path, line: 0, column: 0 };
    report('values.yaml', values.fault, where);
    gaps.push({ reason: 'values-unreadable', subject: 'values', place: where });
    gaps.push({ reason: 'name-unreadable', subject: 'pack.namespace', place: where });
  }
  return { gaps, problems };
}
