/**
 * `npm run bench:reports`: what it costs to write the reports of a large run that has ended, in time and in memory. Ends with 1 where
 * that passes 10 s or 400 MB. `npm run bench:reports -- 3900 400` says how many checks there are, and how many of them failed.
 */
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SECTIONS } from '../lib/document/index.ts';
import { reproduce } from '../lib/report/reproduce.ts';
import type { CheckResult, Results } from '../lib/report/results.ts';
import { sampleCheck, sampleExchange, sampleResults } from '../lib/report/sample-results.ts';
import { formatTable } from '../lib/report/terminal.ts';
import { writeRunReports } from '../lib/report/write-run-reports.ts';

const MOST_SECONDS = 10;
const MOST_MEGABYTES = 400;
const MEGABYTE = 2 ** 20;

const [checks = 3900, failures = 400] = process.argv.slice(2).map(Number);
const TITLES = new Map(SECTIONS.map(({ number, title }) => [String(number), title]));
const IDS = readFileSync(new URL('../fixtures/check-ids.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n');
const PLACES = new Map(SECTIONS.map(({ slug, number }) => [slug, String(number)]));

/** A reply as long as those of large sections, and every hundredth a picture in Base64. */
const replyText = (index: number): string => JSON.stringify({ code: 0, log: 'x'.repeat(index % 100 === 0 ? 200_000 : 2000) });

function check(index: number): CheckResult {
  const known = IDS[index % IDS.length] as string;
  const id = index < IDS.length ? known : `${known}/${index}`;
  const about = { id, section: `${PLACES.get(id.split('/')[0] ?? '') ?? '1'}.1`, durationMs: index % 50 };
  // Evenly among the others, as they are in a run.
  if (Math.floor((index * failures) / checks) === Math.floor(((index + 1) * failures) / checks)) return sampleCheck(about);
  const text = replyText(index);
  const failed = sampleCheck({
    ...about,
    verdict: 'fail',
    message: 'Documented  a non-zero code and the old value\nReceived    code 0; bitrate then reads 99999999',
    exchange: sampleExchange({ reply: { statusLine: 'HTTP/1.1 200 OK', status: 200, headers: [], text, bytes: text.length } }),
  });
  return { ...failed, reproduce: reproduce(failed) };
}

async function measure(results: Results): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-reports-'));
  try {
    const begun = performance.now();
    const table = formatTable(results, { titles: TITLES, width: 100, colour: true, reportsDir: folder, reports: [], restore: null });
    const shown = performance.now();
    await writeRunReports(folder, results, TITLES);
    const written = performance.now();
    console.log(`terminal        ${milliseconds(shown - begun)}  ${megabytes(table.length)}`);
    console.log(`files           ${milliseconds(written - shown)}`);
    for (const name of ['results.json', 'junit.xml', 'statement.html'])
      console.log(`  ${name.padEnd(23)} ${megabytes(statSync(join(folder, name)).size)}`);
    return written - begun;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const milliseconds = (ms: number): string => `${ms.toFixed(0)} ms`.padStart(9);
const megabytes = (bytes: number): string => `${(bytes / MEGABYTE).toFixed(1)} MB`.padStart(9);
/** The most that this process ever held, in bytes. */
const peak = (): number => process.resourceUsage().maxRSS * 1024;

const results = sampleResults(
  Array.from({ length: checks }, (_, index) => check(index)),
  { exitCode: 1, verdict: 'non-conformant' },
);
const before = peak();
const took = await measure(results);
console.log(`\n${checks} checks, ${results.summary.failed} of them failed: ${(took / 1000).toFixed(2)} s of at most ${MOST_SECONDS} s`);
console.log(`memory at most ${megabytes(peak()).trim()} of ${MOST_MEGABYTES} MB; ${megabytes(before).trim()} before the first file`);
process.exitCode = took > MOST_SECONDS * 1000 || peak() > MOST_MEGABYTES * MEGABYTE ? 1 : 0;
