/** How each section of the document came out. */
import { bySection, type Results, type Summary, summarise } from '../../results/results.ts';
import { type CheckList, headingId } from './check-list.ts';
import { type Content, html } from './html.ts';
import type { Part } from './part.ts';
import { capital, count, listed, sectionName } from './wording.ts';

const COLUMNS = [
  ['passed', 'Passed'],
  ['failed', 'Failed'],
  ['waived', 'Waived'],
  ['warned', 'Warned'],
  ['skipped', 'Skipped'],
  ['errors', 'Errors'],
] as const satisfies readonly (readonly [keyof Summary, string])[];
type Column = (typeof COLUMNS)[number];

/** As many columns as fit on a phone with their headings written across. */
const FEW = 5;

/** Most cameras have neither, and a phone has little room. */
const RARE: readonly (keyof Summary)[] = ['waived', 'errors'];

/** `absent`: half sentences, what the statement has no part of. */
export function sectionsTable({ checks, summary }: Results, absent: readonly string[]): Part {
  const sections = [...bySection(checks)];
  const columns = COLUMNS.filter(([column]) => summary[column] > 0 || !RARE.includes(column));
  const body = html`
${absent.length > 0 && html`<p class="absent">${capital(listed(absent))}.</p>`}
<table class="${columns.length > FEW ? 'counts many' : 'counts'}">
<caption>Checks of each section of the document. Warned: a recommendation was not met. Skipped: not offered, not allowed or not testable.${summary.waived > 0 && ' Waived: failed, and accepted for now.'}${summary.errors > 0 && ' Errors: faults of the suite, never the camera’s.'}</caption>
<thead><tr><th scope="col">Section</th>${columns.map(([, title]) => html`<th scope="col">${title}</th>`)}</tr></thead>
<tbody>
${sections.map(([number, own]) => html`<tr><th scope="row">${sectionName(number)}</th>${cells(columns, summarise(own), number)}</tr>\n`)}</tbody>
<tfoot><tr><th scope="row">All</th>${cells(columns, summary, null)}</tr></tfoot>
</table>`;
  return {
    id: 'sections',
    title: 'Result by section',
    size: sections.length,
    body: sections.length === 0 ? html`<p>No check was carried out.</p>` : body,
  };
}

/** A count of failures leads to their list; zeros stay in the background. */
const cells = (columns: readonly Column[], sums: Summary, section: string | null): Content =>
  columns.map(([column]) => {
    const number = sums[column];
    if (number === 0) return html`<td class="zero">0</td>`;
    const list = section === null ? undefined : LISTS[column];
    const shown = list === undefined || section === null ? count(number) : html`<a href="#${headingId(list, section)}">${count(number)}</a>`;
    return html`<td class="${column}">${shown}</td>`;
  });

const LISTS: Partial<Record<keyof Summary, CheckList>> = { failed: 'failed', waived: 'waived', warned: 'warned', errors: 'broken' };
