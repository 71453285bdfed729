import type { Ports } from '../../../src/cli/ports.ts';
import type { Fault } from '../../support/fake-api/fault.ts';

/** A way in which an answer fails, and how long to be patient with it. */
export interface Failure {
  readonly name: string;
  readonly fault: Fault;
  readonly limits: NonNullable<Ports['limits']>;
}

/** Waits between attempts are short; an answer may take its time on a slow machine. */
const PATIENT = { backoffMs: 1, maxWaitMs: 1 };
/** A hang is over soon, and is not tried again. */
const IMPATIENT = { ...PATIENT, headersMs: 100, requestMs: 100, maxAttempts: 1 };

const OTHER_LIST = '{"kind":"GadgetList","apiVersion":"example.net/v1","metadata":{},"items":[]}';

/** One failure of each sort that a program may take for an answer, or for the absence of what it asked for. */
export const FAILURES: readonly Failure[] = [
  { name: 'a 403', fault: { kind: 'status', status: 403, message: 'no' }, limits: PATIENT },
  { name: 'a 404', fault: { kind: 'status', status: 404, message: 'not found' }, limits: PATIENT },
  { name: 'a 500', fault: { kind: 'status', status: 500, message: 'broken' }, limits: PATIENT },
  { name: 'a reset', fault: { kind: 'drop' }, limits: PATIENT },
  { name: 'a hang', fault: { kind: 'hang' }, limits: IMPATIENT },
  { name: 'half the JSON', fault: { kind: 'half' }, limits: PATIENT },
  { name: 'a login page', fault: { kind: 'body', body: '<html>log in</html>', type: 'text/html' }, limits: PATIENT },
  { name: 'an empty list of another kind', fault: { kind: 'body', body: OTHER_LIST }, limits: PATIENT },
];
