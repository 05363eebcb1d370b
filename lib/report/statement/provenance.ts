/** What the statement rests on: the suite, how well it finds faults itself, and the file that holds every check. */
import type { Results } from '../../results/results.ts';
import { type Content, html } from './html.ts';
import type { Part } from './part.ts';
import type { Qualification } from './qualification.ts';
import { count, day, plural } from './wording.ts';

/** What a statement says that is not in the results. */
export interface Provenance {
  /** of the suite that writes the statement */
  readonly suiteVersion: string;
  /** null: not measured */
  readonly qualification: Qualification | null;
  /** of the bytes of results.json, hexadecimal */
  readonly resultsSha256: string;
}

export const provenance = ({ checks }: Results, { suiteVersion, qualification, resultsSha256 }: Provenance): Part => ({
  id: 'provenance',
  title: 'About this statement',
  size: null,
  body: html`
<table class="facts">
<caption class="unseen">What the statement was made with and from</caption>
<tbody>
<tr><th scope="row">Suite</th><td>camera-conformance ${suiteVersion}</td></tr>
<tr><th scope="row">Qualification of the suite</th><td>${qualified(qualification)}</td></tr>
<tr><th scope="row">Made from</th><td>results.json with ${count(checks.length)} checks; SHA-256 <code class="hash">${resultsSha256}</code></td></tr>
</tbody>
</table>
<p><code>sha256sum results.json</code> prints the same number when the file is the one that this statement was made from. It holds every check, also those that passed.</p>`,
});

function qualified(qualification: Qualification | null): Content {
  if (qualification === null) return 'not measured';
  const { score, defects, caught, goodCameras, falseAlarms, missed, suiteVersion, measuredAt } = qualification;
  return html`${score} %: of ${count(defects)} faults planted in a good camera, one at a time, the suite found ${count(caught)}; on ${plural(goodCameras, 'good camera')} it raised ${falseAlarms === 0 ? 'no false alarm' : plural(falseAlarms, 'false alarm')}. <span class="muted">Measured on ${day(measuredAt)} with version ${suiteVersion}.</span>${notFound(missed, defects - caught)}`;
}

/** Faults that are named; the file of the qualification has all. */
const MOST_MISSED = 6;

function notFound(missed: Qualification['missed'], number: number): Content {
  if (missed.length === 0) return null;
  const named = missed.slice(0, MOST_MISSED);
  const left = number - named.length;
  return html`
<p>Not found, so this statement does not speak of it: a camera that</p>
<ul>${named.map(({ does, why }) => html`<li>${does}${why !== null && html`<span class="muted">: ${why}</span>`}</li>\n`)}${left > 0 && html`<li class="muted">and ${count(left)} more</li>`}</ul>`;
}
