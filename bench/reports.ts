/**
 * `npm run bench:reports`: what it costs to write the reports of a large run that has ended, in time and in memory. Ends with 1 where
 * that passes 10 s, or 400 MB in any process. A run builds its Allure report while it waits for the camera; here it is built from
 * nothing, which is the most that can be left to do. `npm run bench:reports -- 3900 400`: how many checks, and how many that failed.
 */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SECTIONS } from '../lib/document/index.ts';
import { evidenceOf } from '../lib/evidence/check-evidence.ts';
import { stepsTo } from '../lib/evidence/steps.ts';
import type { Noted } from '../lib/evidence/tape.ts';
import { RESULTS } from '../lib/report/allure/allure-report.ts';
import { type AllureResult, describeResult } from '../lib/report/allure/allure-result.ts';
import { reproduce } from '../lib/report/repeat/reproduce.ts';
import { formatTable } from '../lib/report/terminal/terminal.ts';
import { writeRunReports } from '../lib/report/write-run-reports.ts';
import type { CheckResult, Results } from '../lib/results/results.ts';
import { sampleCheck, sampleExchange, sampleResults } from '../lib/results/sample-results.fixture.ts';
import { LOADER } from '../lib/start/loader.ts';
import type { HttpExchange } from '../lib/wire/exchange.ts';

const MOST_SECONDS = 10;
const MOST_MEGABYTES = 400;
const MEGABYTE = 2 ** 20;
/** As many as a check of a set makes. */
const REQUESTS_OF_A_CHECK = 3;

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
  const shown = sampleExchange({ reply: { statusLine: 'HTTP/1.1 200 OK', status: 200, headers: [], text, bytes: text.length } });
  const steps = stepsTo(
    shown,
    { exchanges: onTape(shown), omitted: 0, pictures: [], streams: [] },
    { findings: [], mask: (each) => each, originalOf: () => null },
  );
  const failed = sampleCheck({
    ...about,
    verdict: 'fail',
    findings: [{ documented: 'a non-zero code and the old value', received: 'code 0; bitrate then reads 99999999' }],
    exchange: shown,
    steps,
  });
  return { ...failed, reproduce: reproduce(failed) };
}

/** A reading, a set and a reading, as of most checks of a set; the last one shows the finding. */
function onTape(shown: HttpExchange): readonly Noted[] {
  const text = shown.reply?.text?.slice(0, 2000) ?? '';
  const reading = { ...shown, url: shown.url.replace('setVencConf', 'getVencConf'), startedAt: '2026-01-01T00:00:00.000Z' };
  const read = { ...reading, reply: shown.reply && { ...shown.reply, text } };
  return [read, sampleExchange({ startedAt: '2026-01-01T00:00:00.500Z' }), shown].map((exchange) => ({
    exchange,
    times: 1,
    since: exchange.startedAt,
  }));
}

/** What the reporter writes while the suites run. */
function writeAllureResults(folder: string, results: Results): void {
  const resultsDir = join(folder, RESULTS);
  mkdirSync(resultsDir);
  const exchanges = Array.from({ length: REQUESTS_OF_A_CHECK }, () => sampleExchange());
  for (const each of results.checks) {
    const own = each.exchange?.kind === 'http' ? [...exchanges, each.exchange] : exchanges;
    const recorded = { exchanges: own.map((exchange) => ({ exchange, times: 1, since: exchange.startedAt })), omitted: 0, pictures: [], streams: [] };
    const steps = evidenceOf(each, recorded, { withPictures: false, mask: (text) => text });
    const start = Date.parse(results.startedAt);
    const result: AllureResult & Record<string, unknown> = {
      uuid: randomUUID(),
      statusDetails: {},
      labels: [],
      steps: [],
      start,
      stop: start + 20,
      stage: 'finished',
    };
    describeResult(result, { check: each, section: 'Section', steps, repeat: each.reproduce ?? null }, ({ content }) => {
      const name = `${randomUUID()}-attachment.txt`;
      writeFileSync(join(resultsDir, name), content);
      return name;
    });
    writeFileSync(join(resultsDir, `${result.uuid}-result.json`), JSON.stringify(result));
  }
}

interface Cost {
  /** seconds by the clock */
  readonly time: number;
  /** seconds of the processor; other programs do not change them much */
  readonly work: number;
  /** the most that was held at once, in bytes; 0 where the system does not tell */
  readonly memory: number;
}

/** Builds the Allure report in a process of its own, as a run does. */
async function buildAllureReport(folder: string): Promise<Cost> {
  const began = performance.now();
  const command = fileURLToPath(new URL('../lib/cli/report.ts', import.meta.url));
  const child = spawn(process.execPath, [...LOADER, command, '--reports-dir', folder], { stdio: ['ignore', 'ignore', 'inherit'] });
  let used = { work: 0, memory: 0 };
  const watch = setInterval(() => {
    used = usedBy(child.pid) ?? used;
  }, 20);
  const code = await new Promise((resolve) => child.once('exit', resolve));
  clearInterval(watch);
  if (code !== 0) throw new Error(`Could not build the Allure report: its process ended with ${code}.`);
  return { time: seconds(began), ...used };
}

/** Clock ticks in a second, as Linux counts in /proc. */
const TICKS = 100;

/** Null where the system has no /proc, and when the process is gone. */
function usedBy(pid: number | undefined): Pick<Cost, 'work' | 'memory'> | null {
  try {
    const memory = /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    // Behind the name, which may hold blanks: the state is the third field, user and system time are the 14th and 15th.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
    return memory === undefined ? null : { memory: Number(memory) * 1024, work: (Number(fields[11]) + Number(fields[12])) / TICKS };
  } catch {
    return null;
  }
}

const seconds = (since: number): number => (performance.now() - since) / 1000;
const megabytes = (bytes: number): string => `${(bytes / MEGABYTE).toFixed(1)} MB`;
const shown = (time: number): string => `${time.toFixed(2)} s`.padStart(10);
const row = (what: string, { time, work, memory }: Cost): string => `${what.padEnd(30)}${shown(time)}${shown(work)}${megabytes(memory).padStart(12)}`;

const results = sampleResults(
  Array.from({ length: checks }, (_, index) => check(index)),
  { exitCode: 1, verdict: 'non-conformant' },
);
const folder = mkdtempSync(join(tmpdir(), 'bench-reports-'));
try {
  const [began, before] = [performance.now(), process.cpuUsage()];
  formatTable(results, {
    titles: TITLES,
    width: 100,
    colour: true,
    reportsDir: folder,
    reports: [],
    restore: null,
    preparation: 0,
    earlierRun: null,
  });
  await writeRunReports(folder, results, TITLES);
  const work = process.cpuUsage(before);
  const own: Cost = { time: seconds(began), work: (work.user + work.system) / 1e6, memory: process.resourceUsage().maxRSS * 1024 };
  writeAllureResults(folder, results);
  const allure = await buildAllureReport(folder);

  console.log(`${checks} checks, ${results.summary.failed} of them failed`);
  console.log(`${''.padEnd(30)}${'time'.padStart(10)}${'work'.padStart(10)}${'memory'.padStart(12)}`);
  console.log(row('terminal and three files', own));
  console.log(row('Allure report, from nothing', allure));
  for (const name of ['results.json', 'junit.xml', 'statement.html', 'allure-report/index.html'])
    console.log(`${name.padEnd(30)}${megabytes(statSync(join(folder, name)).size).padStart(32)}`);
  const isTooMuch = own.time + allure.time > MOST_SECONDS || Math.max(own.memory, allure.memory) > MOST_MEGABYTES * MEGABYTE;
  console.log(`\n${isTooMuch ? 'More' : 'Less'} than ${MOST_SECONDS} s and ${MOST_MEGABYTES} MB.`);
  process.exitCode = isTooMuch ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true });
}
