/** A comparison as a page: the look of the conformance statement, and its care with what came from a camera. */
import { cameraText } from '../statement/camera-text.ts';
import { type Content, type Html, html } from '../statement/html.ts';
import { formatPage } from '../statement/page.ts';
import { folded, type Part } from '../statement/part.ts';
import { count, moment, plural, sectionRanges } from '../statement/wording.ts';
import type { CheckChange } from './check-changes.ts';
import type { Comparison, RunFacts } from './comparison.ts';
import type { ParameterChange } from './parameter-changes.ts';
import type { TimingChange } from './timing-changes.ts';
import { CHECK_HEADINGS, getOf, PARAMETER_HEADINGS, stepOf, thresholdsOf, verdictOf } from './wording.ts';

const LONGEST_NAME = 120;
const LONGEST_VALUE = 300;
const LONGEST_COMMAND = 1000;

/** The statement's style names the statement at the foot of each printed page. */
const OWN_STYLE = `
@page { @bottom-left { content: "Comparison of two runs"; } }
.check h3 { margin: 0; padding: 0; border: 0; font-size: 1rem; font-weight: 600; }
.runs, .changes, .times { table-layout: fixed; }
.runs tr > :first-child { width: 8rem; color: var(--muted); }
.changes tr > :first-child { width: 42%; }
.times tr > :last-child { width: 20%; } .times td, .times thead th:not(:first-child) { text-align: right; font-variant-numeric: tabular-nums; }
@media (max-width: 36rem) { .runs tr > :first-child { width: 5.2rem; } }
`;

export function formatComparisonPage(comparison: Comparison): string {
  const { before, after } = comparison;
  const name = ({ camera }: RunFacts): Content => cameraText(camera.version ?? 'firmware not known', LONGEST_NAME);
  return formatPage({
    title: `Comparison of two runs: ${TONES[comparison.exitCode].headline}`,
    heading: 'Comparison of two runs',
    subject: html`${cameraText(after.camera.deviceId ?? 'A camera that did not tell what it is', LONGEST_NAME)}: ${name(before)}, then ${name(after)}`,
    verdict: verdict(comparison),
    parts: partsOf(comparison),
    footer: html`Made from ${cameraText(before.file)} and ${cameraText(after.file)} by camera-conformance.`,
    style: OWN_STYLE,
  });
}

const TONES = {
  0: { tone: 'good', headline: 'Nothing newly failing' },
  1: { tone: 'bad', headline: 'Newly failing' },
  2: { tone: 'open', headline: 'Not comparable' },
} as const satisfies Record<Comparison['exitCode'], unknown>;

function verdict(comparison: Comparison): Html {
  const { checks, parameters, timings, caveats, exitCode } = comparison;
  const { tone, headline } = TONES[exitCode];
  const figures: readonly (readonly [string, number])[] = [
    ['newly failing', checks.newlyFailing.length],
    ['no longer offered', checks.noLongerOffered.length],
    ['not judged now', checks.noLongerJudged.length],
    ['fixed', checks.fixed.length],
    ['parameters gone', parameters.disappeared.length],
    ['parameters new', parameters.appeared.length],
    ['actions slower', timings.slower.length],
  ];
  return html`
<section class="verdict ${tone}" aria-labelledby="verdict">
<h2 id="verdict" tabindex="-1">${headline}</h2>
${[verdictOf(comparison), ...caveats].map((sentence) => html`<p>${cameraText(sentence)}</p>\n`)}
<dl class="tally">${figures.map(([name, number]) => html`<div><dt>${name}</dt><dd>${count(number)}</dd></div>`)}</dl>
</section>`;
}

function partsOf(comparison: Comparison): readonly Part[] {
  const { checks, parameters, timings } = comparison;
  const parts = [
    runs(comparison),
    ...CHECK_HEADINGS.map(({ kind, heading, isDetailed }) =>
      part(`checks-${kind}`, heading, checks[kind], (changes) =>
        isDetailed === true ? html`${changes.map(article)}` : checkTable(heading, changes),
      ),
    ),
    ...PARAMETER_HEADINGS.map(({ kind, heading }) =>
      part(`parameters-${kind}`, heading, parameters[kind], (changes) => parameterTable(heading, changes)),
    ),
    part('slower', 'Slower actions', timings.slower, (changes) => timingTable(`Slower by ${thresholdsOf(comparison)}`, changes)),
    part('faster', 'Faster actions', timings.faster, (changes) => timingTable(`Faster by ${thresholdsOf(comparison)}`, changes)),
  ];
  return parts.filter((each) => each !== null);
}

/** Null where nothing changed. Ids of parts are letters and hyphens. */
function part<Change>(id: string, title: string, changes: readonly Change[], body: (changes: readonly Change[]) => Html): Part | null {
  if (changes.length === 0) return null;
  return { id, title, size: changes.length, body: folded(changes.length, `All ${count(changes.length)}`, body(changes)) };
}

function runs({ before, after, checks, parameters, timings }: Comparison): Part {
  const rows: readonly (readonly [string, (run: RunFacts) => Content])[] = [
    ['Camera', ({ camera }) => cameraText([camera.deviceId, camera.mac].filter((each) => each !== null).join(', ') || 'not told', LONGEST_NAME)],
    ['Firmware', ({ camera }) => cameraText(camera.version ?? 'not told', LONGEST_NAME)],
    ['Tested', ({ startedAt }) => moment(startedAt)],
    ['Verdict', ({ verdict: word, exitCode }) => `${word}, exit code ${exitCode}`],
    [
      'Checks',
      ({ summary }) =>
        `${count(summary.passed)} passed, ${count(summary.failed)} failed, ${count(summary.waived)} waived, ${count(summary.warned)} warned, ${count(summary.skipped)} skipped`,
    ],
    ['Sections', ({ sections }) => (sections.length === 0 ? 'none' : sectionRanges(sections))],
    ['Profile', ({ profile }) => cameraText(profile)],
    ['Hazards allowed', ({ allowed }) => cameraText(allowed.join(', ') || 'none')],
    ['File', ({ file }) => cameraText(file)],
  ];
  return {
    id: 'runs',
    title: 'The two runs',
    size: null,
    body: html`
<table class="runs">
<caption>${plural(checks.common, 'check')} judged in both, ${plural(parameters.compared ?? 0, 'parameter')} and ${plural(timings.compared ?? 0, 'action')} compared</caption>
<thead><tr><td></td><th scope="col">Before</th><th scope="col">Now</th></tr></thead>
<tbody>${rows.map(([name, shown]) => html`<tr><th scope="row">${name}</th><td>${shown(before)}</td><td>${shown(after)}</td></tr>\n`)}</tbody>
</table>`,
  };
}

const article = (change: CheckChange): Html => html`
<article class="check">
<h3>${cameraText(change.title, LONGEST_VALUE)}</h3>
<p class="about">Section ${cameraText(change.section)}, ${stepOf(change)}<br><code class="id">${cameraText(change.id)}</code></p>
${found(change)}
${change.command !== null && html`<p class="repeat">To repeat it: <code>${cameraText(change.command, LONGEST_COMMAND)}</code></p>`}
</article>`;

/** As the conformance statement shows findings; other messages are a sentence. */
function found({ message, findings }: CheckChange): Content {
  if (findings.length === 0) return message !== null && html`<p>${cameraText(message)}</p>`;
  return findings.map(
    ({ documented, received }) =>
      html`<dl class="finding"><div><dt>Documented</dt><dd>${cameraText(documented)}</dd></div><div><dt>Received</dt><dd>${cameraText(received)}</dd></div></dl>\n`,
  );
}

const checkTable = (caption: string, changes: readonly CheckChange[]): Html => html`
<table class="changes">
<caption class="unseen">${caption}</caption>
<thead><tr><th scope="col">Check</th><th scope="col">What it checks</th><th scope="col">Change</th></tr></thead>
<tbody>${changes.map(
  (change) =>
    html`<tr><th scope="row"><code class="id">${cameraText(change.id)}</code></th><td>${cameraText(change.title, LONGEST_VALUE)}</td><td>${stepOf(change)}</td></tr>\n`,
)}</tbody>
</table>`;

const parameterTable = (caption: string, changes: readonly ParameterChange[]): Html => html`
<table class="changes">
<caption class="unseen">${caption}</caption>
<thead><tr><th scope="col">Parameter</th><th scope="col">Before</th><th scope="col">Now</th></tr></thead>
<tbody>${changes.map(
  (change) =>
    html`<tr><th scope="row"><code>${cameraText(change.parameter.name)}</code>${!change.parameter.documented && html`, <span class="muted">not in the document</span>`}<br><span class="muted">${cameraText(getOf(change))}</span></th><td>${value(change.before)}</td><td>${value(change.after)}</td></tr>\n`,
)}</tbody>
</table>`;

const value = (text: string | null): Content =>
  text === null ? html`<span class="muted">–</span>` : cameraText(text === '' ? '""' : text, LONGEST_VALUE);

const timingTable = (caption: string, changes: readonly TimingChange[]): Html => html`
<table class="times">
<caption>${caption}</caption>
<thead><tr><th scope="col">Action</th><th scope="col">Median, ms</th><th scope="col">95th percentile, ms</th><th scope="col">Requests</th></tr></thead>
<tbody>${changes.map(
  ({ action, before, after }) =>
    html`<tr><th scope="row"><code>${cameraText(action)}</code></th><td>${before.medianMs} → ${after.medianMs}</td><td>${before.p95Ms} → ${after.p95Ms}</td><td>${before.requests}, ${after.requests}</td></tr>\n`,
)}</tbody>
</table>`;
