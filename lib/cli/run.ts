/** `npm run conformance`: reads the settings, looks whether there is a camera, runs the suites, ends with the contract's exit code. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Command } from 'commander';
import { printable } from '../http/printable.ts';
import { formatJunit } from '../report/junit.ts';
import { type Results, SCHEMA_VERSION, summarise } from '../report/results.ts';
import { EXIT_CODES, verdictOf } from '../report/verdict.ts';
import { writeReport, writeResults } from '../report/write-report.ts';
import { findCamera } from '../runner/find-camera.ts';
import { runSuites } from '../runner/run-suites.ts';
import { type Environment, loadEnvironment, readSettings, SETTING_NAMES, SETTINGS, type Settings } from '../runner/settings.ts';

const say = (text: string): void => void process.stdout.write(`${text}\n`);
const complain = (text: string): void => void process.stderr.write(`${printable(text)}\n`);

/** The environment with what flags say on top; a flag is another way to write its variable. */
function withFlags(environment: Environment): Environment {
  const program = new Command('npm run conformance --').description('Tests every section of the camera document against one camera.');
  for (const name of SETTING_NAMES) {
    const { flag, argument, help, variable, default: standard } = SETTINGS[name];
    program.option(`${flag} ${argument}`, `${help}\n(${variable}${standard === '' ? '' : `, default ${standard}`})`);
  }
  program.addHelpText(
    'after',
    `\nExit codes:\n${Object.entries(EXIT_CODES)
      .map(([code, meaning]) => `  ${code}  ${meaning}`)
      .join('\n')}`,
  );
  program.exitOverride((error) => process.exit(error.exitCode === 0 ? 0 : 2));
  const given = program.parse().opts<Record<string, string>>();
  const flags = SETTING_NAMES.flatMap((name) => (given[name] === undefined ? [] : [[SETTINGS[name].variable, given[name]]]));
  return { ...environment, ...Object.fromEntries(flags) };
}

async function main(): Promise<number> {
  const environment = withFlags(loadEnvironment(process.cwd()));
  const read = readSettings(environment);
  if (!read.ok) {
    for (const problem of read.problems) complain(problem);
    await leaveNote(environment.REPORTS_DIR || 'reports', read.problems.join(' '));
    return 2;
  }
  const { settings } = read;
  // The suites run in vitest's worker and read their settings from the environment.
  for (const name of SETTING_NAMES) process.env[SETTINGS[name].variable] = environment[SETTINGS[name].variable] ?? '';
  process.env.CAMERA_ALLURE = '1';
  const problem = await findCamera(settings);
  if (problem !== null) {
    complain(problem);
    await leaveNote(settings.reportsDir, problem, settings);
    return 2;
  }
  await rm(join(settings.reportsDir, 'allure-results'), { recursive: true, force: true });
  const results = await runSuites({ settings, print: say, width: process.stdout.columns ?? null, colour: isColourWanted(environment) });
  if (results === null) {
    const nothing = 'The selection matches no suite.';
    complain(nothing);
    await leaveNote(settings.reportsDir, nothing, settings);
    return 2;
  }
  return results.exitCode;
}

const isColourWanted = (environment: Environment): boolean => process.stdout.isTTY === true && !environment.NO_COLOR;

/** A run that could not be done leaves results, too: whoever reads them must not find those of the run before. */
async function leaveNote(folder: string, fault: string, settings: Settings | null = null): Promise<void> {
  const restore = { verdict: 'not-needed' as const, differences: [] };
  const results: Results = {
    schemaVersion: SCHEMA_VERSION,
    ...verdictOf({ checks: [], restore, fault, selectionEmpty: true }),
    camera: { url: settings?.url?.href ?? null, deviceId: null, mac: null, version: null, model: null },
    profile: settings?.profile ?? 'default',
    allowed: [...(settings?.allow ?? [])],
    sections: settings === null || settings.sections === 'all' ? [] : settings.sections.map(String),
    startedAt: new Date().toISOString(),
    durationMs: 0,
    traffic: { requests: 0, retries: 0, deviceTimeMs: 0 },
    summary: summarise([]),
    restore,
    fault,
    errata: [],
    checks: [],
  };
  await writeResults(folder, results);
  await writeReport(folder, 'junit.xml', formatJunit(results, new Map()));
}

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    complain(error instanceof Error ? error.message : String(error));
    process.exitCode = 2;
  },
);
