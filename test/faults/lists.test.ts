import assert from 'node:assert/strict';
import { fakeType, fullName } from '../support/fake-api/description.ts';
import type { FakeCluster, FakeType } from '../support/fake-api/description.ts';
import { tokenIn } from '../support/fake-api/fake-pages.ts';
import type { Fault } from '../support/fake-api/fault.ts';
import { ask, assertClear, assertIncomplete, gapsIn, notesIn } from './support/ask.ts';
import type { Trouble } from './support/ask.ts';
import { CHART, MANIFEST, clearWorld } from './support/clear-world.ts';
import { POSITIONS } from './support/positions.ts';

const { P1, Pn } = POSITIONS;
const BOTH = `${MANIFEST} ${CHART}`;
const SLICES = 'endpointslices.discovery.k8s.io';
const SLICE_LISTS = /^\/apis\/discovery\.k8s\.io\/v1\/namespaces\/kubecost\/endpointslices\?/;

/** The clear world with one of its types otherwise, or with one more. */
function withType(type: Partial<FakeType> & { readonly name: string; readonly kind?: string }): FakeCluster {
  const { name, kind = '', ...more } = type;
  const world = clearWorld();
  const isThere = world.types.some((one) => fullName(one) === name);
  const changed = world.types.map((one) => (fullName(one) === name ? { ...one, ...more } : one));
  return { ...world, types: isThere ? changed : [...changed, fakeType(name, kind, more)] };
}

function list(kind: string, metadata: object, items: unknown, apiVersion = 'v1'): Fault {
  return { kind: 'body', body: JSON.stringify({ kind, apiVersion, metadata, items }) };
}

function status(code: number, message = `code ${code}`): Fault {
  return { kind: 'status', status: code, message };
}

/** At every page, not only the first. */
function atEveryPage(fault: Fault): Trouble {
  return { faults: [{ path: `/api/v1/namespaces/${CHART}/configmaps?`, fault }] };
}

function atP1(fault: Fault, times = Infinity): Trouble {
  return { faults: [{ path: P1.isMeant, fault, times }] };
}

function atPn(fault: Fault, times = Infinity): Trouble {
  return { faults: [{ path: Pn.isMeant, fault, times }], argv: Pn.argv };
}

const OTHER_STATE = list('PartialObjectMetadataList', { resourceVersion: '7' }, [], 'meta.k8s.io/v1');
const IN_CHART = { namespace: CHART };
const TWICE = [{ metadata: { ...IN_CHART, name: 'a', uid: '1' } }, { metadata: { ...IN_CHART, name: 'b', uid: '1' } }];
const CONVERSION = 'conversion webhook for discovery.k8s.io/v1, Kind=EndpointSlice failed: Post "https://x": EOF';
const GONE: Trouble = {
  faults: [
    { path: (url) => SLICE_LISTS.test(url), fault: status(404) },
    { path: (url) => url === '/apis/discovery.k8s.io/v1', fault: status(404) },
  ],
};

/** Larger pages are no way out. */
const SMALL_PAGES: Trouble = { cluster: { ...clearWorld(), largestPage: 1 } };

const CLEAR: readonly (readonly [title: string, trouble: Trouble, note?: RegExp])[] = [
  [
    'F10 P1: a version whose conversion fails is got round by another one',
    { cluster: withType({ name: SLICES, otherVersions: ['v1beta1'], inconvertibleAt: ['v1'] }) },
    /listed at v1beta1/,
  ],
  [
    'F10 Pn: so is one that fails at a later page',
    {
      cluster: withType({ name: SLICES, otherVersions: ['v1beta1'] }),
      faults: [{ path: (url) => SLICE_LISTS.test(url), fault: status(500, CONVERSION) }],
      argv: Pn.argv,
    },
    /listed at v1beta1/,
  ],
  [
    'F13 P1: a type that may not be listed everywhere is listed by namespace',
    {
      faults: [{ path: '/api/v1/configmaps?includeObject=Metadata&limit', fault: status(403) }],
      argv: ['-A'],
    },
    /by namespace/,
  ],
  ['F15 P1: a 404 that passes', atP1(status(404), 2)],
  ['F15 Pn: a 404 that passes, of a later page', atPn(status(404), 2)],
  [
    'F17 P1: a type that can only be created',
    { cluster: withType({ name: 'bindings', kind: 'Binding', verbs: ['create'] }) },
  ],
  ['F18 P1: pods that are given only whole', { cluster: withType({ name: 'pods', wholeOnly: true }) }],
  ['F19 Pn: a token that expired once', { cluster: { ...clearWorld(), expired: 1 }, argv: Pn.argv }],
  ['F19 Pn: a token that expired three times', { cluster: { ...clearWorld(), expired: 3 }, argv: Pn.argv }],
  ['F21 Pn: a list that changed between its pages', atPn(OTHER_STATE, 1)],
  ['F36 P1: items that are null', atP1(list('ConfigMapList', {}, null))],
];

const INCOMPLETE: readonly (readonly [title: string, trouble: Trouble, gaps: readonly string[], says?: RegExp])[] = [
  [
    'F11 P1: a type that cannot be converted to any version',
    { cluster: withType({ name: SLICES, otherVersions: ['v1beta1'], inconvertibleAt: ['v1', 'v1beta1'] }) },
    [`${SLICES} in ${BOTH}: failed`],
    /conversion webhook/,
  ],
  [
    'F14 P1: a type that may not be listed in one of the namespaces',
    atP1(status(403)),
    [`configmaps in ${CHART}: forbidden`],
  ],
  [
    "F14 H: a release's record that may not be read",
    { faults: [{ path: POSITIONS.H.isMeant, fault: status(403) }] },
    [`release/cost-analyzer-cost-analyzer in ${CHART}: forbidden`],
    /get secrets in namespace kubecost/,
  ],
  ['F15 P1: a 404 of a type that is still served', atP1(status(404)), [`configmaps in ${CHART}: failed`]],
  ['F15 Pn: a 404 of a later page', atPn(status(404)), [`serviceaccounts in ${CHART}: failed`]],
  ['F16 P1: a 404 of a type that went away', GONE, [`${SLICES} in ${CHART}: vanished`], /during the run/],
  ['F17 P1: a 405', atP1(status(405)), [`configmaps in ${CHART}: not-listable`]],
  [
    'F17 P1: a type that can be deleted and not be listed',
    { cluster: withType({ name: 'gadgets', kind: 'Gadget', verbs: ['delete', 'get'] }) },
    [`gadgets in ${BOTH}: not-listable`],
  ],
  ['F19 Pn: tokens that always expire', { ...atPn(status(410, 'expired')), ...SMALL_PAGES }, Pn.gaps],
  [
    'F21 Pn: a list that always changes',
    { ...atPn(OTHER_STATE), ...SMALL_PAGES },
    Pn.gaps,
    /changed between its pages/,
  ],
  [
    'F22 Pn: a token that repeats',
    atEveryPage(list('ConfigMapList', { continue: 'x' }, [{ metadata: { ...IN_CHART, name: 'a' } }])),
    P1.gaps,
    /repeats/,
  ],
  [
    'F22 Pn: empty pages without end',
    atEveryPage({ kind: 'endless', listKind: 'ConfigMapList' }),
    P1.gaps,
    /nothing new/,
  ],
  [
    'F24 P1: a byte now and then',
    { wire: [{ path: P1.isMeant, fault: { kind: 'drip', everyMs: 20 } }], limits: { listMs: 900, requestMs: 700 } },
    P1.gaps,
  ],
  [
    'F37 P1: a table without its rows',
    atP1({ kind: 'body', body: '{"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{}}' }),
    P1.gaps,
    /no list of items/,
  ],
  [
    'F37 P1: an object of another namespace',
    atP1(list('ConfigMapList', {}, [{ metadata: { name: 'a', namespace: 'b' } }])),
    P1.gaps,
  ],
  ['F37 P1: an object without a name', atP1(list('ConfigMapList', {}, [{ metadata: IN_CHART }])), P1.gaps],
  ['F37 P1: two objects of one uid', atP1(list('ConfigMapList', {}, TWICE)), P1.gaps, /one uid/],
];

describe('a fault of a list', () => {
  for (const [title, trouble, note] of CLEAR) {
    it(`${title}: the answer is whole`, async () => {
      const outcome = await ask(trouble);
      assertClear(outcome);
      if (note !== undefined) assert.match(notesIn(outcome.stdout).join('\n'), note);
    });
  }

  for (const [title, trouble, gaps, says = /./] of INCOMPLETE) {
    it(`${title}: is admitted, and the others are there`, async () => {
      const outcome = await ask(trouble);
      assertIncomplete(outcome, ...gaps);
      assert.match(outcome.stdout, says);
    }).timeout(20_000);
  }

  it('F18 P1: Secrets that are given only whole stay where they are', async () => {
    const outcome = await ask({ cluster: withType({ name: 'secrets', wholeOnly: true }) });
    assert.notEqual(outcome.code, 0);
    const gaps = gapsIn(outcome.stdout);
    assert.ok(
      gaps.some((gap) => gap.startsWith('secrets ')),
      gaps.join(),
    );
    const whole = outcome.requests.filter(({ url, headers }) => url.includes('/secrets') && takesWhole(headers.accept));
    assert.deepEqual(whole, []);
  });

  it('F20 Pn: the offer to go on inconsistently is never taken', async () => {
    const outcome = await ask({ cluster: { ...clearWorld(), expired: Infinity }, argv: Pn.argv });
    const tokens = outcome.requests.map(({ url }) => new URL(url, 'http://server').searchParams.get('continue') ?? '');
    const sent = tokens.flatMap((text) => tokenIn(text) ?? []);
    assert.ok(sent.length > 0);
    assert.deepEqual(
      sent.filter(({ rv }) => rv < 0),
      [],
    );
  });
});

function takesWhole(accept = ''): boolean {
  return accept.split(',').some((range) => !range.includes('as='));
}
