import assert from 'node:assert/strict';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { array, assert as holds, asyncProperty, boolean, constantFrom, nat, shuffledSubarray } from 'fast-check';
import { textAt } from '../../src/cluster/json.ts';
import { listPages } from '../../src/cluster/list-pages.ts';
import type { ListEnd } from '../../src/cluster/list-pages.ts';
import { DEFAULT_LIMITS } from '../../src/cluster/options.ts';
import type { Transport } from '../../src/cluster/transport.ts';

/** What may happen to one answer. `cut`: it is shown, cannot be read, and comes again with another token. */
const MISHAPS = ['none', 'none', 'none', 'cut', 'slow', 'expired', 'changed', 'again', 'failed'] as const;
type Mishap = (typeof MISHAPS)[number];

const NAMES = Array.from({ length: 24 }, (_, index) => `c${String(index)}`);

/** A server of these names in this order; its continue tokens are never twice the same. */
interface Server {
  readonly names: readonly string[];
  readonly mishaps: readonly Mishap[];
  /** Whether its pages begin as an API server's do, so that the next one is asked for ahead. */
  readonly tellsAhead: boolean;
}

interface Page {
  readonly url: URL;
  readonly number: number;
  readonly mishap: Mishap;
}

function bodyOf({ names, tellsAhead }: Server, { url, number, mishap }: Page): Buffer {
  const start = Number((url.searchParams.get('continue') ?? '0').split('-')[0]);
  const end = start + Number(url.searchParams.get('limit'));
  const remaining = names.length - end;
  const metadata = {
    resourceVersion: mishap === 'changed' ? String(number) : '1',
    ...(remaining > 0 ? { continue: `${String(end)}-${String(number)}`, remainingItemCount: remaining } : {}),
  };
  const from = mishap === 'again' ? Math.max(0, start - 1) : start;
  const items = names.slice(from, end).map((name) => ({ metadata: { name, namespace: 'shop', uid: `uid-${name}` } }));
  const text = JSON.stringify({ kind: 'ConfigMapList', apiVersion: 'v1', metadata, items });
  return Buffer.from(tellsAhead ? text : ` ${text}`);
}

/** Answers as the real transport does: with retries, and each body shown before it is read. */
function transportTo(server: Server): Transport {
  let number = 0;
  return {
    limits: DEFAULT_LIMITS,
    get: async (request) => {
      let { path } = request;
      for (let attempts = 1; ; attempts += 1) {
        const mishap = server.mishaps[number] ?? 'none';
        const url = new URL(path, 'http://server');
        const body = bodyOf(server, { url, number, mishap });
        number += 1;
        for (let turns = number % 3; turns > 0; turns -= 1) await nextTurn();
        if (mishap === 'expired') {
          return { ok: false, failure: { kind: 'expired', status: 410, reason: 'expired' }, attempts };
        }
        if (mishap === 'failed') {
          return { ok: false, failure: { kind: 'server', status: 500, reason: 'broken' }, attempts };
        }
        if (mishap === 'slow') {
          path = request.retryPath?.({ kind: 'timeout', status: 0, reason: 'slow' }) ?? path;
          continue;
        }
        if (request.beforeReading?.(body) === true) await nextTurn();
        if (mishap === 'cut') continue;
        const parsed = request.parse(JSON.parse(body.toString()));
        assert.ok(parsed.ok);
        return { ok: true, value: parsed.value, attempts, bytes: body.length };
      }
    },
  };
}

async function listed(server: Server, chunkSize: number): Promise<{ end: ListEnd; found: ReadonlySet<string> }> {
  const found = new Set<string>();
  const end = await listPages(transportTo(server), {
    path: '/list',
    query: '',
    accept: 'application/json',
    expected: { type: { group: '', version: 'v1', kind: 'ConfigMap', namespaced: true }, namespace: 'shop' },
    chunkSize,
    onPage: ({ items }) => {
      for (const { object } of items) found.add(textAt(object, 'metadata', 'name') ?? '');
    },
    onRestart: () => found.clear(),
  });
  return { end, found };
}

describe('a list whose pages are asked for ahead', () => {
  it('has every object, or is none, whatever becomes of single pages', async () => {
    const ends = new Map<string, number>();
    await holds(
      asyncProperty(
        shuffledSubarray(NAMES, { minLength: 1 }),
        array(constantFrom(...MISHAPS), { maxLength: 12 }),
        nat(4),
        boolean(),
        async (names, mishaps, size, tellsAhead) => {
          const { end, found } = await listed({ names, mishaps, tellsAhead }, size + 1);
          ends.set(end.end, (ends.get(end.end) ?? 0) + 1);
          if (end.end === 'complete') assert.deepEqual([...found].toSorted(), names.toSorted());
        },
      ),
      { numRuns: 500 },
    );
    assert.ok((ends.get('complete') ?? 0) > 50 && (ends.get('failed') ?? 0) > 50, JSON.stringify([...ends]));
  });
});
