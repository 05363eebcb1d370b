/**
 * HTML as tagged templates that escape by default: what stands in the template is markup, what is put into it is text, unless it
 * is itself `Html`. No text, wherever it came from, can become markup: `Html` is known by a symbol, which no JSON can hold.
 */
import { printable } from '../../wire/printable.ts';

const MARKUP: unique symbol = Symbol('markup');

export interface Html {
  readonly [MARKUP]: string;
}

/** What may be put into a template; `null` and `false` are nothing, the elements of a list follow each other. */
export type Content = Html | string | number | null | false | readonly Content[];

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Good between tags and in quoted attributes. Control characters, line breaks and bidi marks are written out: see `printable`. */
const escaped = (text: string): string => printable(text).replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);

const isHtml = (content: Content): content is Html => typeof content === 'object' && content !== null && MARKUP in content;

function markup(content: Content): string {
  if (content === null || content === false) return '';
  if (typeof content === 'number') return String(content);
  if (typeof content === 'string') return escaped(content);
  return isHtml(content) ? content[MARKUP] : content.map(markup).join('');
}

export const html = (template: TemplateStringsArray, ...contents: readonly Content[]): Html => ({
  [MARKUP]: template.reduce((before, after, index) => `${before}${markup(contents[index - 1] ?? null)}${after}`),
});

/** Markup that is known to be safe, such as a style sheet of this project's own. Never text from anywhere else. */
export const trusted = (ownMarkup: string): Html => ({ [MARKUP]: ownMarkup });

export const formatHtml = (content: Html): string => content[MARKUP];

/** `between` stands between the others. */
export const joined = (contents: readonly Content[], between: Content): Content =>
  contents.map((content, index) => (index === 0 ? content : [between, content]));
