/** One check that did not pass: where the document says it, what it says, what came, and the exchange that shows it. */
import { formatExchange } from '../evidence.ts';
import { reproduce } from '../reproduce.ts';
import type { CheckResult, Waiver } from '../results.ts';
import { describeWaiver } from '../waivers/waiver.ts';
import { cameraBlock, cameraText, commandBlock } from './camera-text.ts';
import { findingsOf } from './findings.ts';
import { type Content, type Html, html } from './html.ts';

/** Characters of a request and its reply; the whole is in results.json. */
const LONGEST_EXCHANGE = 3000;
const LONGEST_TITLE = 200;

const LEVELS = { must: 'Required', should: 'Recommended', note: 'Observed' } as const satisfies Record<CheckResult['level'], string>;

/** Its heading is of the fourth level. `anchor`: an id, once in the page. */
export const checkArticle = (check: CheckResult, anchor: string): Html => html`
<article class="check" id="${anchor}" aria-labelledby="${anchor}-title">
<h4 id="${anchor}-title">${cameraText(check.title, LONGEST_TITLE)}</h4>
<p class="about"><span class="level">${LEVELS[check.level]}</span> by document place ${cameraText(check.section)}${check.action !== null && html`, action <code>${check.action}</code>`}${check.parameter !== null && html`, parameter <code>${check.parameter}</code>`}<br><code class="id">${check.id}</code></p>
${findings(check.message)}
${waiver(check)}
<p class="by-hand">To repeat this check alone:</p>
${commandBlock(reproduce(check).command)}
${evidence(check)}
</article>`;

function findings(message: string | null): Content {
  if (message === null) return null;
  const read = findingsOf(message);
  if (read === null) return html`<p>${cameraText(message)}</p>`;
  return read.map(
    ({ documented, received }) =>
      html`<dl class="finding"><div><dt>Documented</dt><dd>${cameraText(documented)}</dd></div><div><dt>Received</dt><dd>${cameraText(received)}</dd></div></dl>\n`,
  );
}

const waiver = ({ waiver }: CheckResult): Content => waiver !== undefined && html`<p class="waiver">${cameraText(inWords(waiver))}</p>`;

function evidence(check: CheckResult): Content {
  const { exchange } = check;
  if (exchange === null) return null;
  const { request } = reproduce(check);
  return html`
<details class="evidence"><summary>Request and reply</summary>
${cameraBlock(formatExchange(exchange), LONGEST_EXCHANGE)}
${request !== null && html`<p class="by-hand">The same request, to be sent by hand:</p>${commandBlock(request)}`}
</details>`;
}

const inWords = (waiver: Waiver): string => {
  const words = describeWaiver(waiver);
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}`;
};
