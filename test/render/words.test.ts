import assert from 'node:assert/strict';
import { SEVERITIES } from '../../src/audit/rule.ts';
import { rulesReference, sentence } from '../../src/render/words.ts';
import { installCommands } from '../../src/render/words/separation.ts';
import { renderReport } from '../../src/render/formats.ts';
import { application, finding, report } from '../support/builders.ts';
import { matchesGolden } from '../support/golden.ts';
import { style } from './support/scenes.ts';
import { EVERY_RULE } from './support/every-rule.ts';

describe('words', () => {
  it('say every rule in one plain sentence', () => {
    matchesGolden(EVERY_RULE.map((each) => `${each.rule}\n  ${sentence(each)}\n`).join(''), 'render/sentences.txt');
  });

  it('end every sentence, and leave nothing undefined in it', () => {
    for (const each of EVERY_RULE) assert.match(sentence(each), /^(?!.*(?:undefined|null|\[object| {2})).+\.$/u);
  });

  it('document every rule with the severity that the audit gives it', () => {
    assert.deepEqual(Object.fromEntries(rulesReference().map(({ rule, severity }) => [rule, severity])), SEVERITIES);
  });

  it('never advise kubectl delete', () => {
    for (const { meaning, why, remedy } of rulesReference()) {
      assert.doesNotMatch(`${meaning} ${why} ${remedy}`, /kubectl delete|helm uninstall/u);
    }
  });
});

function shared(...packs: readonly string[]): string {
  return sentence(finding('shared-namespace', { packs: packs.map((pack) => ({ pack, profiles: ['infra'] })) }));
}

describe('a shared namespace', () => {
  it('names a profile of all packs once', () => {
    assert.equal(
      shared('a', 'b'),
      'Packs a and b (both of profile infra) share hello-universe: removing either destroys both.',
    );
    assert.match(shared('a', 'b', 'c'), /\(all of profile infra\) .* destroys all 3\.$/u);
  });

  it('says whose removal destroys it where not every one does', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((pack) => ({ pack, profiles: [] }));
    const two = sentence(finding('shared-namespace', { packs: [a, b].flatMap((one) => one ?? []), destroying: ['a'] }));
    assert.equal(two, 'Packs a and b share hello-universe: removing a destroys what both have there.');
    const packs = [a, b, c].flatMap((one) => one ?? []);
    const three = sentence(finding('shared-namespace', { packs, destroying: ['a', 'c'] }));
    assert.match(three, /: removing a or c destroys what all 3 have there\.$/u);
  });
});

describe('what nobody is known to have made', () => {
  it('is never advised to move, but to be asked about', () => {
    const nobodys = application({ name: 'cache', owner: 'unexplained', movable: false });
    const text = renderReport(report({ applications: [nobodys] }), style());
    assert.match(
      text,
      /^WHAT TO DO\n1\. Find out whose cache in hello-universe is, before any pack there is removed\.$/mu,
    );
    assert.doesNotMatch(text, /Move /u);
  });
});

describe('how an application is installed elsewhere', () => {
  const step = {
    kind: 'move-application',
    application: 'dash',
    to: 'dash-app',
    chart: 'dashboard',
    chartVersion: '7.1.0',
    release: 'dash',
    cautions: [],
  } as const;

  it('is with the values that it has, in a file that overwrites no pack’s', () => {
    assert.deepEqual(installCommands(step, 'shop', 'helm'), [
      'helm get values dash --namespace shop --output yaml \\',
      '  > dash-values.yaml',
      'helm install dash <REPOSITORY>/dashboard --version 7.1.0 \\',
      '  --namespace dash-app --create-namespace \\',
      '  --values dash-values.yaml',
    ]);
  });

  it('is in the cluster that was asked, and not said where Helm cannot be told which that is', () => {
    const [first, , second] = installCommands(step, 'shop', 'helm --kube-context=prod');
    assert.equal(first, 'helm --kube-context=prod get values dash --namespace shop --output yaml \\');
    assert.equal(second, 'helm --kube-context=prod install dash <REPOSITORY>/dashboard --version 7.1.0 \\');
    assert.deepEqual(installCommands(step, 'shop', ''), []);
  });

  it('is not said where a controller deploys it, nor of a namespace that a shell could take for more', () => {
    const cautions = [{ code: 'deployed-elsewhere', subjects: ['helm-controller'] }] as const;
    assert.deepEqual(installCommands({ ...step, cautions }, 'shop', 'helm'), []);
    assert.deepEqual(installCommands(step, '$(reboot)', 'helm'), []);
  });
});

describe('a suggested command', () => {
  it('holds no text that a shell could take for more', () => {
    const bad = finding(
      'unmanaged-resource',
      { application: 'x', owner: 'helm', packs: [] },
      { namespace: '$(reboot)' },
    );
    const step = {
      kind: 'move-application',
      application: 'x',
      to: 'x',
      chart: 'x; reboot',
      chartVersion: '1.0.0',
      release: 'x',
      cautions: [],
    } as const;
    const separation = { namespace: 'x', stays: 'a', why: 'order', steps: [step] } as const;
    const text = renderReport(report({ findings: [bad], separations: [separation] }), style());
    assert.match(text, /explain namespace\/NAME/u);
    assert.doesNotMatch(text, /helm install|explain .*reboot/u);
  });
});
