import assert from 'node:assert/strict';
import { proofsOf } from '../../src/attribution/proof.ts';
import type { PackDefinition } from '../../src/model/definition.ts';
import { typeScope } from '../../src/model/type-scope.ts';
import { definition, inventory, object, packOf, release, TYPES } from '../support/world.ts';

const OBJECT = object('shop/ConfigMap/c');
const DEFINED = { namespace: 'shop', objects: ['/ConfigMap/c'] };

function manifestsWith(...definitions: readonly PackDefinition[]): readonly string[] {
  const packs = [packOf(...definitions)];
  const proofs = proofsOf({ inventory: inventory([]), packs, scope: typeScope(TYPES), linkOf: new Map() });
  return proofs.manifests(OBJECT).map(({ source, possible }) => `${source}${possible ? ', possibly' : ''}`);
}

describe('the proof by a manifest', () => {
  it('names the file as given', () => {
    const source = { kind: 'file', path: 'web/profile.yaml' } as const;
    assert.deepEqual(manifestsWith(definition('web', { ...DEFINED, source })), ['web/profile.yaml']);
  });

  it('names standard input in words', () => {
    const source = { kind: 'file', path: '-' } as const;
    assert.deepEqual(manifestsWith(definition('web', { ...DEFINED, source })), ['standard input']);
  });

  it('names the Pack resource', () => {
    const source = { kind: 'cluster', namespace: 'cluster-1' } as const;
    assert.deepEqual(manifestsWith(definition('web', { ...DEFINED, source })), ['Pack web in cluster-1']);
  });

  it('is one though two definitions of the pack have it, and the first of them', () => {
    const second = { kind: 'file', path: 'second.yaml' } as const;
    const found = manifestsWith(definition('web', DEFINED), definition('web', { ...DEFINED, source: second }));
    assert.deepEqual(found, ['profile.yaml']);
  });

  it('stands beside what is only possible', () => {
    const found = manifestsWith(definition('web', { ...DEFINED, possible: ['/ConfigMap/c'] }));
    assert.deepEqual(found, ['profile.yaml', 'profile.yaml, possibly']);
  });
});

describe('the proof by a release', () => {
  it('is none of one that was uninstalled, whose record is known all the same', () => {
    const gone = release('shop/web', { status: 'uninstalled', has: ['/ConfigMap/c'] });
    const kept = release('shop/api', { status: 'superseded', has: ['/ConfigMap/c'] });
    const world = inventory([], { releases: [gone, kept] });
    const proofs = proofsOf({ inventory: world, packs: [], scope: typeScope(TYPES), linkOf: new Map() });
    assert.deepEqual(
      proofs.releases(OBJECT).map(({ release: key }) => key),
      ['shop/api'],
    );
    assert.deepEqual([...proofs.byReleaseKey.keys()], ['shop/web', 'shop/api']);
    assert.deepEqual([...proofs.byRecord.keys()], ['Secret shop/web', 'Secret shop/api']);
  });
});
