import assert from 'node:assert/strict';
import { wantsColor } from '../../src/cli/color.ts';
import { failureOf } from '../../src/cli/failure.ts';
import { refuseUnknownNamespaces } from '../../src/cli/known-namespaces.ts';
import { auditOutcome } from '../../src/cli/outcome.ts';
import { lookWithin, subjectOf as readSubject } from '../../src/cli/read-subject.ts';
import { parseSelector, selected, selectorKeys } from '../../src/cli/selector.ts';
import { snapshotSummary } from '../../src/cli/snapshot-summary.ts';
import { UserError } from '../../src/model/errors.ts';
import type { OutputFlags } from '../../src/cli/invocation.ts';
import type { Severity } from '../../src/model/finding.ts';
import { application, finding, report, resource } from '../support/builders.ts';
import { subjectOf } from '../support/subject.ts';
import { definition, inventory, namespaceRecord, object, ownedBy, packOf } from '../support/world.ts';

const OUTPUT: OutputFlags = {
  output: 'table',
  noHeaders: false,
  labelColumns: [],
  failOn: 'error',
  failOnGiven: false,
  color: 'auto',
  verbosity: 0,
};

describe('parseSelector', () => {
  const labels = { app: 'web', tier: '', constructor: 'x' };
  const CASES: readonly (readonly [selector: string, matches: boolean])[] = [
    ['app=web', true],
    ['app==web', true],
    ['app = web', true],
    ['app=cache', false],
    ['app!=cache', true],
    ['app!=web', false],
    ['gone!=web', true],
    ['app in (web, cache)', true],
    ['app in (cache)', false],
    ['app notin (cache)', true],
    ['gone notin (cache)', true],
    ['app', true],
    ['gone', false],
    ['!gone', true],
    ['!app', false],
    ['tier=', true],
    ['gone=', false],
    ['app=web,!gone', true],
    ['app=web,gone', false],
    ['app in (web,cache),tier', true],
    ['constructor', true],
    ['toString', false],
    ['!__proto__', true],
  ];
  for (const [selector, matches] of CASES) {
    it(`${selector} ${matches ? 'matches' : 'does not match'}`, () => {
      const one = resource('configmaps', 'ConfigMap', { name: 'x', labels: new Map(Object.entries(labels)) });
      const found = selected(report({ applications: [application({ resources: [one] })] }), parseSelector(selector));
      assert.equal(found.applications.length, matches ? 1 : 0);
    });
  }

  for (const text of ['', ',', 'a=b,', 'a in', 'a in (b', 'a=b=c', '=x', 'a b', '!', '!a=b', '()']) {
    it(`refuses ${JSON.stringify(text)}`, () => assert.throws(() => parseSelector(text), UserError));
  }

  it('keeps findings whose resources do not match, for a view never changes the answer', () => {
    const one = finding(
      'claim-refuted',
      { claimed: 'x' },
      { resources: [resource('secrets', 'Secret', { name: 's' })] },
    );
    const found = selected(report({ findings: [one] }), parseSelector('app'));
    assert.deepEqual(
      found.findings.map(({ id, resources }) => [id, resources.length]),
      [[one.id, 0]],
    );
  });

  it('names the keys it asks for', () =>
    assert.deepEqual(selectorKeys(parseSelector('a=b,!c,d in (e)')), ['a', 'c', 'd']));
});

const findingsOf = (...severities: readonly Severity[]) =>
  severities.map((severity) => finding('claim-refuted', { claimed: 'x' }, { severity }));

describe('auditOutcome', () => {
  const CASES = [
    { complete: true, findings: findingsOf(), failOn: 'error', code: 0 },
    { complete: true, findings: findingsOf('warning', 'info'), failOn: 'error', code: 0 },
    { complete: true, findings: findingsOf('warning'), failOn: 'warning', code: 1 },
    { complete: true, findings: findingsOf('info'), failOn: 'warning', code: 0 },
    { complete: true, findings: findingsOf('error'), failOn: 'never', code: 0 },
    { complete: false, findings: findingsOf('error'), failOn: 'never', code: 3 },
    { complete: false, findings: findingsOf('error'), failOn: 'error', code: 1 },
    { complete: false, findings: findingsOf('warning'), failOn: 'error', code: 3 },
    { complete: false, findings: findingsOf(), failOn: 'warning', code: 3 },
  ] as const;
  for (const { complete, findings, failOn, code } of CASES) {
    const what = findings.map(({ severity }) => severity).join(' and ') || 'nothing';
    it(`is ${code} for ${what}, ${complete ? 'complete' : 'incomplete'}, with --fail-on ${failOn}`, () => {
      assert.equal(auditOutcome({ complete, findings }, failOn), code);
    });
  }
});

describe('wantsColor', () => {
  const CASES = [
    { color: 'auto', env: {}, terminal: true, wants: true },
    { color: 'auto', env: {}, terminal: false, wants: false },
    { color: 'auto', env: { NO_COLOR: '1' }, terminal: true, wants: false },
    { color: 'auto', env: { NO_COLOR: '' }, terminal: true, wants: true },
    { color: 'auto', env: { TERM: 'dumb' }, terminal: true, wants: false },
    { color: 'always', env: { NO_COLOR: '1' }, terminal: false, wants: true },
    { color: 'never', env: {}, terminal: true, wants: false },
  ] as const;
  for (const { color, env, terminal, wants } of CASES) {
    it(`${wants ? 'colours' : 'does not colour'} with ${color}, ${JSON.stringify(env)}, ${terminal ? 'on a' : 'without'} terminal`, () => {
      const ports = {
        env,
        stdout: () => undefined,
        stderr: () => undefined,
        readStdin: () => Promise.resolve(new Uint8Array()),
        now: () => 0,
        stdoutIsTerminal: terminal,
        runtime: { node: 'v20.19.0', platform: 'linux/amd64' },
        stderrIsTerminal: !terminal,
        signal: new AbortController().signal,
      };
      assert.equal(wantsColor({ ...OUTPUT, color }, ports), wants);
    });
  }
});

describe('failureOf', () => {
  it('says what failed and what to do, with the error’s own code', () => {
    assert.deepEqual(failureOf(new UserError('a\u001b[2Jb', 'Do c.', 4)), {
      code: 4,
      text: 'error: a\\u{1b}[2Jb\nDo c.\n',
    });
  });
  it('says of a surprise its kind and message only', () => {
    const { code, text } = failureOf(new RangeError('deep'));
    assert.equal(code, 70);
    assert.match(text, /^error: RangeError: deep\nThis is a bug[^\n]*\n$/);
  });
  it('survives what is no error at all', () => assert.equal(failureOf({ toString: undefined }).code, 70));
});

describe('refuseUnknownNamespaces', () => {
  const packs = [packOf(definition('a', { namespace: 'planned' }))];
  const subject = (narrowedTo: readonly string[], names: readonly string[] = ['payments']) =>
    subjectOf({ packs, narrowedTo, given: { namespaces: names.map((name) => namespaceRecord(name)) } });
  it('takes one that exists and one that only a pack claims', () => {
    assert.doesNotThrow(() => refuseUnknownNamespaces(subject(['payments', 'planned'])));
  });
  it('refuses another, and names the nearest', () => {
    assert.throws(() => refuseUnknownNamespaces(subject(['paymens'])), {
      name: 'UserError',
      remedy: 'Did you mean payments?',
    });
    assert.throws(() => refuseUnknownNamespaces(subject(['constructor'])), { name: 'UserError' });
  });
  it('does not call missing what it was not allowed to ask for', () => {
    const entry = {
      resource: 'namespaces',
      version: 'v1',
      state: 'forbidden',
      needs: '',
      reason: 'no',
      note: '',
    } as const;
    const counts = { pages: 0, items: 0, attempts: 1, durationMs: 0 };
    const coverage = [{ ...entry, ...counts, scope: 'orders' }];
    const given = { namespaces: [namespaceRecord('payments')], coverage };
    const asked = (name: string) => subjectOf({ packs, narrowedTo: [name], given });
    assert.doesNotThrow(() => refuseUnknownNamespaces(asked('orders')));
    assert.throws(() => refuseUnknownNamespaces(asked('paymens')), { name: 'UserError' });
  });
  it('refuses nothing while no namespace could be listed', () => {
    assert.doesNotThrow(() => refuseUnknownNamespaces(subject(['paymens'], [])));
  });
});

describe('snapshotSummary', () => {
  it('says what the file holds, and is not fooled by its name', () => {
    const text = snapshotSummary('a\u202eb', inventory([object('x/ConfigMap/c')]), []);
    assert.match(text, /^Snapshot written to a\\u\{202e\}b: 1 resources in 1 namespaces of prod-eu, at /);
  });

  it('names the file in a command as one word, whatever a shell would make of it', () => {
    const text = snapshotSummary("my $(id) 'file'", inventory([]), []);
    assert.ok(text.endsWith("kubectl palette-audit --snapshot='my $(id) '\\''file'\\'''\n"), text);
  });
});

describe('a subject read from the whole cluster', () => {
  const packs = [packOf(definition('a', { namespace: 'one' }))];
  const owner = object('/ClusterRole/owner');
  const all = inventory([
    object('/ClusterRole/other'),
    owner,
    object('one/ConfigMap/child', { owners: [ownedBy(owner)] }),
    object('one/ConfigMap/engine', { manager: 'engine' }),
    object('two/ConfigMap/engine', { manager: 'engine' }),
  ]);
  const names = async (narrowedTo: readonly string[], allNamespaces = false) => {
    const subject = await readSubject(packs, { inventory: all, narrowedTo, allNamespaces }, lookWithin);
    return subject.attributions.map(({ object: { namespace, name } }) => `${namespace}/${name}`);
  };
  it('is judged by what a live audit would read', async () => {
    assert.deepEqual(await names([]), ['/owner', 'one/child', 'one/engine']);
    assert.deepEqual(await names(['two']), ['two/engine']);
  });
  it('is judged as a whole with -A', async () => assert.equal((await names([], true)).length, 5));
  it('finds in it what stands in other namespaces', async () => {
    const { inventory: found } = await readSubject(
      packs,
      { inventory: all, narrowedTo: [], allNamespaces: false },
      lookWithin,
    );
    const engine = found.elsewhere.find(({ name }) => name === 'engine');
    assert.deepEqual(
      engine?.writers.map(({ namespace }) => namespace),
      ['one', 'two'],
    );
  });
});
