/** A launcher's name and text. */
export interface Launcher {
  readonly path: string;
  readonly text: string;
}

/**
 * For Node: how many MB what was made last may take, twice, before V8 looks what of it is still of use. It begins with
 * 1, and of itself lets that grow at once, all of which the process then holds. The program keeps it at 2, see
 * `keepYoungSmall`, which takes as much time and a fifth less memory, and lets it grow where there is memory to spare.
 */
export const NODE_OPTIONS = '--max-semi-space-size=16';

/**
 * The shell script by which kubectl finds a program of the archive. A symbolic link to it, such as krew's, is followed;
 * Node lies a folder deeper, so that an archive on the PATH does not bring another `node` along.
 */
export function shellLauncher(name: string): Launcher {
  const text = `#!/bin/sh
# Runs ${name} on the Node that lies beside it.
self=$0
while [ -L "$self" ]; do
  case $self in */*) ;; *) self=./$self ;; esac
  link=$(readlink "$self")
  case $link in /*) self=$link ;; *) self=\${self%/*}/$link ;; esac
done
case $self in */*) ;; *) self=./$self ;; esac
# These are the user's options for another Node.
unset NODE_OPTIONS
exec "\${self%/*}/lib/node" ${NODE_OPTIONS} "\${self%/*}/lib/bin/${name}" "$@"
`;
  return { path: name, text };
}

/** The same for Windows, where kubectl also takes a .cmd for a plugin. */
export function commandLauncher(name: string): Launcher {
  const call = `"%~dp0lib\\node.exe" ${NODE_OPTIONS} "%~dp0lib\\bin\\${name}" %*`;
  const lines = ['@echo off', 'setlocal', 'set NODE_OPTIONS=', call, ''];
  return { path: `${name}.cmd`, text: lines.join('\r\n') };
}
