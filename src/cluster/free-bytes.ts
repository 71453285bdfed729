/** Moves a buffer's memory elsewhere, with as many bytes as are asked for. Node has it from version 21 on. */
const transfer: unknown = Reflect.get(ArrayBuffer.prototype, 'transfer');

/**
 * Gives the memory of bytes back at once, rather than when they are collected: megabytes that wait for that are most of
 * what the process holds, and waiting many of them make it collect. For bytes alone that nobody reads any more and that
 * are no part of other bytes; small ones share Node's pool, and stay.
 */
export function freeBytes({ buffer }: Buffer): void {
  if (typeof transfer !== 'function' || buffer.byteLength <= Buffer.poolSize) return;
  Reflect.apply(transfer, buffer, [0]);
}
