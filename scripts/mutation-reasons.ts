import type { Survivor } from './mutation-page.ts';

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

/** Why no test notices a change, in a line. */
export function reasonOf(survivor: Survivor): string {
  return SORTS.find(({ has }) => has(survivor))?.reason ?? 'A condition of which no test has the other side yet';
}
