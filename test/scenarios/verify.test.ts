import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { at } from '../../src/cluster/json.ts';
import type { FakeObject } from '../support/fake-api/description.ts';
import type { FaultRule } from '../support/fake-api/fault.ts';
import { matchesGolden } from '../support/golden.ts';
import { changed, predicted } from './support/after-removal.ts';
import { called, live, loadScenario, takeSnapshot } from './support/scenario.ts';

const SCHEMA: object = JSON.parse(readFileSync(join(import.meta.dirname, '../../../docs/report.schema.json'), 'utf8'));
const BEFORE = loadScenario('documented-example');
const TARGET = 'pack/cost-analyzer';
const SINCE = '2026-11-10T13:32:11Z';

const isNamed = ({ metadata }: FakeObject, namespace: string, name: string): boolean =>
  (metadata.namespace ?? '') === namespace && metadata.name === name;

const isNamespace = (object: FakeObject, type: string): boolean =>
  type === 'namespaces' && isNamed(object, '', 'hello-universe');

interface Case {
  readonly name: string;
  readonly says: string;
  /** What is otherwise than predicted; undefined for objects that are as predicted. */
  readonly otherwise?: (object: FakeObject, type: string) => FakeObject | 'gone' | undefined;
  readonly faults?: readonly FaultRule[];
  readonly code: number;
  readonly format?: string;
}

const held = (object: FakeObject, finalizers: readonly string[]): FakeObject => ({
  ...object,
  metadata: { ...object.metadata, deletionTimestamp: SINCE, finalizers },
});

const CASES: readonly Case[] = [
  { name: 'gone', says: 'all that was predicted is gone', code: 0 },
  { name: 'gone-json', says: 'the same as JSON', code: 0, format: 'json' },
  { name: 'not-done', says: 'nobody removed it', otherwise: (object) => object, code: 1 },
  {
    name: 'held',
    says: 'a finalizer holds a claim, and with it the namespace',
    otherwise: (object, type) => {
      if (type === 'persistentvolumeclaims' && object.metadata.namespace === 'hello-universe')
        return held(object, ['kubernetes.io/pvc-protection']);
      if (!isNamespace(object, type)) return undefined;
      const message =
        'Some content in the namespace has finalizers remaining: kubernetes.io/pvc-protection in 1 resource instances';
      const condition = {
        type: 'NamespaceFinalizersRemaining',
        status: 'True',
        reason: 'SomeFinalizersRemain',
        message,
      };
      return { ...held(object, []), status: { phase: 'Terminating', conditions: [condition] } };
    },
    code: 1,
  },
  {
    name: 'unpredicted',
    says: 'something of others went that nobody had predicted',
    otherwise: (object, type) => (type === 'configmaps' && isNamed(object, 'payments', 'ledger') ? 'gone' : undefined),
    code: 1,
  },
  {
    name: 'recreated',
    says: 'the namespace and what Kubernetes puts there came again',
    otherwise: (object, type) => {
      const isBack = isNamespace(object, type) || isNamed(object, 'hello-universe', 'kube-root-ca.crt');
      return isBack ? { ...object, metadata: { ...object.metadata, uid: `${object.metadata.uid}-anew` } } : undefined;
    },
    code: 1,
  },
  {
    name: 'unseen',
    says: 'what could not be listed does not count as gone',
    faults: [{ path: '/secrets', fault: { kind: 'status', status: 403, message: 'forbidden: no right to list this' } }],
    code: 3,
  },
  {
    name: 'another-cluster',
    says: 'a prediction of another cluster tells nothing of this one',
    otherwise: (object, type) =>
      type === 'namespaces' && isNamed(object, '', 'kube-system')
        ? { ...object, metadata: { ...object.metadata, uid: 'another' } }
        : undefined,
    code: 2,
  },
];

describe('verify after a removal', () => {
  const follows = new Ajv2020({ allErrors: true }).compile(SCHEMA);
  let folder = '';
  let file = '';
  let uids: ReadonlySet<string> = new Set();

  before(async () => {
    folder = mkdtempSync(join(tmpdir(), 'palette-audit-'));
    file = join(folder, 'prediction.json');
    const { stdout } = await live(BEFORE, ['removal', TARGET, '-o', 'json']);
    writeFileSync(file, stdout);
    uids = predicted(JSON.parse(stdout));
    assert.ok(uids.size > 40, 'a prediction of something');
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const { name, says, otherwise, faults = [], code, format = 'table' } of CASES) {
    it(`${says}: exit code ${code}`, async () => {
      const cluster = changed(BEFORE.cluster, (object, type) => {
        const other = otherwise?.(object, type);
        if (other !== undefined) return other === 'gone' ? undefined : other;
        return uids.has(String(at(object, 'metadata', 'uid'))) ? undefined : object;
      });
      const answer = await live(BEFORE, ['verify', file, '-o', format], { cluster, faults });
      const errors = answer.stderr === '' ? '' : `stderr:\n${answer.stderr.replaceAll(file, 'prediction.json')}`;
      matchesGolden(`${answer.stdout}${errors}exit code: ${answer.exitCode}\n`, `scenarios/verify.${name}.txt`);
      assert.equal(answer.exitCode, code);
      if (format === 'json') assert.ok(follows(JSON.parse(answer.stdout)), JSON.stringify(follows.errors));
    });
  }

  const snapshots = [
    { says: 'from before the prediction shows nothing of the removal', predictedAt: '2026-11-10T14:02:12Z', code: 2 },
    { says: 'of the same second counts', predictedAt: '2026-11-10T14:02:11Z', code: 1 },
    { says: 'from after the prediction counts', predictedAt: '2026-11-10T14:02:10Z', code: 1 },
  ];
  for (const { says, predictedAt, code } of snapshots) {
    it(`a snapshot ${says}: exit code ${code}`, async () => {
      const [snapshot, later] = ['snapshot.json', `${predictedAt}.json`].map((one) => join(folder, one));
      await takeSnapshot(BEFORE, [snapshot ?? '', '--force']);
      writeFileSync(later ?? '', JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), takenAt: predictedAt }));
      const { exitCode, stderr } = await called(['verify', later ?? '', '--snapshot', snapshot ?? ''], BEFORE.folder);
      assert.equal(exitCode, code, stderr);
      assert.equal(stderr.includes('before the prediction'), code === 2);
    });
  }
});
