// In place of string-width, for yargs: it measures help texts, which are our own and printed without it.
// oxlint-disable-next-line import/no-default-export -- it is imported as such
export default (text) => text.length;
