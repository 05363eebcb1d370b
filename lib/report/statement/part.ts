/** A part of the statement: a heading of the second level and what stands below it, with its line in the list of contents. */
import { type Html, html } from './html.ts';
import { count } from './wording.ts';

export interface Part {
  /** unique in the page, letters and hyphens */
  readonly id: string;
  readonly title: string;
  /** how many things it lists; null where it lists none */
  readonly size: number | null;
  readonly body: Html;
  /** half a sentence for where it lists nothing: `no failure was waived` */
  readonly absence?: string;
}

export const partSection = ({ id, title, body }: Part): Html => html`
<section aria-labelledby="${id}">
<h2 id="${id}">${title}</h2>
${body}
</section>`;

export const partLink = ({ id, title, size }: Part): Html =>
  html`<li><a href="#${id}">${title}</a>${size !== null && html` <span class="size">${count(size)}</span>`}</li>`;

/** A list longer than this is folded on a screen; on paper it is open. */
const LONGEST_OPEN = 25;

/** What is listed, folded when it is long. */
export const folded = (size: number, summary: string, body: Html): Html =>
  size <= LONGEST_OPEN ? body : html`<details><summary>${summary}</summary>${body}</details>`;
