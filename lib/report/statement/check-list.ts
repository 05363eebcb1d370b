/** Checks by section, each in full, after a table of what was found more than once. */
import { bySection, type CheckResult } from '../results.ts';
import { cameraText } from './camera-text.ts';
import { checkArticle } from './check-article.ts';
import { findingsOf } from './findings.ts';
import { type Content, type Html, html } from './html.ts';
import { count, plural, sectionName } from './wording.ts';

/** The lists that a statement may have; anchors begin with these. */
export type CheckList = 'failed' | 'waived' | 'warned' | 'broken';

/** Id of the heading under which the checks of a section stand. */
export const headingId = (list: CheckList, section: string): string => `${list}-in-${section.replace(/[^\w]/g, '-')}`;

export function checkList(checks: readonly CheckResult[], list: CheckList): Html {
  let number = 0;
  const groups = [...bySection(checks)].map(
    ([section, own]) => html`
<div>
<h3 id="${headingId(list, section)}">${sectionName(section)} <span class="size">${plural(own.length, 'check')}</span></h3>
${own.map((check) => checkArticle(check, anchor(list, number++)))}
</div>`,
  );
  return html`${inShort(checks, list)}${groups}`;
}

const anchor = (list: CheckList, index: number): string => `${list}-${index + 1}`;

/** Rows of the table of what was found more than once. */
const MOST_REPEATED = 15;
const LONGEST_IN_SHORT = 200;

/** One cause often fails many checks: what was found, each once, with a link to the first check that shows it. */
function inShort(checks: readonly CheckResult[], list: CheckList): Content {
  const found = new Map<string, { checks: number; readonly first: string }>();
  for (const [index, check] of [...bySection(checks).values()].flat().entries()) {
    const message = check.message ?? '';
    const entry = found.get(message) ?? { checks: 0, first: anchor(list, index) };
    entry.checks += 1;
    found.set(message, entry);
  }
  const repeated = [...found].filter(([, entry]) => entry.checks > 1).sort(([, a], [, b]) => b.checks - a.checks);
  if (repeated.length === 0) return null;
  const row = ([message, entry]: (typeof repeated)[number]): Content => {
    const { documented, received } = findingsOf(message)?.[0] ?? { documented: '', received: message };
    return html`<tr><td>${cameraText(documented, LONGEST_IN_SHORT)}</td><td>${cameraText(received, LONGEST_IN_SHORT)}</td><td><a href="#${entry.first}">${count(entry.checks)}</a></td></tr>\n`;
  };
  return html`
<table class="short">
<caption>What was found more than once; one cause often shows in many checks</caption>
<thead><tr><th scope="col">Documented</th><th scope="col">Received</th><th scope="col">Checks</th></tr></thead>
<tbody>
${repeated.slice(0, MOST_REPEATED).map(row)}</tbody>
</table>`;
}
