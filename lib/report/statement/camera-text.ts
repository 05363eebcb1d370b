/**
 * Text that came from a camera, as it is shown in a page: isolated, so that its direction of writing ends with it; shortened, with
 * its true length; and what cannot be seen set apart, so that a device that sends `\x1B` and one that sends an escape differ.
 */
import { printable, shorten } from '../../wire/printable.ts';
import { type Content, type Html, html, joined } from './html.ts';
import { count } from './wording.ts';

/** Marks on one letter that any script needs; more of them would be drawn over the lines above and below. */
const MOST_MARKS = 4;
const CROWD = new RegExp(`(?<=\\p{M}{${MOST_MARKS}})\\p{M}+`, 'u');

/** What is not drawn as it came: a run of characters that `printable` writes out, or the rest of a crowd of marks. */
const apart = (shown: string): Html => html`<span class="hidden-character">${shown}</span>`;

function marked(text: string): Content {
  if (printable(text) === text && !CROWD.test(text)) return text;
  const parts: Content[] = [];
  let plain = '';
  let hidden = '';
  const flush = (): void => {
    parts.push(thinned(plain), hidden !== '' && apart(hidden));
    plain = '';
    hidden = '';
  };
  for (const character of text) {
    const shown = printable(character);
    if ((shown === character ? hidden : plain) !== '') flush();
    if (shown === character) plain += character;
    else hidden += shown;
  }
  flush();
  return parts;
}

function thinned(text: string): Content {
  const crowd = CROWD.exec(text)?.[0];
  if (crowd === undefined) return text;
  const at = text.search(CROWD);
  return [text.slice(0, at), apart(`(${[...crowd].length} more marks)`), thinned(text.slice(at + crowd.length))];
}

export const LONGEST_TEXT = 600;

/** In a line of its own or within a sentence; at most `longest` characters of it. */
export function cameraText(text: string, longest = LONGEST_TEXT): Html {
  return html`<bdi>${marked(shorten(text, longest))}</bdi>${text.length > longest && html` <small>(${count(text.length)} characters)</small>`}`;
}

/** A block that keeps its lines, such as a reply or a command. Line ends are the only control characters that work. */
export function cameraBlock(text: string, longest: number): Html {
  const lines = shorten(text, longest).split(/\r?\n/);
  const block = lines.map((line, index) => htmlLine(html`<bdi>${marked(line)}</bdi>`, index < lines.length - 1));
  return html`<pre><code>${block}</code></pre>${text.length > longest && html`<p><small>Shortened: ${count(text.length)} characters.</small></p>`}`;
}

/** A line of a block, whose continuation is indented where it has to be broken; with its line end, which is copied with it. */
const htmlLine = (line: Content, hasNext: boolean): Html => html`<span class="line">${line}${hasNext && html`\n`}</span>`;

/**
 * What is to be pasted into a shell, or sent: whole, since half a command is none. It is printable already. A line is broken only
 * between words, as far as there is room; a browser would else break it at the hyphens of its options.
 */
export function commandBlock(text: string): Html {
  const lines = text.split('\n').map((line) =>
    line.startsWith('# ')
      ? html`<span class="remark">${line}</span>`
      : joined(
          line.split(' ').map((word) => html`<span class="word">${word}</span>`),
          ' ',
        ),
  );
  return html`<pre><code>${lines.map((line, index) => htmlLine(line, index < lines.length - 1))}</code></pre>`;
}
