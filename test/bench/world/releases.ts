import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { stringify } from 'yaml';
import { isRecord } from '../../../src/cluster/json.ts';
import type { KubeObject } from '../../real-cluster/world/objects.ts';
import type { RenderedChart } from './charts.ts';

const pack = promisify(gzip);

/** A release as it is installed: its revisions are its history. */
export interface BenchRelease {
  readonly name: string;
  readonly namespace: string;
  readonly rendered: RenderedChart;
  /** What the release made beside what its chart's text says, so that something of it is there. */
  readonly objects: readonly KubeObject[];
  readonly revisions: number;
  /** The newest one's; every other is `superseded`, but for the last good one of a newest that failed. */
  readonly status: 'deployed' | 'failed' | 'pending-upgrade';
}

/** The Secrets in which Helm keeps a release, one for each revision (helm.sh/helm/v3/pkg/storage/driver/secrets.go). */
export async function releaseSecrets(release: BenchRelease): Promise<readonly object[]> {
  const versions = Array.from({ length: release.revisions }, (_, index) => index + 1);
  return Promise.all(versions.map((version) => secretOf(release, version)));
}

async function secretOf(release: BenchRelease, version: number): Promise<object> {
  const { name, namespace, revisions } = release;
  const status = statusOf(release, version);
  const record = await pack(JSON.stringify(recordOf(release, version, status)), { level: 6 });
  // Helm keeps base64 of its own inside the Secret's base64.
  const data = { release: Buffer.from(record.toString('base64')).toString('base64') };
  const labels = { owner: 'helm', name, status, version: String(version), modifiedAt: String(1_700_000_000 + version) };
  const metadata = { name: `sh.helm.release.v1.${name}.v${String(version)}`, namespace, labels };
  if (version > revisions) throw new Error('a revision beyond the newest');
  return { apiVersion: 'v1', kind: 'Secret', metadata, type: 'helm.sh/release.v1', data };
}

function statusOf({ revisions, status }: BenchRelease, version: number): string {
  if (version === revisions) return status;
  return version === revisions - 1 && status !== 'deployed' ? 'deployed' : 'superseded';
}

function recordOf({ name, namespace, rendered, objects }: BenchRelease, version: number, status: string): object {
  const { record } = rendered;
  const info = isRecord(record['info']) ? record['info'] : {};
  const own = objects.map((object) => stringify(object)).join('---\n');
  const manifest = `${String(record['manifest'])}\n---\n${own}`;
  return { ...record, name, namespace, version, manifest, info: { ...info, status } };
}
