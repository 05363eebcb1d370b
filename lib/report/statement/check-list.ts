/** Checks by section, each in full, after a table of what was found in more than one place. */
import { bySection, type CheckResult } from '../../results/results.ts';
import { cameraText } from './camera-text.ts';
import { checkArticle } from './check-article.ts';
import { type Content, type Html, html } from './html.ts';
import { type Alike, alike, instances, namesWithin } from './same-finding.ts';
import { count, plural, sectionName } from './wording.ts';

/** The lists that a statement may have; anchors begin with these. */
export type CheckList = 'failed' | 'waived' | 'warned' | 'broken';

/** Where each check of a list stands in the page. */
export type Anchors = ReadonlyMap<CheckResult, string>;

/** Id of the heading under which the checks of a section stand. */
export const headingId = (list: CheckList, section: string): string => `${list}-in-${section.replace(/[^\w]/g, '-')}`;

export const anchorsOf = (checks: readonly CheckResult[], list: CheckList): Anchors =>
  new Map([...bySection(checks).values()].flat().map((check, index) => [check, `${list}-${index + 1}`]));

/** `errata`: ids of those that have a line in this statement. */
export function checkList(checks: readonly CheckResult[], list: CheckList, errata: readonly string[]): Html {
  const anchors = anchorsOf(checks, list);
  const groups = [...bySection(checks)].map(
    ([section, own]) => html`
<div>
<h3 id="${headingId(list, section)}">${sectionName(section)} <span class="size">${plural(own.length, 'check')}</span></h3>
${instances(own).map((group) => checkArticle(group, anchors, errata))}
</div>`,
  );
  return html`${inShort(checks, anchors)}${groups}`;
}

/** Rows of the table of what was found more than once. */
const MOST_REPEATED = 15;
const LONGEST_IN_SHORT = 200;

/** One cause often fails many checks: what was found of several parameters or actions, with a link to the first check that shows it. */
function inShort(checks: readonly CheckResult[], anchors: Anchors): Content {
  const repeated = alike(checks)
    .filter((group) => instances(group).length > 1)
    .toSorted((one, other) => other.length - one.length);
  if (repeated.length === 0) return null;
  const row = (group: Alike): Content => {
    const [first] = group;
    const received = first.findings[0]?.received ?? first.message ?? '';
    return html`<tr><td>${cameraText(namesWithin(group)?.title ?? first.title, LONGEST_IN_SHORT)}</td><td>${cameraText(received, LONGEST_IN_SHORT)}</td><td><a href="#${anchors.get(first) ?? ''}">${count(group.length)}</a></td></tr>\n`;
  };
  return html`
<table class="short">
<caption>What was found more than once, but for names and numbers; one cause often shows in many checks</caption>
<thead><tr><th scope="col">First of these</th><th scope="col">Received</th><th scope="col">Checks</th></tr></thead>
<tbody>
${repeated.slice(0, MOST_REPEATED).map(row)}</tbody>
</table>`;
}
