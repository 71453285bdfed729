const PART_OF_A_NAME = /[a-z0-9.-]/;

function standsAlone(text: string, start: number, length: number): boolean {
  return !PART_OF_A_NAME.test(text[start - 1] ?? ' ') && !PART_OF_A_NAME.test(text[start + length] ?? ' ');
}

function isNamedIn(text: string, name: string): boolean {
  for (let start = text.indexOf(name); start >= 0; start = text.indexOf(name, start + name.length)) {
    if (standsAlone(text, start, name.length)) return true;
  }
  return false;
}

/** Provisioners that are part of Kubernetes: no workload is their driver. */
const BUILT_IN = 'kubernetes.io/';

/** Whether a driver's name is one that is not found by chance; Kubernetes' own volume plugins have plain names. */
export function isTellingDriver(name: string): boolean {
  return /[.-]/.test(name) && !name.startsWith(BUILT_IN);
}

/** Those of `drivers` that a text names as a whole word; all else of the text is forgotten. */
export function driversNamedIn(text: string, drivers: ReadonlySet<string>): readonly string[] {
  return [...drivers].filter((name) => isNamedIn(text, name));
}
