const KEY = Buffer.from('"fieldsV1":{');
const QUOTE = 0x22;
const COMMA = 0x2c;
const BACKSLASH = 0x5c;
const OPEN = 0x7b;
const CLOSE = 0x7d;

/** Where the string ends whose first byte is `from`: its last quote, or the end of a body that is cut. */
function endOfString(body: Buffer, from: number): number {
  let at = from;
  while (at < body.length && body[at] !== QUOTE) at += body[at] === BACKSLASH ? 2 : 1;
  return at;
}

/** Where the object closes whose first byte behind its brace is `from`; -1 in a body that is cut. */
function endOfObject(body: Buffer, from: number): number {
  let depth = 1;
  for (let at = from; at < body.length; at += 1) {
    const byte = body[at];
    if (byte === QUOTE) at = endOfString(body, at + 1);
    else if (byte === OPEN) depth += 1;
    else if (byte === CLOSE) depth -= 1;
    if (depth === 0) return at;
  }
  return -1;
}

/** In JSON a quote within a string follows a backslash, so that this is where a member of an object begins. */
function isMember(body: Buffer, at: number): boolean {
  return body[at - 1] === COMMA || body[at - 1] === OPEN;
}

/**
 * The same JSON with each `"fieldsV1":{…}` empty, in the bytes of `body`, which is overwritten. The sets of fields that
 * managers own are most of what a list of metadata holds, nothing here reads them, and parsing them costs more than
 * this does. What is not written as the API server writes it stays as it is, and a body that is cut stays cut.
 */
export function withoutFieldSets(body: Buffer): Buffer {
  let length = 0;
  let from = 0;
  for (let at = body.indexOf(KEY); at !== -1; at = body.indexOf(KEY, from)) {
    const inside = at + KEY.length;
    const end = isMember(body, at) ? endOfObject(body, inside) : inside;
    if (end === -1) break;
    length += body.copy(body, length, from, inside);
    from = end;
  }
  length += body.copy(body, length, from);
  return body.subarray(0, length);
}
