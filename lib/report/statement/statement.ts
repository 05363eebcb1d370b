/**
 * The conformance statement: one HTML file that a vendor can send and anyone can read, print and check. It needs no script and no
 * other file, and forbids both by its content security policy.
 */
import { createHash } from 'node:crypto';
import { shorten } from '../../http/printable.ts';
import type { Results } from '../results.ts';
import { cameraText } from './camera-text.ts';
import { errataMet } from './errata-met.ts';
import { type Content, formatHtml, type Html, html, joined, trusted } from './html.ts';
import { identity } from './identity.ts';
import { brokenChecks, failedChecks, warnedChecks } from './judged-checks.ts';
import { notAllowed, notOffered, notTestable } from './not-carried-out.ts';
import { type Part, partLink, partSection } from './part.ts';
import { type Provenance, provenance } from './provenance.ts';
import { putBack } from './put-back.ts';
import { sectionsTable } from './sections-table.ts';
import { STYLE } from './style.ts';
import { verdictWords } from './verdict-words.ts';
import { waiversApplied } from './waivers-applied.ts';
import { count, moment } from './wording.ts';

const POLICY = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`;
const LONGEST_NAME = 120;

export function formatStatement(results: Results, about: Provenance): string {
  const parts = partsOf(results, about);
  const name = subject(results);
  return formatHtml(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Conformance statement: ${verdictWords(results).headline}, ${shorten(results.camera.deviceId ?? 'unknown camera', LONGEST_NAME)}</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<a class="skip" href="#verdict">Skip to the verdict</a>
<header><div class="sheet">
<h1>Conformance statement</h1>
<p class="subject">${name}</p>
</div></header>
<div class="sheet columns">
<nav aria-label="Contents"><p class="contents">Contents</p><ul><li><a href="#verdict">Verdict</a></li>${parts.map(partLink)}</ul></nav>
<main>
${verdict(results)}
${parts.map(partSection)}
</main>
</div>
<footer><div class="sheet">Made from results.json by camera-conformance ${about.suiteVersion}. SHA-256 <code>${about.resultsSha256}</code></div></footer>
</body>
</html>
`);
}

const partsOf = (results: Results, about: Provenance): readonly Part[] =>
  [
    identity(results),
    sectionsTable(results),
    brokenChecks(results),
    failedChecks(results),
    waiversApplied(results),
    warnedChecks(results),
    notOffered(results),
    notAllowed(results),
    notTestable(results),
    errataMet(results),
    putBack(results),
    provenance(results, about),
  ].filter((part) => part !== null);

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
  const { tone, headline, sentences } = verdictWords(results);
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
${sentences.map((sentence) => html`<p>${cameraText(sentence)}</p>\n`)}
<dl class="tally">${figures.map(([name, number]) => html`<div><dt>${name}</dt><dd>${count(number)}</dd></div>`)}</dl>
</section>`;
}
