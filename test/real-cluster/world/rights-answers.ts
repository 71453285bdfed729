import { run } from '../../../src/cli/run.ts';
import { listAt, textAt, textsAt } from '../../../src/cluster/json.ts';

interface Answer {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** The program in this process, with this kubeconfig and nothing else of the environment. */
export async function program(kubeconfig: string, ...argv: readonly string[]): Promise<Answer> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await run(argv, {
    env: { KUBECONFIG: kubeconfig },
    stdout: (text) => out.push(text),
    stderr: (text) => err.push(text),
    readStdin: () => Promise.resolve(new Uint8Array()),
    now: () => Date.UTC(2026, 5, 1),
    stdoutIsTerminal: false,
    runtime: { node: 'v20.19.0', platform: 'linux/amd64' },
    stderrIsTerminal: false,
    signal: new AbortController().signal,
  });
  return { code, stdout: out.join(''), stderr: err.join('') };
}

/** With --fail-on=never only what is not seen makes the code other than 0. */
export async function audit(kubeconfig: string, ...argv: readonly string[]) {
  const answer = await program(kubeconfig, 'audit', '--fail-on=never', '-o', 'json', ...argv);
  const report: unknown = answer.stdout === '' ? undefined : JSON.parse(answer.stdout);
  return { ...answer, report };
}

/** Gaps as `TYPES in NAMESPACES: RIGHT`, notes up to the reason. */
export function unseen(report: unknown): readonly string[] {
  const gaps = listAt(report, 'coverage', 'gaps').map((gap) => {
    const [types, scopes] = [textsAt(gap, 'resources'), textsAt(gap, 'scopes')];
    return `${types.join(' ')} in ${scopes.join(' ')}: ${textAt(gap, 'needs') ?? ''}`;
  });
  const notes = listAt(report, 'coverage', 'notes').flatMap((note) => String(note).split('; '));
  const shown = notes.map((note) => note.replace(/(not read).*/, '$1').replace(/^.*?: /, ''));
  return [...gaps, ...shown.map((note) => `(${note})`)];
}

/** Each gap of a report by itself: `TYPE in NAMESPACE`. */
export function gapsIn(report: unknown): readonly string[] {
  const gaps = listAt(report, 'coverage', 'gaps').flatMap((gap) =>
    textsAt(gap, 'resources').flatMap((type) => textsAt(gap, 'scopes').map((scope) => `${type} in ${scope}`)),
  );
  return gaps.toSorted();
}
