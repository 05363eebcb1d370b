/** The checks that did not run, by their reason, each reason once: what is not offered, not allowed, or could not be tested. */
import { type CheckResult, type Results, sectionOf } from '../../results/results.ts';
import { cameraText } from './camera-text.ts';
import { type Content, html } from './html.ts';
import { folded, type Part } from './part.ts';
import { count, plural, sectionName } from './wording.ts';

const LONGEST_REASON = 300;

type SkipReason = NonNullable<CheckResult['skipReason']>;

export const notOffered = (results: Results): Part =>
  listing(results, ['not-offered'], {
    id: 'not-offered',
    title: 'Not offered',
    lead: 'The camera does not have these actions or parameters. The document leaves that to the model; what depends on them was not tested.',
    absence: 'the camera offers everything that was looked for',
  });

export const notAllowed = (results: Results): Part =>
  listing(results, ['not-allowed'], {
    id: 'not-allowed',
    title: 'Not allowed',
    lead: 'These checks do more to a camera than change a setting that is put back, and whoever ran them did not allow that. They say nothing about the camera.',
    absence: 'no check was left out for a hazard',
  });

export const notTestable = (results: Results): Part =>
  listing(results, ['blocked', 'not-testable'], {
    id: 'not-testable',
    title: 'Could not be tested',
    lead: 'What a check builds on had failed, or nothing that can be seen from outside would have shown the result.',
    absence: 'nothing was left untested for another reason',
  });

interface Wording {
  readonly id: string;
  readonly title: string;
  readonly lead: string;
  readonly absence: string;
}

function listing({ checks: all }: Results, reasons: readonly SkipReason[], { id, title, lead, absence }: Wording): Part {
  const checks = all.filter(({ skipReason }) => skipReason !== null && reasons.includes(skipReason));
  if (checks.length === 0) return { id, title, size: 0, body: html``, absence };
  const groups = byReason(checks);
  const table = html`
<table class="reasons">
<caption class="unseen">${title}: each reason with the checks that did not run for it</caption>
<thead><tr><th scope="col">Section</th><th scope="col">Reason</th><th scope="col">Checks</th></tr></thead>
<tbody>
${groups.map(row)}</tbody>
</table>`;
  return {
    id,
    title,
    size: checks.length,
    body: html`<p>${lead}</p>${folded(groups.length, `${plural(groups.length, 'reason')}, ${plural(checks.length, 'check')}`, table)}`,
  };
}

interface Group {
  readonly section: string;
  readonly message: string;
  readonly checks: readonly CheckResult[];
}

/** By section and message, in the order of the document. */
function byReason(checks: readonly CheckResult[]): readonly Group[] {
  const groups = new Map<string, Group & { checks: CheckResult[] }>();
  for (const check of checks) {
    const section = sectionOf(check);
    const message = check.message ?? '';
    const key = `${section} ${message}`;
    const group = groups.get(key) ?? { section, message, checks: [] };
    group.checks.push(check);
    groups.set(key, group);
  }
  return [...groups.values()].sort((a, b) => Number(a.section) - Number(b.section));
}

/** A check that is alone with its reason is named. */
const row = ({ section, message, checks }: Group): Content => {
  const [only, ...others] = checks;
  const name = only !== undefined && others.length === 0 && html`<br><code class="id">${only.id}</code>`;
  return html`<tr><th scope="row">${sectionName(section)}</th><td>${cameraText(message, LONGEST_REASON)}${name}</td><td>${count(checks.length)}</td></tr>\n`;
};
