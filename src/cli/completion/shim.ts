/** The name by which kubectl's completion reaches this program; no help lists it. */
export const COMPLETE = '__complete';

/**
 * The file that kubectl looks for to complete what follows the plugin's name. Krew links one file of a plugin only, so
 * whoever installed it that way puts this one there.
 */
export const SHIM = `#!/bin/sh
# Completion of "kubectl palette-audit", for kubectl 1.26 or newer whose own completion is set up in your shell.
# Put this file into a folder of your PATH under the name kubectl_complete-palette_audit, and make it executable:
#   kubectl palette-audit completion > ~/.local/bin/kubectl_complete-palette_audit
#   chmod +x ~/.local/bin/kubectl_complete-palette_audit
exec kubectl palette-audit ${COMPLETE} "$@" 2>/dev/null
`;
