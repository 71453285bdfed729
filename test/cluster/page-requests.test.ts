import assert from 'node:assert/strict';
import { createDeadline } from '../../src/cluster/deadline.ts';
import { DEFAULT_LIMITS } from '../../src/cluster/options.ts';
import { pageReader, type Aim } from '../../src/cluster/page-requests.ts';
import type { Transport } from '../../src/cluster/transport.ts';

/** A request that waits until it is answered by a page in front of another one; '' for the last. */
interface Asked {
  readonly path: string;
  readonly answer: (next: string) => void;
  readonly slow: () => string;
}

const FIRST: Aim = { token: '', limit: 10, largest: 40 };

/** Reads pages from what answers when it is told to, as a transport does: a body is shown first, and then parsed. */
function reading({ aheadOfFirst = true } = {}) {
  const asked: Asked[] = [];
  const transport: Transport = {
    limits: DEFAULT_LIMITS,
    get: (request) =>
      new Promise((resolve) => {
        const answer = (next: string): void => {
          const body = bytesOf(next);
          request.beforeReading?.(body);
          const parsed = request.parse(JSON.parse(body.toString()));
          assert.ok(parsed.ok);
          resolve({ ok: true, value: parsed.value, attempts: 1, bytes: body.length });
        };
        const slow = (): string => request.retryPath?.({ kind: 'timeout', status: 0, reason: '' }) ?? '';
        asked.push({ path: request.path, answer, slow });
      }),
  };
  const expected = { type: { group: '', version: 'v1', kind: 'ConfigMap', namespaced: true }, namespace: '' };
  const deadline = createDeadline(1000);
  const job = { path: '/list', query: '', accept: 'application/json', expected, deadline, aheadOfFirst };
  const pages = pageReader(transport, job);
  /** The request of this number, once what goes before has had its turn. */
  const request = async (number: number): Promise<Asked> => {
    await new Promise(setImmediate);
    return asked[number] ?? assert.fail(`${String(asked.length)} requests, not more than ${String(number)}`);
  };
  return { asked, pages, request };
}

function bytesOf(next: string): Buffer {
  const metadata = { resourceVersion: '1', ...(next === '' ? {} : { continue: next, remainingItemCount: 5 }) };
  return Buffer.from(JSON.stringify({ kind: 'ConfigMapList', apiVersion: 'v1', metadata, items: [] }));
}

function paths(asked: readonly Asked[]): readonly string[] {
  return asked.map(({ path }) => path);
}

const behind = (token: string): Aim => ({ ...FIRST, token });

describe('the pages of a list', () => {
  it('are asked for before the one in front of them is read, and once', async () => {
    const { asked, pages, request } = reading();
    const first = pages.read(FIRST);
    (await request(0)).answer('next');
    assert.deepEqual(paths(asked), ['/list?limit=10', '/list?limit=10&continue=next']);
    await first;
    const second = pages.read(behind('next'));
    (await request(1)).answer('');
    assert.equal((await second).reply.ok, true);
    assert.equal(asked.length, 2);
  });

  it('are asked for one ahead, however fast they come', async () => {
    const { asked, pages, request } = reading();
    void pages.read(FIRST);
    (await request(0)).answer('next');
    (await request(1)).answer('more');
    assert.deepEqual(paths(asked).slice(1), ['/list?limit=10&continue=next']);
  });

  it('are not asked for ahead of a first page that may be the only one', async () => {
    const { asked, pages, request } = reading({ aheadOfFirst: false });
    const first = pages.read(FIRST);
    (await request(0)).answer('next');
    await first;
    assert.equal(asked.length, 1);
    void pages.read(behind('next'));
    (await request(1)).answer('third');
    await request(2);
    assert.equal(paths(asked)[2], '/list?limit=10&continue=third');
  });

  it('that turn out to be others are asked for anew, once the one ahead has come', async () => {
    const { asked, pages, request } = reading();
    const first = pages.read(FIRST);
    (await request(0)).answer('next');
    await first;
    const again = pages.read(FIRST);
    assert.equal(asked.length, 2);
    (await request(1)).answer('more');
    const anew = await request(2);
    assert.deepEqual(paths(asked).slice(2), ['/list?limit=10']);
    anew.answer('');
    assert.deepEqual((await again).aim, FIRST);
  });

  it('that came too slowly ahead are halved, and stay so', async () => {
    const { pages, request } = reading();
    const first = pages.read(FIRST);
    (await request(0)).answer('next');
    await first;
    assert.equal((await request(1)).slow(), '/list?limit=5&continue=next');
    const second = pages.read(behind('next'));
    (await request(1)).answer('');
    assert.deepEqual((await second).aim, { token: 'next', limit: 5, largest: 5 });
  });

  it('are not asked for any more after the end, which waits for the one in flight', async () => {
    const { asked, pages, request } = reading();
    const first = pages.read(FIRST);
    (await request(0)).answer('next');
    await first;
    let ended = false;
    const end = pages.end().then(() => (ended = true));
    await new Promise(setImmediate);
    assert.equal(ended, false);
    (await request(1)).answer('more');
    await end;
    assert.equal(asked.length, 2);
  });
});
