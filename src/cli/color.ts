import type { OutputFlags } from './invocation.ts';
import type { Ports } from './ports.ts';

/** Whether to colour: when asked, or on a terminal that does not ask for the contrary (`NO_COLOR`, `TERM=dumb`). */
export function wantsColor({ color }: OutputFlags, { env, stdoutIsTerminal }: Ports): boolean {
  if (color !== 'auto') return color === 'always';
  const refused = (env['NO_COLOR'] ?? '') !== '' || env['TERM'] === 'dumb';
  return stdoutIsTerminal && !refused;
}
