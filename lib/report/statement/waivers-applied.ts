/** Failures that somebody has accepted until a day, who and why; and what became of each waiver. */
import type { Results, WaiverReport } from '../../results/results.ts';
import { cameraText } from './camera-text.ts';
import { checkList } from './check-list.ts';
import { type Content, html } from './html.ts';
import type { Part } from './part.ts';
import { count } from './wording.ts';

export function waiversApplied({ waivers, checks, errata }: Results): Part {
  const waived = checks.filter(({ waiver }) => waiver !== undefined);
  const title = 'Waivers';
  if (waivers.length === 0 && waived.length === 0) return { id: 'waivers', title, size: 0, body: html``, absence: 'no failure was waived' };
  const table = html`
<table class="waivers">
<caption class="unseen">The waivers of this run and what became of each</caption>
<thead><tr><th scope="col">Waiver</th><th scope="col">Reason and ticket</th><th scope="col">By, until</th><th scope="col">Failures waived</th></tr></thead>
<tbody>
${waivers.map(row)}</tbody>
</table>`;
  return {
    id: 'waivers',
    title,
    size: waivers.length,
    body: html`<p>Failures that are known and that somebody has accepted until a day. The camera does fail these checks; they are not counted against it.</p>${waivers.length > 0 && table}${waived.length > 0 && checkList(waived, 'waived', errata)}`,
  };
}

/** What is to be done about a waiver is for those who keep the list, who read it on their terminal. */
const STATES = {
  applied: null,
  expired: 'expired: it does not apply',
  unmatched: 'it matches no check',
  'not-needed': 'it was not needed',
  'not-run': 'its checks did not run',
} as const satisfies Record<WaiverReport['state'], string | null>;

const row = ({ check, reason, ticket, who, expires, state, covers }: WaiverReport): Content =>
  html`<tr><th scope="row"><code class="id">${cameraText(check)}</code></th><td>${cameraText(reason)}<br>${cameraText(ticket)}</td><td>${cameraText(who)},<br>${cameraText(expires)}</td><td>${count(covers.length)}${STATES[state] !== null && html`<br><span class="muted">${STATES[state]}</span>`}</td></tr>\n`;
