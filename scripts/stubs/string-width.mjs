/** In place of string-width, for yargs: it measures help texts, which are our own and printed without it. */
const stringWidth = (text) => text.length;
export { stringWidth as default };
