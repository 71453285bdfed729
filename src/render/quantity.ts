/** Bytes per suffix, as Kubernetes' `resource.Quantity` knows them. */
const UNITS: ReadonlyMap<string, bigint> = new Map([
  ['Ei', 1024n ** 6n],
  ['Pi', 1024n ** 5n],
  ['Ti', 1024n ** 4n],
  ['Gi', 1024n ** 3n],
  ['Mi', 1024n ** 2n],
  ['Ki', 1024n],
  ['E', 10n ** 18n],
  ['P', 10n ** 15n],
  ['T', 10n ** 12n],
  ['G', 10n ** 9n],
  ['M', 10n ** 6n],
  ['k', 1000n],
]);

const QUANTITY = /^(\d{1,30})(?:\.(\d{1,30}))?([EPTGMK]i|[EPTGMk]|m|[eE][+-]?\d{1,2})?$/u;

/** The suffix as a fraction: bytes over a divisor. */
function factor(suffix: string): readonly [bigint, bigint] {
  if (suffix === 'm') return [1n, 1000n];
  const unit = UNITS.get(suffix);
  if (unit !== undefined) return [unit, 1n];
  const exponent = suffix === '' ? 0 : Number(suffix.slice(1));
  return exponent < 0 ? [1n, 10n ** BigInt(-exponent)] : [10n ** BigInt(exponent), 1n];
}

/** Reads a Kubernetes quantity as bytes, parts of a byte rounded up; undefined when it is none. */
export function parseQuantity(text: string): bigint | undefined {
  const [matched, whole = '', fraction = '', suffix = ''] = QUANTITY.exec(text) ?? [];
  if (matched === undefined) return undefined;
  const [bytes, divisor] = factor(suffix);
  const scale = 10n ** BigInt(fraction.length) * divisor;
  return (BigInt(`${whole}${fraction}`) * bytes + scale - 1n) / scale;
}

/** Bytes in the largest unit that says them exactly: `32Gi`, `1536Mi`, `5G`, `17`. */
function formatBytes(bytes: bigint): string {
  for (const [suffix, unit] of UNITS) {
    if (bytes >= unit && bytes % unit === 0n) return `${bytes / unit}${suffix}`;
  }
  return String(bytes);
}

/** The sum of capacities, exact; `at least …` when one could not be read, '' when there is nothing to add. */
export function totalCapacity(texts: readonly string[]): string {
  const given = texts.filter((text) => text !== '');
  const read = given.map(parseQuantity).filter((bytes) => bytes !== undefined);
  const total = read.reduce((sum, bytes) => sum + bytes, 0n);
  if (total === 0n) return given.length > read.length ? 'volumes of unknown size' : '';
  return `${given.length > read.length ? 'at least ' : ''}${formatBytes(total)}`;
}
