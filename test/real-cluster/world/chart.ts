import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** A chart of the tests' own: its objects are written as they are, with nothing to fill in. */
export interface Chart {
  readonly name: string;
  readonly version: string;
  readonly objects: readonly object[];
  /** Custom resource definitions that Helm installs first and puts into no manifest. */
  readonly crds?: readonly object[];
}

/** Writes the chart into a new folder below `parent` and returns the folder's path. JSON is YAML. */
export function writeChart(parent: string, { name, version, objects, crds = [] }: Chart): string {
  const folder = join(parent, `chart-${name}-${version}`);
  mkdirSync(join(folder, 'templates'), { recursive: true });
  writeFileSync(join(folder, 'Chart.yaml'), `apiVersion: v2\nname: ${name}\nversion: ${version}\n`);
  writeFileSync(join(folder, 'templates/objects.yaml'), documents(objects));
  if (crds.length > 0) {
    mkdirSync(join(folder, 'crds'));
    writeFileSync(join(folder, 'crds/crds.yaml'), documents(crds));
  }
  return folder;
}

/** Objects as one YAML text, a document each. */
export function documents(objects: readonly object[]): string {
  return objects.map((object) => JSON.stringify(object)).join('\n---\n');
}
