/** `qualification.html`: the score, and everything that is not as it has to be, for a person. */
import { type Content, formatHtml, type Html, html, trusted } from '../report/statement/html.ts';
import { STYLE } from '../report/statement/style.ts';
import { type Qualification, shortcomings } from './qualification.ts';

export function formatPage(found: Qualification): string {
  const wrong = shortcomings(found);
  return formatHtml(html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Qualification of the suite: ${found.score} %</title>
<style>${trusted(STYLE)}</style>
</head>
<body>
<header><div class="sheet"><h1>Qualification of the suite</h1>
<p class="subject">${found.part === null ? 'All defects, all good cameras' : `Only ${found.part}`} · camera-conformance ${found.suiteVersion} · ${found.measuredAt.slice(0, 10)}</p></div></header>
<main class="sheet">
<section><h2>${wrong.length === 0 ? 'Everything is met' : 'Not everything is met'}</h2>
${wrong.length > 0 && html`<ul>${wrong.map((sentence) => html`<li>${sentence}</li>`)}</ul>`}
${table('What was measured', ['', ''], figures(found))}</section>
<section><h2>Defects that were missed</h2>${listOf(found.missed, ({ id, does, reason }) => [id, does, reason ?? 'not known'], ['defect', 'what the camera does', 'why'])}</section>
<section><h2>Defects seen only in the wrong place</h2>${listOf(found.elsewhere, ({ id, does, seenBy }) => [id, does, seenBy.join(', ')], ['defect', 'what the camera does', 'seen by'])}</section>
<section><h2>Good cameras</h2>${listOf(found.models, ({ id, does, checks, passed, warned, skipped }) => [id, does, String(checks), String(passed), String(warned), String(skipped)], ['camera', 'what it is', 'checks', 'passed', 'warned', 'skipped'])}</section>
<section><h2>False alarms</h2>${listOf(found.falseAlarms, ({ model, check, message }) => [model, check, message ?? ''], ['camera', 'check', 'message'])}</section>
<section><h2>Checks that no defect made fail</h2>${listOf(found.checksWithoutDefect, (id) => [id], ['check'])}</section>
<section><h2>Faults of the suite</h2>${listOf(found.errors, (error) => [error], ['what happened'])}</section>
</main>
</body>
</html>
`);
}

const figures = ({ score, defects, caught, byHand, durationMs }: Qualification): readonly (readonly string[])[] => [
  ['Score', `${score} %`],
  ['Defects', String(defects)],
  ['Caught by the check that must notice', String(caught)],
  ['Of those written by hand', `${byHand.caught} of ${byHand.defects}`],
  ['Time', `${(durationMs / 1000).toFixed(1)} s`],
];

function listOf<T>(items: readonly T[], cells: (item: T) => readonly string[], heads: readonly string[]): Html {
  return items.length === 0 ? html`<p class="muted">None.</p>` : table('', heads, items.map(cells));
}

const table = (caption: string, heads: readonly string[], rows: readonly (readonly string[])[]): Html => html`<table>
${caption !== '' && html`<caption>${caption}</caption>`}
${heads.some((head) => head !== '') && html`<thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>`}
<tbody>${rows.map(row)}</tbody>
</table>`;

const row = ([first = '', ...others]: readonly string[]): Content =>
  html`<tr><th scope="row">${first}</th>${others.map((cell) => html`<td>${cell}</td>`)}</tr>`;
