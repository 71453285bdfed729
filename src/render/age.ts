const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

interface Band {
  readonly below: number;
  readonly unit: number;
  readonly rest: number;
}

/** Up to `below` seconds an age is told in `unit`, with what remains in `rest` (0 = left out). */
const BANDS: readonly Band[] = [
  { below: 2 * MINUTE, unit: 1, rest: 0 },
  { below: 10 * MINUTE, unit: MINUTE, rest: 1 },
  { below: 3 * HOUR, unit: MINUTE, rest: 0 },
  { below: 8 * HOUR, unit: HOUR, rest: MINUTE },
  { below: 2 * DAY, unit: HOUR, rest: 0 },
  { below: 8 * DAY, unit: DAY, rest: HOUR },
  { below: 2 * YEAR, unit: DAY, rest: 0 },
  { below: 8 * YEAR, unit: YEAR, rest: DAY },
  { below: Number.POSITIVE_INFINITY, unit: YEAR, rest: 0 },
];

const LETTERS: ReadonlyMap<number, string> = new Map([
  [1, 's'],
  [MINUTE, 'm'],
  [HOUR, 'h'],
  [DAY, 'd'],
  [YEAR, 'y'],
]);

function told(seconds: number, unit: number): string {
  return `${Math.floor(seconds / unit)}${LETTERS.get(unit) ?? ''}`;
}

/**
 * How old something is, as kubectl's AGE column says it: `45s`, `3h`, `2d5h`, `12d`. Both times are RFC 3339.
 * Source: k8s.io/apimachinery, util/duration `HumanDuration`; `<unknown>` and `<invalid>` are its words, too.
 */
export function age(createdAt: string, takenAt: string): string {
  return ageAt(takenAt)(createdAt);
}

/** The same for many things seen at one time: a listing holds many that came to be together. */
export function ageAt(takenAt: string): (createdAt: string) => string {
  const now = Date.parse(takenAt);
  const known = new Map<string, string>();
  return (createdAt) => {
    const text = known.get(createdAt) ?? ageText(createdAt, now);
    known.set(createdAt, text);
    return text;
  };
}

function ageText(createdAt: string, now: number): string {
  if (createdAt === '') return '<unknown>';
  const seconds = Math.floor((now - Date.parse(createdAt)) / 1000);
  if (Number.isNaN(seconds) || seconds < -1) return '<invalid>';
  const passed = Math.max(0, seconds);
  const { unit, rest } = BANDS.find(({ below }) => passed < below) ?? { unit: YEAR, rest: 0 };
  const remainder = rest === 0 ? 0 : passed % unit;
  return remainder < rest || rest === 0 ? told(passed, unit) : `${told(passed, unit)}${told(remainder, rest)}`;
}
