import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { parsePage } from '../../src/cluster/list-page.ts';
import { markersAhead } from '../../src/cluster/page-markers.ts';

const TYPE = { group: '', version: 'v1', kind: 'ConfigMap', namespaced: true };
const META = '{"kind":"PartialObjectMetadataList","apiVersion":"meta.k8s.io/v1","metadata":';

function markersOf(text: string): unknown {
  return markersAhead(Buffer.from(text));
}

describe('what the first bytes of a page tell', () => {
  it('is what the whole page tells, for every page as an API server writes it', () => {
    const token = fc.base64String({ minLength: 4 });
    fc.assert(
      fc.property(token, fc.option(fc.nat()), fc.array(fc.uuid()), (text, remaining, names) => {
        const page = {
          kind: 'PartialObjectMetadataList',
          apiVersion: 'meta.k8s.io/v1',
          metadata: {
            resourceVersion: '17',
            continue: text,
            ...(remaining === null ? {} : { remainingItemCount: remaining }),
          },
          items: names.map((name) => ({ metadata: { name, namespace: 'shop' } })),
        };
        const whole = parsePage(page, { type: TYPE, namespace: 'shop' });
        assert.ok(whole.ok);
        const { continueToken, remaining: left } = whole.value;
        assert.deepEqual(markersOf(JSON.stringify(page)), { continueToken, remaining: left });
      }),
    );
  });

  const nothing: readonly (readonly [name: string, text: string])[] = [
    ['no page follows', `${META}{"resourceVersion":"17"},"items":[]}`],
    ['the token is empty', `${META}{"resourceVersion":"17","continue":""},"items":[]}`],
    ['the items come first', '{"apiVersion":"v1","items":[],"kind":"ConfigMapList","metadata":{"continue":"abcd"}}'],
    ['there are other members', `${META}{"selfLink":"/api","continue":"abcd"},"items":[]}`],
    ['the token is escaped', `${META}{"continue":"ab\\u0063d"},"items":[]}`],
    ['the token has no end', `${META}{"continue":"abcd`],
    ['the token is longer than any name', `${META}{"continue":"${'a'.repeat(5000)}"},"items":[]}`],
    ['a login page comes', '<html>"metadata":{"continue":"abcd"}</html>'],
    ['nothing comes', ''],
  ];
  for (const [name, text] of nothing) it(`is nothing where ${name}`, () => assert.equal(markersOf(text), undefined));
});
