import assert from 'node:assert/strict';
import type { Owner } from '../../src/model/attribution.ts';
import type { ChangeCode, LossCause, ResourceExplanation } from '../../src/model/explanation.ts';
import { renderResourceExplanation } from '../../src/render/formats.ts';
import { changeText } from '../../src/render/words/answer-changes.ts';
import { lossLines } from '../../src/render/words/losses.ts';
import { whoseText } from '../../src/render/words/resource-owner.ts';
import { coverage, coverageGap, resourceExplanation } from '../support/builders.ts';
import { style } from './support/scenes.ts';

type Given = Partial<ResourceExplanation>;

describe('whose a resource is', () => {
  const helm: Owner = { kind: 'application', via: 'helm', name: 'web', namespace: 'x' };
  const cases: readonly (readonly [says: RegExp, given: Given])[] = [
    [/^belongs to pack a$/, { owner: { kind: 'pack', pack: 'a' } }],
    [/^claims to belong to pack a$/, { owner: { kind: 'pack', pack: 'a' }, strength: 'claimed' }],
    [/^seems to belong to pack a$/, { owner: { kind: 'pack', pack: 'a' }, strength: 'inferred' }],
    [/^belongs to Helm release web, which is no Palette pack's$/, { owner: helm }],
    [/^belongs to Argo CD application web/, { owner: { ...helm, via: 'argocd' } }],
    [/a person wrote it, with kubectl-edit$/, { owner: { kind: 'person', manager: 'kubectl-edit' } }],
    [/made for x\/y, which a person wrote with vim$/, { owner: { kind: 'person', manager: 'vim' }, root: 'x/y' }],
    [/^seems to be Palette's own$/, { owner: { kind: 'palette', by: 'x' } }],
    [/^is Kubernetes' own making$/, { owner: { kind: 'kubernetes' } }],
    [/^seems to be put into every namespace by r$/, { owner: { kind: 'injected', manager: 'r' } }],
    [/^seems left over from pack a$/, { owner: { kind: 'leftover', pack: 'a' } }],
    [/^seems left over from a pack$/, { owner: { kind: 'leftover', pack: '' } }],
    [/^is of nobody known/, { owner: { kind: 'unexplained' }, strength: 'none' }],
    [/pack a and pack b at once/, { owner: { kind: 'unexplained' }, conflict: ['pack a', 'pack b'] }],
    [/^was not seen$/, { owner: undefined, resource: undefined }],
  ];
  for (const [says, given] of cases) it(String(says), () => assert.match(whoseText(resourceExplanation(given)), says));
});

function lose(cause: LossCause, packs: readonly string[], sure = true): Given {
  return { losses: packs.map((pack) => ({ pack, cause, subject: 'thing', sure })) };
}

describe('what a removal does to a resource', () => {
  const BLIND = { coverage: coverage({ gaps: [coverageGap()] }) };
  const cases: readonly (readonly [says: RegExp, given: Given])[] = [
    [/^It is destroyed when pack a is removed: it has a stake in thing\.$/, lose('namespace', ['a'])],
    [/when pack a or b is removed: both have a stake/, lose('namespace', ['a', 'b'])],
    [/when pack a, b or c is removed: each has a stake/, lose('namespace', ['a', 'b', 'c'])],
    [/^If it is there, it is destroyed/, { ...lose('namespace', ['a']), resource: undefined }],
    [/^thing stays when pack a is removed.*unknown\.$/, lose('protected', ['a'], false)],
    [/^It is deleted when pack a is removed, as the pack's own; payments stays\.$/, lose('own', ['a'])],
    [/^It may be deleted when/, lose('own', ['a'], false)],
    [/^Helm keeps it when pack a/, lose('kept', ['a'])],
    [/^It goes with its type when pack a/, lose('type', ['a'])],
    [/^It may go with its type/, lose('type', ['a'], false)],
    [/^It goes with its claim thing when .*: its reclaim policy is Delete\.$/, lose('claim', ['a'])],
    [/^It may go with its claim thing when pack a is removed\.$/, lose('claim', ['a'], false)],
    [/^It stays when pack a is removed, though its claim thing goes/, lose('retained', ['a'])],
    [/^It may go with its owner thing/, lose('owner', ['a'], false)],
    [
      /Palette reinstalls it: an outage; data on volumes is lost\.$/,
      { ...lose('namespace', ['b']), owner: { kind: 'pack', pack: 'a' } },
    ],
    [/: none destroys payments, and nothing that goes takes it along \(1 pack read, complete\)\.$/, {}],
    [/: it lies in no namespace, and nothing that goes takes it along \(1 pack read, complete\)\.$/, { namespace: '' }],
    [/^It goes along with thing when pack a is removed\.$/, lose('follows', ['a'])],
    [/^It may go along with thing when pack a is removed\.$/, lose('follows', ['a'], false)],
    [/^It stays when pack a is removed, but its data is lost with thing\.$/, lose('stranded', ['a'])],
    [
      /^It stays when pack a is removed, but can no longer be mounted, for thing goes\.$/,
      lose('stranded', ['a'], false),
    ],
    [/This is not an all-clear\.$/, BLIND],
    [/^What a removal does to it is not known\.$/, { ...BLIND, resource: undefined }],
  ];
  for (const [says, given] of cases) {
    it(String(says), () => assert.match(lossLines(resourceExplanation(given)).join(' '), says));
  }

  it('is never an all-clear while something was not seen', () => {
    const { complete: _, ...unseen } = resourceExplanation({ complete: false });
    const lines = lossLines({ ...unseen, complete: false }).join(' ');
    assert.doesNotMatch(lines, /No pack's removal deletes it|No pack's release/);
  });
});

describe('what would change the answer', () => {
  const cases: readonly (readonly [code: ChangeCode, subjects: readonly string[], says: RegExp])[] = [
    ['right', ['list secrets in namespace x', 'x'], /^The right to list secrets in namespace x\.$/],
    ['right', ['list secrets there', 'x', 'y'], /^The right to list secrets there \(x and y\)\.$/],
    ['read-releases', [], /without --without-releases/],
    ['release-record', ['r', 'x'], /^A readable record of release r in x/],
    ['manifest-body', ['m', 'p'], /^The contents of m of pack p, given with -f/],
    ['pack-content', ['p'], /^What pack p installs, .* given with -f/],
    ['release-name', ['r', 'x', 'p'], /^Values of pack p that name release r and its namespace x/],
    ['refuted-mark', ['pack p'], /they name pack p/],
    ['one-proof', ['pack a', 'pack b'], /pack a and pack b cannot all own it/],
    ['definition', [], /given with -f/],
    ['move', ['x', 'a'], /outside x it outlives pack a\.$/],
    ['move', ['x', 'a', 'b'], /outlives packs a and b\.$/],
  ];
  for (const [code, subjects, says] of cases) {
    it(`${code}: ${says}`, () => assert.match(changeText({ code, subjects }), says));
  }
});

describe('the page of a resource', () => {
  const unlisted = resourceExplanation({
    resource: undefined,
    owner: undefined,
    coverage: coverage({ gaps: [coverageGap({ resources: ['deployments.apps'] })] }),
  });

  it('says first that its type could not be listed', () => {
    const text = renderResourceExplanation(unlisted, style({ exitCode: 3 }));
    assert.match(
      text,
      /^INCOMPLETE: deployments\.apps in payments could not be listed, .* whether web is\nthere\. Exit code 3\./,
    );
  });

  it('names nothing with -o name that was not seen', () => {
    assert.equal(renderResourceExplanation(unlisted, style({ format: 'name' })), '');
    assert.equal(
      renderResourceExplanation(resourceExplanation(), style({ format: 'name' })),
      'payments/deployments.apps/web\n',
    );
  });

  it('says which other types the name could mean, and that it is being deleted', () => {
    const given = { otherTypes: ['deployments.example.com'], deletingSince: '2026-11-10T14:00:00Z' };
    const text = renderResourceExplanation(resourceExplanation(given), style());
    assert.match(text, /being deleted already, since 2026-11-10T14:00:00Z/);
    assert.match(text, /taken for deployments\.apps; it could also be deployments\.example\.com/);
  });
});
