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

/** The shortest text that says the bytes exactly, with at most two decimals: `32Gi`, `1.5Ti`, `5G`, `17`. */
function formatBytes(bytes: bigint): string {
  const texts = [...UNITS]
    .filter(([, unit]) => bytes >= unit && (bytes * 100n) % unit === 0n)
    .map(([suffix, unit]) => `${decimal((bytes * 100n) / unit)}${suffix}`);
  return [...texts, String(bytes)].reduce((best, text) => (text.length < best.length ? text : best));
}

/** Hundredths as a decimal number without trailing zeros. */
function decimal(hundredths: bigint): string {
  const fraction = String(hundredths % 100n)
    .padStart(2, '0')
    .replace(/0+$/u, '');
  return fraction === '' ? String(hundredths / 100n) : `${hundredths / 100n}.${fraction}`;
}

/** The sum of capacities, exact; `at least …` when one could not be read, '' when there is nothing to add. */
export function totalCapacity(texts: readonly string[]): string {
  const given = texts.filter((text) => text !== '');
  const read = given.map(parseQuantity).filter((bytes) => bytes !== undefined);
  const total = read.reduce((sum, bytes) => sum + bytes, 0n);
  if (total === 0n) return given.length > read.length ? 'volumes of unknown size' : '';
  return `${given.length > read.length ? 'at least ' : ''}${formatBytes(total)}`;
}
