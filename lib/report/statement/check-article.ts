/** A check that did not pass: where the document speaks of it, what it says, what came, and how to see it again. */
import { ERRATA, errataNaming } from '../../document/errata/index.ts';
import type { CheckResult, Waiver } from '../../results/results.ts';
import { describeWaiver } from '../../results/waiver.ts';
import { reproduce } from '../repeat/reproduce.ts';
import { cameraText, commandBlock } from './camera-text.ts';
import { erratumAnchor } from './errata-met.ts';
import { type Content, type Html, html, joined } from './html.ts';
import { type Alike, namesWithin } from './same-finding.ts';
import { stepsView } from './steps-view.ts';
import { capital, listed, plural } from './wording.ts';

const LONGEST_TITLE = 200;

const LEVELS = {
  must: 'Required by section',
  should: 'Recommended; concerns section',
  note: 'Observed; concerns section',
} as const satisfies Record<CheckResult['level'], string>;

/** Its heading is of the fourth level. The first check stands open; the others, which found the same, are folded on a screen. */
export function checkArticle(group: Alike, anchors: ReadonlyMap<CheckResult, string>, errata: readonly string[]): Html {
  const [check, ...others] = group;
  const anchor = anchors.get(check) ?? '';
  const shared = namesWithin(group);
  return html`
<article class="check" id="${anchor}" aria-labelledby="${anchor}-title">
<h4 id="${anchor}-title">${cameraText(shared?.title ?? check.title, LONGEST_TITLE)}${others.length > 0 && html` <span class="size">${plural(group.length, 'check')}</span>`}</h4>
${shared !== null && html`<p class="about">${cameraText(`The same on ${listed(shared.names)}.`)} What follows is ${cameraText(shared.names[0] ?? '')}.</p>`}
${about(check)}
${particulars(check, errata)}
${others.length > 0 && html`<p class="by-hand">Found the same:</p>${others.map((other) => folded(other, anchors.get(other) ?? '', errata))}`}
</article>`;
}

/** Its dialogue over RTSP is that of the first, with its own stream and transport: its requests are shown. */
const folded = (check: CheckResult, anchor: string, errata: readonly string[]): Html => html`
<details class="alike" id="${anchor}"><summary>${cameraText(check.title, LONGEST_TITLE)}${inSummary(check)}</summary>
${about(check)}
${particulars(check, errata, (check.steps ?? []).length === 0)}
</details>`;

const LONGEST_IN_SUMMARY = 80;

/** What came differs in its numbers, if at all. */
const inSummary = ({ findings: [first] }: CheckResult): Content =>
  first !== undefined && html`: <span class="muted">${cameraText(first.received, LONGEST_IN_SUMMARY)}</span>`;

const about = (check: CheckResult): Html =>
  html`<p class="about"><span class="level">${LEVELS[check.level]} ${cameraText(check.section)}</span>${check.action !== null && html`, action <code>${check.action}</code>`}${check.parameter !== null && html`, parameter <code>${check.parameter}</code>`}<br><code class="id">${check.id}</code></p>`;

const particulars = (check: CheckResult, errata: readonly string[], hasDialogue = true): Html => html`
${found(check)}
${waiver(check)}
${errataOf(check, errata)}
${byHand(check, hasDialogue)}
<p class="by-hand">With the suite:</p>
${commandBlock(reproduce(check).command)}
${stepsView(check)}`;

/** What is only recommended is not documented. */
function found({ findings, message, level }: CheckResult): Content {
  if (findings.length === 0) return message !== null && html`<p>${cameraText(message)}</p>`;
  return findings.map(
    ({ documented, received }) =>
      html`<dl class="finding"><div><dt>${level === 'must' ? 'Documented' : 'Expected'}</dt><dd>${cameraText(documented)}</dd></div><div><dt>Received</dt><dd>${cameraText(received)}</dd></div></dl>\n`,
  );
}

const waiver = ({ waiver }: CheckResult): Content => waiver !== undefined && html`<p class="waiver">${cameraText(inWords(waiver))}</p>`;

const inWords = (waiver: Waiver): string => capital(describeWaiver(waiver));

/** Where the document contradicts itself: what a finding names, then what is about something that the check or its finding names. */
function errataOf(check: CheckResult, met: readonly string[]): Content {
  const { action, parameter, title, message, findings, exchange } = check;
  const words = [action, parameter, title, message, exchange?.kind === 'http' ? exchange.json : null].flatMap((text) => text?.match(/\w+/g) ?? []);
  const called = findings.flatMap(({ about }) => about?.errata ?? []);
  const near = [...new Set([...called, ...errataNaming(check.section, words)])].filter((id) => met.includes(id));
  if (near.length === 0) return null;
  const links = near.map((id) => html`<a href="#${erratumAnchor(id)}">${ERRATA.find((each) => each.id === id)?.place ?? ''} ${id}</a>`);
  return html`<p class="errata-of">Errata that bear on it: ${joined(links, ', ')}</p>`;
}

function byHand(check: CheckResult, hasDialogue: boolean): Content {
  const { request, dialogue } = reproduce(check);
  return [
    request !== null && html`<p class="by-hand">By hand:</p>${commandBlock(request)}`,
    hasDialogue &&
      typeof dialogue === 'string' &&
      html`<details class="evidence"><summary>By hand, request by request: what to send over RTSP</summary>${commandBlock(dialogue)}</details>`,
  ];
}
