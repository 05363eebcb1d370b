/**
 * `npm run conformance` as tests see it: a process of its own with nothing of this one's settings, its two streams, its exit
 * code and its reports folder. Whatever a test file started or wrote is gone when the file is done.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect } from 'vitest';
import { SECTIONS } from '../document/index.ts';
import type { EmulatorOptions } from '../emulator/emulator.ts';
import { startEmulator } from '../emulator/emulator.ts';
import { type EmulatorProcess, forkEmulator } from '../emulator/process.ts';
import { CONFIGURATION, CONFIGURATION_NAMES } from '../execution/configuration.ts';
import { sha256 } from '../report/write-run-reports.ts';
import { parseResults, type Results } from '../results/results.ts';
import { LOADER } from '../start/loader.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const COMMANDS = {
  run: join(ROOT, 'lib/cli/run.ts'),
  restore: join(ROOT, 'lib/cli/restore.ts'),
  compare: join(ROOT, 'lib/cli/compare.ts'),
  statement: join(ROOT, 'lib/cli/statement.ts'),
  fuzz: join(ROOT, 'lib/cli/fuzz.ts'),
} as const;
/** Longer than any run of these tests takes; a command that hangs is ended and fails its test. */
export const LIMIT_MS = 180_000;
/** Cameras of these tests answer at once; a run waits a multiple of this for what a slow one might still do. */
const SETTLING_MS = '400';
/** And what they hold, they hold: only the tests of the late look wait for what goes back. */
const HOLDING_MS = '0';
/** What programs need that have nothing to do with cameras. */
const SYSTEM = ['PATH', 'HOME', 'TMPDIR', 'SystemRoot'] as const;

/** As the document numbers them, in its order. */
export const ALL_SECTIONS = SECTIONS.map(({ number }) => String(number));

export interface Run {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly durationMs: number;
  /** REPORTS_DIR */
  readonly folder: string;
  readonly results: Results;
}

export interface RunOptions {
  /** `restore` for `npm run restore` and so on; `npm run conformance` when absent */
  readonly command?: 'restore' | 'compare' | 'statement' | 'fuzz';
  readonly environment?: Readonly<Record<string, string>>;
  readonly flags?: readonly string[];
  /** whether the run writes what Allure needs, and its page; a test that does not look at them does without */
  readonly allure?: true;
  readonly folder?: string;
  /** the working directory; the project's folder when absent */
  readonly cwd?: string;
  /** variables that are absent from the environment instead of empty, so that a `.env` file can give them */
  readonly absent?: readonly string[];
  /** called with the process once it runs */
  readonly started?: (child: ChildProcess) => void;
}

const leftovers: (() => unknown)[] = [];
afterAll(async () => {
  for (const remove of leftovers.splice(0).reverse()) await remove();
});

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'conformance-'));
  leftovers.push(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A camera that remembers its requests. */
export type Camera = Pick<EmulatorProcess, 'url' | 'rtspUrl' | 'state' | 'requests'>;

/** A camera in this process, which has little else to do while a command runs. */
export async function camera(options: Omit<EmulatorOptions, 'log' | 'tamper'> = {}): Promise<Camera> {
  const emulator = await startEmulator({ requestLog: true, ...options });
  leftovers.push(() => emulator.close());
  return {
    url: emulator.url,
    rtspUrl: emulator.rtspUrl,
    state: async () => structuredClone(emulator.state()),
    requests: async () => structuredClone(emulator.requests()),
  };
}

/** A camera in a process of its own, for runs of all sections, and to be killed. */
export async function cameraProcess(options: Omit<EmulatorOptions, 'log' | 'tamper'> = {}): Promise<EmulatorProcess> {
  const process = await forkEmulator({ requestLog: true, ...options });
  leftovers.push(() => process.close());
  return process;
}

/** A camera in this process, so that faults can be planted in it. */
export async function faultyCamera(options: EmulatorOptions): Promise<{ readonly url: string }> {
  const emulator = await startEmulator(options);
  leftovers.push(() => emulator.close());
  return emulator;
}

/** Runs the command to its end and reads the results that it left; a missing or malformed `results.json`, or a statement of other results, throws. */
export async function conformance(options: RunOptions = {}): Promise<Run> {
  const { folder = temporaryFolder() } = options;
  const ended = await runCommand(options, folder);
  const file = join(folder, 'results.json');
  const bytes = readFileSync(file);
  if (!readFileSync(join(folder, 'statement.html'), 'utf8').includes(sha256(bytes))) throw new Error('The statement is not of this run.');
  return { ...ended, folder, results: parseResults(bytes.toString('utf8'), file) };
}

/** Runs the command to its end. */
export async function runCommand(options: RunOptions, folder = temporaryFolder()): Promise<Omit<Run, 'results'>> {
  const settings = CONFIGURATION_NAMES.map((name) => CONFIGURATION[name].variable).filter((variable) => !options.absent?.includes(variable));
  const environment = {
    ...Object.fromEntries(SYSTEM.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]))),
    ...Object.fromEntries(settings.map((variable) => [variable, variable === 'REPORTS_DIR' ? folder : ''])),
    [CONFIGURATION.settlingMs.variable]: SETTLING_MS,
    [CONFIGURATION.holdingMs.variable]: HOLDING_MS,
    ...options.environment,
  };
  const withoutAllure = options.command === undefined && options.allure === undefined ? ['--without-allure'] : [];
  const begun = performance.now();
  const child = spawn(process.execPath, [...LOADER, COMMANDS[options.command ?? 'run'], ...withoutAllure, ...(options.flags ?? [])], {
    cwd: options.cwd ?? ROOT,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LIMIT_MS,
    killSignal: 'SIGKILL',
  });
  leftovers.push(() => child.kill('SIGKILL'));
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    stderr += text;
  });
  options.started?.(child);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { code, stdout, stderr, durationMs: performance.now() - begun, folder };
}

/** Names and contents of all files below a folder. */
export const filesBelow = (folder: string): readonly { readonly name: string; readonly text: string }[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((name) => ({ name, text: readFileSync(name, 'latin1') }));

/** Names of the test suites of `junit.xml`. Fails where it is no well-formed XML or a total is not the sum of its parts. */
export function junitSuites(folder: string): readonly string[] {
  const xml = readFileSync(join(folder, 'junit.xml'), 'utf8');
  expect(xml.startsWith('<?xml version="1.0" encoding="UTF-8"?>\n')).toBe(true);
  const body = xml.slice(xml.indexOf('\n') + 1);
  const tags = /<(\/?)([a-z-]+)((?: [a-z-]+="[^"<]*")*)(\/?)>|([^<>]+)/g;
  expect(body.replace(tags, '').trim()).toBe('');
  expect(body).not.toMatch(/&(?!(?:amp|lt|gt|quot|#9|#10|#13);)/);
  const open: string[] = [];
  const suites: string[] = [];
  let cases = 0;
  for (const [, closing, name = '', attributes = '', single] of body.matchAll(tags)) {
    if (name === '') continue;
    if (closing !== '') expect(open.pop()).toBe(name);
    else if (single === '') open.push(name);
    if (closing !== '') continue;
    if (name === 'testcase') cases += 1;
    if (name === 'testsuite') suites.push(/ name="([^"]*)"/.exec(attributes)?.[1] ?? '');
  }
  expect(open).toEqual([]);
  expect(Number(/<testsuites [^>]*tests="(\d+)"/.exec(body)?.[1])).toBe(cases);
  return suites;
}
