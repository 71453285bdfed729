import { constants } from 'node:os';

/** What must still happen when the test process ends before it could clean up. */
const actions = new Set<() => void>();

const SIGNALS = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;

/**
 * Runs `action` when the process exits, for whatever reason short of SIGKILL. It must be synchronous. What was added
 * last runs first: servers end before their folder goes.
 *
 * @returns takes the action back.
 */
export function asLastResort(action: () => void): () => void {
  if (actions.size === 0) watch();
  actions.add(action);
  return () => {
    actions.delete(action);
    if (actions.size === 0) unwatch();
  };
}

function runAll(): void {
  for (const action of [...actions].toReversed()) action();
}

/** Node's own answer to a signal would skip the exit event. */
function exitOn(signal: NodeJS.Signals): void {
  process.exit(128 + constants.signals[signal]);
}

function watch(): void {
  process.on('exit', runAll);
  for (const signal of SIGNALS) process.on(signal, exitOn);
}

function unwatch(): void {
  process.off('exit', runAll);
  for (const signal of SIGNALS) process.off(signal, exitOn);
}
