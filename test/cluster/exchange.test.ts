import assert from 'node:assert/strict';
import { PassThrough } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { hearHttp2 } from '../../src/cluster/exchange.ts';

/** A stream of HTTP/2 whose head comes when it is told to, and what is heard of it. */
function answering() {
  const stream = Object.assign(new PassThrough(), { rstCode: 0 });
  const heard: string[] = [];
  hearHttp2(stream, {
    connecting: () => () => {},
    begun: ({ status }) => heard.push(`begun ${String(status)}`),
    piece: (bytes) => heard.push(bytes.toString()),
    ended: () => heard.push('ended'),
    failed: (error) => heard.push(`failed: ${error instanceof Error ? error.message : ''}`),
  });
  return { stream, heard };
}

describe('an answer over HTTP/2', () => {
  it('keeps the piece that comes before its head', async () => {
    const { stream, heard } = answering();
    stream.write('first');
    await nextTurn();
    stream.emit('response', { ':status': 200 });
    await nextTurn();
    stream.end('second');
    await nextTurn();
    assert.deepEqual(heard, ['begun 200', 'first', 'second', 'ended']);
  });

  it('is not whole without a head', async () => {
    const { stream, heard } = answering();
    stream.destroy();
    await nextTurn();
    assert.deepEqual(heard, ['failed: the answer ended before its end']);
  });
});
