import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Survivor } from './mutation-page.ts';

/**
 * Why one change cannot be noticed, or need not be. It is known by its file and by the text that was changed and what
 * it became, never by its line; `line` is part of the line's text, for texts that occur more than once.
 */
export interface Reason {
  readonly file: string;
  readonly original: string;
  readonly replacement: string;
  readonly line?: string;
  readonly reason: string;
}

function isReasons(value: unknown): value is readonly Reason[] {
  return Array.isArray(value) && value.every((one: unknown) => typeof one === 'object' && one !== null);
}

/** The reasons that are given for single changes, from the files of `test/mutation/reasons`. */
export function givenReasons(root: string): readonly Reason[] {
  const folder = join(root, 'test/mutation/reasons');
  return readdirSync(folder).flatMap((name) => {
    const value: unknown = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    if (!isReasons(value)) throw new Error(`${name} is damaged`);
    return value;
  });
}

/** Whether a reason is given for this survivor. */
export function isAbout(reason: Reason, file: string, { original, replacement, code }: Survivor): boolean {
  const isChange = reason.original === original && reason.replacement === replacement;
  return reason.file === file && isChange && code.includes(reason.line ?? '');
}

interface Sort {
  readonly reason: string;
  readonly has: (survivor: Survivor) => boolean;
}

const isPlaceholder = ({ replacement }: Survivor): boolean => replacement.includes('Stryker was here');

/** The sorts of survivors, by form alone; the first that fits. */
const SORTS: readonly Sort[] = [
  {
    reason: 'A check for undefined that the compiler asks for; the value is there',
    has: ({ mutator }) => mutator === 'OptionalChaining',
  },
  {
    reason: 'A default that the compiler asks for, or that no case needs',
    has: (survivor) => isPlaceholder(survivor) && survivor.code.includes('??'),
  },
  {
    reason: 'An empty list that is looked through, and holds nothing that the code knows either way',
    has: (survivor) => isPlaceholder(survivor) && survivor.mutator === 'ArrayDeclaration',
  },
  {
    reason: 'An order: every case holds the list in that order already, or nobody sees it',
    has: ({ code, mutator }) => /toSorted|compareText|compareRefs/.test(code) && mutator !== 'StringLiteral',
  },
  {
    reason: 'A key or a text of a case that no test has yet',
    has: ({ mutator }) => mutator === 'StringLiteral' || mutator === 'ObjectLiteral',
  },
  {
    reason: 'A form of a name that no test has yet',
    has: ({ mutator }) => mutator === 'Regex',
  },
];

/** Why no test notices a change, in a line: as given, else by its form. */
export function reasonOf(file: string, survivor: Survivor, reasons: readonly Reason[]): string {
  const given = reasons.find((one) => isAbout(one, file, survivor))?.reason;
  return given ?? SORTS.find(({ has }) => has(survivor))?.reason ?? NOT_YET;
}

/** For what is neither given nor told by its form. */
const NOT_YET = 'A condition of which no test has the other side yet';
