import { gzipSync } from 'node:zlib';
import { stringify } from 'yaml';
import { at, isDocument, listAt, textAt } from './documents.ts';
import type { Document } from './documents.ts';

const CREATED = '2026-10-29T09:14:00Z';

function labelsOf(object: Document): Readonly<Record<string, string>> {
  return object.metadata.labels ?? {};
}

/** An object of a release as it lives in the cluster: in a namespace, with Helm's marks and Helm as its writer. */
function installed(object: Document, release: Document, isNamespaced: (object: Document) => boolean): Document {
  const { name, namespace = '' } = release.metadata;
  const annotations = at(object, 'metadata', 'annotations') ?? {};
  const marks = { 'meta.helm.sh/release-name': name, 'meta.helm.sh/release-namespace': namespace };
  return {
    ...object,
    metadata: {
      ...(isNamespaced(object) ? { namespace } : {}),
      managedFields: [{ manager: 'helm', operation: 'Update', time: CREATED }],
      ...object.metadata,
      labels: { 'app.kubernetes.io/managed-by': 'Helm', ...labelsOf(object) },
      annotations: { ...marks, ...Object(annotations) },
    },
  };
}

/** Hooks that Helm deletes once they have run are no live objects. */
function lives(object: Document): boolean {
  return textAt(object, 'metadata', 'annotations', 'helm.sh/hook-delete-policy') === undefined;
}

function isHook(object: Document): boolean {
  return textAt(object, 'metadata', 'annotations', 'helm.sh/hook') !== undefined;
}

function manifestOf(objects: readonly Document[], chart: string): string {
  return objects.map((object) => `---\n# Source: ${chart}/templates/all.yaml\n${stringify(object)}`).join('');
}

function revisionOf(release: Document): number {
  const revision = at(release, 'spec', 'revision');
  return typeof revision === 'number' ? revision : 1;
}

/** Helm's own record: `base64(gzip(JSON))`, and base64 once more as any Secret's data. */
function record(release: Document, objects: readonly Document[]): string {
  const { name, namespace } = release.metadata;
  const chart = textAt(release, 'spec', 'chart') ?? name;
  const body = {
    name,
    namespace,
    version: revisionOf(release),
    info: { status: textAt(release, 'spec', 'status') ?? 'deployed' },
    chart: { metadata: { name: chart, version: textAt(release, 'spec', 'version') ?? '1.0.0' } },
    config: { password: 'canary-in-release-values' },
    manifest: manifestOf(
      objects.filter((object) => !isHook(object)),
      chart,
    ),
    hooks: objects.filter(isHook).map((object) => ({ manifest: stringify(object) })),
  };
  const packed = gzipSync(JSON.stringify(body)).toString('base64');
  return Buffer.from(packed).toString('base64');
}

/**
 * What one `kind: HelmRelease` of a fixture stands for: Helm's storage Secret and, unless `spec.gone`, the live
 * objects of its manifest. `spec.damaged` cuts the record short.
 */
export function releaseObjects(release: Document, isNamespaced: (object: Document) => boolean): readonly Document[] {
  const objects = listAt(release, 'spec', 'objects').filter(isDocument);
  const { name, namespace = '' } = release.metadata;
  const revision = String(revisionOf(release));
  const text = record(release, objects);
  const isDamaged = at(release, 'spec', 'damaged') === true;
  const storage: Document = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: {
      name: `sh.helm.release.v1.${name}.v${revision}`,
      namespace,
      labels: { owner: 'helm', name, status: textAt(release, 'spec', 'status') ?? 'deployed', version: revision },
      managedFields: [{ manager: 'helm', operation: 'Update', time: CREATED }],
    },
    type: 'helm.sh/release.v1',
    data: { release: isDamaged ? Buffer.from('H4sIAAAAAAAA').toString('base64') : text },
  };
  const isGone = at(release, 'spec', 'gone') === true;
  const live = isGone ? [] : objects.filter(lives).map((object) => installed(object, release, isNamespaced));
  return [storage, ...live];
}
