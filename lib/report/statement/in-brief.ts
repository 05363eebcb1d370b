/** What failed, in the verdict: a line for what was found, however many checks found it, each with its link. */
import { type CheckResult, isFailure, type Results, sectionOf } from '../../results/results.ts';
import { cameraText } from './camera-text.ts';
import { anchorsOf } from './check-list.ts';
import { type Content, html } from './html.ts';
import { type Alike, alike, namesWithin } from './same-finding.ts';
import { count, plural, sectionName, sectionRanges } from './wording.ts';

/** Lines that are read in ten seconds. */
const MOST_LINES = 8;
const LONGEST_TITLE = 160;
const LONGEST_RECEIVED = 120;

export function failuresInBrief({ checks }: Results): Content {
  const failures = checks.filter(isFailure);
  if (failures.length === 0) return null;
  const anchors = anchorsOf(failures, 'failed');
  const groups = alike(failures);
  // Where not all have room, what many checks found goes first.
  const shown = groups.length > MOST_LINES ? groups.toSorted((one, other) => other.length - one.length).slice(0, MOST_LINES) : groups;
  const left = failures.length - shown.reduce((sum, group) => sum + group.length, 0);
  return html`
<p class="brief-lead" id="brief">What is demanded, and was not found:</p>
<ul class="brief" aria-labelledby="brief">
${shown.map((group) => line(group, anchors))}${left > 0 && html`<li><a href="#failed">and ${plural(left, 'more failed check')}</a></li>\n`}</ul>`;
}

function line(group: Alike, anchors: ReadonlyMap<CheckResult, string>): Content {
  const [first, ...others] = group;
  const sections = new Set(group.map(sectionOf));
  const where = sections.size === 1 ? sectionName(sectionOf(first)) : `${count(sections.size)} sections`;
  const title = namesWithin(group)?.title ?? first.title;
  const received = first.findings[0]?.received;
  const more =
    others.length > 0 &&
    ` (${plural(group.length, 'check')} found the same${sections.size > 1 ? `, in sections ${sectionRanges([...sections])}` : ''})`;
  return html`<li><span class="where">${where}:</span> <a href="#${anchors.get(first) ?? 'failed'}">${cameraText(title, LONGEST_TITLE)}</a>${more}${received !== undefined && html` <span class="seen">Received: ${cameraText(received, LONGEST_RECEIVED)}</span>`}</li>\n`;
}
