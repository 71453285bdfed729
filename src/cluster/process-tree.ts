import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

/** A process and the one that started it. */
type Pair = readonly [pid: number, parent: number];

/** Source: proc(5). A name may hold anything, even brackets, so the numbers are read from behind the last one. */
function pairIn(stat: string): Pair {
  const [, parent] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return [Number.parseInt(stat, 10), Number(parent)];
}

function statOf(pid: string): readonly Pair[] {
  try {
    return [pairIn(readFileSync(`/proc/${pid}/stat`, 'utf8'))];
  } catch {
    return [];
  }
}

function fromPs(): readonly Pair[] {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' });
  return (stdout ?? '').split('\n').map((line): Pair => {
    const [pid, parent] = line.trim().split(/\s+/);
    return [Number(pid), Number(parent)];
  });
}

function allProcesses(): readonly Pair[] {
  if (process.platform === 'win32') return [];
  if (process.platform !== 'linux') return fromPs();
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(statOf);
}

/** Everything that a process has started and that still runs, children before theirs; empty where none can be asked. */
export function descendantsOf(pid: number): readonly number[] {
  const pairs = allProcesses();
  const found = [pid];
  for (const parent of found) {
    for (const [child, of] of pairs) if (of === parent && !found.includes(child)) found.push(child);
  }
  return found.slice(1);
}
