/** Where the document contradicts itself or leaves something out, and how that was read in judging this camera. */
import { ERRATA } from '../../document/errata/index.ts';
import type { Results } from '../../results/results.ts';
import { type Content, html } from './html.ts';
import { folded, type Part } from './part.ts';
import { plural } from './wording.ts';

const byId: ReadonlyMap<string, (typeof ERRATA)[number]> = new Map(ERRATA.map((each) => [each.id, each]));

/** Where an erratum stands in the page: ids of errata are words and hyphens. */
export const erratumAnchor = (id: string): string => `erratum-${id}`;

export function errataMet({ errata }: Results): Part {
  const title = 'Errata met';
  if (errata.length === 0)
    return { id: 'errata', title, size: 0, body: html`<p>No check came upon a place where the document contradicts itself.</p>` };
  const inOrder = [...ERRATA.map(({ id }) => id).filter((id) => errata.includes(id)), ...errata.filter((id) => !byId.has(id))];
  const table = html`
<table class="errata">
<caption class="unseen">Errata of the document that checks of this camera came upon</caption>
<thead><tr><th scope="col">Place</th><th scope="col">What stands there</th><th scope="col">How it is read, and why</th></tr></thead>
<tbody>
${inOrder.map(row)}</tbody>
</table>`;
  return {
    id: 'errata',
    title,
    size: errata.length,
    body: html`<p>The places where the document contradicts itself or leaves something out that checks of this camera came upon, and how they were read. No camera is failed for the document’s own mistakes.</p>${folded(errata.length, plural(errata.length, 'place'), table)}`,
  };
}

/** Results of another version of the suite may name an erratum that this one does not have. */
function row(id: string): Content {
  const erratum = byId.get(id);
  if (erratum === undefined)
    return html`<tr><th scope="row">not known</th><td><code class="id">${id}</code></td><td class="muted">not in the register of this version</td></tr>\n`;
  const { place, says, reading, why } = erratum;
  return html`<tr id="${erratumAnchor(id)}"><th scope="row">${place}</th><td>${says}<br><code class="id">${id}</code></td><td>${reading}<br><span class="muted">${why}</span></td></tr>\n`;
}
