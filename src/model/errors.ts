/**
 * Something the person who called can put right: a wrong flag, a file that cannot be used, a cluster that cannot be
 * reached. `message` says what failed, on which thing and why; `remedy` is one imperative sentence.
 * `exitCode` is 2 for usage and input, 4 when nothing could be audited.
 */
export class UserError extends Error {
  readonly remedy: string;
  readonly exitCode: 2 | 4;

  constructor(message: string, remedy: string, exitCode: 2 | 4 = 2) {
    super(message);
    this.name = 'UserError';
    this.remedy = remedy;
    this.exitCode = exitCode;
  }
}
