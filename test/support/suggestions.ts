/** Flags of suggested commands that say what was asked. */
const CHOICE =
  / --(?:(?:kubeconfig|context|kube-context|server|kube-apiserver|snapshot|filename|pack-name|var|cluster-uid)=(?:'[^']*'|(?:<!-- -->|\S)+)|without-releases)/gu;

/**
 * An answer without what its suggested commands say of where it was asked, be it a cluster or a snapshot. Paragraphs
 * with such commands are filled into lines by their length, so of these the line ends do not count.
 */
export function withoutChoice(text: string): string {
  return text
    .split('\n\n')
    .map((part) =>
      (part.includes('kubectl palette-audit') ? part.replaceAll(/\s+/gu, ' ') : part).replaceAll(CHOICE, ''),
    )
    .join('\n\n');
}
