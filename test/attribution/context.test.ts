import assert from 'node:assert/strict';
import { contextOf } from '../../src/attribution/context.ts';
import type { Coverage } from '../../src/model/inventory.ts';
import { attributionInput, covered, definition, inventory, packOf } from '../support/world.ts';

const contextWith = (coverage: readonly Coverage[]) => contextOf(attributionInput([], inventory([], { coverage })));
const forbidden = (resource: string, scope = ''): Coverage => covered(resource, { scope, state: 'forbidden' });
const seen = (resource: string, scope = ''): Coverage => covered(resource, { scope });

const READABLE: readonly { says: string; coverage: readonly Coverage[]; readable: boolean }[] = [
  { says: 'where nothing failed', coverage: [seen('secrets'), seen('configmaps')], readable: true },
  { says: 'where nothing is said of them', coverage: [], readable: true },
  { says: 'not without Secrets', coverage: [forbidden('secrets')], readable: false },
  {
    says: 'not without ConfigMaps, in which Helm may keep them as well',
    coverage: [forbidden('configmaps')],
    readable: false,
  },
  { says: 'not where they were left out', coverage: [covered('release/*', { state: 'excluded' })], readable: false },
  {
    says: 'not where one of the namespace could not be decoded',
    coverage: [covered('release/web', { scope: 'shop', state: 'failed' })],
    readable: false,
  },
  {
    says: 'where only one of another namespace could not be decoded',
    coverage: [covered('release/web', { scope: 'far', state: 'failed' })],
    readable: true,
  },
  {
    says: 'where only another type was refused',
    coverage: [forbidden('pods'), forbidden('secrets.example.com'), forbidden('releases.helm.crossplane.io')],
    readable: true,
  },
  { says: 'not where the namespace’s Secrets were refused', coverage: [forbidden('secrets', 'shop')], readable: false },
  { says: 'where another namespace’s Secrets were refused', coverage: [forbidden('secrets', 'far')], readable: true },
  {
    says: 'where the namespace’s own list made good the refusal of all',
    coverage: [forbidden('secrets'), seen('secrets', 'shop')],
    readable: true,
  },
  {
    says: 'not where another namespace’s list did',
    coverage: [forbidden('secrets'), seen('secrets', 'far')],
    readable: false,
  },
  {
    says: 'not where the namespace’s list of another type did',
    coverage: [forbidden('secrets'), seen('configmaps', 'shop'), seen('pods', 'shop')],
    readable: false,
  },
  {
    says: 'not where the namespace’s own list was refused as well',
    coverage: [forbidden('secrets'), forbidden('secrets', 'shop')],
    readable: false,
  },
  {
    says: 'not where the namespace’s own list failed, though another one was complete',
    coverage: [covered('secrets', { scope: 'shop', state: 'failed' }), seen('secrets', 'far')],
    readable: false,
  },
];

describe('release records could all be read', () => {
  for (const { says, coverage, readable } of READABLE) {
    it(says, () => {
      for (const order of [coverage, coverage.toReversed()])
        assert.equal(contextWith(order).releasesReadable('shop'), readable);
    });
  }
});

const expected = (...packs: Parameters<typeof attributionInput>[0]) => [
  ...contextOf(attributionInput(packs, inventory([]))).expected,
];

describe('the releases that definitions spell out', () => {
  it('are those of each chart, in each namespace where the pack lands', () => {
    const pack = packOf(
      definition('web', { namespace: 'one', chartKeys: ['a'], charts: [{ name: 'b', version: '1' }] }),
      definition('web', { namespace: 'two' }),
    );
    assert.deepEqual(expected(pack, packOf(definition('plain'))), [
      ['one/web-b', 'web'],
      ['one/web-a', 'web'],
      ['two/web-b', 'web'],
      ['two/web-a', 'web'],
    ]);
  });

  it('are in place of a chart’s plain name what overrides it', () => {
    const pack = packOf(definition('web', { chartKeys: ['a', 'b'], releaseNameOverrides: new Map([['a', 'front']]) }));
    assert.deepEqual(expected(pack), [
      ['default/front', 'web'],
      ['default/web-b', 'web'],
    ]);
  });

  it('are none where it is not known in which namespace the pack lands', () => {
    const pack = packOf(definition('web', { namespace: '{{ .spectro.var.ns }}', chartKeys: ['a'] }));
    assert.deepEqual(expected(pack), []);
  });

  it('are where a profile deploys the pack, not where the pack’s directory would', () => {
    const directory = definition('web', { namespace: 'packaged', chartKeys: ['a'], isPackDirectory: true });
    assert.deepEqual(expected(packOf(definition('web', { namespace: 'shop' }), directory)), [['shop/web-a', 'web']]);
    assert.deepEqual(expected(packOf(directory)), [['packaged/web-a', 'web']]);
  });
});
