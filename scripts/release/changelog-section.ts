/**
 * What CHANGELOG.md says of a version, without its heading.
 *
 * @throws {Error} when there is no such section, it bears no date, or it is empty.
 */
export function changelogSection(changelog: string, version: string): string {
  const lines = changelog.split('\n');
  const start = lines.findIndex((line) => line === `## ${version}` || line.startsWith(`## ${version} `));
  const heading = lines[start];
  if (heading === undefined) throw new Error(`CHANGELOG.md has no section "## ${version}": write it before the tag`);
  if (!/ \(\d{4}-\d\d-\d\d\)$/.test(heading))
    throw new Error(`CHANGELOG.md says "${heading}": put the date of the release there, as (YYYY-MM-DD)`);
  const length = lines.slice(start + 1).findIndex((line) => line.startsWith('## '));
  const section = lines.slice(start + 1, length < 0 ? undefined : start + 1 + length);
  const text = section.join('\n').trim();
  if (text === '') throw new Error(`CHANGELOG.md says nothing about ${version}`);
  return `${text}\n`;
}
