import { gzipSync } from 'node:zlib';
import { jsonAnswer } from '../support/fake-api/answer.ts';
import type { FakeAnswer } from '../support/fake-api/answer.ts';
import { CHART, namespaceName, RELEASED, releasedWorkloads, releaseName } from './large-world.ts';
import type { WorldSize } from './large-world.ts';

function document(apiVersion: string, kind: string, name: string): string {
  const spec = Array.from({ length: 12 }, (_, line) => `    field${String(line)}: some text of a body`).join('\n');
  return `---\n# Source: app/templates/${kind.toLowerCase()}.yaml\napiVersion: ${apiVersion}\nkind: ${kind}\nmetadata:\n  name: ${name}\n  labels:\n    app: ${name}\nspec:\n  template:\n${spec}\n`;
}

function manifestOf(size: WorldSize): string {
  return releasedWorkloads(size)
    .flatMap((workload) =>
      RELEASED.map(([apiVersion, kind, suffix]) => document(apiVersion, kind, `${workload}${suffix}`)),
    )
    .join('');
}

/** Helm's record of a namespace's release, as its Secret holds it; undefined where there is no such Secret. */
export function storedRecord(
  size: WorldSize,
  { namespace, name }: { readonly namespace: string; readonly name: string },
): FakeAnswer | undefined {
  const number = Number(namespace.slice(namespaceName(0).length - 5));
  const release = releaseName(size, number);
  if (namespaceName(number) !== namespace || name !== `sh.helm.release.v1.${release}.v1`) return undefined;
  const record = {
    name: release,
    namespace,
    version: 1,
    info: { status: 'deployed' },
    chart: { metadata: { name: CHART, version: '1.0.0' } },
    manifest: manifestOf(size),
    hooks: [],
  };
  const packed = gzipSync(JSON.stringify(record)).toString('base64');
  return jsonAnswer({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name, namespace },
    type: 'helm.sh/release.v1',
    data: { release: Buffer.from(packed).toString('base64') },
  });
}
