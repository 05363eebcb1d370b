/** `npm run conformance`: reads the settings, looks whether there is a camera, runs the suites, ends with the contract's exit code. */
import { existsSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { CommanderError } from 'commander';
import { type EmulatorProcess, forkEmulator } from '../emulator/process.ts';
import { webOf } from '../execution/addresses.ts';
import {
  CONFIGURATION,
  CONFIGURATION_NAMES,
  type Configuration,
  type Environment,
  loadEnvironment,
  readConfiguration,
} from '../execution/configuration.ts';
import { REPORT, RESULTS } from '../report/allure/allure-report.ts';
import { type EarlierRun, setAside } from '../report/earlier-run.ts';
import { Screen } from '../report/terminal/screen.ts';
import { readWaivers, type WrittenWaiver } from '../report/waivers/read-waivers.ts';
import { writeRunReports } from '../report/write-run-reports.ts';
import { discardEmbedded, journalPath } from '../restore/journal.ts';
import { type CheckResult, parseResults, type Results, SCHEMA_VERSION, summarise } from '../results/results.ts';
import { verdictOf } from '../results/verdict.ts';
import { dateOf } from '../results/waiver.ts';
import { restoreCommand } from '../runner/restore-command.ts';
import { printable } from '../wire/printable.ts';
import { readFlags } from './flags.ts';
import { openGithub } from './github.ts';
import { holdFolder } from './hold-camera.ts';
import { endWithParent } from './parent-watch.ts';
import { formatPlan, plan } from './plan.ts';
import { leftBehind, reserve } from './reserve.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);
/** Made when the settings are known. */
let screen: Screen | null = null;
const complain = (text: string): void => {
  screen?.clear();
  process.stderr.write(`${printable(text)}\n`);
};

const SWITCHES = {
  '--plan': 'change nothing: read what the camera shows, and print what the run would send, and for which hazards',
  '--discard-journal': 'forget what an earlier run left to be put back',
  '--without-allure': 'write no allure-results/ and no allure-report/',
} as const;
type Switch = keyof typeof SWITCHES;

const github = openGithub(process.env, (line) => process.stdout.write(`${line}\n`), complain);

async function main(): Promise<number> {
  github.begin();
  process.once('exit', () => github.end());
  let environment: Environment = process.env;
  let switches: ReadonlySet<Switch>;
  try {
    environment = loadEnvironment(process.cwd());
    const flags = readFlags('npm run conformance --', 'Tests every section of the camera document against one camera.', SWITCHES);
    environment = { ...environment, ...flags.environment };
    switches = flags.switches;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0;
    return giveUp([inOneLine(error)], folderOf(environment));
  }
  const read = readConfiguration(environment);
  if (!read.ok) return giveUp(read.problems, folderOf(environment));
  const settings = await narrowed(read.settings);
  if (!('url' in settings)) return giveUp(settings, folderOf(environment));
  if (switches.has('--plan')) {
    const planned = await plan(settings);
    if (typeof planned !== 'string') say(formatPlan(planned, settings));
    else complain(planned);
    return typeof planned === 'string' ? 2 : 0;
  }
  const waived = readWaivers(settings.waivers);
  if (!waived.ok) return giveUp(waived.problems, settings.reportsDir, settings);
  const inUse = await holdFolder(settings.reportsDir);
  if (inUse !== null) {
    // Not even a note: what is there is the other run's.
    complain(inUse);
    github.fault(inUse);
    return 2;
  }
  const interrupted = interruption();
  screen = new Screen(process.stdout, environment);
  process.on('exit', () => screen?.clear());
  const earlier = earlierChecks(settings.reportsDir);
  const earlierRun = await setAside(settings.reportsDir, settings);
  // Holds if this process is killed; and a folder that cannot be written to is known before a camera is touched.
  await leaveNote(settings.reportsDir, 'The run was ended before it was over.', settings);
  // The suites run in vitest's worker and read their settings from the environment.
  for (const name of CONFIGURATION_NAMES) process.env[CONFIGURATION[name].variable] = environment[CONFIGURATION[name].variable] ?? '';
  const hasAllure = !switches.has('--without-allure');
  process.env.CAMERA_ALLURE = hasAllure ? '1' : '';
  const problem = (await reserve(settings)) ?? leftBehind(settings.reportsDir, switches.has('--discard-journal'));
  if (problem !== null) return giveUp([problem], settings.reportsDir, settings);
  if (interrupted.aborted) return giveUp(['The run was interrupted before it changed anything.'], settings.reportsDir, settings);
  // However this process ends, as long as it can say something.
  process.on('exit', () => sayWhatIsLeft(settings));
  const emulator = settings.url === null ? forkEmulator({ model: 'full', ...webOf(settings) }) : null;
  // Whoever awaits it first gets the error; until then nobody else shall.
  emulator?.catch(() => undefined);
  try {
    return await test(
      settings,
      { waivers: waived.waivers, earlier, earlierRun, screen, interrupted, withoutReport: hasAllure ? complain : null },
      emulator,
    );
  } finally {
    await (await emulator)?.close();
  }
}

/** The settings with the sections of the checks that `--check` names; sentences where it names none. */
async function narrowed(settings: Configuration): Promise<Configuration | readonly string[]> {
  if (settings.check.length === 0) return settings;
  const { chooseChecks } = await import('../execution/choose-checks.ts');
  const chosen = await chooseChecks(settings);
  return chosen.kind === 'problem' ? chosen.sentences : { ...settings, sections: chosen.sections };
}

/** What the run before found, whatever that is worth. */
function earlierChecks(folder: string): readonly CheckResult[] {
  const file = join(folder, 'results.json');
  try {
    return parseResults(readFileSync(file, 'utf8'), file).checks;
  } catch {
    return [];
  }
}

function sayWhatIsLeft({ url, reportsDir }: Configuration): void {
  const restore = restoreCommand({ url, reportsDir });
  if (restore === null) discardEmbedded(reportsDir);
  else if (existsSync(journalPath(reportsDir))) complain(`Something is not back as it was: \`${restore}\` tries it again.`);
}

/** What a run goes by beside its settings. */
interface Known {
  readonly waivers: readonly WrittenWaiver[];
  readonly earlier: readonly CheckResult[];
  readonly earlierRun: EarlierRun | null;
  readonly screen: Screen;
  readonly interrupted: AbortSignal;
  readonly withoutReport: ((sentence: string) => void) | null;
}

async function test(settings: Configuration, known: Known, emulator: Promise<EmulatorProcess> | null): Promise<number> {
  // vitest takes most of the start; a run that cannot be done does not wait for it.
  const { runSuites } = await import('../runner/run-suites.ts');
  const results = await runSuites({ ...known, settings, today: dateOf(new Date()) }, emulator);
  if (results !== null) github.results(results);
  const why = known.interrupted.aborted ? 'The run was interrupted before it changed anything.' : 'The selection matches no suite.';
  return results?.exitCode ?? giveUp([why], settings.reportsDir, settings);
}

/** Ctrl-C, SIGTERM and the end of the terminal end the run in good order: the camera is put back first. A second one ends it at once. */
function interruption(): AbortSignal {
  const controller = new AbortController();
  // A terminal that is gone takes no text any more.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  endWithParent();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (controller.signal.aborted) process.exit(2);
      complain('Ending: the check that runs is finished and the camera put back. Once more ends at once, and leaves the camera as it is.');
      controller.abort();
    });
  }
  return controller.signal;
}

const folderOf = (environment: Environment): string => environment.REPORTS_DIR || 'reports';

const inOneLine = (error: unknown): string => {
  const message = error instanceof Error ? error.message : String(error);
  return error instanceof CommanderError ? `${message.replace(/^error: /, '').replaceAll('\n', ' ')}; see --help` : message;
};

/** Ends a run that cannot be done: says why, and leaves results that say so. */
async function giveUp(reasons: readonly string[], folder: string, settings: Configuration | null = null): Promise<number> {
  for (const reason of reasons) complain(reason);
  github.fault(reasons.join('\n'));
  await setAside(folder, null).catch(() => null);
  await leaveNote(folder, reasons.join(' '), settings);
  return 2;
}

/** A run that could not be done leaves results, too: whoever reads them must not find those of the run before. */
async function leaveNote(folder: string, fault: string, settings: Configuration | null = null): Promise<void> {
  const restore = { verdict: 'not-needed' as const, differences: [] };
  const results: Results = {
    schemaVersion: SCHEMA_VERSION,
    ...verdictOf({ checks: [], restore, api: settings?.api ?? 'cgi', fault, selectionEmpty: true }),
    camera: { url: settings?.url?.href ?? null, deviceId: null, mac: null, version: null, model: null },
    api: settings?.api ?? 'cgi',
    profile: settings?.profile ?? 'default',
    allowed: [...(settings?.allow ?? [])],
    sections: settings === null || settings.sections === 'all' ? [] : settings.sections.map(String),
    selection: [...(settings?.check ?? [])],
    startedAt: new Date().toISOString(),
    durationMs: 0,
    traffic: { requests: 0, retries: 0, deviceTimeMs: 0 },
    summary: summarise([]),
    restore,
    fault,
    errata: [],
    wear: { writes: 0, reboots: 0, logIns: 0 },
    parameters: [],
    timings: [],
    waivers: [],
    notices: [],
    checks: [],
  };
  await writeRunReports(folder, results, new Map());
  for (const name of [RESULTS, REPORT]) await rm(join(folder, name), { recursive: true, force: true });
}

// Without this, Node or vitest would end with 1, which means that the camera failed. Whatever is not back yet is in the journal.
for (const event of ['uncaughtException', 'unhandledRejection'] as const) {
  process.on(event, (error: unknown) => {
    complain(`Could not complete the run: ${inOneLine(error)}`);
    process.exit(2);
  });
}

// A process that waits for what nobody does any more ends of itself, with whatever exit code vitest left: that is no verdict.
let isOver = false;
process.on('exit', () => {
  if (!isOver) process.exitCode = 2;
});

main().then(
  (code) => {
    isOver = true;
    process.exitCode = code;
  },
  (error: unknown) => {
    isOver = true;
    complain(inOneLine(error));
    github.fault(inOneLine(error));
    process.exitCode = 2;
  },
);
