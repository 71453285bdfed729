import type { Ports } from './ports.ts';

/** Milliseconds after which a run is long enough to say how far it is. */
const PATIENCE_MS = 1000;
/** Milliseconds between two updates. */
const PACE_MS = 100;

/** Back to the start of the line, and erase it. */
const ERASE = '\r\u001b[K';

/** A line on stderr that says how far the reading is: only on a terminal, and only when it takes over a second. */
export function progressLine(ports: Ports): {
  readonly show: (done: number, total: number) => void;
  readonly clear: () => void;
} {
  const started = ports.now();
  let shownAt = 0;
  return {
    show: (done, total) => {
      const now = ports.now();
      if (!ports.stderrIsTerminal || now - started < PATIENCE_MS || now - shownAt < PACE_MS) return;
      shownAt = now;
      ports.stderr(`${ERASE}reading the cluster: ${done} of ${total}`);
    },
    clear: () => {
      if (shownAt > 0) ports.stderr(ERASE);
    },
  };
}
