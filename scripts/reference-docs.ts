import { COMMANDS } from '../src/cli/commands.ts';
import { EXIT_CODES } from '../src/cli/exit-codes.ts';
import { spelling, usage } from '../src/cli/help.ts';
import { OPTION_GROUPS, type Option } from '../src/cli/options.ts';
import { EVIDENCE_TABLE } from '../src/model/evidence-keys.ts';
import { CHECKS } from '../src/removal/checks.ts';
import { rulesReference } from '../src/render/words.ts';
import { CHECK_REFERENCE } from '../src/render/words/check-reference.ts';

/** The pages of `docs/` that are made from the code, by file name. */
export const REFERENCE_DOCS: ReadonlyMap<string, () => string> = new Map([
  ['options.md', optionsPage],
  ['rules.md', rulesPage],
  ['evidence.md', evidencePage],
]);

const MADE = '<!-- Made by "npm run docs"; changes belong into the code. -->';

function optionsPage(): string {
  return page([
    '# Commands and options',
    MADE,
    '`kubectl palette-audit [COMMAND] [OPTIONS]`',
    table(
      ['Command', 'What it does'],
      COMMANDS.map((command) => [`\`${usage(command)}\``, command.says]),
    ),
    ...OPTION_GROUPS.flatMap(({ title, options }) => [
      `## ${title}`,
      table(['Option', 'Default', 'Commands', 'Meaning'], options.map(optionRow)),
    ]),
    '## Exit codes',
    table(
      ['Code', 'Meaning'],
      EXIT_CODES.map(({ code, says }) => [code, says]),
    ),
  ]);
}

function optionRow(option: Option): readonly string[] {
  return [
    `\`${spelling(option)}\`${option.repeatable === true ? ' (repeatable)' : ''}`,
    option.default === undefined ? '' : `\`${option.default}\``,
    option.commands?.join(', ') ?? 'all',
    option.says,
  ];
}

function rulesPage(): string {
  return page([
    '# Rules',
    MADE,
    'What the audit looks for. The severity is the usual one; `--fail-on` decides which makes the exit code 1.',
    ...rulesReference().flatMap(({ rule, severity, meaning, why, remedy }) => [
      `## ${rule}`,
      `Severity: ${severity}`,
      meaning,
      `**Why it matters.** ${why}`,
      `**What to do.** ${remedy}`,
    ]),
    ...checkBlocks(),
  ]);
}

function checkBlocks(): readonly string[] {
  return [
    '# Checks of a removal',
    'What `removal` looks for beside what is destroyed: what breaks outside, and, the last three, whether the deletion may hang. A critical one makes the verdict a conflict; a warning leaves it as it is. The list is not exhaustive, and a check that could not read what it needs is told as not run.',
    ...CHECKS.flatMap(({ id, severity, source }) => {
      const { meaning, why, remedy } = CHECK_REFERENCE[id];
      return [
        `## ${id}`,
        `Severity: ${severity}`,
        meaning,
        `**Why it matters.** ${why}`,
        `**What to do.** ${remedy}`,
        `**Source.** ${source}.`,
      ];
    }),
  ];
}

function evidencePage(): string {
  return page([
    '# Labels and annotations that are read',
    MADE,
    'Every other label and annotation is dropped while the answer of the server is parsed: it is never logged, printed or saved. `-l` and `-L` read the labels that they name. Of a namespace also those are kept that a pack declares for it in `namespaceLabels` or `namespaceAnnotations`, to compare them; a snapshot holds these values too.',
    table(
      ['', 'Key', 'What it tells'],
      EVIDENCE_TABLE.map(({ where, key, tells }) => [where, `\`${key}\``, tells]),
    ),
    '`owner` and `status` are read only where `owner` is `helm`.',
  ]);
}

function page(blocks: readonly string[]): string {
  return `${blocks.join('\n\n')}\n`;
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  return [heads, heads.map(() => '---'), ...rows].map(row).join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
}
