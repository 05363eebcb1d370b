/**
 * The project's own vitest reporter: collects the verdicts of the suites, shows progress by section, and hands the results
 * to the writers of `lib/report`. It ignores every other project of the vitest configuration.
 */
import { join } from 'node:path';
import type { Reporter, SerializedError, TestCase, TestModule } from 'vitest/node';
import { genericChecks } from '../checks/generic-checks.ts';
import { SECTIONS } from '../document/index.ts';
import { CONFIGURATION, type Configuration } from '../execution/configuration.ts';
import { type ClosingLook, closingLook } from '../execution/from-journal.ts';
import type { Judged } from '../execution/judged.ts';
import type { SuiteReport } from '../execution/suite-report.ts';
import type { EarlierRun } from '../report/earlier-run.ts';
import { reproduce } from '../report/repeat/reproduce.ts';
import { shellWord } from '../report/repeat/shell-word.ts';
import type { ForecastOptions } from '../report/terminal/forecast.ts';
import { RunProgress } from '../report/terminal/run-progress.ts';
import type { Screen } from '../report/terminal/screen.ts';
import { formatTable } from '../report/terminal/terminal.ts';
import type { WrittenWaiver } from '../report/waivers/read-waivers.ts';
import { reportWaivers } from '../report/waivers/report-waivers.ts';
import { writeRunReports } from '../report/write-run-reports.ts';
import { isMeant } from '../results/check-pattern.ts';
import { type CheckResult, isFailure, type Results, SCHEMA_VERSION, sectionOf, summarise } from '../results/results.ts';
import { untestedSections } from '../results/untested.ts';
import { verdictOf } from '../results/verdict.ts';
import { repeatFlags } from './repeat-flags.ts';
import { restoreCommand } from './restore-command.ts';
import { SUITES_PROJECT } from './suites-config.ts';

export interface ReporterOptions {
  readonly settings: Configuration;
  readonly screen: Screen;
  /** what an earlier run found, if it is known: it tells how long this one takes */
  readonly earlier?: readonly CheckResult[];
  /** a wider run whose reports stood where this one's will */
  readonly earlierRun?: EarlierRun | null;
  readonly waivers: readonly WrittenWaiver[];
  /** `YYYY-MM-DD`: waivers expire */
  readonly today: string;
  /** aborted when the user wants the run to end */
  readonly interrupted?: AbortSignal;
  /** Told in one sentence why there is no Allure report, which changes no verdict; null: none is made. */
  readonly withoutReport: ((sentence: string) => void) | null;
}

/** Where nobody tells. */
const USUAL_WIDTH = 100;

const INTERRUPTED = 'The run was interrupted; what it had changed was put back as far as it says.';

/** Titles of the sections by their numbers. */
export const TITLES: ReadonlyMap<string, string> = new Map(SECTIONS.map(({ number, title }) => [String(number), title]));

export class ConformanceReporter implements Reporter {
  /** what was found; null until the run is over */
  results: Results | null = null;
  readonly #options: ReporterOptions;
  readonly #progress: RunProgress;
  readonly #startedAt = new Date();
  #fault: string | null = null;

  constructor(options: ReporterOptions) {
    this.#options = options;
    this.#progress = new RunProgress(options.screen, TITLES, forecastOf(options));
    this.#progress.start();
  }

  onTestModuleCollected(module: TestModule): void {
    if (!isSuite(module)) return;
    const checks = [...module.children.allTests()];
    this.#progress.collected(
      sectionOfModule(module),
      checks.map((test) => test.meta().check?.id ?? test.fullName),
    );
  }

  onTestCaseReady(test: TestCase): void {
    const { check } = test.meta();
    if (check !== undefined) this.#progress.began(check.id);
  }

  onTestCaseResult(test: TestCase): void {
    const { check, result, requests } = test.meta();
    if (check !== undefined) this.#progress.ended(check.id, result !== undefined && isFailure(result), requests);
  }

  onTestModuleEnd(module: TestModule): void {
    if (!isSuite(module)) return;
    const results = [...module.children.allTests()].flatMap((test) => test.meta().result ?? []);
    this.#progress.sectionEnded(sectionOfModule(module), results.length, results.filter(isFailure).length);
  }

  async onTestRunEnd(modules: readonly TestModule[], unhandled: readonly SerializedError[]): Promise<void> {
    this.#progress.end();
    const suites = modules.filter(isSuite);
    if (suites.length === 0) return;
    this.#fault = this.#options.interrupted?.aborted ? INTERRUPTED : faultOf(suites, unhandled);
    this.results = this.#resultsOf(suites, await this.#look());
    const { settings, screen, earlierRun = null, withoutReport } = this.#options;
    const { reportsDir } = settings;
    await writeRunReports(reportsDir, this.results, TITLES);
    screen.say(
      formatTable(this.results, {
        titles: TITLES,
        width: screen.width ?? USUAL_WIDTH,
        colour: screen.colour,
        reportsDir,
        preparation: preparationOf(this.results),
        reports: reportsOf(settings, withoutReport !== null),
        earlierRun: isSelection(settings) ? earlierRun : null,
        restore: restoreCommand(settings),
      }),
    );
  }

  /** Whatever became of the suites, the camera is looked at in the end: also where a worker broke off, or the run was interrupted. */
  async #look(): Promise<ClosingLook | null> {
    try {
      const look = await closingLook(this.#options.settings);
      if (look !== null && look.problem !== null) this.#fault ??= look.problem;
      return look;
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      this.#fault ??= why;
      return { differences: [why], problem: why, traffic: { requests: 0, retries: 0, deviceTimeMs: 0 }, wear: { writes: 0, reboots: 0, logIns: 0 } };
    }
  }

  #resultsOf(suites: readonly TestModule[], look: ClosingLook | null): Results {
    const { settings, waivers, today } = this.#options;
    const reports = suites.map((module) => module.meta().suite).filter((report) => report !== undefined);
    const repeated = new Map(reports.flatMap((report) => report.repeated).map((judged) => [judged.id, judged]));
    const checks = suites.flatMap((module) => [...module.children.allTests()]).map((test) => withReproduction(test, repeated, settings));
    const sections = [...new Set(checks.map(sectionOf))];
    const restore = restoreOf(reports, look);
    // Of checks that were chosen one by one nobody expects a whole section.
    const untested = settings.check.length > 0 ? [] : untestedSections(checks);
    const fault = this.#fault ?? (untested.length === 0 ? null : untested.join(' '));
    return {
      schemaVersion: SCHEMA_VERSION,
      ...verdictOf({ checks, restore, api: settings.api, fault, selectionEmpty: checks.length === 0 }),
      camera: cameraOf(reports),
      api: settings.api,
      profile: settings.profile,
      allowed: [...settings.allow],
      sections,
      selection: [...settings.check],
      startedAt: this.#startedAt.toISOString(),
      durationMs: Date.now() - this.#startedAt.getTime(),
      traffic: trafficOf(reports, look),
      summary: summarise(checks),
      restore,
      fault,
      errata: [...new Set(reports.flatMap((report) => report.errata))].sort(),
      notices: [...new Set(reports.flatMap((report) => report.notices))],
      wear: wearOf(reports, look),
      parameters: reports.flatMap(({ parameters }) => parameters).sort((a, b) => Number(sectionOf(a)) - Number(sectionOf(b))),
      timings: latest(reports)?.timings ?? [],
      waivers: reportWaivers(waivers, { checks, whole: new Set(settings.check.length === 0 ? sections : []), today }),
      checks,
    };
  }
}

const isSuite = (module: TestModule): boolean => module.project.name === SUITES_PROJECT;

const sectionOfModule = (module: TestModule): string => {
  const [first] = module.children.allTests();
  return sectionOf({ section: first?.meta().check?.place ?? '' });
};

/** What a run will hold: as much as an earlier one held, and else about as much as the rows of the document produce. */
function forecastOf({ settings, earlier = [] }: ReporterOptions): ForecastOptions {
  const selected = SECTIONS.filter(({ number }) => settings.sections === 'all' || settings.sections.includes(number));
  const sections = selected.map(({ number }) => String(number));
  // A few checks alone are all collected before the first one has ended.
  if (settings.check.length > 0) return { sections, expected: new Map(), earlier: [] };
  const known = new Set(earlier.map(sectionOf));
  const expected = selected
    .filter(({ number }) => !known.has(String(number)))
    .map((section) => [String(section.number), genericChecks(section).length] as const);
  return { sections, expected: new Map(expected), earlier };
}

const isSelection = ({ check, sections }: Configuration): boolean => check.length > 0 || sections !== 'all';

/** How many checks ran that nobody selected. */
function preparationOf({ selection, checks }: Results): number {
  if (selection.length === 0) return 0;
  return checks.filter(({ id, section }) => !selection.some((pattern) => isMeant(pattern, { id, place: section }))).length;
}

/** The page that everybody can read first, then the one with each step of each check. */
function reportsOf({ reportsDir }: Configuration, hasAllure: boolean): readonly string[] {
  const statement = join(reportsDir, 'statement.html');
  const there = reportsDir === CONFIGURATION.reportsDir.default ? [] : ['--', CONFIGURATION.reportsDir.flag, shellWord(reportsDir)];
  return hasAllure ? [statement, ['npm run report:open', ...there].join(' ')] : [statement];
}

/** What speaks against the camera or the suite says how to repeat it. */
function withReproduction(test: TestCase, repeated: ReadonlyMap<string, Judged>, settings: Configuration): CheckResult {
  const first = checkResult(test);
  const result = { ...first, ...repeated.get(first.id) };
  if (result.verdict === 'pass' || result.verdict === 'skip') return result;
  return { ...result, reproduce: reproduce(result, repeatFlags(settings, test.meta().check)) };
}

/** A check that did not run has no result: its file broke, or the run was ended. */
function checkResult(test: TestCase): CheckResult {
  const { check, result } = test.meta();
  const durationMs = Math.round((test.diagnostic()?.duration ?? 0) * 100) / 100;
  if (result !== undefined) return { ...result, durationMs };
  const [error] = test.result().errors ?? [];
  return {
    id: check?.id ?? test.fullName,
    section: check?.place ?? '',
    action: check?.action ?? null,
    parameter: check?.parameter ?? null,
    title: check?.title ?? test.name,
    level: check?.level ?? 'must',
    verdict: error === undefined ? 'skip' : 'error',
    skipReason: error === undefined ? 'blocked' : null,
    message: error === undefined ? 'the run ended before this check' : `Could not judge: ${error.message}`,
    findings: [],
    exchange: null,
    durationMs,
  };
}

/** The first thing that makes the run incomplete: an error outside the checks, or a camera that went away. */
function faultOf(suites: readonly TestModule[], unhandled: readonly SerializedError[]): string | null {
  const broken = suites.flatMap((module) => module.errors().map((error) => `${module.relativeModuleId}: ${error.message}`));
  const gone = suites.map((module) => module.meta().suite?.fault).find((fault) => fault !== undefined && fault !== null);
  return gone ?? broken[0] ?? unhandled[0]?.message ?? null;
}

/** What the last look found; where there was nothing to look at, what the last suite says. */
function restoreOf(reports: readonly SuiteReport[], look: ClosingLook | null): Results['restore'] {
  const differences = [...(look?.differences ?? latest(reports)?.restore.differences ?? [])];
  if (differences.length > 0) return { verdict: 'left-modified', differences };
  return { verdict: look !== null || reports.some(({ restore }) => restore.verdict === 'restored') ? 'restored' : 'not-needed', differences: [] };
}

const cameraOf = (reports: readonly SuiteReport[]): Results['camera'] =>
  reports.findLast(({ camera }) => camera.deviceId !== null)?.camera ??
  latest(reports)?.camera ?? { url: null, deviceId: null, mac: null, version: null, model: null };

/** Of the suites, and of putting back what was left at the end. */
function wearOf(reports: readonly SuiteReport[], look: ClosingLook | null): Results['wear'] {
  const [run, end] = [latest(reports)?.wear, look?.wear];
  return {
    writes: (run?.writes ?? 0) + (end?.writes ?? 0),
    reboots: (run?.reboots ?? 0) + (end?.reboots ?? 0),
    logIns: (run?.logIns ?? 0) + (end?.logIns ?? 0),
  };
}

function trafficOf(reports: readonly SuiteReport[], look: ClosingLook | null): Results['traffic'] {
  const all = [latest(reports)?.traffic, look?.traffic].filter((traffic) => traffic !== undefined);
  const sum = (name: keyof Results['traffic']): number => all.reduce((total, traffic) => total + traffic[name], 0);
  return { requests: sum('requests'), retries: sum('retries'), deviceTimeMs: sum('deviceTimeMs') };
}

/** The suites are listed in another order than they ran in. The client counts over the whole run: the last suite saw the most. */
const latest = (reports: readonly SuiteReport[]): SuiteReport | undefined =>
  reports.toSorted((a, b) => a.traffic.requests - b.traffic.requests).at(-1);
