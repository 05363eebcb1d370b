/** Text in GitHub's Markdown: whatever it holds, it stays text. */
import { printable, shorten } from '../../wire/printable.ts';

/**
 * Every character of ASCII that is neither letter, digit nor blank as a reference: such a character is never taken for markup, nor
 * part of a link, a mention or a table (CommonMark 6.2). Letters and digits cannot begin any of these alone.
 */
const escaped = (text: string): string => text.replace(/[!-/:-@[-`{-~]/g, (character) => `&#${character.charCodeAt(0)};`);

/** In a line of prose or a cell of a table, as code, in which GitHub looks for no mentions. */
export const inlineCode = (text: string, longest: number): string => `<code>${escaped(shorten(printable(text), longest))}</code>`;

/** Lines as they are; the text may be empty. */
export const codeBlock = (text: string, longest: number): string =>
  `<pre>${shorten(text, longest)
    .split(/\r?\n/)
    .map((line) => escaped(printable(line)))
    .join('\n')}</pre>`;
