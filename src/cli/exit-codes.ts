/** Every exit code there is: part of the public interface. `code` is text because signals share a line. */
export const EXIT_CODES: readonly { readonly code: string; readonly says: string }[] = [
  { code: '0', says: 'complete, nothing at or above --fail-on; a clear removal; an overview of removals' },
  { code: '1', says: 'findings at or above --fail-on, or a removal that conflicts, also when incomplete' },
  { code: '2', says: 'wrong usage, a given file that cannot be used, or an answer too long to be written' },
  { code: '3', says: 'no such finding, but not all was seen, or a removal is unknown: not an all-clear' },
  { code: '4', says: 'nothing could be audited: no connection, or not a Palette cluster' },
  { code: '70', says: 'a bug in this program' },
  { code: '129, 130, 143', says: 'ended by a signal: hang-up, interrupt, termination' },
  { code: '141', says: 'the answer could not be written to its end: a closed pipe, or a full disk' },
];
