/** The conformance statement: one HTML file that a vendor can send and anyone can read, print and check. */

import type { Results } from '../../results/results.ts';
import { shorten } from '../../wire/printable.ts';
import { cameraText } from './camera-text.ts';
import { errataMet } from './errata-met.ts';
import { type Content, type Html, html, joined } from './html.ts';
import { identity } from './identity.ts';
import { failuresInBrief } from './in-brief.ts';
import { brokenChecks, failedChecks, warnedChecks } from './judged-checks.ts';
import { notAllowed, notOffered, notTestable } from './not-carried-out.ts';
import { formatPage } from './page.ts';
import type { Part } from './part.ts';
import { type Provenance, provenance } from './provenance.ts';
import { putBack } from './put-back.ts';
import { sectionsTable } from './sections-table.ts';
import { checksInWords, verdictWords } from './verdict-words.ts';
import { waiversApplied } from './waivers-applied.ts';
import { count, moment } from './wording.ts';

const LONGEST_NAME = 120;

export const formatStatement = (results: Results, about: Provenance): string =>
  formatPage({
    title: `Conformance statement: ${verdictWords(results).headline}, ${shorten(results.camera.deviceId ?? 'unknown camera', LONGEST_NAME)}`,
    heading: 'Conformance statement',
    subject: subject(results),
    verdict: verdict(results),
    parts: partsOf(results, about),
    footer: html`Made from results.json by camera-conformance ${about.suiteVersion}. SHA-256 <code>${about.resultsSha256}</code>`,
  });

/** What speaks against the camera goes first; of what is empty a sentence is enough. */
function partsOf(results: Results, about: Provenance): readonly Part[] {
  const against = [failedChecks(results), waiversApplied(results), warnedChecks(results)];
  const untested = [notOffered(results), notAllowed(results), notTestable(results)];
  const absent = [...against, ...untested].flatMap(({ size, absence }) => (size === 0 && absence !== undefined ? [absence] : []));
  return [
    identity(results),
    brokenChecks(results),
    ...against.filter(({ size }) => size !== 0),
    sectionsTable(results, absent),
    ...untested.filter(({ size }) => size !== 0),
    putBack(results),
    provenance(results, about),
    errataMet(results),
  ].filter((part) => part !== null);
}

function subject({ camera, startedAt }: Results): Content {
  const device = camera.deviceId === null ? 'A camera that did not tell what it is' : html`Camera ${cameraText(camera.deviceId, LONGEST_NAME)}`;
  const told = [
    device,
    camera.model !== null && html`model ${cameraText(camera.model, LONGEST_NAME)}`,
    camera.version !== null && html`firmware ${cameraText(camera.version, LONGEST_NAME)}`,
    moment(startedAt),
  ];
  return joined(
    told.filter((each) => each !== false),
    ', ',
  );
}

function verdict(results: Results): Html {
  const { tone, headline, outcome, reservations } = verdictWords(results);
  const { passed, failed, waived, warned, skipped, errors } = results.summary;
  const figures: readonly (readonly [string, number])[] = [
    ['passed', passed],
    ['failed', failed],
    ...(waived > 0 ? [['waived', waived] as const] : []),
    ['warned', warned],
    ['skipped', skipped],
    ...(errors > 0 ? [['errors', errors] as const] : []),
  ];
  return html`
<section class="verdict ${tone}" aria-labelledby="verdict">
<h2 id="verdict" tabindex="-1">${headline}</h2>
${outcome.map(paragraph)}${failuresInBrief(results)}
${reservations.map(paragraph)}
<dl class="tally">${figures.map(([name, number]) => html`<div><dt>${name}</dt><dd>${count(number)}</dd></div>`)}</dl>
<p class="muted">${checksInWords(results)}</p>
</section>`;
}

const paragraph = (sentence: string): Html => html`<p>${cameraText(sentence)}</p>\n`;
